import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../../src/kernel/index.js';
import { aHeadKey } from '../../support/audit-head-key.js';
import {
  aTamperedRecord,
  bytesOf,
  fileOf,
  tamperings,
  type TamperedRecord,
} from '../../support/audit-tampering.js';

/** The program of docs/audit.md, which knows nothing of ours: run as an outsider would. */
describe('the program that docs/audit.md gives to outsiders', () => {
  let folder: string;
  let record: TamperedRecord;
  beforeAll(async () => {
    // Below node_modules, so that it finds jose.
    const scratch = join(packageRoot, 'node_modules/.cache/touchstone-outsider');
    mkdirSync(scratch, { recursive: true });
    folder = mkdtempSync(join(scratch, 'run-'));
    const program = /```js\n([\s\S]*?)```/.exec(
      readFileSync(join(packageRoot, 'docs/audit.md'), 'utf8'),
    )![1]!;
    writeFileSync(join(folder, 'outsider.mjs'), program);
    record = await aTamperedRecord();
    const key = await aHeadKey('riverbend');
    writeFileSync(join(folder, 'head.json'), JSON.stringify({ jws: await key.sign(record.heads[0]!) }));
    writeFileSync(join(folder, 'jwks.json'), key.jwks);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function outsider(bytes: Uint8Array) {
    writeFileSync(join(folder, 'record.jsonl'), bytes);
    const run = spawnSync(process.execPath, ['outsider.mjs', 'record.jsonl', 'head.json', 'jwks.json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: run.status, said: `${run.stdout}${run.stderr}` };
  }

  it('finds an exported record good, and what is wrong with one that was tampered with', () => {
    expect(outsider(bytesOf(record.file))).toEqual({ code: 0, said: '24 entries, the first 24 proven\n' });
    const { links } = record;
    for (const [bytes, said] of [
      [fileOf(links.toSpliced(4, 1)), 'entry 5 is not as recorded'],
      [fileOf(links.slice(0, 20)), 'cut off after entry 20; it had 24'],
      [
        tamperings['everything rewritten from an entry on']!(links, (() => 9) as never),
        'rewritten at or before entry 24',
      ],
      [
        bytesOf(record.file.replace('"minutesPerWeek":3', '"minutesPerWeek":4')),
        'entry 4 is not as recorded',
      ],
    ] as const) {
      const found = outsider(bytes);
      expect([found.code, found.said]).toEqual([1, expect.stringContaining(said)]);
    }
  });
});
