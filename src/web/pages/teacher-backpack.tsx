import { listAchievements } from '../../achievements/index.js';
import { allOf, unreachable } from '../../kernel/index.js';
import {
  creditsOf,
  progressOf,
  type CreditEntry,
  type CreditLedger,
  type Holding,
  type Progress,
} from '../../pathways/index.js';
import {
  ButtonLink,
  Card,
  DateText,
  EmptyState,
  Icon,
  PageHeading,
  Section,
  StateBadge,
} from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import { page } from './layout.js';
import type { TeacherRooms } from './teacher-work.js';

/** A milestone with how far the teacher is. */
interface Milestone {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly progress: Progress;
}

/** What the backpack shows. */
interface Backpack {
  readonly ledger: CreditLedger;
  readonly milestones: readonly Milestone[];
  /** The name of each achievement, by its id. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: string;
}

/** The caller's own credentials, credit hours, and progress towards milestones. */
export function teacherBackpackPages(rooms: TeacherRooms): readonly Route[] {
  const { achievements, pathways, service } = rooms;
  return [
    {
      kind: 'page',
      tag: 'pathways',
      access: 'submissions.own',
      operationId: 'backpackPage',
      method: 'GET',
      path: '/backpack',
      summary: 'Your credentials',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const who = principalOf(request);
        const { district, member } = who.actor;
        const all = await allOf((cursor) =>
          listAchievements(achievements, who.actor, { drafts: false }, cursor),
        );
        const stacks = all.filter(
          ({ shown }) => shown.state === 'published' && shown.content.assessment.by === 'components',
        );
        const backpack = {
          ledger: await creditsOf(pathways, district, member),
          milestones: await Promise.all(
            stacks.map(async ({ shown }) => ({
              name: shown.content.name,
              description: shown.content.description,
              url: shown.url,
              progress: await progressOf(pathways, member, shown),
            })),
          ),
          names: new Map(all.map(({ achievement, shown }) => [achievement.id as string, shown.content.name])),
          now: service.now(),
        };
        return { status: 200, html: backpackPage(backpack, who) };
      },
    },
  ];
}

function backpackPage(backpack: Backpack, principal: Principal): string {
  const { ledger } = backpack;
  // The newest first.
  const entries = [...ledger.entries].reverse();
  return page(
    { title: 'My backpack', principal, path: '/backpack' },
    <>
      <PageHeading
        title="My backpack"
        lead="Your credentials. They are yours: take them with you in open formats, and show them to whom you like."
      />
      {entries.length === 0 ? (
        <EmptyState icon="award" title="No credentials yet">
          <p>When a submission is met, its credential is made by itself and appears here.</p>
          <ButtonLink href="/submissions">My submissions</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <p class="lead">
            <strong>{hours(ledger.total)}</strong> earned so far
          </p>
          <div class="grid">
            {entries.map((entry) => (
              <HoldingCard entry={entry} backpack={backpack} timeZone={principal.district.timeZone} />
            ))}
          </div>
        </>
      )}
      {backpack.milestones.length > 0 && (
        <Section title="Milestones">
          <p class="quiet measure">A milestone is awarded by itself, once you hold all that it is made of.</p>
          <div class="grid">
            {backpack.milestones.map((milestone) => (
              <MilestoneCard milestone={milestone} names={backpack.names} />
            ))}
          </div>
        </Section>
      )}
    </>,
  );
}

function HoldingCard({
  entry,
  backpack,
  timeZone,
}: {
  readonly entry: CreditEntry;
  readonly backpack: Backpack;
  readonly timeZone: string;
}) {
  const { holding } = entry;
  const { credentialId: at } = holding;
  const isExpired =
    holding.state === 'active' && holding.validUntil !== null && holding.validUntil <= backpack.now;
  return (
    <Card title={<bdi>{holding.name}</bdi>}>
      <p>
        <StateBadge state={isExpired ? 'expired' : holding.state} />
      </p>
      <p>
        {creditWords(entry)}
        <br />
        <span class="quiet">
          Awarded <DateText instant={holding.awardedDate} timeZone={timeZone} />
          {holding.validUntil !== null && (
            <>
              , in force until <DateText instant={holding.validUntil} timeZone={timeZone} />
            </>
          )}
        </span>
      </p>
      <p>
        <ButtonLink href={at} icon="award">
          Public page<span class="visually-hidden"> of {holding.name}</span>
        </ButtonLink>
      </p>
      <Forms holding={holding} />
    </Card>
  );
}

/** The credential in each form to take away. */
function Forms({ holding }: { readonly holding: Holding }) {
  const forms = [
    ['pdf', 'PDF certificate'],
    ['png', 'PNG badge'],
    ['json', 'JSON'],
    ['jwt', 'JWT'],
  ] as const;
  return (
    <ul class="downloads">
      {forms.map(([form, word]) => (
        <li>
          <a href={`${holding.credentialId}.${form}`} download>
            {word}
            <span class="visually-hidden"> of {holding.name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function creditWords({ holding, counted, because }: CreditEntry): string {
  switch (because) {
    case 'earned':
      return hours(counted);
    case 'counted-by-components':
      return 'Its credit hours are those of the credentials that it stacks';
    case 'not-in-force':
      return `${hours(holding.creditHours)}, not counted while it is ${holding.state}`;
    default:
      return unreachable(because);
  }
}

function hours(number: number): string {
  return `${number} credit ${number === 1 ? 'hour' : 'hours'}`;
}

function MilestoneCard({
  milestone,
  names,
}: {
  readonly milestone: Milestone;
  readonly names: ReadonlyMap<string, string>;
}) {
  const { components, complete } = milestone.progress;
  const held = components.filter(({ holding }) => holding !== null).length;
  const words = complete ? 'Complete' : `${held} of ${components.length}`;
  return (
    <Card
      title={
        <a href={milestone.url}>
          <bdi>{milestone.name}</bdi>
        </a>
      }
    >
      <p class="quiet" dir="auto">
        {milestone.description}
      </p>
      <p>
        <progress
          class="progress"
          max={components.length}
          value={held}
          aria-label={`Progress towards ${milestone.name}`}
        >
          {words}
        </progress>
        <strong>{words}</strong>
      </p>
      <ul class="checks">
        {components.map(({ achievement, holding }) => (
          <li class={holding === null ? 'tone-plain' : 'tone-good'}>
            <Icon name={holding === null ? 'dash' : 'check-circle'} />
            <p>
              {names.get(achievement) ?? 'An achievement'}{' '}
              <span class="outcome">{holding === null ? 'Not yet' : 'Held'}</span>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
