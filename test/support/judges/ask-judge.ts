import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../../src/kernel/index.js';
import type { ServedHosts } from './judged-hosts.js';

/** What one judge said of every case by its name, and what its process was refused. */
export interface Judged<Answer> {
  readonly answers: { readonly [name: string]: Answer };
  readonly refused: readonly string[];
}

/**
 * Runs the judge `name` (a module's path from this folder) in a process of its own, which trusts the test authority
 * beside Node's and reaches the served hosts alone. `task` is the function that is asked about every case.
 * @throws Error with what the process printed when it fails.
 */
export async function askJudge<Answer>(
  name: string,
  hosts: ServedHosts,
  cases: readonly ({ readonly name: string } & { readonly [more: string]: unknown })[],
  task: 'judge' | 'publish' | 'sign' = 'judge',
): Promise<Judged<Answer>> {
  const here = join(packageRoot, 'test/support/judges');
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-judge-'));
  try {
    const authority = join(folder, 'authority.pem');
    await writeFile(authority, hosts.ca);
    const child = spawn(
      process.execPath,
      ['--import', join(here, 'loopback-only.mjs'), join(here, 'run-judge.mjs'), name, task],
      {
        // Nothing of this process's settings: neither proxies nor options of Node.
        env: {
          PATH: process.env['PATH'],
          NODE_EXTRA_CA_CERTS: authority,
          JUDGE_HOSTS: hosts.names.join(','),
          JUDGE_PORT: String(hosts.port),
        },
      },
    );
    const ended = once(child, 'close') as Promise<[number | null]>;
    child.stdin.end(JSON.stringify(cases));
    const [answer, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code !== 0) throw new Error(`the judge ${name} ended with ${String(code)}:\n${said}`);
    return JSON.parse(answer) as Judged<Answer>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
