import type { Answer, Task } from '../../src/adapters/workers/index.js';
import work from '../../src/worker.js';

/** The worker as it is, in which every document leaves something behind that goes wrong by itself. */
export default function straying(task: Task): Promise<Answer> {
  void Promise.reject(new Error('left behind by a promise'));
  setImmediate(() => {
    throw new Error('left behind by a timer');
  });
  return work(task);
}
