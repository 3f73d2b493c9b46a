import type { FetchFailure, Resolver, WantedResource } from './resolver.js';

/** More different things than this are not looked up for one thing that was handed in, whatever is nested in it. */
const lookUpLimit = 200;

/**
 * A resolver for one verification: asks for each thing once, however many of the credentials in a document point at
 * it, and refuses once too much was asked for, so that no document can make us call half the world.
 */
export function boundResolver(resolver: Resolver): Resolver {
  const asked = new Map<string, Promise<unknown>>();
  const once = <Answer>(
    key: string,
    ask: () => Promise<Answer | FetchFailure>,
  ): Promise<Answer | FetchFailure> => {
    const known = asked.get(key);
    if (known !== undefined) return known as Promise<Answer | FetchFailure>;
    const answer: Promise<Answer | FetchFailure> =
      asked.size < lookUpLimit
        ? ask()
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
    standing: (id) => once(`standing ${id}`, () => resolver.standing(id)),
  };
}

function keyOf({ url, mediaType, digestMultibase }: WantedResource): string {
  return JSON.stringify([url, mediaType, digestMultibase]);
}
