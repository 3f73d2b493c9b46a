import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { containerOf, readInput } from '../formats/read-input.js';
import { scanJson } from '../formats/scan-json.js';
import { fileLimit, type Draft } from '../reading.js';

/** Sizes before anything is parsed: the file, the text taken out of it, the number and depth of its values. */
export function checkLimits(draft: Draft): Finding {
  draft.container = containerOf(draft.bytes);
  const most = draft.container === 'text' ? draft.limits.bytes * 2 : fileLimit;
  if (draft.bytes.byteLength > most) {
    return draft.container === 'text'
      ? failed('limits.bytes', { limit: draft.limits.bytes })
      : failed('limits.file', { limit: fileLimit });
  }
  const { carried } = readInput(draft.bytes);
  if (!carried.ok) {
    if (carried.kind === 'too-large') return failed('limits.inflated', { reason: carried.reason });
    draft.nothing = { kind: carried.kind, reason: carried.reason };
    return carried.kind === 'unreadable'
      ? couldNotCheck('parse.unreadable', { reason: carried.reason })
      : passed('limits.ok', { bytes: draft.bytes.byteLength, nodes: 0, depth: 0 });
  }
  const json = isCompactJws(carried.text) ? payloadOf(carried.text) : carried.text;
  const bytes = Buffer.byteLength(json);
  if (bytes > draft.limits.bytes) return failed('limits.bytes', { limit: draft.limits.bytes });
  const shape = scanJson(json, draft.limits);
  if ('exceeded' in shape) {
    const limit = draft.limits[shape.exceeded];
    return failed(shape.exceeded === 'nodes' ? 'limits.nodes' : 'limits.depth', { limit });
  }
  draft.text = carried.text;
  if (shape.duplicate !== undefined) draft.duplicateName = shape.duplicate;
  return passed('limits.ok', { bytes, nodes: shape.nodes, depth: shape.depth });
}

function payloadOf(token: string): string {
  return Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
}
