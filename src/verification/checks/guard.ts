import { canonicalJson, isJsonObject, type JsonObject } from '../../securing/index.js';
import { failed, passed, type Finding } from '../finding.js';
import { guardFault, sharesIds, type GuardFault } from '../guard.js';
import { listOf, withoutPresented, type Draft } from '../reading.js';

/** Refuses what an RDF signature does not cover and a reader could be misled by. */
export function checkGuard(draft: Draft): Finding {
  if (draft.duplicateName !== undefined) return failed('guard.duplicate-name', { name: draft.duplicateName });
  if (draft.limits.signatureOnly === true) draft.received = withDistinctProofs(draft.received ?? {});
  const received = draft.received ?? {};
  const roots = new Set([...(draft.lifted ?? []), ...proofsOf(received)]);
  const fault =
    draft.kind === 'presentation'
      ? // What it presents is guarded when it is read by itself: two credentials may well speak of one thing.
        guardFault(withoutPresented(received), new Set(proofsOf(received)), { inlineContexts: true })
      : guardFault(received, roots, {
          inlineContexts: draft.limits.signatureOnly === true,
          sharedIds: true,
        });
  if (fault === undefined && draft.kind === 'credential') draft.sharesIds = sharesIds(received, roots);
  return fault === undefined ? passed('guard.ok') : guardFinding(fault);
}

/** A proof may say its own contexts (VC Data Integrity 1.0, section 2.1); those of the JCS suites do. */
function proofsOf(document: JsonObject): readonly JsonObject[] {
  return listOf(document['proof']).filter(isJsonObject);
}

export function guardFinding(fault: GuardFault): Finding {
  const pointer = fault.pointer === '' ? 'the top' : fault.pointer;
  return fault.rule === 'shared-id'
    ? failed('guard.shared-id', { id: fault.id, pointer })
    : failed(`guard.${fault.rule}`, { pointer });
}

/** Two proofs that are the same to the letter are one, made twice. */
function withDistinctProofs(received: JsonObject): JsonObject {
  const { proof } = received as { readonly proof?: unknown };
  if (!Array.isArray(proof)) return received;
  const distinct = new Map((proof as readonly unknown[]).map((one) => [canonicalJson(one), one]));
  return { ...received, proof: [...distinct.values()] };
}
