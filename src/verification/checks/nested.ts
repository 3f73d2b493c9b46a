import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { failed, notApplicable, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { scanJson } from '../formats/scan-json.js';
import { listOf, nestedLimit, withoutPresented, type Draft, type Embedded } from '../reading.js';

/**
 * Lifts credentials out, to be judged each by itself: the outer signature says only that its maker included them.
 * What came of them is filled in when they have been judged. What remains of a presentation is held to the limits
 * of one credential.
 */
export function checkNested(draft: Draft): Finding {
  const received = draft.received ?? {};
  const found = draft.kind === 'presentation' ? presentedIn(received, draft.token) : includedIn(received);
  if (found.embedded.length > nestedLimit) return failed('nested.too-many', { limit: nestedLimit });
  draft.lifted = found.lifted;
  draft.embedded = found.embedded;
  if (draft.kind === 'presentation') {
    const rest = JSON.stringify(withoutPresented(received));
    if (Buffer.byteLength(rest) > draft.limits.bytes || 'exceeded' in scanJson(rest, draft.limits))
      return failed('nested.rest-too-large');
  }
  return notApplicable('nested.none');
}

interface Found {
  readonly lifted: readonly JsonObject[];
  readonly embedded: readonly Embedded[];
}

/**
 * What a presentation presents. A token's claim `vp` may hold tokens as text (VC Data Model 1.1, section 6.3.1);
 * everywhere else a presented credential is an object, and what is none is for the data model to refuse.
 */
function presentedIn(presentation: JsonObject, token: string | undefined): Found {
  const presented = listOf(presentation['verifiableCredential']);
  const texts = presented.flatMap((entry) => {
    if (isJsonObject(entry)) return [JSON.stringify(entry)];
    return token !== undefined && typeof entry === 'string' && isCompactJws(entry) ? [entry] : [];
  });
  return {
    lifted: presented.filter(isJsonObject),
    embedded: texts.map((text) => ({ role: 'presented', text })),
  };
}

/**
 * The outermost objects below the root that say that they are credentials. Contexts alone make none: where they stand
 * in another object the guard refuses them, in a proof they are the proof's.
 */
function includedIn(root: JsonObject): Found {
  const lifted = credentialsWithin(root);
  return {
    lifted,
    embedded: lifted.map((credential) => ({ role: 'included', text: JSON.stringify(credential) })),
  };
}

/** See `includedIn`. */
export function credentialsWithin(root: JsonObject): readonly JsonObject[] {
  const lifted: JsonObject[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) {
      if (value !== root && listOf(value['type']).includes('VerifiableCredential')) lifted.push(value);
      else Object.entries(value).forEach(([name, member]) => (name === 'proof' ? undefined : visit(member)));
    }
  };
  visit(root);
  return lifted;
}
