import type { EvidenceRequirement } from '../achievements/index.js';
import type { Artefact } from '../evidence/index.js';
import { withAudit } from '../audit/index.js';
import {
  AppError,
  found,
  randomToken,
  ruleViolated,
  unreachable,
  update,
  type Actor,
  type ArtefactId,
  type FieldError,
} from '../kernel/index.js';
import { requirementsOf } from './completeness.js';
import { getSubmission, versionOf } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Answer, Submission } from './submission.js';
import { become } from './transitions.js';

/** One answer: files for a requirement of kind file, text for one of kind text. Nothing in it takes the answer back. */
export interface NewAnswer {
  readonly submission: string;
  readonly requirement: string;
  readonly artefacts?: readonly string[];
  readonly text?: string;
  /** Throws when the submission is not what the teacher saw; asked in the same compare-and-swap as the write. */
  readonly unchanged?: (submission: Submission) => void;
}

/**
 * Puts an answer in the place of the one before; an incomplete submission becomes a draft again. A text of any length
 * is kept; its words are counted when it is submitted.
 * @throws not-found for the submission or the requirement; conflict once it is submitted; rule-violated naming
 * `/artefacts/{n}` or `/text`.
 */
export async function answerRequirement(
  ports: SubmissionPorts,
  actor: Actor,
  input: NewAnswer,
): Promise<Submission> {
  const submission = await getSubmission(ports, actor, input.submission);
  become(submission, 'draft', 'edited');
  const requirement = found(
    requirementsOf(await versionOf(ports, submission)).find(
      (candidate) => candidate.id === input.requirement,
    ),
    'requirement of this achievement version',
  );
  const answer = await answerOf(ports, submission, requirement, input);
  return update(
    ports.store.submissions,
    actor.district,
    submission.id,
    (current) => {
      const draft = become(current, 'draft', 'edited');
      input.unchanged?.(current);
      const { [requirement.id]: _before, ...others } = current.answers;
      const answers = answer === undefined ? others : { ...others, [requirement.id]: answer };
      // What a draft holds binds nobody, and is recorded when it is submitted; that it is one again is recorded now.
      if (current.state === 'draft') return { ...draft, answers };
      return withAudit(
        { ...draft, answers },
        { actor, verb: 'edited', collection: 'submissions', facts: { attempt: current.attempt } },
        ports.clock.now(),
      );
    },
    'submission',
  );
}

async function answerOf(
  ports: SubmissionPorts,
  submission: Submission,
  requirement: EvidenceRequirement,
  input: NewAnswer,
): Promise<Answer | undefined> {
  switch (requirement.kind) {
    case 'text':
      if (input.artefacts !== undefined)
        throw ruleViolated('/artefacts', `must be left out: "${requirement.id}" takes text`);
      if (input.text === undefined)
        throw ruleViolated('/text', `is required: "${requirement.id}" takes text`);
      if (input.text.trim() === '') return undefined;
      return { kind: 'text', text: input.text, salt: randomToken(ports.randomness, 16) };
    case 'file': {
      if (input.text !== undefined)
        throw ruleViolated('/text', `must be left out: "${requirement.id}" takes files`);
      if (input.artefacts === undefined)
        throw ruleViolated('/artefacts', `is required: "${requirement.id}" takes files`);
      if (input.artefacts.length === 0) return undefined;
      const artefacts = await ports.evidence.store.artefactsById(submission.district, input.artefacts);
      const errors = fileErrors(submission, requirement, input.artefacts, artefacts);
      if (errors[0] !== undefined) {
        throw new AppError(
          'rule-violated',
          `The answer cannot be kept: ${errors[0].pointer} ${errors[0].detail}.`,
          { errors },
        );
      }
      return { kind: 'file', artefacts: input.artefacts as readonly ArtefactId[] };
    }
    default:
      return unreachable(requirement.kind);
  }
}

function fileErrors(
  submission: Submission,
  requirement: EvidenceRequirement,
  ids: readonly string[],
  artefacts: readonly Artefact[],
): FieldError[] {
  const errors: FieldError[] = [];
  if (ids.length > requirement.max) {
    errors.push({
      pointer: '/artefacts',
      detail: `must be at most ${requirement.max} for "${requirement.id}"`,
    });
  }
  ids.forEach((id, index) => {
    const artefact = artefacts.find((candidate) => candidate.id === id);
    const add = (detail: string) => errors.push({ pointer: `/artefacts/${index}`, detail });
    if (ids.indexOf(id) !== index) add('is named twice; each file counts once');
    else if (artefact === undefined || artefact.owner !== submission.teacher) {
      add('must be the id of an artefact of yours; upload the file first');
    } else if (artefact.erasedAt !== null) add('was erased; upload the file again');
    else if (!requirement.mediaTypes.includes(artefact.mediaType)) {
      add(`is ${artefact.mediaType}; "${requirement.id}" takes ${requirement.mediaTypes.join(', ')}`);
    }
  });
  return errors;
}
