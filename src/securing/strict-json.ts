import { AppError } from '../kernel/index.js';

/**
 * Parses JSON as `JSON.parse` does, but refuses a member that stands twice in one object: two readers of such a
 * text may see two different things under one signature (RFC 8259, section 4).
 * @throws invalid-request naming the place, or saying that it is no JSON.
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid-request', `It is no JSON: ${(cause as Error).message.slice(0, 200)}.`);
  }
  const duplicate = duplicateMember(text);
  if (duplicate !== undefined) {
    throw new AppError(
      'invalid-request',
      `The member ${JSON.stringify(duplicate.slice(0, 100))} stands twice in one object.`,
    );
  }
  return value;
}

/** The first member that repeats within its object. `text` is valid JSON, so a string before a colon is a member's name. */
function duplicateMember(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [found, colon] = token;
    if (found === '{') open.push(new Set());
    else if (found === '[') open.push(null);
    else if (found === '}' || found === ']') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(found.slice(0, found.length - colon.length)) as string;
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
