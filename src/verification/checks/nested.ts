import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, notApplicable, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { scanJson } from '../formats/scan-json.js';
import { isLeftOut } from '../guard.js';
import { listOf, nestedLimit, type Draft, type Embedded } from '../reading.js';

/**
 * Lifts credentials out, to be judged each by itself: the outer signature says only that its maker included them.
 * What came of them is filled in when they have been judged. What remains of a presentation or record is held to
 * the limits of one credential.
 */
export function checkNested(draft: Draft): Finding {
  const received = draft.received ?? {};
  const found = draft.kind === 'presentation' ? presentedIn(received, draft.token) : embeddedIn(received);
  if (found.embedded.length > nestedLimit) return couldNotCheck('nested.too-many', { limit: nestedLimit });
  draft.lifted = found.lifted;
  draft.embedded = found.embedded;
  if (draft.kind !== 'credential') {
    const lifted = new Set<unknown>(found.lifted);
    const rest = JSON.stringify(received, (_name, value: unknown) => (lifted.has(value) ? undefined : value));
    if (Buffer.byteLength(rest) > draft.limits.bytes || 'exceeded' in scanJson(rest, draft.limits))
      return couldNotCheck('nested.rest-too-large');
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
    embedded: texts.map((text) => ({ role: 'asserted', text })),
  };
}

/**
 * The outermost objects below the root that say that they are credentials, and endorsements as tokens. Contexts alone
 * make none: where they stand in another object the guard refuses them, in a proof they are the proof's. What
 * stands as a `verifiableCredential` is asserted, whatever the root says that it is.
 */
function embeddedIn(root: JsonObject): Found {
  const lifted: JsonObject[] = [];
  const embedded: Embedded[] = [];
  const visit = (value: unknown, role: Embedded['role']): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, role);
    } else if (typeof value === 'string') {
      if (role === 'asserted' && isCompactJws(value)) embedded.push({ role, text: value });
    } else if (isJsonObject(value)) {
      if (value !== root && listOf(value['type']).includes('VerifiableCredential')) {
        lifted.push(value);
        embedded.push({ role, text: JSON.stringify(value) });
        return;
      }
      for (const [name, member] of Object.entries(value)) {
        // What the guard refuses is nowhere in what is signed.
        if (name === 'proof' || isLeftOut(name)) continue;
        const tokens =
          name === 'endorsementJwt' ? listOf(member).filter((one) => typeof one === 'string') : [];
        for (const text of tokens) embedded.push({ role: 'included', text });
        visit(member, name === 'verifiableCredential' ? 'asserted' : 'included');
      }
    }
  };
  visit(root, 'included');
  return { lifted, embedded };
}

/** The outermost objects within a document that say that they are credentials. */
export function credentialsWithin(root: JsonObject): readonly JsonObject[] {
  return embeddedIn(root).lifted;
}
