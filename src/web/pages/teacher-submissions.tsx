import { listAchievements, type ShownAchievement } from '../../achievements/index.js';
import { allOf, type Page } from '../../kernel/index.js';
import {
  createSubmission,
  listMySubmissions,
  nextAttemptUntil,
  type NewSubmission,
  type Submission,
} from '../../submissions/index.js';
import {
  Button,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  PageHeading,
  Pager,
  Section,
  StateBadge,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { submissionHref } from './teacher-places.js';
import { nextSteps, shownState } from './teacher-states.js';
import type { TeacherRooms } from './teacher-work.js';

/** What the list is made from. */
interface MyWork {
  readonly submissions: Page<Submission>;
  /** What is reviewed here and open for work, each with the submission with which the teacher goes on. */
  readonly open: readonly { readonly offered: ShownAchievement; readonly mine: Submission | undefined }[];
  /** The name of each achievement, also of those that are retired. */
  readonly names: ReadonlyMap<string, string>;
}

/** The caller's own submissions, and what can be begun. */
export function teacherSubmissionsPages(rooms: TeacherRooms): readonly Route[] {
  const check = formValidator<NewSubmission>('create-submission');
  const common = {
    kind: 'page',
    tag: 'submissions',
    path: '/submissions',
    access: 'submissions.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'mySubmissionsPage',
      method: 'GET',
      summary: 'Your submissions, and what you can begin',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readMyWork(rooms, who, request);
        return { status: 200, html: mySubmissionsPage(work, freshForm(), who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'beginSubmissionPage',
      method: 'POST',
      summary: 'Begin a submission',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = check({ achievement: textOf(fields, 'achievement') });
            const { id } = await createSubmission(rooms.submissions, who.actor, input);
            return seeOtherDone(submissionHref(id), 'work-begun');
          },
          async (form) => mySubmissionsPage(await readMyWork(rooms, who, request), form, who),
        );
      },
    },
  ];
}

async function readMyWork(rooms: TeacherRooms, who: Principal, request: RouteRequest): Promise<MyWork> {
  const { actor } = who;
  const all = await allOf((cursor) => listAchievements(rooms.achievements, actor, { drafts: false }, cursor));
  const offered = all.filter(
    ({ shown }) => shown.state === 'published' && shown.content.assessment.by === 'review',
  );
  return {
    submissions: await listMySubmissions(rooms.submissions, actor, fromCursor(request)),
    open: await Promise.all(
      offered.map(async (one) => ({
        offered: one,
        mine: await standingFor(rooms, who, one.achievement.id),
      })),
    ),
    names: new Map(all.map(({ achievement, shown }) => [achievement.id, shown.content.name])),
  };
}

/** The submission with which the teacher goes on: the one that is open or met, else one whose next attempt may begin. */
async function standingFor(
  rooms: TeacherRooms,
  { actor }: Principal,
  achievement: string,
): Promise<Submission | undefined> {
  const { store } = rooms.submissions;
  const open = await store.openSubmission(actor.district, actor.member, achievement);
  if (open !== undefined) return open;
  const all = await store.submissionsFor(actor.district, actor.member, achievement);
  const last = all.filter(({ state }) => state !== 'withdrawn' && state !== 'void').at(-1);
  const until = last === undefined ? null : nextAttemptUntil(last);
  return until !== null && rooms.service.now() < until ? last : undefined;
}

function mySubmissionsPage(work: MyWork, form: FormState, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  const { submissions } = work;
  return page(
    { title: 'My submissions', principal, path: '/submissions', done },
    <>
      <PageHeading
        title="My submissions"
        lead="What you hand in to be reviewed, and where each of it stands."
      />
      <FormErrors
        form={form}
        labels={{ achievement: 'Achievement' }}
        title="That was not begun"
        kept="Your other work is as it was."
      />
      {submissions.items.length === 0 ? (
        <EmptyState icon="file" title="Nothing yet">
          <p>
            Choose a microcredential below. You can gather evidence over weeks before you submit anything.
          </p>
        </EmptyState>
      ) : (
        <DataTable<Submission>
          caption="Your submissions, the newest first"
          rows={submissions.items}
          columns={[
            {
              title: 'For',
              cell: (submission) => (
                <a href={submissionHref(submission.id)}>
                  <bdi>{work.names.get(submission.achievement) ?? 'An achievement'}</bdi>
                  {submission.attempt > 1 && `, attempt ${submission.attempt}`}
                </a>
              ),
            },
            { title: 'State', cell: ({ state }) => <StateBadge state={shownState(state)} /> },
            { title: 'What is next', cell: ({ state }) => nextSteps[state] },
            {
              title: 'Handed in',
              cell: ({ submittedAt }) =>
                submittedAt === null ? 'not yet' : <DateText instant={submittedAt} timeZone={timeZone} />,
            },
          ]}
        />
      )}
      <Pager href="/submissions" next={submissions.next} />
      <Section title="Begin a microcredential" id="begin">
        {work.open.length === 0 ? (
          <p>Your district has published none yet that is earned by submitting work.</p>
        ) : (
          <div class="grid">
            {work.open.map((one) => (
              <Offer {...one} />
            ))}
          </div>
        )}
      </Section>
    </>,
  );
}

function Offer({ offered, mine }: MyWork['open'][number]) {
  const { achievement, shown } = offered;
  const { content } = shown;
  return (
    <section class="card stack">
      <h3 lang={content.language} dir="auto">
        {content.name}
      </h3>
      <p class="quiet" lang={content.language} dir="auto">
        {content.description}
      </p>
      <p>
        {content.creditHours > 0 && <>{content.creditHours} credit hours · </>}
        <a href={shown.url}>
          Criteria and rubric<span class="visually-hidden"> of {content.name}</span>
        </a>
      </p>
      {mine === undefined ? (
        <Form action="/submissions">
          <Hidden name="achievement" value={achievement.id} />
          <Button icon="plus">
            Begin<span class="visually-hidden"> {content.name}</span>
          </Button>
        </Form>
      ) : (
        <p class="row">
          <StateBadge state={shownState(mine.state)} />
          <a href={submissionHref(mine.id)}>
            {mine.state === 'met' || mine.state === 'not_yet' ? 'See the feedback' : 'Go on with it'}
            <span class="visually-hidden">: {content.name}</span>
          </a>
        </p>
      )}
    </section>
  );
}
