import { AppError } from '../kernel/index.js';
import { canonicalJson } from './canonical-json.js';
import { isJsonObject, type JsonObject } from './json-object.js';

const credentialType = 'https://www.w3.org/2018/credentials#VerifiableCredential';

/**
 * More objects than this, and more text, are not written out: where many things name each other, every way to each
 * would be.
 */
const objectLimit = 4000;
const textLimit = 512 * 1024;

/**
 * Everything that an expanded JSON-LD document says of its root, found by ids and not by places: what several objects
 * with one id say is said of one thing (JSON-LD 1.1 API, section 4.4, node map generation), and stands wherever that
 * thing is named (within itself only its id and types). So nothing is hidden by saying it of the same id elsewhere. Graphs of their own (proofs) stay as
 * they are; credentials below the root are named and not written out: each is read by itself.
 * @throws rule-violated when that has more than 4,000 objects, or for a keyword that only a context could bring in.
 */
export function mergeNodes(expanded: JsonObject): JsonObject {
  const rootId = typeof expanded['@id'] === 'string' ? expanded['@id'] : undefined;
  const nodes = new Map<string, Map<string, unknown[]>>();
  const root = collect(expanded, nodes);
  return writeOut(
    rootId === undefined ? root : { '@id': rootId },
    nodes,
    new Set(),
    { left: objectLimit, text: textLimit },
    true,
  );
}

interface Budget {
  left: number;
  text: number;
}

type Nodes = Map<string, Map<string, unknown[]>>;

/** Puts what the object says into `nodes` under its id, and gives what stands in its place: its id, or itself. */
function collect(node: JsonObject, nodes: Nodes): JsonObject {
  const id = node['@id'];
  const said = new Map<string, unknown[]>();
  for (const [property, values] of Object.entries(node)) {
    if (property === '@id') continue;
    if (property === '@type') said.set(property, [values].flat());
    else if (property.startsWith('@'))
      throw new AppError('rule-violated', `The document uses ${property}, which is not read.`);
    else
      said.set(
        property,
        [values].flat().map((value) => collectValue(value, nodes)),
      );
  }
  if (typeof id !== 'string') return Object.fromEntries(said);
  const known = nodes.get(id) ?? new Map<string, unknown[]>();
  nodes.set(id, known);
  for (const [property, values] of said)
    known.set(property, distinct([...(known.get(property) ?? []), ...values]));
  return { '@id': id };
}

function collectValue(value: unknown, nodes: Nodes): unknown {
  if (!isJsonObject(value) || '@value' in value || '@graph' in value) return value;
  if ('@list' in value) return { '@list': [value['@list']].flat().map((item) => collectValue(item, nodes)) };
  return collect(value, nodes);
}

/** The object with all that is said of it, and of what it names, down to what is written out around it already. */
function writeOut(
  node: JsonObject,
  nodes: Nodes,
  around: ReadonlySet<string>,
  budget: Budget,
  isRoot = false,
): JsonObject {
  const id = node['@id'];
  const said: readonly (readonly [string, unknown])[] =
    typeof id === 'string' ? [...(nodes.get(id) ?? [])] : Object.entries(node);
  const types = [Object.fromEntries(said)['@type'] ?? []].flat();
  const named: JsonObject = {
    ...(typeof id === 'string' ? { '@id': id } : {}),
    ...(types.length === 0 ? {} : { '@type': types }),
  };
  if (typeof id === 'string' && around.has(id)) return named;
  budget.left -= 1;
  if (budget.left < 0 || budget.text < 0) {
    throw new AppError(
      'rule-violated',
      `The document names the same things in more than ${objectLimit} places; it is not read.`,
    );
  }
  if (!isRoot && types.includes(credentialType)) return named;
  const within = typeof id === 'string' ? new Set([...around, id]) : around;
  const written = said
    .filter(([property]) => property !== '@type')
    .map(
      ([property, values]) =>
        [property, [values].flat().map((value) => writeValue(value, nodes, within, budget))] as const,
    );
  return { ...named, ...Object.fromEntries(written) };
}

function writeValue(value: unknown, nodes: Nodes, around: ReadonlySet<string>, budget: Budget): unknown {
  if (!isJsonObject(value) || '@value' in value || '@graph' in value) {
    budget.text -= isJsonObject(value) ? String(value['@value']).length : 0;
    return value;
  }
  // What stands in a list is written as what a property names: the list is an object without an id.
  return writeOut(value, nodes, around, budget);
}

function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Map(values.map((value) => [canonicalJson(value), value] as const));
  return [...seen.values()];
}
