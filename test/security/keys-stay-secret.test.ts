import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { openClient } from '../../src/demo/client.js';
import { listIssuerKeys } from '../../src/securing/index.js';
import { aWalkedService, type WalkedService } from '../support/walked-service.js';
import { formsOf, secretsOf } from './keys/secret-forms.js';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-secrets-'));
let walked: WalkedService;
/** Every byte that the service answered, and how many answers that were. */
const answered: Buffer[] = [];
let answers = 0;
let restore = () => {};

/** Keeps what goes out of every response of this process. */
function keepAnswers(): () => void {
  const { write, end } = ServerResponse.prototype;
  const keep = (part: unknown, encoding: unknown): void => {
    if (typeof part === 'string')
      answered.push(Buffer.from(part, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (part instanceof Uint8Array) answered.push(Buffer.from(part));
  };
  ServerResponse.prototype.write = function (this: ServerResponse, ...given: unknown[]) {
    keep(given[0], given[1]);
    return (write as (...all: unknown[]) => boolean).apply(this, given);
  } as typeof write;
  ServerResponse.prototype.end = function (this: ServerResponse, ...given: unknown[]) {
    answers += 1;
    keep(given[0], given[1]);
    answered.push(Buffer.from(JSON.stringify(this.getHeaders())));
    return (end as (...all: unknown[]) => ServerResponse).apply(this, given);
  } as typeof end;
  return () => Object.assign(ServerResponse.prototype, { write, end });
}

beforeAll(async () => {
  restore = keepAnswers();
  const store = await openSqlite({ file: join(folder, 'touchstone.db') });
  walked = await aWalkedService({ store });
  const { result, service } = walked;
  const client = await openClient(result.baseUrl, globalThis.fetch);
  const as = result.apiKeys.admin;
  // Beyond the main job: keys replaced, listed, withdrawn.
  await client.call('rotateIssuerKey', { as, body: { use: 'proof' } });
  const { body: key } = await client.call('rotateIssuerKey', { as, body: { use: 'jwt' } });
  await client.call('reportKeyCompromise', {
    as,
    params: { key: key.id },
    body: { compromisedAt: key.createdAt, reason: 'A drill.' },
  });
  await client.call('listIssuerKeys', { as });
  await client.call('listKeyCompromises', { as });
  await service.settle();
  await store.backup(join(folder, 'backup.db'));
}, 120_000);
afterAll(async () => {
  restore();
  await walked?.close();
  rmSync(folder, { recursive: true, force: true });
});

const filesIn = (where: string) =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the private halves of the keys', () => {
  it('are nowhere: not in the data folder, a backup, the log, or any answer of a walked journey', async () => {
    const { service, result } = walked;
    const { securing } = service.rooms;
    const keys = (
      await Promise.all(
        [result.district.id, result.otherDistrict.id].map((district) => listIssuerKeys(securing, district)),
      )
    ).flat();
    const secrets = keys.flatMap(({ name, sealed }) =>
      secretsOf(Buffer.from(securing.custody.open(sealed))).map((secret) => ({ name, ...secret })),
    );
    const files = [...filesIn(folder), ...filesIn(service.dataDir)];
    const places = {
      'the data folder and a backup': Buffer.concat(files.map((file) => readFileSync(file))),
      'the log': Buffer.from(
        JSON.stringify(service.events, (_name, value: unknown) =>
          value instanceof Error ? `${value.message} ${value.stack} ${JSON.stringify(value.cause)}` : value,
        ),
      ),
      'the answers': Buffer.concat(answered),
      'the mail': Buffer.from(JSON.stringify(service.mail)),
      'what the walk said': Buffer.from(walked.said.join('\n')),
    };
    const hits: string[] = [];
    let looked = 0;
    for (const { name, part, bytes } of secrets) {
      for (const { form, text } of formsOf(bytes)) {
        for (const [place, bytesThere] of Object.entries(places)) {
          looked += 1;
          if (bytesThere.includes(text, 0, 'latin1')) hits.push(`${part} of ${name} as ${form} in ${place}`);
        }
      }
    }
    console.log(
      `${keys.length} keys, ${secrets.length} secrets in 10 forms: ${looked} look-ups; ` +
        `${answers} answers, ${Object.entries(places)
          .map(([place, { length }]) => `${place} ${length} bytes`)
          .join(', ')}`,
    );
    expect(hits).toEqual([]);
    // What was looked through is what it should be.
    expect(answers).toBeGreaterThan(100);
    expect(files.map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['touchstone.db', 'backup.db']),
    );
    expect(places['the data folder and a backup'].includes(keys[0]!.sealed)).toBe(true);
    expect(places['the answers'].includes(keys[0]!.name)).toBe(true);
  }, 60_000);

  it('would be found in any form and at any place in a longer text', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url');
    for (let before = 0; before < 4; before += 1) {
      const longer = Buffer.concat([Buffer.alloc(before, 7), seed, Buffer.alloc(5, 9)]);
      const planted = {
        raw: longer.toString('latin1'),
        hex: longer.toString('hex'),
        base64: longer.toString('base64'),
        base64url: longer.toString('base64url'),
      };
      for (const [form, text] of Object.entries(planted)) {
        const found = formsOf(seed).some((each) => each.form === form && text.includes(each.text));
        expect({ form, before, found }).toEqual({ form, before, found: true });
      }
    }
    const parts = secretsOf(privateKey.export({ format: 'der', type: 'pkcs8' })).map(({ part }) => part);
    expect(parts).toEqual(['pkcs8', 'd']);
  });
});
