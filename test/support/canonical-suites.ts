import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  enterByProperty,
  enterByType,
  openContextSpace,
} from '../../src/securing/canonical/active-context.js';
import { labelled, written, type Digest } from '../../src/securing/canonical/label.js';
import { canonicalOfQuads, quadsByLibrary } from '../../src/securing/canonical/library.js';
import {
  ContextWanted,
  escapeLiteral,
  statementsOf,
  type Quad,
  type Statements,
} from '../../src/securing/canonical/walk.js';
import type { JsonObject } from '../../src/securing/index.js';

/** What came of a public suite: how many were equal, and how many the single pass leaves to the library. */
export interface SuiteOutcome {
  readonly equal: number;
  readonly left: number;
  readonly faults: readonly string[];
}

interface Parsed {
  readonly subject: ParsedTerm;
  readonly predicate: ParsedTerm;
  readonly object: ParsedTerm & { readonly language?: string; readonly datatype?: ParsedTerm };
  readonly graph: ParsedTerm;
}
interface ParsedTerm {
  readonly termType: string;
  readonly value: string;
}
const { NQuads } = createRequire(import.meta.url)('rdf-canonize') as {
  readonly NQuads: { parse(text: string): readonly Parsed[] };
};

/**
 * The W3C tests of RDFC-1.0 (`w3c/rdf-canon`, `tests/rdfc10`): the labelling must give the expected file. `left`: those
 * with named graphs, and those that a limit of work must stop.
 */
export async function heldToRdfCanon(directory: string): Promise<SuiteOutcome> {
  const faults: string[] = [];
  let [equal, left] = [0, 0];
  for (const name of readdirSync(directory).filter((file) => file.endsWith('-in.nq'))) {
    const expected = join(directory, name.replace('-in.nq', '-rdfc10.nq'));
    const statements = statementsIn(NQuads.parse(readFileSync(join(directory, name), 'utf8')));
    if (statements === undefined || !existsSync(expected)) {
      left += 1;
      continue;
    }
    const found = await canonicalOf(statements, name.startsWith('test075') ? 'sha384' : 'sha256').catch(
      () => undefined,
    );
    if (found === undefined) left += 1;
    else if (found === readFileSync(expected, 'utf8')) equal += 1;
    else faults.push(name);
  }
  return { equal, left, faults };
}

async function canonicalOf(statements: Statements, digest: Digest = 'sha256'): Promise<string> {
  const labels = statements.ofNodes.map((_quads, node) => `_:b${node}`);
  return labelled(statements, digest) ?? canonicalOfQuads(written(statements.quads, labels), digest);
}

/** Parsed N-Quads as statements; undefined where a graph has a name. */
function statementsIn(parsed: readonly Parsed[]): Statements | undefined {
  if (parsed.some(({ graph }) => graph.termType !== 'DefaultGraph')) return undefined;
  const nodes = new Map<string, number>();
  const quads: Quad[] = [];
  const ofNodes: Quad[][] = [];
  const nodeOf = ({ termType, value }: ParsedTerm): number => {
    if (termType !== 'BlankNode') return -1;
    if (!nodes.has(value)) {
      nodes.set(value, nodes.size);
      ofNodes.push([]);
    }
    return nodes.get(value)!;
  };
  for (const { subject, predicate, object } of parsed) {
    const suffix =
      object.language !== undefined
        ? `@${object.language}`
        : object.datatype === undefined || object.datatype.value.endsWith('XMLSchema#string')
          ? ''
          : `^^<${object.datatype.value}>`;
    const quad: Quad = {
      subject: `<${subject.value}>`,
      subjectNode: nodeOf(subject),
      predicate: ` <${predicate.value}> `,
      object:
        object.termType === 'Literal' ? `"${escapeLiteral(object.value)}"${suffix}` : `<${object.value}>`,
      objectNode: nodeOf(object),
      isPlain: false,
    };
    quads.push(quad);
    for (const node of new Set([quad.subjectNode, quad.objectNode])) if (node >= 0) ofNodes[node]!.push(quad);
  }
  return { quads, ofNodes };
}

/**
 * The inputs of the W3C tests of JSON-LD to RDF (`w3c/json-ld-api`, `tests/toRdf`, `-in.jsonld`), each with whatever
 * context it brings: what the single pass gives must be the bytes of the library in safe mode.
 */
export async function heldToJsonLdSuite(directory: string): Promise<SuiteOutcome> {
  const faults: string[] = [];
  let [equal, left] = [0, 0];
  for (const name of readdirSync(directory).filter((file) => file.endsWith('-in.jsonld'))) {
    const document = JSON.parse(readFileSync(join(directory, name), 'utf8')) as JsonObject;
    const found = await inOnePass(document).catch(() => undefined);
    if (found === undefined) {
      left += 1;
      continue;
    }
    const library = await quadsByLibrary(document).catch(() => undefined);
    if (found === library) equal += 1;
    else faults.push(name);
  }
  return { equal, left, faults };
}

async function inOnePass(document: JsonObject): Promise<string> {
  const space = await openContextSpace([document['@context'] ?? []].flat());
  for (;;) {
    try {
      return await canonicalOf(statementsOf(document, space.root));
    } catch (error) {
      if (!(error instanceof ContextWanted)) throw error;
      await (error.by === 'type' ? enterByType : enterByProperty)(space, error.from, error.scoped);
    }
  }
}
