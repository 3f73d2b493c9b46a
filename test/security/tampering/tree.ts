/** A JSON value that may be altered. */
export type Tree = { [member: string]: unknown };

/** Draws from what a plan has drawn before: the same plan gives the same mutation. */
export interface Pick {
  (below: number): number;
  one<T>(from: readonly T[]): T;
  readonly text: string;
}

export function picking(choices: readonly number[], text: string): Pick {
  let at = 0;
  const pick = (below: number): number => {
    const drawn = choices[at % choices.length]! + at * 7919;
    at += 1;
    return below <= 0 ? 0 : drawn % below;
  };
  return Object.assign(pick, {
    one: <T>(from: readonly T[]): T => from[pick(from.length)]!,
    text,
  });
}

export interface Place {
  /** The object or array that holds it. */
  readonly holder: Tree;
  readonly key: string;
  readonly value: unknown;
  readonly path: readonly string[];
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every member and item below `root`, in the order of the text. */
export function placesIn(root: unknown, path: readonly string[] = []): Place[] {
  if (typeof root !== 'object' || root === null) return [];
  return Object.entries(root).flatMap(([key, value]) => [
    { holder: root as Tree, key, value, path: [...path, key] },
    ...placesIn(value, [...path, key]),
  ]);
}

export function leavesOf(root: unknown): Place[] {
  return placesIn(root).filter(({ value }) => typeof value !== 'object' || value === null);
}

/** All objects, the root first. */
export function nodesOf(root: Tree): Tree[] {
  return [root, ...placesIn(root).flatMap(({ value }) => (isTree(value) ? [value] : []))];
}

/** An object below the root; the root where there is none. */
export function anInnerNode(root: Tree, pick: Pick): Tree {
  const [, ...inner] = nodesOf(root);
  return inner.length === 0 ? root : pick.one(inner);
}

export function arraysOf(root: Tree): Place[] {
  return placesIn(root).filter(({ value }) => Array.isArray(value));
}

/** Renames a member and keeps its place among the others. */
export function rename(holder: Tree, from: string, to: string): void {
  const entries = Object.entries(holder).map(([key, value]) => [key === from ? to : key, value] as const);
  for (const key of Object.keys(holder)) delete holder[key];
  for (const [key, value] of entries) define(holder, key, value);
}

/** Sets a member as `JSON.parse` would, `__proto__` among them. */
export function define(holder: Tree, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
