import { AppError, ruleViolated } from '../../kernel/index.js';
import {
  commitRating,
  declineAssignment,
  getAssignment,
  openAssignedArtefact,
  saveDraftRating,
  type AssignedWork,
  type CriterionRatings,
} from '../../review/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  type FormState,
} from '../components/index.js';
import { demandInPerson } from '../authenticate.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { withRatingScript } from '../page-policy.js';
import { principalOf, type Principal, type Reply, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { criteriaFrom, typedFrom, typedOf, type Typed } from './rating-form.js';
import { artefactReply } from '../api/file-reply.js';
import { ratingPage, workWord, type RatingView } from './reviewer-rating.js';

/** One assignment: its evidence, the rating, giving it back. */
export function assignmentPages({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'review.rate',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  /** The page with the leave that its script needs. */
  const shown = (status: number, view: Omit<RatingView, 'now'>): Reply =>
    withRatingScript({ status, html: ratingPage({ ...view, now: service.now() }) }, service.publicUrl);
  const workOf = (request: RouteRequest) =>
    getAssignment(review, principalOf(request).actor, request.params['assignment']!);
  return [
    {
      ...common,
      operationId: 'ratingPage',
      method: 'GET',
      path: '/reviews/{assignment}',
      summary: 'Evidence beside the rubric: the rating, as written so far or as committed',
      handler: async (request) => {
        const work = await workOf(request);
        const form = freshForm(typedOf(work.version.rubric, work.draft?.criteria ?? {}));
        const done = request.query['done'];
        return shown(200, { work, form, principal: principalOf(request), done });
      },
    },
    {
      ...common,
      operationId: 'rateOnPage',
      method: 'POST',
      path: '/reviews/{assignment}',
      summary: 'Save a draft, commit the rating, or show the form with one place more or less',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const work = await workOf(request);
        const fields = fieldsOfForm(request.body);
        const [add, remove] = [textOf(fields, 'add'), textOf(fields, 'remove')];
        if (add !== '' || remove !== '') {
          const typed = typedFrom(work.version.rubric, fields, { add, remove });
          const form = freshForm({ ...typed, confirm: textOf(fields, 'confirm') });
          return shown(200, { work: seenBy(work, fields), form, principal, added: add });
        }
        const typed = typedFrom(work.version.rubric, fields);
        const reply = await formReply(
          { ...typed, confirm: textOf(fields, 'confirm') },
          async () => {
            if (textOf(fields, 'act') === 'commit' && !principal.inPerson) {
              // Nothing is lost: what was written is there when the reviewer has signed in as it must be.
              const criteria = criteriaFrom(work.version.rubric, typed);
              await saveDraftRating(review, principal.actor, { work: seenBy(work, fields), criteria });
              demandInPerson(principal);
            }
            if (textOf(fields, 'act') === 'commit') {
              await commitRating(review, principal.actor, {
                assignment: work.assignment.id,
                criteria: wholeRating(work, typed, textOf(fields, 'confirm') === 'yes'),
              });
              service.wake();
              return seeOtherDone(`/reviews/${work.assignment.id}`, 'rating-committed');
            }
            const criteria = criteriaFrom(work.version.rubric, typed);
            await saveDraftRating(review, principal.actor, { work: seenBy(work, fields), criteria });
            return seeOtherDone(`/reviews/${work.assignment.id}`, 'draft-saved');
          },
          async (form) => {
            // Read again: the refusal may have given the work back, and a draft saved elsewhere is now known of.
            const now = await ended(() => workOf(request));
            if (now === undefined) return givenBackPage(form, principal);
            return ratingPage({ work: now, form: atFields(form), principal, now: service.now() });
          },
        );
        return withRatingScript(reply, service.publicUrl);
      },
    },
    {
      ...common,
      operationId: 'declinePage',
      method: 'GET',
      path: '/reviews/{assignment}/decline',
      summary: 'Give work back: what follows',
      handler: async (request) => ({
        status: 200,
        html: declinePage((await workOf(request)).assignment.id, freshForm(), principalOf(request)),
      }),
    },
    {
      ...common,
      operationId: 'declineOnPage',
      method: 'POST',
      path: '/reviews/{assignment}/decline',
      summary: 'Give work back',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const assignment = request.params['assignment']!;
        const fields = fieldsOfForm(request.body);
        const reason = textOf(fields, 'reason');
        return formReply(
          fields,
          async () => {
            if (reason !== 'conflict' && reason !== 'unavailable')
              throw ruleViolated('/reason', 'must be one of the two: press one of the buttons');
            await declineAssignment(review, principal.actor, { assignment, reason });
            service.wake();
            return seeOtherDone('/reviews', 'assignment-declined');
          },
          (form) => declinePage(assignment, form, principal),
        );
      },
    },
    {
      ...common,
      operationId: 'assignedArtefact',
      method: 'GET',
      path: '/reviews/{assignment}/artefacts/{artefact}',
      summary: 'A file of assigned work, whole or a range',
      handler: async (request): Promise<Reply> => {
        const { assignment = '', artefact = '' } = request.params;
        return artefactReply(
          request,
          await openAssignedArtefact(review, principalOf(request).actor, { assignment, artefact }),
        );
      },
    },
  ];
}

/**
 * The rating that the form says, every criterion in it, so that each that is empty is named.
 * @throws rule-violated also while the box is not ticked.
 */
function wholeRating(work: AssignedWork, typed: Typed, confirmed: boolean): CriterionRatings {
  const { rubric } = work.version;
  const said = criteriaFrom(rubric, typed);
  if (!confirmed)
    throw ruleViolated('/confirm', 'must be ticked before you commit: a committed rating never changes');
  return Object.fromEntries(
    rubric.criteria.map(({ id }) => [id, said[id] ?? { feedback: '', pointers: [] }]),
  ) as CriterionRatings;
}

/** The work with the draft that the form was made from, so that one saved elsewhere since is not overwritten. */
function seenBy(work: AssignedWork, fields: { readonly [name: string]: unknown }): AssignedWork {
  const seen = Number(textOf(fields, 'draft')) || 0;
  return { ...work, draft: seen === 0 || work.draft === null ? null : { ...work.draft, version: seen } };
}

/** Errors of a pointer's file stand at the field in which requirement and file are chosen together. */
function atFields(form: FormState): FormState {
  const errors = form.errors.map((error) => ({
    pointer: error.pointer.replace(/^(\/criteria\/[^/]+\/pointers\/\d+)\/artefact$/, '$1/requirement'),
    detail: error.detail
      .replace(/^must name (a|the) (requirement|file)\b.*$/, 'must be chosen from the list')
      .replace(/^must be null: this requirement/, 'must be empty: this evidence')
      .replace(/^must be null:/, 'must be empty:'),
  }));
  return { ...form, errors };
}

async function ended(read: () => Promise<AssignedWork>): Promise<AssignedWork | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function givenBackPage(form: FormState, principal: Principal): string {
  return page(
    { title: 'This work was given back', principal, path: '/reviews', width: 'text' },
    <>
      <PageHeading title="This work was given back" />
      <Notice tone="warn" alert>
        <p>{form.problem}</p>
      </Notice>
      <ButtonLink href="/reviews">Your reviews</ButtonLink>
    </>,
  );
}

/** What giving work back means. */
export function declinePage(assignment: string, form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Give this work back',
      principal,
      path: '/reviews',
      width: 'text',
      above: [
        { label: 'Reviews', href: '/reviews' },
        { label: workWord(assignment), href: `/reviews/${assignment}` },
      ],
    },
    <>
      <PageHeading
        title="Give this work back"
        lead="Somebody else is drawn for it. You will not see it again."
      />
      <FormErrors form={form} labels={{ reason: 'The reason' }} />
      <Form action={`/reviews/${assignment}/decline`}>
        <h2>You recognise whose work it is</h2>
        <p>
          You taught, coach, supervise, are related or close to the person, or know the work. The conflict is
          kept on record, and you are not drawn for this person’s work again. Nobody learns what you had
          written. Ties to others, or to a school, you can{' '}
          <a href="/declarations/conflicts">declare before their work is drawn for you</a>.
        </p>
        <Actions>
          <Button kind="danger" icon="flag" name="reason" value="conflict">
            I have a conflict of interest
          </Button>
        </Actions>
        <h2 class="section">You cannot do it by the date</h2>
        <p>Nothing else follows from it: you stay certified and are drawn for other work.</p>
        <Actions>
          <Button kind="second" name="reason" value="unavailable">
            I cannot do it
          </Button>
          <ButtonLink href={`/reviews/${assignment}`} kind="second">
            Keep it
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
