import { readDeclarations, type Declaration, type DeclaredByMember } from '../../calibration/index.js';
import { DataTable, DateText, Facts, PageHeading, Section } from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { ConflictTable } from './conflict-table.js';
import { PartBadge } from './declaration-words.js';
import { page } from './layout.js';

/** What a reviewer has declared, for leads and admins. */
export function memberDeclarationPages({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  return [
    {
      operationId: 'memberDeclarationsPage',
      method: 'GET',
      path: '/reviewers/{member}/declarations',
      kind: 'page',
      tag: 'calibration',
      summary: 'What a reviewer has declared',
      access: 'declarations.read',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const declared = await readDeclarations(calibration, principal.actor, request.params['member']!);
        return { status: 200, html: memberDeclarationsPage(declared, principal) };
      },
    },
  ];
}

/** The page. */
export function memberDeclarationsPage(declared: DeclaredByMember, principal: Principal): string {
  const { timeZone } = principal.district;
  const { member, standing, declarations } = declared;
  const newest = declarations.filter(({ about }) => about === 'conflicts').at(-1);
  return page(
    {
      title: `Declarations of ${member.name}`,
      principal,
      path: '/reviewers',
      above: [{ label: 'Reviewers', href: '/reviewers' }],
    },
    <>
      <PageHeading
        title={
          <>
            Declarations of <bdi>{member.name}</bdi>
          </>
        }
        lead="For leads and admins who need it. What names yourself is not shown to you."
      />
      <Section title="How they stand">
        <Facts
          rows={[
            ['Code of conduct', <PartBadge part={standing.code} timeZone={timeZone} />],
            ['Conflicts of interest', <PartBadge part={standing.conflicts} timeZone={timeZone} />],
          ]}
        />
        {newest?.about === 'conflicts' &&
          (newest.conflicts === null ? (
            <p>What a seat of a review pool declares is not shown: it could tell who sits there.</p>
          ) : (
            <ConflictTable conflicts={newest.conflicts} caption="Declared last" />
          ))}
      </Section>
      <Section title="All declarations">
        <DataTable<Declaration>
          caption="In the order made"
          rows={declarations}
          columns={[
            {
              title: 'What',
              cell: ({ about }) => (about === 'conflicts' ? 'Conflicts of interest' : 'Code of conduct'),
            },
            { title: 'When', cell: ({ at }) => <DateText instant={at} timeZone={timeZone} kind="moment" /> },
            { title: 'Version of the code', cell: ({ code }) => (code === null ? '–' : String(code.number)) },
          ]}
        />
      </Section>
    </>,
  );
}
