/** A form's fields as the tree that their names (JSON Pointers without the first slash) say. */
export interface Tree {
  readonly [name: string]: Tree | string | readonly string[] | undefined;
}

const steps = /^(?:[a-z][A-Za-z]{0,30}|[0-9]{1,2})$/;

/** Builds the tree; names of another form are left out. Lists are nodes whose members are numbers. */
export function treeOf(fields: { readonly [name: string]: unknown }): Tree {
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    const path = name.split('/');
    if (path.length > 8 || !path.every((step) => steps.test(step))) continue;
    let node = root;
    for (const step of path.slice(0, -1)) {
      const next = node[step];
      node = (
        typeof next === 'object' && next !== null && !Array.isArray(next)
          ? next
          : (node[step] = Object.create(null) as Record<string, unknown>)
      ) as Record<string, unknown>;
    }
    node[path.at(-1)!] = Array.isArray(value) ? value.map(String) : String(value);
  }
  return root as Tree;
}

/** The node of a member; an empty one when it is absent or text. */
export function nodeAt(tree: Tree, name: string): Tree {
  const value = tree[name];
  return typeof value === 'object' && !Array.isArray(value) ? (value as Tree) : {};
}

/** The members of a list, in the order of their numbers. */
export function itemsAt(tree: Tree, name: string): readonly Tree[] {
  const node = nodeAt(tree, name);
  return Object.keys(node)
    .filter((key) => /^[0-9]+$/.test(key))
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => nodeAt(node, key));
}

/** The text of a member; '' when it is absent. */
export function textAt(tree: Tree, name: string): string {
  const value = tree[name];
  return typeof value === 'string' ? value : Array.isArray(value) ? String(value[0] ?? '') : '';
}

/** Every text of a member that may be chosen more than once. */
export function textsAt(tree: Tree, name: string): readonly string[] {
  const value = tree[name];
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
}
