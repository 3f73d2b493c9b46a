import { createHash } from 'node:crypto';
import { NotCovered, type Quad, type Statements } from './walk.js';

/** With which blank nodes are hashed: SHA-384 where the key is of P-384 (VC Data Integrity ECDSA Cryptosuites 1.0, section 3.2). */
export type Digest = 'sha256' | 'sha384';

/**
 * The canonical N-Quads of statements (RDF Dataset Canonicalization 1.0, section 4.4): blank nodes are numbered in the
 * order of their first degree hashes (section 4.6). Undefined where two of those are equal, so that the hash of
 * degree n must decide. Lines are in the order of UTF-16 code units, as the library has them.
 * @throws NotCovered where one statement stands twice and the library may keep both.
 */
export function labelled({ quads, ofNodes }: Statements, digest: Digest): string | undefined {
  const hashes = ofNodes.map((of, node) => firstDegreeHash(of, node, digest));
  const order = hashes.map((_hash, node) => node).sort((a, b) => (hashes[a]! < hashes[b]! ? -1 : 1));
  const labels: string[] = [];
  for (const [position, node] of order.entries()) {
    if (position > 0 && hashes[node] === hashes[order[position - 1]!]) return undefined;
    labels[node] = `_:c14n${position}`;
  }
  return written(quads, labels);
}

/** The statements as N-Quads with these labels, sorted. */
export function written(quads: readonly Quad[], labels: readonly string[]): string {
  const lines: string[] = [];
  for (const { subject, subjectNode, predicate, object, objectNode } of quads) {
    lines.push(
      `${subjectNode < 0 ? subject : labels[subjectNode]!}${predicate}${objectNode < 0 ? object : labels[objectNode]!} .\n`,
    );
  }
  lines.sort();
  let text = lines[0] ?? '';
  let isRepeated = false;
  for (let n = 1; n < lines.length; n += 1) {
    if (lines[n] === lines[n - 1]) isRepeated = true;
    else text += lines[n]!;
  }
  if (isRepeated) refuseUnlikeRepeats(quads);
  return text;
}

/**
 * A graph is a set, but the library leaves out a repeat only where the values are equal in JSON-LD: two texts or two
 * ids of one thing, not a number and a text that are written alike. One with a blank node would count in its hash.
 */
function refuseUnlikeRepeats(quads: readonly Quad[]): void {
  const seen = new Map<string, Quad>();
  for (const quad of quads) {
    const { subject, subjectNode, predicate, object, objectNode, isPlain } = quad;
    const line = `${subjectNode}${subject}${predicate}${objectNode} ${object}`;
    const same = seen.get(line);
    if (same !== undefined && (subjectNode >= 0 || objectNode >= 0 || !isPlain || !same.isPlain))
      throw new NotCovered('a repeated statement');
    seen.set(line, quad);
  }
}

function firstDegreeHash(quads: readonly Quad[], self: number, digest: Digest): string {
  const lines: string[] = [];
  for (const { subject, subjectNode, predicate, object, objectNode } of quads) {
    const from = subjectNode < 0 ? subject : subjectNode === self ? '_:a' : '_:z';
    const to = objectNode < 0 ? object : objectNode === self ? '_:a' : '_:z';
    lines.push(`${from}${predicate}${to} .\n`);
  }
  lines.sort();
  return createHash(digest).update(lines.join('')).digest('hex');
}
