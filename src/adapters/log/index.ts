export * from './pino-log.js';
