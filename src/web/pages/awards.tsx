import { getAward, linksOfAward, listAwards, type Award, type CredentialLinks } from '../../issuing/index.js';
import type { Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  Facts,
  PageHeading,
  Pager,
  Section,
  StateBadge,
} from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { aboutAward, aboveAward, changes, type AboutAward, type Change } from './award-change.js';
import { WaitsForIssuing } from './issuing-stopped.js';
import { page } from './layout.js';

/** The district's credentials: the list, one of them, and every change of its status. */
export function awardPages(rooms: Pick<Rooms, 'issuing' | 'tenancy'>): readonly Route[] {
  const { issuing } = rooms;
  const common = {
    kind: 'page',
    tag: 'issuing',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const about = (award: Award) => aboutAward(rooms, award);
  return [
    {
      ...common,
      operationId: 'awardsPage',
      method: 'GET',
      path: '/district/awards',
      access: 'awards.read',
      summary: 'The credentials of the district',
      handler: async (request) => {
        const who = principalOf(request);
        const awards = await listAwards(issuing, who.actor, fromCursor(request));
        const rows = { ...awards, items: await Promise.all(awards.items.map(about)) };
        return { status: 200, html: awardsPage(rows, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'awardPage',
      method: 'GET',
      path: '/district/awards/{award}',
      access: 'awards.read',
      summary: 'One credential',
      handler: async (request) => {
        const who = principalOf(request);
        const award = await getAward(issuing, who.actor, request.params['award']!);
        const html = awardPage(
          await about(award),
          await linksOfAward(issuing, award),
          who,
          request.query['done'],
        );
        return { status: 200, html };
      },
    },
  ];
}

/** The list. */
export function awardsPage(awards: Page<AboutAward>, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Credentials',
      principal,
      path: '/district/awards',
      above: [{ label: 'District', href: '/district' }],
      done,
    },
    <>
      <PageHeading title="Credentials" lead="What was awarded, newest first." />
      {awards.items.length === 0 ? (
        <EmptyState icon="award" title="Nothing awarded yet">
          <p>A credential appears here as soon as a submission meets its rubric.</p>
        </EmptyState>
      ) : (
        <DataTable<AboutAward>
          caption="Credentials, newest first"
          rows={awards.items}
          columns={[
            {
              title: 'Achievement',
              cell: ({ award, version }) => (
                <a href={`/district/awards/${award.id}`}>{version.content.name}</a>
              ),
            },
            {
              title: 'Holder',
              cell: ({ holder }) =>
                holder === undefined ? <span class="quiet">not a member</span> : <bdi>{holder.name}</bdi>,
            },
            {
              title: 'Awarded',
              cell: ({ award }) => <DateText instant={award.awardedDate} timeZone={timeZone} />,
            },
            {
              title: 'State',
              cell: ({ award, version }) => (
                <>
                  <StateBadge state={award.state} /> <WaitsForIssuing award={award} version={version} />
                </>
              ),
            },
          ]}
        />
      )}
      <Pager href="/district/awards" next={awards.next} />
    </>,
  );
}

/** One credential. */
export function awardPage(
  about: AboutAward,
  links: CredentialLinks | null,
  principal: Principal,
  done?: string,
): string {
  const { award, version, holder } = about;
  const { timeZone } = principal.district;
  const open = isPermitted(principal.member.roles, 'awards.change')
    ? (Object.keys(changes) as Change[]).filter((change) =>
        (changes[change].from as readonly string[]).includes(award.state),
      )
    : [];
  const words = {
    revoke: 'Revoke',
    suspend: 'Suspend',
    resume: 'End the suspension',
    correct: 'Correct',
  } as const;
  return page(
    { title: version.content.name, principal, path: '/district/awards', above: aboveAward, done },
    <>
      <PageHeading title={version.content.name} />
      <div class="card">
        <Facts
          rows={[
            [
              'State',
              <>
                <StateBadge state={award.state} /> <WaitsForIssuing award={award} version={version} />
              </>,
            ],
            ['Why', award.reason],
            ['Since', <DateText instant={award.since} timeZone={timeZone} kind="moment" />],
            ['Holder', holder === undefined ? null : <bdi>{holder.name}</bdi>],
            ['Version', <a href={version.url}>{version.number}</a>],
            ['Awarded', <DateText instant={award.awardedDate} timeZone={timeZone} />],
            [
              'In force until',
              award.validUntil === null ? (
                'No end is set'
              ) : (
                <DateText instant={award.validUntil} timeZone={timeZone} />
              ),
            ],
            ['Edition', String(award.edition)],
            [
              'Replaced by',
              award.replacedBy === null ? null : <a href={award.replacedBy}>{award.replacedBy}</a>,
            ],
            ['Public page', links === null ? 'Being prepared' : <a href={links.page}>{links.page}</a>],
            [
              'Files',
              links === null ? null : (
                <>
                  <a href={links.pdf}>PDF</a> · <a href={links.png}>PNG</a> · <a href={links.svg}>SVG</a> ·{' '}
                  <a href={links.json}>JSON</a> · <a href={links.jwt}>JWT</a>
                </>
              ),
            ],
          ]}
        />
      </div>
      {open.length > 0 && (
        <Section title="Change it">
          <div class="row">
            {open.map((change) => (
              <ButtonLink href={`/district/awards/${award.id}/${change}`} kind="second">
                {words[change]}
              </ButtonLink>
            ))}
          </div>
        </Section>
      )}
    </>,
  );
}
