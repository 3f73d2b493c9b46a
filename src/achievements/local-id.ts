const form = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Names that every object has by itself: nothing can be kept under them. */
const reserved: readonly string[] = ['constructor', 'prototype'];

/** What is wrong with the id of a criterion or a requirement, under which ratings and answers are kept; undefined when it is good. */
export function localIdFault(id: string): string | undefined {
  if (!form.test(id)) return 'must be lower-case letters, digits and inner hyphens, 40 at most';
  return reserved.includes(id) ? `"${id}" is a word that cannot be an id; choose another` : undefined;
}
