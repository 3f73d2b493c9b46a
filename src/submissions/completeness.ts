import type { AchievementVersion, EvidenceRequirement } from '../achievements/index.js';
import { consentCovers, type Artefact, type Consent } from '../evidence/index.js';
import { unreachable, type FieldError, type Instant } from '../kernel/index.js';
import { countWords } from './count-words.js';
import type { Answer, Submission } from './submission.js';

/** Everything that the completeness check looks at. */
export interface Completeness {
  readonly submission: Submission;
  readonly version: AchievementVersion;
  /** Those named in the answers, and in those of `earlier`. */
  readonly artefacts: readonly Artefact[];
  /** The teacher's. */
  readonly consents: readonly Consent[];
  /** The teacher's submission for the same achievement that was decided last, where there is one. */
  readonly earlier: Submission | undefined;
  readonly now: Instant;
}

/**
 * What keeps a submission from being read by a person: an answer that is missing or of the wrong kind, type, number or
 * length, a file that was erased, stands twice or has no consent, or work that nothing was changed in since it was
 * decided. Pointers are `/answers/{requirement}`. Empty when it is complete.
 */
export function completenessFindings(all: Completeness): FieldError[] {
  const findings: FieldError[] = [];
  const seen = new Map<string, string>();
  for (const requirement of requirementsOf(all.version)) {
    const pointer = `/answers/${requirement.id}`;
    const answer = all.submission.answers[requirement.id];
    for (const detail of answerFaults(requirement, answer, all)) findings.push({ pointer, detail });
    for (const artefact of filesOf(answer, all.artefacts)) {
      // An erased file has no digest any more, and was named as erased above.
      if (artefact.sha256 === null) continue;
      const before = seen.get(artefact.sha256);
      if (before !== undefined) {
        findings.push({
          pointer,
          detail: `holds a file that stands in "${before}" already (${artefact.id}); each file counts once`,
        });
      }
      seen.set(artefact.sha256, requirement.id);
    }
  }
  if (
    all.earlier !== undefined &&
    findings.length === 0 &&
    sameWork(all.submission, all.earlier, all.artefacts)
  ) {
    findings.push({
      pointer: '/answers',
      detail: 'are those that were decided before; change what the feedback named before you submit again',
    });
  }
  return findings;
}

/** The evidence requirements of a version; none when it is not reviewed. */
export function requirementsOf(version: AchievementVersion): readonly EvidenceRequirement[] {
  const { assessment } = version.content;
  return assessment.by === 'review' ? assessment.requirements : [];
}

/** The files of an answer among `artefacts`, as often as they are named. */
export function filesOf(answer: Answer | undefined, artefacts: readonly Artefact[]): readonly Artefact[] {
  if (answer?.kind !== 'file') return [];
  return answer.artefacts
    .map((id) => artefacts.find((artefact) => artefact.id === id))
    .filter((artefact): artefact is Artefact => artefact !== undefined);
}

/** The files of a submission that need a consent for review and have none in force. */
export function withoutConsent(
  submission: Submission,
  version: AchievementVersion,
  consents: readonly Consent[],
  now: Instant,
): readonly { readonly requirement: string; readonly artefact: string }[] {
  return requirementsOf(version)
    .filter((requirement) => requirement.needsConsent)
    .flatMap((requirement) => {
      const answer = submission.answers[requirement.id];
      const files: readonly string[] = answer?.kind === 'file' ? answer.artefacts : [];
      return files
        .filter((artefact) => !consentCovers(consents, artefact, 'review', now))
        .map((artefact) => ({ requirement: requirement.id, artefact }));
    });
}

function answerFaults(
  requirement: EvidenceRequirement,
  answer: Answer | undefined,
  all: Completeness,
): string[] {
  const { kind, min, max } = requirement;
  if (answer === undefined) {
    return min === 0 ? [] : [`is missing: "${requirement.name}" needs ${amount(requirement)}`];
  }
  if (answer.kind !== kind) return [`must be ${kind === 'file' ? 'files' : 'text'}`];
  switch (answer.kind) {
    case 'text': {
      const words = countWords(answer.text, all.version.content.language);
      if (words === 0 && min === 0) return [];
      return words < min || words > max ? [`must have ${amount(requirement)}; it has ${words}`] : [];
    }
    case 'file': {
      const faults: string[] = [];
      const count = new Set(answer.artefacts).size;
      if (count < min || count > max) faults.push(`must have ${amount(requirement)}; it has ${count}`);
      for (const id of answer.artefacts) faults.push(...fileFaults(requirement, id, all));
      return faults;
    }
    default:
      return unreachable(answer);
  }
}

function fileFaults(requirement: EvidenceRequirement, id: string, all: Completeness): string[] {
  const artefact = all.artefacts.find((candidate) => candidate.id === id);
  if (artefact === undefined || artefact.erasedAt !== null)
    return [`holds a file that was erased (${id}); put another in its place`];
  const faults: string[] = [];
  if (!requirement.mediaTypes.includes(artefact.mediaType)) {
    faults.push(
      `holds a file of type ${artefact.mediaType} (${id}); taken are ${requirement.mediaTypes.join(', ')}`,
    );
  }
  if (requirement.needsConsent && !consentCovers(all.consents, id, 'review', all.now)) {
    faults.push(`holds a file without a consent for review in force (${id}); record one that names it`);
  }
  return faults;
}

function amount({ kind, min, max }: EvidenceRequirement): string {
  const unit = kind === 'file' ? 'file' : 'word';
  const range = min === max ? `${min}` : `${min} to ${max}`;
  return `${range} ${unit}${max === 1 ? '' : 's'}`;
}

/** Whether two submissions hold the same work: the same contents and texts for the same requirements. */
function sameWork(one: Submission, other: Submission, artefacts: readonly Artefact[]): boolean {
  const print = (submission: Submission) =>
    JSON.stringify(
      Object.entries(submission.answers)
        .map(([requirement, answer]) => [
          requirement,
          answer.kind === 'text'
            ? answer.text
            : answer.artefacts
                .map((id) => artefacts.find((artefact) => artefact.id === id)?.sha256 ?? id)
                .sort(),
        ])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return print(one) === print(other);
}
