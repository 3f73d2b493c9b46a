import type { JsonSchema } from '../../src/kernel/index.js';

/** A body with one fault, and where the answer must point. */
export interface BadBody {
  readonly fault: string;
  readonly body: unknown;
  readonly pointer: string;
}

type Path = readonly (string | number)[];

/**
 * Every body that differs from a good one by one fault that its schema forbids: a required member left out, a member
 * of a wrong type, a member that nobody knows. Follows the good body, so that every member it has is tried.
 */
export function badBodies(schema: JsonSchema, good: unknown): readonly BadBody[] {
  return faultsAt(schema, good, []).map(({ path, fault, change }) => ({
    fault: `${fault} ${pointerOf(path)}`,
    body: changedAt(good, path, change),
    pointer: pointerOf(path),
  }));
}

/** Every text in a body with another in its place, one at a time. */
export function withText(
  good: unknown,
  text: string,
): readonly { readonly body: unknown; readonly pointer: string }[] {
  return textPaths(good, []).map((path) => ({
    body: changedAt(good, path, () => text),
    pointer: pointerOf(path),
  }));
}

interface Fault {
  readonly path: Path;
  readonly fault: string;
  readonly change: (value: unknown) => unknown;
}

const leftOut = Symbol('left out');

function faultsAt(schema: JsonSchema, good: unknown, path: Path): Fault[] {
  const at = chosen(schema, good);
  const types = typesOf(at);
  const faults: Fault[] = [];
  const wrong = wrongFor(types);
  if (path.length > 0 && wrong !== undefined) {
    faults.push({ path, fault: `${JSON.stringify(wrong)} at`, change: () => wrong });
  }
  if (Array.isArray(good)) {
    const items = at['items'] as JsonSchema | undefined;
    if (items !== undefined && good.length > 0) faults.push(...faultsAt(items, good[0], [...path, 0]));
  } else if (typeof good === 'object' && good !== null) {
    const properties = (at['properties'] ?? {}) as { readonly [name: string]: JsonSchema };
    const others = at['additionalProperties'];
    for (const name of (at['required'] ?? []) as string[]) {
      faults.push({ path: [...path, name], fault: 'without', change: () => leftOut });
    }
    if (others === false) {
      for (const name of ['colour', 'a/b~c', '__proto__']) {
        faults.push({ path: [...path, name], fault: 'unknown', change: () => ({ polluted: true }) });
      }
    }
    for (const [name, value] of Object.entries(good)) {
      const member = properties[name] ?? (typeof others === 'object' ? (others as JsonSchema) : undefined);
      if (member !== undefined) faults.push(...faultsAt(member, value, [...path, name]));
    }
  }
  return faults;
}

/** The schema with the branch of its `if`/`then`s that the good value is in. */
function chosen(schema: JsonSchema, good: unknown): JsonSchema {
  const branches = (schema['allOf'] ?? []) as { readonly if: JsonSchema; readonly then: JsonSchema }[];
  const branch = branches.find(({ if: condition }) =>
    Object.entries(condition['properties'] as { [name: string]: { const?: unknown } }).every(
      ([name, { const: value }]) => (good as { [name: string]: unknown })[name] === value,
    ),
  );
  return branch === undefined ? schema : branch.then;
}

function typesOf(schema: JsonSchema): readonly string[] {
  const { type, enum: values } = schema as { type?: string | string[]; enum?: unknown[] };
  if (type !== undefined) return Array.isArray(type) ? type : [type];
  return values === undefined ? [] : ['string'];
}

function wrongFor(types: readonly string[]): unknown {
  if (types.length === 0) return undefined;
  if (!types.includes('object')) return { $gt: '' };
  return types.includes('number') ? ['wrong'] : 42;
}

function textPaths(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => textPaths(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => textPaths(member, [...path, name]));
  }
  return [];
}

function changedAt(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? changedAt(item, rest, change) : item));
  }
  const members = new Map(Object.entries((value ?? {}) as object) as [string, unknown][]);
  const changed = changedAt(members.get(String(step)), rest, change);
  if (changed === leftOut) members.delete(String(step));
  else members.set(String(step), changed);
  return Object.fromEntries(members);
}

function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
