import type { Deadline } from './request-budget.js';
import type { FetchFailure, Resolver, WantedResource } from './resolver.js';

/** More different things than this are not looked up for one thing that was handed in, whatever is nested in it. */
const lookUpLimit = 200;

/** So many are under way at once for one thing that was handed in; the others wait. */
const atOnce = 24;

const late: FetchFailure = {
  ok: false,
  kind: 'unreachable',
  reason: 'It was not had in the time that all look-ups for one request are given together.',
};

/**
 * A resolver for one verification: asks for each thing once, however many of the credentials in a document point at
 * it, and refuses once too much was asked for, so that no document can make us call half the world. After the
 * deadline, what was asked for counts as not to be had.
 */
export function boundResolver(resolver: Resolver, deadline: Deadline): Resolver {
  const turn = oneOf(atOnce);
  const inTime = async <Answer>(
    ask: () => Promise<Answer | FetchFailure>,
  ): Promise<Answer | FetchFailure> => {
    const asking = turn(async () => (deadline.isOver() ? late : ask()));
    return Promise.race([asking, deadline.over.then(() => late)]);
  };
  const asked = new Map<string, Promise<unknown>>();
  const once = <Answer>(
    key: string,
    ask: () => Promise<Answer | FetchFailure>,
  ): Promise<Answer | FetchFailure> => {
    const known = asked.get(key);
    if (known !== undefined) return known as Promise<Answer | FetchFailure>;
    const answer: Promise<Answer | FetchFailure> =
      asked.size < lookUpLimit
        ? inTime(ask)
        : Promise.resolve({
            ok: false,
            kind: 'refused',
            reason: `It points at more than ${lookUpLimit} other documents; no more were looked up.`,
          });
    asked.set(key, answer);
    return answer;
  };
  return {
    did: (did) => once(`did ${did}`, () => resolver.did(did)),
    statusList: (url) => once(`list ${url}`, () => resolver.statusList(url)),
    controller: (url) => once(`controller ${url}`, () => resolver.controller(url)),
    keys: (url) => once(`keys ${url}`, () => resolver.keys(url)),
    schema: (url) => once(`schema ${url}`, () => resolver.schema(url)),
    resource: (wanted) => once(`resource ${keyOf(wanted)}`, () => resolver.resource(wanted)),
    standing: (id, issuer) =>
      once(`standing ${JSON.stringify([id, issuer])}`, () => resolver.standing(id, issuer)),
  };
}

/** Lets so many at once do what they came for. */
function oneOf(places: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function keyOf({ url, mediaType, digestMultibase }: WantedResource): string {
  return JSON.stringify([url, mediaType, digestMultibase]);
}
