import { jsonObjectIn } from '../../kernel/index.js';
import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { openEnvelope } from '../formats/open-envelope.js';
import { containerOf, readInput } from '../formats/read-input.js';
import { scanJson } from '../formats/scan-json.js';
import { fileLimit, kindOf, type Draft, type ReadingLimits } from '../reading.js';

/**
 * Sizes before anything is parsed: the file, the text taken out of it, the number and depth of its values. What
 * turns out to hold credentials may be larger; each of them is held to the limits of one when it is read.
 */
export function checkLimits(draft: Draft): Finding {
  const widest = draft.limits.container ?? draft.limits;
  draft.container = containerOf(draft.bytes);
  const most = draft.container === 'text' ? widest.bytes * 2 : fileLimit;
  if (draft.bytes.byteLength > most) {
    return draft.container === 'text'
      ? failed('limits.bytes', { limit: widest.bytes })
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
  const first = readText(draft, carried.text, widest);
  if (first.outcome !== 'passed' || draft.value === undefined || draft.token !== undefined) return first;
  const opened = openEnvelope(draft.value);
  switch (opened.kind) {
    case 'no-envelope':
      return first;
    case 'fault':
      draft.nothing = { kind: 'envelope', reason: opened.reason };
      return first;
    case 'token':
      return readText(draft, opened.token, widest);
  }
}

/** Measures a text, JSON or a token, and only then parses it. */
function readText(draft: Draft, text: string, widest: ReadingLimits): Finding {
  const isToken = isCompactJws(text);
  const json = isToken ? Buffer.from(text.split('.')[1]!, 'base64url').toString('utf8') : text;
  const bytes = Buffer.byteLength(json);
  if (bytes > widest.bytes) return failed('limits.bytes', { limit: widest.bytes });
  const shape = scanJson(json, widest);
  if ('exceeded' in shape) return exceeding(shape.exceeded, widest);
  draft.text = text;
  const value = jsonObjectIn(json);
  if (value !== undefined) draft.value = value;
  else delete draft.value;
  if (isToken) draft.token = text;
  if (shape.duplicate !== undefined) draft.duplicateName = shape.duplicate;
  if (value === undefined || kindOf(value) === 'credential') {
    const { limits } = draft;
    if (bytes > limits.bytes) return failed('limits.bytes', { limit: limits.bytes });
    if (shape.nodes > limits.nodes) return exceeding('nodes', limits);
    if (shape.depth > limits.depth) return exceeding('depth', limits);
  }
  return passed('limits.ok', { bytes, nodes: shape.nodes, depth: shape.depth });
}

function exceeding(what: 'nodes' | 'depth', limits: ReadingLimits): Finding {
  return failed(what === 'nodes' ? 'limits.nodes' : 'limits.depth', { limit: limits[what] });
}
