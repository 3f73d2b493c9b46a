import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, notApplicable, type Finding } from '../finding.js';
import { listOf, type Draft } from '../reading.js';

const embeddedLimit = 8;

/**
 * Lifts embedded credentials out, to be judged each by itself: the outer signature says only that its issuer
 * included them. What came of them is filled in when they have been judged.
 */
export function checkNested(draft: Draft): Finding {
  const embedded = embeddedIn(draft.received ?? {});
  if (embedded.length > embeddedLimit) return couldNotCheck('nested.too-many', { limit: embeddedLimit });
  draft.embedded = embedded;
  return notApplicable('nested.none');
}

/** The outermost objects below the root that are credentials: by type, or by having contexts of their own. */
function embeddedIn(root: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) {
      const isCredential =
        value !== root && ('@context' in value || listOf(value['type']).includes('VerifiableCredential'));
      if (isCredential) found.push(value);
      else Object.values(value).forEach(visit);
    }
  };
  visit(root);
  return found;
}
