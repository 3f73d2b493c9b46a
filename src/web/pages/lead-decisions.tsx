import type { Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  getDecision,
  listDecisions,
  rateAgain,
  type Decision,
  type ReadDecision,
} from '../../review/index.js';
import {
  Actions,
  Button,
  DataTable,
  DateText,
  EmptyState,
  Facts,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  Pager,
  RubricTable,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { PlainText } from './reviewer-evidence.js';
import { memberNames, versionName, versionNames } from './reviewed-versions.js';

/** Decisions: the district's for those who oversee review, else one's own. */
export function decisionPages(
  rooms: Pick<Rooms, 'review' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  const { review, service } = rooms;
  const checkReason = formValidator<{ readonly reason: string }>('reason');
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'decisions.read',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'decisionsPage',
      method: 'GET',
      path: '/decisions',
      summary: 'Decisions, the newest first',
      handler: async (request) => {
        const principal = principalOf(request);
        const { district } = principal.actor;
        const decisions = await listDecisions(review, principal.actor, fromCursor(request));
        const teachers = decisions.items.map(({ teacher }) => teacher);
        const versions = decisions.items.map(({ achievementVersion }) => achievementVersion);
        const names = {
          members: await memberNames(rooms, district, teachers),
          versions: await versionNames(rooms, district, versions),
        };
        return { status: 200, html: decisionsPage(decisions, names, principal) };
      },
    },
    {
      ...common,
      operationId: 'decisionPage',
      method: 'GET',
      path: '/decisions/{decision}',
      summary: 'One decision: the final levels, the feedback, how it was reviewed',
      handler: async (request) => {
        const principal = principalOf(request);
        const read = await getDecision(review, principal.actor, request.params['decision']!);
        const { teacher } = read.decision;
        const names = await memberNames(rooms, principal.actor.district, [teacher]);
        return { status: 200, html: decisionPage(read, names.get(teacher) ?? teacher, principal) };
      },
    },
    {
      ...common,
      operationId: 'rateAgainOnPage',
      method: 'POST',
      path: '/decisions/{decision}/look-back',
      access: 'review.look-back',
      summary: 'Have the work rated again by reviewers who had no part in it',
      formAt: '/decisions/{decision}',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const read = await getDecision(review, principal.actor, request.params['decision']!);
        const { submission, teacher } = read.decision;
        return formReply(
          fields,
          async () => {
            const { reason } = checkReason({ reason: textOf(fields, 'reason') });
            await rateAgain(review, principal.actor, { submission, reason });
            service.wake();
            return seeOtherDone('/look-backs', 'rated-again');
          },
          async (form) => {
            const names = await memberNames(rooms, principal.actor.district, [teacher]);
            return decisionPage(read, names.get(teacher) ?? teacher, principal, form);
          },
        );
      },
    },
  ];
}

/** The list. */
export function decisionsPage(
  decisions: Page<Decision>,
  names: { readonly members: ReadonlyMap<string, string>; readonly versions: ReadonlyMap<string, string> },
  principal: Principal,
): string {
  const { timeZone } = principal.district;
  return page(
    { title: 'Decisions', principal, path: '/decisions' },
    <>
      <PageHeading title="Decisions" lead="What came of work that was reviewed, the newest first." />
      {decisions.items.length === 0 ? (
        <EmptyState icon="scales" title="No decision yet">
          <p>
            A decision stands here as soon as the ratings of a piece of work agree, or an adjudicator has
            decided.
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable<Decision>
            caption="Decisions, the newest first"
            rows={decisions.items}
            columns={[
              {
                title: 'Rubric',
                cell: ({ id, achievementVersion }) => (
                  <a href={`/decisions/${id}`}>
                    {names.versions.get(achievementVersion) ?? achievementVersion}
                  </a>
                ),
              },
              { title: 'Teacher', cell: ({ teacher }) => <bdi>{names.members.get(teacher) ?? teacher}</bdi> },
              { title: 'Decision', cell: ({ outcome }) => <StateBadge state={outcome} /> },
              { title: 'Reviews', cell: reviewsWord },
              {
                title: 'Decided',
                cell: ({ decidedAt }) => <DateText instant={decidedAt} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href="/decisions" next={decisions.next} />
        </>
      )}
    </>,
  );
}

/** How many independent reviews, said as the statement says it. */
function reviewsWord({ reviews, adjudicated }: Decision): string {
  const count = reviews === 1 ? '1 review' : `${reviews} independent reviews`;
  return adjudicated ? `${count}, the last an adjudication` : count;
}

/** One decision. Nobody who rated is named. */
export function decisionPage(
  read: ReadDecision,
  teacher: string,
  principal: Principal,
  form: FormState = freshForm(),
): string {
  const { decision, version, feedback } = read;
  const { timeZone } = principal.district;
  const { content } = version.version;
  return page(
    {
      title: `Decision: ${content.name}`,
      principal,
      path: '/decisions',
      above: [{ label: 'Decisions', href: '/decisions' }],
    },
    <>
      <PageHeading title={`Decision: ${content.name}`} lead={versionName(version.version)} />
      <Facts
        rows={[
          ['Decision', <StateBadge state={decision.outcome} />],
          ['Teacher', <bdi>{teacher}</bdi>],
          ['Attempt', String(decision.attempt)],
          ['Round', decision.round === 0 ? null : `${decision.round + 1}`],
          ['Review', reviewsWord(decision)],
          ['Decided', <DateText instant={decision.decidedAt} timeZone={timeZone} kind="moment" />],
        ]}
      />
      <Section title="Final levels">
        <RubricTable rubric={version.rubric} language={content.language} achieved={decision.levels} />
      </Section>
      <Section title="Feedback to the teacher">
        <ul class="results">
          {version.rubric.criteria.map(({ id, name }) => (
            <li>
              <h3>{name}</h3>
              {(feedback[id] ?? []).map((words) => (
                <PlainText text={words} />
              ))}
            </li>
          ))}
        </ul>
      </Section>
      {isPermitted(principal.member.roles, 'review.look-back') && (
        <Section title="Rate it again">
          <p>
            Reviewers with no part in it rate the work again, without seeing what was rated. This decision,
            and the credential, stand until they have. <a href="/look-backs">What is or was rated again</a>
          </p>
          <FormErrors form={form} />
          <Form action={`/decisions/${decision.id}/look-back`}>
            <TextArea
              form={form}
              name="reason"
              label="Reason"
              hint="For those who oversee review."
              rows={3}
            />
            <Actions>
              <Button kind="second">Have it rated again</Button>
            </Actions>
          </Form>
        </Section>
      )}
    </>,
  );
}
