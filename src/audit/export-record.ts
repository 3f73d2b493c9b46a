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

/** One part of an export: parts written one after the other are the whole. */
export interface ExportPart {
  readonly text: string;
  /** The number with which the next part begins; undefined when this is the last. */
  readonly next: number | undefined;
}

/** The part of the export from entry `from` on, of at most `count` entries. */
export async function exportPart(
  store: AuditStore,
  district: string,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<ExportPart> {
  const lines: string[] = [];
  for await (const link of chainOf(store, district, from)) {
    if (lines.length === count) return { text: lines.join(''), next: link.seq };
    lines.push(`${lineOf(link)}\n`);
  }
  return { text: lines.join(''), next: undefined };
}
