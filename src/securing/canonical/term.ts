/** What a term means under one active context, as far as the single pass needs it. */
export type Term =
  | { readonly kind: 'id' }
  | { readonly kind: 'type' }
  | PropertyTerm
  /** It stands for something that the single pass leaves to the library: a keyword, a map, a list, a language. */
  | { readonly kind: 'uncovered'; readonly scoped: Scoped | undefined; readonly keyword: string | undefined };

export interface PropertyTerm {
  readonly kind: 'property';
  readonly iri: string;
  /** The predicate as it stands in an N-Quad, with its spaces. */
  readonly predicate: string;
  /** `id`: text is an IRI. `vocab`: text is a term or an IRI. `literal`: text is text. */
  readonly coercion: 'id' | 'vocab' | 'literal';
  /** What follows the closing quote of a literal that has this datatype; undefined where the value's own kind decides. */
  readonly suffix: string | undefined;
  readonly isDouble: boolean;
  /** Whether `xsd:string` is said, which is written as if nothing were. */
  readonly isString: boolean;
  readonly scoped: Scoped | undefined;
}

/** A context that comes into force with a term, as it stands in the context document, under a name of its text. */
export interface Scoped {
  readonly id: string;
  readonly context: unknown;
}

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const xsd = 'http://www.w3.org/2001/XMLSchema#';
export const rdfType = `${rdf}type`;

/**
 * Absolute IRIs of plain ASCII: a part of what jsonld.js takes for absolute (`url.js`), without any character that
 * N-Quads escape.
 */
const absoluteIri = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]*$/;

export function isPlainIri(value: unknown): value is string {
  return typeof value === 'string' && absoluteIri.test(value);
}

/** Members of a term definition that the single pass knows. Any other makes the term uncovered. */
const known = new Set([
  '@id',
  '@type',
  '@container',
  '@context',
  'reverse',
  'protected',
  '_prefix',
  '_termHasColon',
]);

/** Reads a term definition as jsonld.js made it (`createTermDefinition`). */
export function readTerm(definition: { readonly [member: string]: unknown } | null): Term {
  if (definition === null) return { kind: 'uncovered', scoped: undefined, keyword: undefined };
  const { '@id': iri, '@type': type, '@container': container, reverse } = definition;
  const scoped =
    '@context' in definition
      ? { id: JSON.stringify(definition['@context']), context: definition['@context'] }
      : undefined;
  const containers = (container ?? []) as readonly unknown[];
  const isPlain =
    reverse === false &&
    Object.keys(definition).every((member) => known.has(member)) &&
    (containers.length === 0 || (containers.length === 1 && containers[0] === '@set'));
  if (isPlain && scoped === undefined && type === undefined) {
    if (iri === '@id') return { kind: 'id' };
    if (iri === '@type') return { kind: 'type' };
  }
  const isCoerced = type === '@id' || type === '@vocab';
  const hasDatatype = type !== undefined && type !== '@none' && !isCoerced;
  if (!isPlain || !isPlainIri(iri) || iri === rdfType || (hasDatatype && !isPlainDatatype(type))) {
    return {
      kind: 'uncovered',
      scoped,
      keyword: typeof iri === 'string' && iri[0] === '@' ? iri : undefined,
    };
  }
  return {
    kind: 'property',
    iri,
    predicate: ` <${iri}> `,
    coercion: type === '@id' ? 'id' : type === '@vocab' ? 'vocab' : 'literal',
    suffix: !hasDatatype ? undefined : type === `${xsd}string` ? '' : `^^<${type}>`,
    isString: type === `${xsd}string`,
    isDouble: type === `${xsd}double`,
    scoped,
  };
}

/** `rdf:langString` is written with a language or not at all, so it is left to the library; `@json` is no IRI. */
function isPlainDatatype(type: unknown): type is string {
  return isPlainIri(type) && type !== `${rdf}langString`;
}
