import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DemoResult } from '../../src/demo/index.js';
import { packageRoot } from '../../src/kernel/index.js';

/** The demo as anybody starts it, in its own process with its own limits, rate limits off. */
export interface DemoServer {
  readonly demo: DemoResult;
  stop(): Promise<void>;
}

export async function startDemo(): Promise<DemoServer> {
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=192',
      '--max-semi-space-size=4',
      '--single-threaded-gc',
      join(packageRoot, 'dist/demo.js'),
      '--json',
      '--port',
      '0',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-2000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const demo = await new Promise<DemoResult>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(JSON.parse(text) as DemoResult);
    });
    child.once('close', (code) => reject(new Error(`the demo ended with ${String(code)}: ${said}`)));
  });
  return {
    demo,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
