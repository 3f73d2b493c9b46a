import { figure, inFreshProcess, median, spread } from '../measure.js';
import type { Result, Row } from '../row.js';
import { makeStrangers } from '../stranger.js';

const bar = 150;

/**
 * A stranger's credential, never seen before, contexts and code warm, what it points at in memory. Ours is the whole
 * way: reading, guard, schema, status and proof, in a worker thread. The peers do what they do.
 */
export const coldVerify: Row = {
  id: 'V1',
  run: async ({ quick, say }) => {
    const warm = 5;
    const strangers = await makeStrangers(warm + (quick ? 20 : 60));
    const input = { ...strangers, warm };
    const bytes = Buffer.byteLength(strangers.credentials[0]!);
    const sides = {
      ours: 'verify-ours.ts',
      vc: 'verify-digitalbazaar.mjs',
      core: 'verify-verifier-core.mjs',
    };
    const p50s: { readonly [side in keyof typeof sides]: number[] } = { ours: [], vc: [], core: [] };
    for (let round = 0; round < (quick ? 3 : 7); round += 1) {
      for (const side of ['ours', 'vc', 'core'] as const) {
        p50s[side].push(median(await inFreshProcess<number[]>(sides[side], input)));
      }
      say(`V1 round ${round + 1}`);
    }
    const ours = median(p50s.ours);
    const against = (id: string, name: string, values: readonly number[]): Result => ({
      id,
      what: `verify a stranger’s credential of ${bytes} bytes, cold, no network, against ${name}`,
      ours: figure(ours),
      peer: figure(median(values)),
      unit: 'ms (p50)',
      ratio: figure(median(values) / ours),
      bar: `ours < ${bar} ms`,
      met: ours < bar,
      reason: `ours ${spread(p50s.ours)}, peer ${spread(values)}; ${strangers.credentials.length - warm} credentials a round`,
    });
    return [
      against('V1a', '@digitalbazaar/vc', p50s.vc),
      against('V1b', '@digitalcredentials/verifier-core', p50s.core),
    ];
  },
};
