import { AppError } from '../../kernel/index.js';
import { compactWithOurContexts, isJsonObject, isKnownContext } from '../../securing/index.js';
import { couldNotCheck, passed, type Finding } from '../finding.js';
import { guardFault } from '../guard.js';
import { listOf, withoutPresented, type Draft } from '../reading.js';
import { guardFinding } from './guard.js';
import { credentialsWithin } from './nested.js';

/**
 * Reads the document through our pinned contexts, so that every term means what we take it to mean. The guard is
 * asked again of the outcome: an id that was spelled in two ways is one id now. A credential inside that comes to light
 * only here was not lifted out, so nobody would judge it.
 */
export async function checkCompact(draft: Draft): Promise<Finding> {
  const received = draft.received ?? {};
  const contexts = listOf(received['@context']);
  const isPresentation = draft.kind === 'presentation';
  // The guard let no others define words than a presentation, or a credential whose signature alone is asked for.
  const unknown = contexts.find((context) => !isKnownContext(context) && !isJsonObject(context));
  if (unknown !== undefined) return couldNotCheck('compact.unknown-context', { context: String(unknown) });
  try {
    const document = await compactWithOurContexts(isPresentation ? withoutPresented(received) : received);
    if (isPresentation && document['verifiableCredential'] !== undefined)
      return couldNotCheck('compact.presented-elsewhere');
    const iris = draft.limits.signatureOnly === true && contexts.some(isJsonObject);
    const fault = guardFault(document, new Set(), { iris });
    if (fault !== undefined) return guardFinding(fault);
    if (!isPresentation && credentialsWithin(document).length !== (draft.lifted ?? []).length)
      return couldNotCheck('compact.refused', {
        reason: 'it holds a credential whose type is not written as the name VerifiableCredential',
      });
    draft.document = document;
    return passed('compact.ok', { contexts: contexts.length });
  } catch (error) {
    if (error instanceof AppError) return couldNotCheck('compact.refused', { reason: error.message });
    throw error;
  }
}
