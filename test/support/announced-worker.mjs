// The worker of `odd-worker.mjs`, which says when it has been loaded.
import { parentPort } from 'node:worker_threads';

export { default } from './odd-worker.mjs';

parentPort.postMessage({ event: 'loaded' });
