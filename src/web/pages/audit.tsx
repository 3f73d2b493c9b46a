import {
  isParty,
  recordedNames,
  verifyAndNote,
  type AuditEntry,
  type ChainLink,
  type LastVerification,
  type SignedHead,
} from '../../audit/index.js';
import type { Page } from '../../kernel/index.js';
import { partSize, recordOf } from '../api/audit.js';
import { thingOf } from '../api/present-audit.js';
import {
  Button,
  DataTable,
  DateText,
  EmptyState,
  Facts,
  Form,
  freshForm,
  Notice,
  PageHeading,
  Pager,
  Section,
  Select,
  TextField,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { memberNames } from './reviewed-versions.js';

/** What is asked for by the address: everything in it may be anything. */
interface Filter {
  readonly kind: string;
  readonly subject: string;
}

/** What the page shows. */
export interface AuditView {
  readonly entries: number;
  readonly head: SignedHead | undefined;
  readonly verified: LastVerification | null;
  readonly publicUrl: string;
  readonly filter: Filter;
  /** Null for somebody who may not read entries, because of a role of their own. */
  readonly links: Page<ChainLink> | null;
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
        const filter = filterAsked(request.query);
        const links = isParty(principal.member.roles)
          ? null
          : filter.subject !== '' && !isSubject(filter.subject)
            ? { items: [] }
            : await audit.store.linksAbout(
                district.id,
                filter.subject !== ''
                  ? { by: 'subject', subject: filter.subject }
                  : filter.kind !== ''
                    ? { by: 'kind', kind: filter.kind }
                    : { by: 'all' },
                fromCursor(request),
              );
        const actors = (links?.items ?? []).map((link) => entryOf(link).actor);
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
        await verifyAndNote(audit, principalOf(request).actor.district);
        return seeOtherDone('/district/audit', 'audit-verified');
      },
    },
  ];
}

function filterAsked(query: { readonly [name: string]: string | undefined }): Filter {
  const kind = (recordedNames as readonly string[]).find((name) => name === query['kind']) ?? '';
  return { kind, subject: (query['subject'] ?? '').trim().slice(0, 100) };
}

/** Whether what was typed can be the id of a thing. */
function isSubject(subject: string): boolean {
  return /^[a-z]{3}_[a-z2-7]{26}$/.test(subject);
}

function entryOf({ entry }: Pick<ChainLink, 'entry'>): AuditEntry {
  return JSON.parse(entry) as AuditEntry;
}

/** The page. */
export function auditPage(view: AuditView, principal: Principal, done?: string): string {
  const { district } = principal;
  const { timeZone } = district;
  const { entries, head, publicUrl } = view;
  const published = `${publicUrl}/.well-known/audit/${district.slug}`;
  return page(
    {
      title: 'Audit record',
      principal,
      path: '/district',
      above: [{ label: 'District', href: '/district' }],
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
            [
              'Published',
              <>
                <a href={published}>Newest head</a>, <a href={`${published}/heads`}>earlier heads</a>,{' '}
                <a href={`${published}/jwks.json`}>keys</a>
              </>,
            ],
          ]}
        />
      </div>
      <Section title="Verification" id="verification">
        <Verification verified={view.verified} entries={entries} timeZone={timeZone} />
        <Form action="/district/audit/verify">
          <div class="actions">
            <Button kind="second" icon="check-circle">
              Verify now
            </Button>
          </div>
        </Form>
        <p class="quiet measure">
          What this service says of itself proves nothing to others. Whoever wants proof keeps heads elsewhere
          and verifies an export by them: <code>touchstone audit verify</code>.
        </p>
      </Section>
      <Section title="Entries" id="entries">
        <Entries view={view} timeZone={timeZone} />
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

function Entries({ view, timeZone }: { readonly view: AuditView; readonly timeZone: string }) {
  const { links, filter, members, entries } = view;
  if (links === null)
    return (
      <Notice tone="info">
        <p>
          Entries are read by people who neither hand in work nor rate it: they hold ratings and decisions
          before those whom they concern are told. Ask an administrator without such a role, or whoever runs
          the service.
        </p>
      </Notice>
    );
  const kept = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  const noId = filter.subject !== '' && !isSubject(filter.subject);
  const form = {
    ...freshForm({ ...filter }),
    errors: noId
      ? [{ pointer: '/subject', detail: 'must be an id as the list shows it, such as sub_…' }]
      : [],
  };
  const kinds = recordedNames.map((name) => ({ value: name as string, label: thingOf(name) }));
  return (
    <>
      <form method="get" action="/district/audit" class="row section">
        <Select
          form={form}
          name="kind"
          label="Kind of thing"
          options={[{ value: '', label: 'Everything' }, ...kinds]}
        />
        <TextField form={form} name="subject" label="Id of one thing" width="medium" optional />
        <Button kind="second">Show</Button>
      </form>
      {links.items.length === 0 ? (
        <EmptyState icon="list" title="No entries">
          <p>
            Nothing is recorded about this. <a href="/district/audit">Show everything</a>
          </p>
        </EmptyState>
      ) : (
        <DataTable<ChainLink>
          caption="Entries, the newest first"
          rows={links.items}
          columns={[
            { title: 'Number', kind: 'number', cell: ({ seq }) => String(seq) },
            {
              title: 'When',
              cell: (link) => <DateText instant={entryOf(link).at} timeZone={timeZone} kind="moment" />,
            },
            {
              title: 'Who',
              cell: (link) => {
                const { actor } = entryOf(link);
                if (actor === 'service') return 'the service';
                return <bdi>{members.get(actor) ?? actor}</bdi>;
              },
            },
            { title: 'What', cell: (link) => whatOf(entryOf(link)) },
            {
              title: 'About',
              cell: ({ subject }) => (
                <a href={`/district/audit?subject=${encodeURIComponent(subject)}`}>
                  <code>{subject}</code>
                </a>
              ),
            },
            {
              title: 'Recorded',
              cell: (link) => {
                const { facts, state } = entryOf(link);
                return (
                  <details>
                    <summary aria-label={`Recorded in entry ${link.seq}`}>Show</summary>
                    <pre class="code">{JSON.stringify({ facts, state }, null, 1)}</pre>
                  </details>
                );
              },
            },
          ]}
        />
      )}
      <Pager href={`/district/audit?${kept.toString()}`.replace(/\?$/, '')} next={links.next} />
      <Exports entries={entries} />
    </>
  );
}

/** `signing key: made`, `rating of a seed: committed`. */
function whatOf({ subject, verb }: AuditEntry): string {
  return `${thingOf(subject.collection)}: ${verb.replaceAll('-', ' ')}`;
}

/** The export, in parts where it is long. */
function Exports({ entries }: { readonly entries: number }) {
  const parts = Array.from(
    { length: Math.max(1, Math.ceil(entries / partSize)) },
    (_, n) => n * partSize + 1,
  );
  return (
    <p>
      Export for verification:{' '}
      {parts.map((from, index) => (
        <>
          {index > 0 && ', '}
          <a href={`/api/v1/audit/export?from=${from}`}>
            {parts.length === 1 ? 'the whole record' : `entries from ${from}`}
          </a>
        </>
      ))}
      {parts.length > 1 && ' (put one after the other, the parts are the whole)'}
    </p>
  );
}
