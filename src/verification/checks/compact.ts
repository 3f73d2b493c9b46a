import { AppError } from '../../kernel/index.js';
import {
  compactFromRoot,
  compactWithOurContexts,
  definesEveryWord,
  isJsonObject,
  isKnownContext,
  type JsonObject,
} from '../../securing/index.js';
import { couldNotCheck, passed, type Finding } from '../finding.js';
import { guardFault, sharesIds } from '../guard.js';
import { idOf, isCredentialToo, kindOf, listOf, withoutPresented, type Draft } from '../reading.js';
import { guardFinding } from './guard.js';
import { credentialsWithin } from './nested.js';

/**
 * Reads the document through our pinned contexts, so that every term means what we take it to mean; one in which an
 * id stands on several objects, and a record, from its root. The guard is asked again of the outcome. A credential
 * inside that comes to light only here was not lifted out, so nobody would judge it.
 */
export async function checkCompact(draft: Draft): Promise<Finding> {
  const received = draft.received ?? {};
  const contexts = listOf(received['@context']);
  const isPresentation = draft.kind === 'presentation';
  // The guard let no others define words than a presentation, or a credential whose signature alone is asked for.
  const unknown = contexts.find((context) => !isKnownContext(context) && !isJsonObject(context));
  if (unknown !== undefined) return couldNotCheck('compact.unknown-context', { context: String(unknown) });
  // A presentation may define words of its own, and none of them is shown.
  const mayHaveAny = isPresentation || draft.limits.anyWord === true;
  const catchAll = mayHaveAny ? undefined : contexts.find(definesEveryWord);
  if (catchAll !== undefined) return couldNotCheck('compact.any-word', { context: String(catchAll) });
  const given = isPresentation ? withoutPresented(received) : received;
  try {
    const read = (draft.token === undefined ? given : withoutTokens(given)) as JsonObject;
    const fromRoot = draft.kind === 'record' || draft.sharesIds === true;
    let document = await (fromRoot ? compactFromRoot(read) : compactWithOurContexts(read));
    draft.isMerged = fromRoot;
    if (isPresentation && document['verifiableCredential'] !== undefined)
      return couldNotCheck('compact.presented-elsewhere');
    if (!fromRoot && !isPresentation && sharesIds(document)) {
      // Ids that were spelled in two ways are one id now.
      document = await compactFromRoot(read);
      draft.isMerged = true;
    }
    const iris = draft.limits.signatureOnly === true && contexts.some(isJsonObject);
    const fault = guardFault(document, new Set(), { iris, sharedIds: draft.isMerged });
    if (fault !== undefined) return guardFinding(fault);
    // All that was done so far took it for what its types, as they are written, say that it is.
    if (kindOf(document) !== draft.kind || (isPresentation && isCredentialToo(document)))
      return couldNotCheck('compact.refused', { reason: 'it does not say by the names of types what it is' });
    if (!isPresentation && !wereLifted(document, draft))
      return couldNotCheck('compact.refused', {
        reason:
          draft.isMerged === true
            ? 'a credential in it has no id of its own, or is not among those that are found in what is signed'
            : 'it holds a credential whose type is not written as the name VerifiableCredential',
      });
    draft.document = document;
    return passed('compact.ok', { contexts: contexts.length });
  } catch (error) {
    if (error instanceof AppError) return couldNotCheck('compact.refused', { reason: error.message });
    throw error;
  }
}

/**
 * Whether the credentials inside are those that were lifted out: as many, of the same ids. In a document that was read
 * from its root one may be named often, and the root within itself; there each that was lifted out must be found, so
 * each must have an id.
 */
function wereLifted(document: JsonObject, { isMerged, lifted = [] }: Draft): boolean {
  const inside = credentialsWithin(document);
  const idsOf = (things: readonly JsonObject[]) => things.map((thing) => idOf(thing) ?? '');
  if (isMerged !== true)
    return (
      idsOf(inside).sort().join(' ') === idsOf(lifted).sort().join(' ') && inside.length === lifted.length
    );
  const found = new Set(idsOf(inside));
  const known = new Set(idsOf([document, ...lifted]));
  return (
    lifted.every((one) => idOf(one) !== undefined && found.has(idOf(one)!)) &&
    inside.every((one) => idOf(one) !== undefined && known.has(idOf(one)!))
  );
}

/** Endorsements as tokens are no word of the contexts: a token's signature covers them, and each is judged by itself. */
function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'endorsementJwt')
      .map(([name, member]) => [name, withoutTokens(member)]),
  );
}
