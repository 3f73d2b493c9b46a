import { lineOf } from './record-lines.js';
import { chainOf, type AuditStore } from './store.js';

/** A district's record as lines of JSON, each with its line feed, in pieces of up to 500. */
export async function* exportRecord(store: AuditStore, district: string): AsyncGenerator<string> {
  let piece: string[] = [];
  for await (const link of chainOf(store, district)) {
    piece.push(`${lineOf(link)}\n`);
    if (piece.length < 500) continue;
    yield piece.join('');
    piece = [];
  }
  if (piece.length > 0) yield piece.join('');
}
