import {
  isParty,
  refuseParties,
  verifyAndNote,
  type ChainLink,
  type LastVerification,
  type SignedHead,
} from '../../audit/index.js';
import type { Page } from '../../kernel/index.js';
import { recordOf } from '../api/audit.js';
import { Button, DateText, Facts, Form, Notice, PageHeading, Section } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { AuditEntries, entryOf, filterAsked, linksAsked, type AuditFilter } from './audit-entries.js';
import { page } from './layout.js';
import { memberNames } from './reviewed-versions.js';

/** What the page shows. */
export interface AuditView {
  readonly entries: number;
  readonly head: SignedHead | undefined;
  readonly verified: LastVerification | null;
  readonly publicUrl: string;
  readonly filter: AuditFilter;
  readonly links: Page<ChainLink>;
  readonly members: ReadonlyMap<string, string>;
}

/** The audit record for people: how it stands, who did what and when, its verification and its export. */
export function auditPages(rooms: Pick<Rooms, 'audit' | 'tenancy' | 'service'>): readonly Route[] {
  const { audit, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'audit',
    access: 'audit.read',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'auditPage',
      method: 'GET',
      path: '/district/audit',
      summary: 'The audit record',
      handler: async (request) => {
        const principal = principalOf(request);
        const { district } = principal;
        if (isParty(principal.member.roles))
          return { status: 200, html: notForParties(principal, service.publicUrl) };
        const filter = filterAsked(request.query);
        const links = await linksAsked(audit, district.id, filter, fromCursor(request));
        const actors = links.items.map((link) => entryOf(link).actor);
        const view: AuditView = {
          ...(await recordOf(audit, district, service.publicUrl)),
          filter,
          links,
          members: await memberNames(
            rooms,
            district.id,
            actors.filter((actor) => actor !== 'service'),
          ),
        };
        return { status: 200, html: auditPage(view, principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'verifyAuditOnPage',
      method: 'POST',
      path: '/district/audit/verify',
      formAt: '/district/audit',
      rate: 'verify',
      summary: 'Verify the audit record',
      body: { kind: 'form' },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        refuseParties(member.roles);
        await verifyAndNote(audit, actor.district);
        return seeOtherDone('/district/audit', 'audit-verified');
      },
    },
  ];
}

/** The links of this service's public proof. */
function Published({ slug, publicUrl }: { readonly slug: string; readonly publicUrl: string }) {
  const published = `${publicUrl}/.well-known/audit/${slug}`;
  return (
    <>
      <a href={published}>Newest head</a>, <a href={`${published}/heads`}>earlier heads</a>,{' '}
      <a href={`${published}/jwks.json`}>keys</a>
    </>
  );
}

const above = [{ label: 'District', href: '/district' }];

/** What somebody sees who rates or hands in: what everybody may see. */
function notForParties(principal: Principal, publicUrl: string): string {
  return page(
    { title: 'Audit record', principal, path: '/district', above, width: 'text' },
    <>
      <PageHeading title="Audit record" />
      <Notice tone="info">
        <p>
          It is read by people who neither hand in work nor rate it: it holds ratings and decisions before
          those whom they concern are told. Ask an administrator without such a role, or whoever runs the
          service.
        </p>
      </Notice>
      <p>
        Public for everybody: <Published slug={principal.district.slug} publicUrl={publicUrl} />
      </p>
    </>,
  );
}

/** The page. */
export function auditPage(view: AuditView, principal: Principal, done?: string): string {
  const { district } = principal;
  const { timeZone } = district;
  const { entries, head, publicUrl } = view;
  return page(
    {
      title: 'Audit record',
      principal,
      path: '/district',
      above,
      done,
    },
    <>
      <PageHeading
        title="Audit record"
        lead="Who did what, and when. Each entry is chained to the one before, and the end of the chain is signed and published, so that nobody can change, remove or reorder what was recorded without its being seen. It holds no words of people."
      />
      <div class="card">
        <Facts
          rows={[
            ['Entries', String(entries)],
            [
              'Newest signed head',
              head === undefined ? (
                'None yet. The first is signed within a minute of the first entry.'
              ) : (
                <>
                  Entry {head.seq}, <DateText instant={head.time} timeZone={timeZone} kind="moment" />
                </>
              ),
            ],
            ['Its hash', head === undefined ? null : <code class="code">{head.hash}</code>],
            ['Published', <Published slug={district.slug} publicUrl={publicUrl} />],
          ]}
        />
      </div>
      <Section title="Verification" id="verification">
        <Verification verified={view.verified} entries={entries} timeZone={timeZone} />
        <p class="quiet measure">
          What this service says of itself proves nothing to others. Whoever wants proof keeps heads elsewhere
          and verifies an export by them: <code>touchstone audit verify</code>.
        </p>
        <Form action="/district/audit/verify">
          <div class="actions">
            <Button kind="second" icon="check-circle">
              Verify now
            </Button>
          </div>
        </Form>
      </Section>
      <Section title="Entries" id="entries">
        <AuditEntries {...view} timeZone={timeZone} />
      </Section>
    </>,
  );
}

/** How far the record was checked, what was found, and what could not be checked. */
function Verification(props: {
  readonly verified: LastVerification | null;
  readonly entries: number;
  readonly timeZone: string;
}) {
  const { verified, entries, timeZone } = props;
  if (verified === null) return <p>It was not verified here yet.</p>;
  const since = entries - verified.entries;
  const not = [
    verified.proven < verified.entries
      ? `The ${verified.entries - verified.proven} newest of these entries have no signed head yet: nothing shows whether others were cut off after them.`
      : '',
    since > 0 ? `${since} entries were recorded since, or come after a fault, and are not checked.` : '',
    verified.uncheckedHeads > 0
      ? `${verified.uncheckedHeads} signed heads have a key that was withdrawn: the record was not held against them.`
      : '',
    verified.erased > 0
      ? `${verified.erased} documents had their words erased: only the rest of them was compared.`
      : '',
    verified.documents === null
      ? 'What is kept was not compared, because the record itself is not good.'
      : '',
  ].filter(Boolean);
  return (
    <Notice
      tone={verified.ok ? 'good' : 'bad'}
      title={
        verified.ok
          ? `Checked through entry ${verified.entries}: nothing wrong was found`
          : verified.firstBad === null
            ? 'What is kept is not as it was recorded'
            : `Something is wrong at entry ${verified.firstBad}`
      }
    >
      <p>
        Checked <DateText instant={verified.at} timeZone={timeZone} kind="moment" />. {verified.reason}
      </p>
      {verified.documents !== null && (
        <p>
          {verified.documents} documents were held against the record: {verified.differences} differ
          {verified.contradictions > 0 &&
            `, and the record contradicts itself ${verified.contradictions} times`}
          .
        </p>
      )}
      {not.length > 0 && (
        <>
          <p>What could not be checked:</p>
          <ul>
            {not.map((words) => (
              <li>{words}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
