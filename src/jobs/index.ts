export { createSweeper, type Effect, type Sweeper, type SweeperOptions } from './sweeper.js';
