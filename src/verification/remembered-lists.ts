import { createHash } from 'node:crypto';
import type { FetchedKeys } from './issuer-keys.js';
import type { ReadCredential } from './reading.js';

/** Signed lists take at most so many bytes, as they came. */
const limit = 8 * 1024 * 1024;

/** Lists whose signature held, by what they were verified from; the least lately used leaves first. */
const held = new Map<string, { readonly list: ReadCredential; readonly size: number }>();
let bytesHeld = 0;

/**
 * What a list was verified from: its exact bytes, and all that was had of the issuer's keys, so that a list is verified
 * again as soon as one of them changes.
 */
export function listFingerprint(bytes: Uint8Array, { controllers, keys }: FetchedKeys): string {
  const parts = [
    sha256(bytes),
    [...controllers],
    [...keys].map(([url, answer]) => [url, answer.ok ? [answer.url, sha256(answer.bytes)] : answer]),
  ];
  return sha256(JSON.stringify(parts));
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64');
}

/** The list with this fingerprint, if its signature held before. Its dates are as they are: judge them each time. */
export function rememberedList(fingerprint: string): ReadCredential | undefined {
  const found = held.get(fingerprint);
  if (found === undefined) return undefined;
  held.delete(fingerprint);
  held.set(fingerprint, found);
  return found.list;
}

/**
 * Remembers that a list's signature held. Not where time alone can undo that: a proof with an end, or a key that is
 * revoked as of a time.
 */
export function rememberList(
  fingerprint: string,
  list: ReadCredential,
  size: number,
  { controllers }: FetchedKeys,
): void {
  const { secured } = list;
  const ends = secured.kind === 'proofs' && secured.proofs.some((proof) => 'expires' in proof);
  if (ends || secured.kind === 'none' || JSON.stringify([...controllers]).includes('"revoked"')) return;
  // Two that were judged at the same time are one.
  if (held.has(fingerprint)) return;
  held.set(fingerprint, { list, size });
  bytesHeld += size;
  for (const [oldest, { size: freed }] of held) {
    if (bytesHeld <= limit) break;
    held.delete(oldest);
    bytesHeld -= freed;
  }
}
