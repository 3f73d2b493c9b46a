import { canonicalJson, isJsonObject, type JsonObject } from '../securing/index.js';

/** A way in which a document says something that a signature over its RDF does not protect, or hides. */
export type GuardFault =
  | {
      readonly rule:
        'keyword' | 'alias' | 'null' | 'empty-array' | 'duplicate-item' | 'nested-array' | 'inline-context';
      readonly pointer: string;
    }
  | { readonly rule: 'shared-id'; readonly pointer: string; readonly id: string };

/**
 * What a credential must not hold before it is given to a JSON-LD processor. The signature of an RDF cryptosuite
 * covers the graph, not the JSON: an aliased key, `@reverse`, `@index`, a null or one id on two objects can move or
 * hide the status and the expiry of a badge and leave the graph, and so the signature, as it was.
 * `@context` may stand at the top of the document and of the credentials in `roots`, which are judged by themselves.
 * Gives the first fault, or undefined.
 */
export function guardFault(
  document: JsonObject,
  roots: ReadonlySet<object> = new Set(),
): GuardFault | undefined {
  const holders = new Map<string, string>();
  return faultIn(document, '', true, roots, holders);
}

function faultIn(
  value: unknown,
  pointer: string,
  isRoot: boolean,
  roots: ReadonlySet<object>,
  holders: Map<string, string>,
): GuardFault | undefined {
  if (value === null) return { rule: 'null', pointer };
  if (Array.isArray(value)) {
    if (value.length === 0) return { rule: 'empty-array', pointer };
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const at = `${pointer}/${index}`;
      if (Array.isArray(item)) return { rule: 'nested-array', pointer: at };
      const text = canonicalJson(item);
      if (seen.has(text)) return { rule: 'duplicate-item', pointer: at };
      seen.add(text);
      const fault = faultIn(item, at, false, roots, holders);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const top = isRoot || roots.has(value);
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === '@context' && top) {
      const contexts = Array.isArray(member) ? member : [member];
      if (!contexts.every((context) => typeof context === 'string'))
        return { rule: 'inline-context', pointer: at };
      continue;
    }
    if (key.startsWith('@')) return { rule: 'keyword', pointer: at };
    if (key.includes(':')) return { rule: 'alias', pointer: at };
    const fault = faultIn(member, at, false, roots, holders);
    if (fault !== undefined) return fault;
  }
  const { id } = value;
  if (typeof id === 'string') {
    const text = canonicalJson(value);
    if (holders.has(id) && holders.get(id) !== text) return { rule: 'shared-id', pointer, id };
    holders.set(id, text);
  }
  return undefined;
}
