import type { AchievementVersion } from '../achievements/index.js';
import type { Artefact } from '../evidence/index.js';
import type { AchievementVersionId, ArtefactId, SubmissionId } from '../kernel/index.js';
import { filesOf, requirementsOf } from './completeness.js';
import type { Submission } from './submission.js';

/** A submission as a reviewer may see it: the work, and nothing that says whose it is or how often it was tried. */
export interface BlindView {
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly items: readonly BlindItem[];
}

/** The answer to one requirement, in the order of the requirements; optional ones left out are not there. */
export interface BlindItem {
  readonly requirement: string;
  readonly name: string;
  readonly description: string;
  readonly genre: string;
  readonly kind: 'file' | 'text';
  readonly text: string | null;
  /** Without their names: people write their own into them. */
  readonly files: readonly {
    readonly artefact: ArtefactId;
    readonly mediaType: string;
    readonly size: number;
  }[];
}

/** What of a submission its reviewers see. `artefacts` are those of its answers; erased ones are left out. */
export function blindView(
  submission: Submission,
  version: AchievementVersion,
  artefacts: readonly Artefact[],
): BlindView {
  const items = requirementsOf(version).flatMap(
    ({ id, name, description, genre, kind }): readonly BlindItem[] => {
      const answer = submission.answers[id];
      if (answer === undefined) return [];
      const files = filesOf(answer, artefacts)
        .filter((artefact) => artefact.erasedAt === null)
        .map((artefact) => ({ artefact: artefact.id, mediaType: artefact.mediaType, size: artefact.size }));
      const text = answer.kind === 'text' ? answer.text : null;
      return [{ requirement: id, name, description, genre, kind, text, files }];
    },
  );
  return { submission: submission.id, achievementVersion: submission.achievementVersion, items };
}
