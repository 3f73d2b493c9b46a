import { declarationStandingsIn, policyAt } from '../calibration/index.js';
import { AppError, found, type DistrictId, type MemberId, type SubmissionId } from '../kernel/index.js';
import type { Member } from '../tenancy/index.js';
import type { Appeal } from './appeal.js';
import { conflictOfInterest } from './conflict-of-interest.js';
import { declaredAgainst } from './declared-conflicts.js';
import type { ReviewPorts } from './store.js';

/** Who has screened or decided an appeal on this submission, or is asked to. */
export async function appealPeople(
  ports: Pick<ReviewPorts, 'store'>,
  { district, submission }: { readonly district: DistrictId; readonly submission: SubmissionId },
): Promise<ReadonlySet<MemberId>> {
  const appeals = await ports.store.appealsOn(district, submission);
  return new Set(
    appeals.flatMap(({ screening, decider, declined, decided }) => [
      ...(screening === null ? [] : [screening.by]),
      ...(decider === null ? [] : [decider]),
      ...(decided === null ? [] : [decided.by]),
      ...declined,
    ]),
  );
}

/** Who decided an appeal on this submission, or was asked to, and so could read what was rated. */
export async function appealDeciders(
  ports: Pick<ReviewPorts, 'store'>,
  { district, submission }: { readonly district: DistrictId; readonly submission: SubmissionId },
): Promise<ReadonlySet<MemberId>> {
  const appeals = await ports.store.appealsOn(district, submission);
  return new Set(
    appeals.flatMap(({ decider, declined }) => (decider === null ? declined : [...declined, decider])),
  );
}

/** Who has rated or adjudicated this submission or an earlier attempt, has it in hand, or asked for a round of it. */
export async function reviewPeople(
  ports: Pick<ReviewPorts, 'store' | 'submissions'>,
  { district, submission }: { readonly district: DistrictId; readonly submission: SubmissionId },
): Promise<ReadonlySet<MemberId>> {
  const people = new Set<MemberId>();
  for (let id: SubmissionId | null = submission; id !== null;) {
    for (const { reviewer } of await ports.store.ratingsOfSubmission(district, id)) people.add(reviewer);
    for (const { id: reviewCase, why } of await ports.store.casesOn(district, id)) {
      if (why?.kind === 'lead') people.add(why.by);
      for (const { reviewer, state } of await ports.store.assignmentsOfCase(district, reviewCase))
        if (state === 'open') people.add(reviewer);
    }
    id = (await ports.submissions.store.submission(district, id))?.previous ?? null;
  }
  return people;
}

/**
 * Why somebody may not screen or decide an appeal: its teacher, somebody with a part in the review, or with a conflict of
 * interest as on record now; undefined when nothing is against it. An appeal's screening is a part of its own (`others`).
 */
export async function barredFrom(
  ports: ReviewPorts,
  appeal: Appeal,
  people: readonly Member[],
  others: ReadonlySet<MemberId>,
): Promise<ReadonlyMap<MemberId, 'took-part' | 'conflict'>> {
  const { district } = appeal;
  const [teacher, relationships, parts, { review }, standingOf] = await Promise.all([
    ports.tenancy.store.member(district, appeal.teacher),
    ports.tenancy.store.relationshipsOf(district, appeal.teacher),
    reviewPeople(ports, appeal),
    policyAt(ports.calibration, district),
    declarationStandingsIn(ports.calibration, district),
  ]);
  const against = found(teacher, 'member');
  const declared = await declaredAgainst(ports, against, review.conflictYears);
  const now = ports.clock.now();
  const barred = new Map<MemberId, 'took-part' | 'conflict'>();
  for (const person of people) {
    if (parts.has(person.id) || others.has(person.id)) barred.set(person.id, 'took-part');
    else if (
      (conflictOfInterest(person, against, relationships, now, review.conflictYears) ??
        declared.of(person, await standingOf(person.id))) !== undefined
    )
      barred.set(person.id, 'conflict');
  }
  return barred;
}

/** @throws conflict saying why this member may not act on the appeal. */
export function refuseBarred(barred: 'took-part' | 'conflict' | undefined): void {
  switch (barred) {
    case undefined:
      return;
    case 'took-part':
      throw new AppError(
        'conflict',
        'You had a part in the review of this work; somebody who had none looks at the appeal.',
      );
    case 'conflict':
      throw new AppError(
        'conflict',
        'A conflict of interest between you and the teacher is on record; somebody else looks at the appeal.',
      );
  }
}
