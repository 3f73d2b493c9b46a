import { jsonObjectIn, type Clock } from '../kernel/index.js';
import { isJsonObject, type JsonObject } from '../securing/index.js';
import type { FetchFailure, Fetched } from './resolver.js';

type Answer = Fetched | FetchFailure;

/** For how many seconds from now an answer may be given again. */
export type Lifetime = (answer: Fetched, nowMillis: number) => number;

const minute = 60;

/** Keys and the documents that list them: short, so that a compromised key is gone soon. */
export const lifetimeOfKeys: Lifetime = () => 5 * minute;

/** Schemas are published once and for all; a mended one is seen within the hour. */
export const lifetimeOfSchema: Lifetime = () => 60 * minute;

/** A failure is given again only to what asks at the same time or right after: a host that was away may be back. */
const lifetimeOfFailure = 3;

/**
 * A status list is kept for its own `ttl`, or five minutes where it states none; never past its own end, and never
 * longer than a day. What it says is not believed here: it only shortens or lengthens its own keeping.
 */
export const lifetimeOfStatusList: Lifetime = ({ bytes }, now) => {
  const list = contentOf(bytes);
  const subject = list?.['credentialSubject'];
  const ttl = isJsonObject(subject) ? subject['ttl'] : undefined;
  const stated = typeof ttl === 'number' && ttl >= 0 ? ttl / 1000 : 5 * minute;
  const ends = [list?.['validUntil'], list?.['expirationDate']]
    .map((end) => (typeof end === 'string' ? (Date.parse(end) - now) / 1000 : NaN))
    .filter((seconds) => !Number.isNaN(seconds));
  return Math.min(stated, 24 * 60 * minute, ...ends);
};

/** Answers of other hosts, given again while they are fresh. */
export interface KeptAnswers {
  /** The kept answer of `key`, or what `ask` gives; whoever asks meanwhile waits for the same. */
  get(key: string, lifetime: Lifetime, ask: () => Promise<Answer>): Promise<Answer>;
}

interface Kept {
  readonly answer: Answer;
  readonly at: number;
  readonly until: number;
  readonly size: number;
}

/**
 * Keeps answers in memory, the least lately used leaving first once they take more than `maximumBytes`. An answer
 * carries when it was had, so that a report can tell its age.
 */
export function keepAnswers(clock: Clock, maximumBytes = 32 * 1024 * 1024): KeptAnswers {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Answer>>();
  let bytes = 0;

  const drop = (key: string): void => {
    bytes -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, entry: Kept): void => {
    drop(key);
    if (entry.until <= entry.at || entry.size > maximumBytes / 4) return;
    kept.set(key, entry);
    bytes += entry.size;
    for (const oldest of kept.keys()) {
      if (bytes <= maximumBytes) break;
      drop(oldest);
    }
  };
  const fresh = (key: string): Answer | undefined => {
    const found = kept.get(key);
    const now = Date.parse(clock.now());
    // A clock that was set back has no answers of the future.
    if (found === undefined || now < found.at || now >= found.until) return undefined;
    kept.delete(key);
    kept.set(key, found);
    return found.answer;
  };

  return {
    get: (key, lifetime, ask) => {
      const known = fresh(key);
      if (known !== undefined) return Promise.resolve(known);
      const asking = underWay.get(key);
      if (asking !== undefined) return asking;
      const asked = ask()
        .then((answer) => {
          const fetchedAt = clock.now();
          const at = Date.parse(fetchedAt);
          const told: Answer = answer.ok ? { ...answer, fetchedAt } : answer;
          const seconds = answer.ok ? lifetime(answer, at) : lifetimeOfFailure;
          // Beside the bytes: the key twice, the answer's address or reason, and the entry itself.
          const size = (answer.ok ? answer.bytes.byteLength : 0) + 2 * key.length + 1000;
          keep(key, { answer: told, at, until: at + seconds * 1000, size });
          return told;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, asked);
      return asked;
    },
  };
}

/** The JSON of a document, or the payload of a token around it. */
function contentOf(bytes: Uint8Array): JsonObject | undefined {
  const text = Buffer.from(bytes).toString('utf8').trim();
  return jsonObjectIn(text.startsWith('{') ? text : Buffer.from(text.split('.')[1] ?? '', 'base64url'));
}
