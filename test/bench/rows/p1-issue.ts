import { generateKeyPairSync } from 'node:crypto';
import { toMultikey, type PublicJwk } from '../../../src/securing/index.js';
import { figure, inFreshProcess, median, spread } from '../measure.js';
import { payloadOf } from '../payload.js';
import type { Result, Row } from '../row.js';

interface Issued {
  readonly first: string;
  readonly rate: number;
}

/** P1 and P2: from an object to its signed text in this process, against the libraries that others sign with. */
export const issueInProcess: Row = {
  id: 'P1',
  run: async ({ quick, say }) => {
    const pair = generateKeyPairSync('ed25519');
    const publicJwk = pair.publicKey.export({ format: 'jwk' }) as PublicJwk;
    const did = `did:key:${toMultikey(publicJwk)}`;
    const credentials = Array.from({ length: 100 }, (_, n) => payloadOf(did, n));
    const input = {
      credentials,
      did,
      publicJwk,
      privateJwk: pair.privateKey.export({ format: 'jwk' }),
      created: '2026-11-20T09:00:00Z',
      millis: quick ? 1000 : 2500,
    };
    const [ours, stock, jose, raw]: [number[], number[], number[], number[]] = [[], [], [], []];
    let isIdentical = true;
    for (let round = 0; round < (quick ? 3 : 7); round += 1) {
      const own = await inFreshProcess<Issued>('issue-ours.ts', input);
      const peer = await inFreshProcess<Issued>('issue-digitalbazaar.mjs', input);
      isIdentical &&= own.first === peer.first;
      ours.push(own.rate);
      stock.push(peer.rate);
      jose.push((await inFreshProcess<{ rate: number }>('issue-jose.mjs', input)).rate);
      raw.push((await inFreshProcess<{ sign: number }>('raw-ed25519.mjs', input)).sign);
      say(`P1 round ${round + 1}`);
    }
    const ratio = (others: readonly number[]) => median(ours.map((rate, round) => rate / others[round]!));
    const bytes = JSON.stringify(credentials[0]).length;
    const payload = `${bytes} bytes; bytes of the two signed texts ${isIdentical ? 'identical' : 'NOT IDENTICAL'}`;
    const row = (id: string, what: string, others: readonly number[], bar: number, said: string): Result => ({
      id,
      what,
      ours: figure(median(ours)),
      peer: figure(median(others)),
      unit: 'credentials a second',
      ratio: figure(ratio(others)),
      bar: said,
      met: ratio(others) >= bar && isIdentical,
      reason: `ours ${spread(ours)}, peer ${spread(others)}; ${payload}`,
    });
    return [
      row('P1a', 'issue in process, any credential, against @digitalbazaar/vc', stock, 100, '>= 100 x'),
      row('P1b', 'the same, as a share of raw Ed25519 signatures', raw, 0.3, '>= 0.3 of raw sign'),
      row('P2', 'issue against jose SignJWT EdDSA', jose, 2, '>= 2 x'),
    ];
  },
};
