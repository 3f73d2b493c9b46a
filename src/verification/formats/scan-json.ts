/** What a text of JSON holds, found without building anything from it. */
export interface JsonShape {
  /** How many objects, arrays and scalars. */
  readonly nodes: number;
  /** How deep objects and arrays nest; 1 for a flat object. */
  readonly depth: number;
  /** The first member name that one object holds twice (RFC 8259, section 4: readers disagree on which counts). */
  readonly duplicate: string | undefined;
}

export interface ShapeLimits {
  readonly nodes: number;
  readonly depth: number;
}

/**
 * Scans JSON text from left to right, with a bounded stack of its own, and stops at the first limit passed: so
 * that `JSON.parse` never meets a text that could exhaust it. Whether the text is well formed is for the parser.
 */
export function scanJson(
  text: string,
  limits: ShapeLimits,
): JsonShape | { readonly exceeded: 'nodes' | 'depth' } {
  let nodes = 0;
  let deepest = 0;
  let duplicate: string | undefined;
  // For each open object the names seen so far; for each open array undefined.
  const open: (Set<string> | undefined)[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '{' || character === '[') {
      nodes += 1;
      open.push(character === '{' ? new Set() : undefined);
      deepest = Math.max(deepest, open.length);
      if (deepest > limits.depth) return { exceeded: 'depth' };
      at += 1;
    } else if (character === '}' || character === ']') {
      open.pop();
      at += 1;
    } else if (character === '"') {
      const end = endOfString(text, at);
      const names = open[open.length - 1];
      if (names !== undefined && isFollowedByColon(text, end)) {
        const name = unescaped(text.slice(at, end));
        if (names.has(name)) duplicate ??= name;
        names.add(name);
      } else {
        nodes += 1;
      }
      at = end;
    } else if (/[-0-9a-z]/i.test(character)) {
      nodes += 1;
      at += 1;
      while (at < text.length && /[-+.0-9a-z]/i.test(text[at]!)) at += 1;
    } else {
      at += 1;
    }
    if (nodes > limits.nodes) return { exceeded: 'nodes' };
  }
  return { nodes, depth: deepest, duplicate };
}

/** The index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  return text[at] === ':';
}

function unescaped(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
