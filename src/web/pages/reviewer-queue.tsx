import { declarationStandingOf, type DeclarationStanding } from '../../calibration/index.js';
import type { Instant, Page } from '../../kernel/index.js';
import { listMyAssignments, minutesOf, type Assignment } from '../../review/index.js';
import {
  Badge,
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  PageHeading,
  Pager,
  Section,
  StateBadge,
} from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { DeclarationsMissing } from './declaration-words.js';
import { page } from './layout.js';
import { versionNames } from './reviewed-versions.js';
import { workWord } from './reviewer-rating.js';

/** What the queue shows. */
export interface Queue {
  /** What is to be rated, the first due first. */
  readonly open: readonly Assignment[];
  /** The others, the newest first. */
  readonly ended: Page<Assignment>;
  /** Assignments with a draft, ended ones too. */
  readonly drafts: ReadonlySet<string>;
  readonly minutesPerWeek: number;
  readonly declared: DeclarationStanding;
  readonly versions: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** The reviewer's queue. */
export function queuePages(rooms: Pick<Rooms, 'review' | 'achievements' | 'service'>): readonly Route[] {
  const { review } = rooms;
  return [
    {
      operationId: 'reviewQueuePage',
      method: 'GET',
      path: '/reviews',
      kind: 'page',
      tag: 'review',
      summary: 'What you are to rate, and what you have rated',
      access: 'review.rate',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const who = principalOf(request);
        const { district, member } = who.actor;
        const open = [...(await review.store.openAssignmentsOf(district, member))].sort((a, b) =>
          a.dueAt < b.dueAt ? -1 : 1,
        );
        const all = await listMyAssignments(review, who.actor, fromCursor(request));
        const ended = { ...all, items: all.items.filter(({ state }) => state !== 'open') };
        const listed = [...open, ...ended.items];
        const drafts = await Promise.all(listed.map(({ id }) => review.store.draft(district, id)));
        const shown = listed.map(({ achievementVersion }) => achievementVersion);
        const queue: Queue = {
          open,
          ended,
          drafts: new Set(drafts.flatMap((draft) => (draft === undefined ? [] : [draft.id]))),
          minutesPerWeek: await minutesOf(review, district, member),
          declared: await declarationStandingOf(review.calibration, district, member),
          versions: await versionNames(rooms, district, shown),
          now: rooms.service.now(),
        };
        return { status: 200, html: queuePage(queue, who, request.query['done']) };
      },
    },
  ];
}

/** The page of the queue. */
export function queuePage(queue: Queue, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  const versionOf = (assignment: Assignment) => queue.versions.get(assignment.achievementVersion) ?? '';
  return page(
    { title: 'Reviews', principal, path: '/reviews', done },
    <>
      <PageHeading
        title="Reviews"
        lead="Work is drawn at random among those who are certified for its rubric. You do not see whose it is, nor what anybody else says of it."
      />
      <DeclarationsMissing standing={queue.declared} timeZone={timeZone} />
      {queue.open.length === 0 ? (
        <EmptyState icon="check-circle" title="Nothing to rate now">
          <p>
            Work that is drawn for you stands here, with the date by which it is due. You are drawn only for
            rubrics that you are certified for.
          </p>
          <ButtonLink href="/qualification" kind="second">
            What am I certified for?
          </ButtonLink>
        </EmptyState>
      ) : (
        <DataTable<Assignment>
          caption="To rate, the first due first"
          rows={queue.open}
          columns={[
            {
              title: 'Work',
              cell: (assignment) => <a href={`/reviews/${assignment.id}`}>{workWord(assignment.id)}</a>,
            },
            { title: 'Rubric', cell: versionOf },
            {
              title: 'What',
              cell: ({ id, kind }) => (
                <span class="row">
                  <Kind kind={kind} />
                  {queue.drafts.has(id) && <StateBadge state="draft" word="Draft saved" />}
                </span>
              ),
            },
            {
              title: 'Due',
              cell: ({ dueAt }) => (
                <span class="row">
                  <DateText instant={dueAt} timeZone={timeZone} />
                  <DueIn dueAt={dueAt} now={queue.now} />
                </span>
              ),
            },
          ]}
        />
      )}
      {queue.ended.items.length > 0 && (
        <Section title="Before">
          <DataTable<Assignment>
            caption="What you committed, gave back or let pass, the newest first"
            rows={queue.ended.items}
            columns={[
              {
                title: 'Work',
                cell: ({ id, state }) =>
                  state === 'committed' ? <a href={`/reviews/${id}`}>{workWord(id)}</a> : workWord(id),
              },
              { title: 'Rubric', cell: versionOf },
              { title: 'What', cell: ({ kind }) => <Kind kind={kind} /> },
              {
                title: 'State',
                cell: ({ id, state }) => (
                  <span class="row">
                    <StateBadge state={state} />
                    {queue.drafts.has(id) && <a href={`/reviews/${id}/draft`}>What you had written</a>}
                  </span>
                ),
              },
              {
                title: 'Drawn for you',
                cell: ({ assignedAt }) => <DateText instant={assignedAt} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href="/reviews" next={queue.ended.next} />
        </Section>
      )}
      <Section title="You">
        <p>
          {queue.minutesPerWeek === 0
            ? 'You have no time for reviews now, so nothing new is drawn for you.'
            : `You have ${queue.minutesPerWeek} minutes a week for reviews.`}{' '}
          <a href="/review-time">Change your time</a>
        </p>
        <p>
          <a href="/my-figures">How I rate</a>
        </p>
        <p>
          <a href="/seed-results">How you compared with the experts</a>
        </p>
        <p>
          <a href="/seats">Work from other districts</a>
        </p>
      </Section>
    </>,
  );
}

function Kind({ kind }: { readonly kind: Assignment['kind'] }) {
  return kind === 'rating' ? (
    <Badge tone="info" icon="eye" word="Rating" />
  ) : (
    <Badge tone="warn" icon="scales" word="Adjudication" />
  );
}

/** How many days are left, where there are few. */
function DueIn({ dueAt, now }: { readonly dueAt: Instant; readonly now: Instant }) {
  const days = Math.floor((Date.parse(dueAt) - Date.parse(now)) / 86_400_000);
  if (days > 5) return null;
  if (days < 0) return <Badge tone="bad" icon="warning" word="Past" />;
  return (
    <Badge
      tone="warn"
      icon="clock"
      word={days === 0 ? 'Within a day' : `${days} ${days === 1 ? 'day' : 'days'} left`}
    />
  );
}
