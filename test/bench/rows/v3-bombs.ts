import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { figure, inFreshProcess, median, spread } from '../measure.js';
import type { Result, Row } from '../row.js';

interface Opened {
  readonly outcome: string;
  readonly millis: number;
  readonly megabytes: number;
}

const bars = { millis: 50, megabytes: 20 };

/** 256 MB of zeros, small on the wire: as a status list, and as the text of a PNG. Refused by the bytes they inflate. */
export const bombs: Row = {
  id: 'V3',
  run: async ({ quick, say }) => {
    const zeros = Buffer.alloc(256 * 1024 * 1024);
    const list = gzipSync(zeros, { level: 9 });
    const png = pngWith(deflateSync(zeros, { level: 9 }));
    const rounds = quick ? 3 : 9;
    const ours: Opened[] = [];
    const peer: Opened[] = [];
    const image: Opened[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await inFreshProcess('bomb.ts', { kind: 'status-list', base64: list.toString('base64') }));
      peer.push(await inFreshProcess('bomb-uncapped.mjs', { base64: list.toString('base64') }));
      image.push(await inFreshProcess('bomb.ts', { kind: 'png', base64: png.toString('base64') }));
      say(`V3 round ${round + 1}`);
    }
    return [
      ...results('V3a', `a status list of ${list.length} bytes that inflates to 256 MB`, ours, peer),
      ...results('V3b', `a PNG of ${png.length} bytes whose text inflates to 256 MB`, image, undefined),
    ];
  },
};

function results(
  id: string,
  what: string,
  ours: readonly Opened[],
  peer: readonly Opened[] | undefined,
): readonly Result[] {
  const refused = ours.every(({ outcome }) => outcome === 'failed');
  return (['millis', 'megabytes'] as const).map((measure) => {
    const own = ours.map((one) => one[measure]);
    const theirs = peer?.map((one) => one[measure]);
    const value = median(own);
    return {
      id: `${id}-${measure}`,
      what: `refuse ${what}${measure === 'millis' ? '' : ': resident memory gained'}`,
      ours: figure(value),
      peer: theirs === undefined ? null : figure(median(theirs)),
      unit: measure === 'millis' ? 'ms' : 'MB',
      ratio: theirs === undefined || value <= 0 ? null : figure(median(theirs) / value),
      bar: `< ${bars[measure]}, and refused`,
      met: refused && value < bars[measure],
      reason:
        `refused: ${refused ? 'always' : 'no'}; ours ${spread(own)}` +
        (theirs === undefined ? '' : `; peer: the same bytes inflated without a cap, ${spread(theirs)}`),
    };
  });
}

/** A PNG with one compressed iTXt chunk of the keyword of Open Badges. */
function pngWith(compressed: Buffer): Buffer {
  const text = Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), compressed]);
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const pixel = deflateSync(Buffer.from([0, 0]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('iTXt', text),
    chunk('IDAT', pixel),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
}
