import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { build } from 'esbuild';
import { describe, expect, it } from '@jest/globals';
import { openKeyCustody } from '../../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  packageRoot,
  settableClock,
  systemRandomness,
  type DistrictId,
  systemClock,
  type Instant,
  type StatusListId,
} from '../../../src/kernel/index.js';
import {
  createIssuerKeys,
  didDocument,
  openIssuerKeys,
  type JsonObject,
} from '../../../src/securing/index.js';
import { documentLoader } from '../../../src/securing/document-loader.js';
import {
  allocateStatusIndex,
  isBitSet,
  publishStatusList,
  readPublishedList,
  setStatusBit,
  statusListUrl,
  statusStore,
} from '../../../src/status/index.js';

const now = '2026-11-20T09:00:00Z';
const issuer = {
  district: 'dst_aaaaaaaaaaaaaaaaaaaaaaaaaa' as DistrictId,
  did: 'did:web:credentials.example.test:issuers:westfield',
};
const slug = 'westfield';
const custody = openKeyCustody({ secret: 'a secret of the tests', randomness: systemRandomness });

async function somePorts(
  options: { readonly file?: string; readonly block?: number; readonly start?: Instant } = {},
) {
  const store = await openSqlite({ file: options.file ?? ':memory:' });
  const base = { clock: settableClock(options.start ?? now), randomness: systemRandomness };
  return {
    ...base,
    publicUrl: 'https://credentials.example.test',
    store: statusStore(store, options.block === undefined ? {} : { block: options.block }),
    securing: { ...base, issuerKeys: openIssuerKeys(store), custody },
    close: () => store.close(),
  };
}

type Ports = Awaited<ReturnType<typeof somePorts>>;

async function aList(ports: Ports, purpose: 'revocation' | 'suspension' = 'revocation') {
  const { list, index } = await allocateStatusIndex(ports, issuer, purpose);
  return { list, index, ref: { district: issuer.district, slug, list } };
}

const parsed = (text: string) => JSON.parse(text) as JsonObject & { readonly credentialSubject: JsonObject };

describe('allocating status indexes', () => {
  it('gives 2,000 at once all different indexes, one write for each block', async () => {
    const ports = await somePorts();
    const given = await Promise.all(
      Array.from({ length: 2000 }, () => allocateStatusIndex(ports, issuer, 'revocation')),
    );
    expect(new Set(given.map(({ index }) => index)).size).toBe(2000);
    const list = await ports.store.list(issuer.district, given[0]!.list);
    expect(list).toMatchObject({ leased: 2048, state: 'open', size: 131_072, version: 1 + 2048 / 64 });
  });

  it('gives several holders of one database no index twice, and a restarted one skips what it held', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'status-')), 'status.db');
    const several = await Promise.all(Array.from({ length: 4 }, () => somePorts({ file })));
    const given = await Promise.all(
      several.flatMap((ports) =>
        Array.from({ length: 150 }, () => allocateStatusIndex(ports, issuer, 'revocation')),
      ),
    );
    const restarted = await somePorts({ file });
    given.push(await allocateStatusIndex(restarted, issuer, 'revocation'));
    expect(new Set(given.map(({ list, index }) => `${list} ${index}`)).size).toBe(601);
    expect(new Set(given.map(({ list }) => list)).size).toBe(1);
    await Promise.all([...several, restarted].map((ports) => ports.close()));
    rmSync(join(file, '..'), { recursive: true });
  });

  it('gives four processes, one of them killed, no index twice', async () => {
    const scratch = join(packageRoot, 'node_modules/.cache/touchstone-status-test');
    mkdirSync(scratch, { recursive: true });
    const folder = mkdtempSync(join(scratch, 'run-'));
    const script = join(folder, 'allocate.mjs');
    await build({
      entryPoints: [join(packageRoot, 'test/unit/status/allocate-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    });
    const outputs = await Promise.all(
      [1, 2, 3, 4].map((n) => allocateInProcess(script, join(folder, 'status.db'), n === 4)),
    );
    rmSync(folder, { recursive: true });
    const given = outputs.flatMap(({ lines }) => lines);
    expect(outputs.map(({ ended }) => ended)).toEqual([0, 0, 0, 'SIGKILL']);
    expect(outputs.slice(0, 3).map(({ lines }) => lines.length)).toEqual([400, 400, 400]);
    expect(outputs[3]!.lines.length).toBeGreaterThanOrEqual(20);
    expect(new Set(given).size).toBe(given.length);
  });

  it('closes a list at 75 % and opens the next one', async () => {
    const ports = await somePorts({ block: 40_000 });
    const lists = [];
    for (let block = 0; block < 4; block += 1) {
      const first = await allocateStatusIndex(ports, issuer, 'revocation');
      lists.push(first.list);
      // The rest of the block goes as with a process that was killed.
      ports.store = statusStore({ collection: () => ports.store.lists } as never, { block: 40_000 });
    }
    expect(new Set(lists.slice(0, 3)).size).toBe(1);
    expect(lists[3]).not.toBe(lists[0]);
    expect(await ports.store.list(issuer.district, lists[0]!)).toMatchObject({
      state: 'closed',
      leased: 98_304,
      openSlot: null,
    });
    expect(await ports.store.list(issuer.district, lists[3]!)).toMatchObject({
      state: 'open',
      leased: 40_000,
    });
  });

  it('keeps purposes and districts apart', async () => {
    const ports = await somePorts();
    const other = { ...issuer, district: 'dst_bbbbbbbbbbbbbbbbbbbbbbbbbb' as DistrictId };
    const lists = [
      await allocateStatusIndex(ports, issuer, 'revocation'),
      await allocateStatusIndex(ports, issuer, 'suspension'),
      await allocateStatusIndex(ports, other, 'revocation'),
    ].map(({ list }) => list);
    expect(new Set(lists).size).toBe(3);
    await expect(setStatusBit(ports, other.district, lists[0]!, 1)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('goes on after a failure of the database', async () => {
    const ports = await somePorts();
    const failing = {
      ...ports,
      store: { ...ports.store, openList: async () => Promise.reject(new Error('disk full')) },
    };
    await expect(allocateStatusIndex(failing, issuer, 'revocation')).rejects.toThrow('disk full');
    await expect(allocateStatusIndex(ports, issuer, 'revocation')).resolves.toHaveProperty('index');
  });
});

describe('status bits', () => {
  it('set twice change once, and a revocation is never set back', async () => {
    const ports = await somePorts();
    const { list, index } = await aList(ports);
    const once = await setStatusBit(ports, issuer.district, list, index);
    const twice = await setStatusBit(ports, issuer.district, list, index);
    expect(twice).toEqual(once);
    expect(once.revision).toBe(1);
    await expect(setStatusBit(ports, issuer.district, list, index, false)).rejects.toMatchObject({
      code: 'rule-violated',
    });
    expect(isBitSet((await ports.store.list(issuer.district, list))!.encodedList, index)).toBe(true);
  });

  it('of a suspension can be set back', async () => {
    const ports = await somePorts();
    const { list, index } = await aList(ports, 'suspension');
    await setStatusBit(ports, issuer.district, list, index);
    const back = await setStatusBit(ports, issuer.district, list, index, false);
    expect(isBitSet(back.encodedList, index)).toBe(false);
  });

  it('set by ten at once, while others allocate and publish, are all there', async () => {
    const ports = await somePorts({ block: 1 });
    const given = [];
    for (let i = 0; i < 10; i += 1) given.push(await allocateStatusIndex(ports, issuer, 'revocation'));
    const { list } = given[0]!;
    await Promise.all([
      ...given.map(({ index }) => setStatusBit(ports, issuer.district, list, index)),
      ...given.slice(0, 3).map(() => allocateStatusIndex(ports, issuer, 'revocation')),
      publishStatusList(ports, { district: issuer.district, slug, list }),
    ]);
    const { text } = await readPublishedList(ports, { district: issuer.district, slug, list });
    const { encodedList } = parsed(text).credentialSubject;
    for (const { index } of given) expect(isBitSet(encodedList, index)).toBe(true);
  });

  it('outside the list are refused', async () => {
    const ports = await somePorts();
    const { list } = await aList(ports);
    await expect(setStatusBit(ports, issuer.district, list, 131_072)).rejects.toMatchObject({
      code: 'rule-violated',
    });
  });
});

describe('a published list', () => {
  it('is a BitstringStatusListCredential good for a day', async () => {
    const ports = await somePorts();
    const { list, index, ref } = await aList(ports);
    await setStatusBit(ports, issuer.district, list, index);
    const { text } = await publishStatusList(ports, ref);
    const url = `https://credentials.example.test/d/westfield/status/${list}`;
    expect(statusListUrl(slug, { publicUrl: ports.publicUrl, id: list })).toBe(url);
    expect(parsed(text)).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: issuer.did,
      validFrom: now,
      validUntil: '2026-11-21T09:00:00Z',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        ttl: 300_000,
        encodedList: expect.stringMatching(/^uH4sI/),
      },
      proof: expect.objectContaining({ cryptosuite: 'eddsa-rdfc-2022', created: now }),
    });
  });

  it('is accepted by the stock library, which reads the bit as we do', async () => {
    // The stock library takes the time from the machine.
    const ports = await somePorts({ start: systemClock.now() });
    const { list, index, ref } = await aList(ports);
    const { index: other } = await allocateStatusIndex(ports, issuer, 'revocation');
    await setStatusBit(ports, issuer.district, list, index);
    const { text } = await publishStatusList(ports, ref);
    const { proof, jwt } = await createIssuerKeys(ports.securing, issuer);
    const check = (at: number, published = parsed(text)) =>
      checkStatus({
        credential: aCredentialWith(statusListUrl(slug, { publicUrl: ports.publicUrl, id: list }), at),
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader: stockLoader(didDocument(issuer.did, [proof, jwt]), published),
      });
    expect(await check(index)).toMatchObject({ verified: true, results: [{ status: true }] });
    expect(await check(other)).toMatchObject({ verified: true, results: [{ status: false }] });
    const altered = { ...parsed(text), credentialSubject: { ...parsed(text).credentialSubject, ttl: 1 } };
    expect(await check(index, altered)).toMatchObject({ verified: false });
  });

  it('is served byte for byte until half its life has passed, then signed anew', async () => {
    const ports = await somePorts();
    const { ref } = await aList(ports);
    const first = await readPublishedList(ports, ref);
    ports.clock.advance(12 * 3600 - 1);
    expect(await readPublishedList(ports, ref)).toEqual(first);
    ports.clock.advance(1);
    const second = await readPublishedList(ports, ref);
    expect(second).toMatchObject({ validFrom: '2026-11-20T21:00:00Z', validUntil: '2026-11-21T21:00:00Z' });
    expect(second.text).not.toBe(first.text);
  });

  it('shows a bit that was set before to the next reader, though nobody published it', async () => {
    const ports = await somePorts();
    const { list, index, ref } = await aList(ports);
    await readPublishedList(ports, ref);
    await setStatusBit(ports, issuer.district, list, index);
    const { text } = await readPublishedList(ports, ref);
    expect(isBitSet(parsed(text).credentialSubject['encodedList'], index)).toBe(true);
  });

  it('that does not exist is not found', async () => {
    const ports = await somePorts();
    const list = 'sls_aaaaaaaaaaaaaaaaaaaaaaaaaa' as StatusListId;
    await expect(readPublishedList(ports, { district: issuer.district, slug, list })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(publishStatusList(ports, { district: issuer.district, slug, list })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

function aCredentialWith(list: string, index: number): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: issuer.did,
    credentialSubject: { id: 'urn:uuid:0f0f3c1a-55ce-4c0e-8b43-2f6a2d3b9a01' },
    credentialStatus: {
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index),
      statusListCredential: list,
    },
  };
}

function stockLoader(did: JsonObject, list: JsonObject) {
  const methods = did['verificationMethod'] as readonly JsonObject[];
  return async (url: string): Promise<object> => {
    if (url === list['id']) return { document: list };
    if (url === did['id']) return { document: did };
    const method = methods.find(({ id }) => id === url);
    if (method !== undefined)
      return { document: { '@context': 'https://w3id.org/security/multikey/v1', ...method } };
    return documentLoader(url);
  };
}

/** Runs the child; the one to be killed gets SIGKILL after its twentieth index. */
function allocateInProcess(
  script: string,
  file: string,
  kill: boolean,
): Promise<{ readonly lines: readonly string[]; readonly ended: number | string | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, file, kill ? '100000' : '400'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (kill && text.split('\n').length > 20) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      // The last line may be cut; only whole ones count.
      resolve({ lines: text.split('\n').slice(0, -1), ended: code ?? signal });
    });
  });
}
