/**
 * The parts of a bipartite graph: which `left` ids can be compared because a chain of shared `right` ids joins them.
 * Sorted, largest part first. Disjoint sets with path halving (Tarjan & van Leeuwen 1984).
 */
export function linkedParts(edges: Iterable<readonly [left: string, right: string]>): string[][] {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let at = node;
    for (;;) {
      const above = parent.get(at) ?? at;
      if (above === at) return at;
      const next = parent.get(above) ?? above;
      parent.set(at, next);
      at = next;
    }
  };
  const lefts = new Set<string>();
  for (const [left, right] of edges) {
    lefts.add(left);
    const [from, to] = [root(`l${left}`), root(`r${right}`)];
    if (from !== to) parent.set(from, to);
  }
  const parts = new Map<string, string[]>();
  for (const left of [...lefts].sort()) {
    const of = root(`l${left}`);
    parts.set(of, [...(parts.get(of) ?? []), left]);
  }
  return [...parts.values()].sort((a, b) => b.length - a.length || (a[0]! < b[0]! ? -1 : 1));
}
