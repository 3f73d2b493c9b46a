export { judgeInWorkers, type JudgeInWorkers, type WorkerOptions } from './judge-in-workers.js';
export type { Answer, Task } from './task.js';
