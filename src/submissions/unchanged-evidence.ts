import { createHash } from 'node:crypto';
import type { Artefact } from '../evidence/index.js';
import { unreachable } from '../kernel/index.js';
import { filesOf } from './completeness.js';
import type { Answer, Submission } from './submission.js';

/**
 * Whether evidence is what it was: `link`, where a text holds a link, for what stands behind one can change while its
 * address does not, and so cannot be proved unchanged.
 */
export type EvidenceComparison = 'unchanged' | 'changed' | 'link';

/**
 * Holds the answers of two submissions to these requirements against each other by digest: files by the SHA-256 of their
 * bytes, in any order and whatever their names are; texts by that of their exact UTF-8. A file that was erased has no
 * digest any more, and counts as changed. An answer that both leave out is unchanged.
 * @param requirements ids; `artefacts` are those named in both submissions.
 */
export function compareEvidence(
  requirements: readonly string[],
  earlier: Pick<Submission, 'answers'>,
  later: Pick<Submission, 'answers'>,
  artefacts: readonly Artefact[],
): EvidenceComparison {
  let found: EvidenceComparison = 'unchanged';
  for (const id of requirements) {
    const [before, now] = [earlier.answers[id], later.answers[id]];
    const digest = digestOf(now, artefacts);
    if (digest === undefined || digest !== digestOf(before, artefacts)) return 'changed';
    if (now?.kind === 'text' && holdsLink(now.text)) found = 'link';
  }
  return found;
}

/** Undefined when it cannot be said: a file was erased. */
function digestOf(answer: Answer | undefined, artefacts: readonly Artefact[]): string | undefined {
  if (answer === undefined) return 'none';
  switch (answer.kind) {
    case 'text':
      return `text:${createHash('sha256').update(answer.text, 'utf8').digest('hex')}`;
    case 'file': {
      const digests = filesOf(answer, artefacts).flatMap(({ sha256, erasedAt }) =>
        sha256 === null || erasedAt !== null ? [] : [sha256],
      );
      return digests.length < answer.artefacts.length ? undefined : `files:${digests.sort().join(',')}`;
    }
    default:
      return unreachable(answer);
  }
}

function holdsLink(text: string): boolean {
  return /\b[a-z][a-z0-9+.-]*:\/\/\S|\bwww\.\S/i.test(text);
}
