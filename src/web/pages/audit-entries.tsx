import { recordedNames, type AuditEntry, type AuditStore, type ChainLink } from '../../audit/index.js';
import type { Page, PageRequest } from '../../kernel/index.js';
import { partSize } from '../api/audit.js';
import { thingOf } from '../api/present-audit.js';
import {
  Button,
  DataTable,
  DateText,
  EmptyState,
  freshForm,
  Pager,
  Select,
  TextField,
} from '../components/index.js';

/** What is asked for by the address: everything in it may be anything. */
export interface AuditFilter {
  readonly kind: string;
  readonly subject: string;
}

/** The filter in an address. */
export function filterAsked(query: { readonly [name: string]: string | undefined }): AuditFilter {
  const kind = (recordedNames as readonly string[]).find((name) => name === query['kind']) ?? '';
  return { kind, subject: (query['subject'] ?? '').trim().slice(0, 100) };
}

/** Whether what was typed can be the id of a thing. */
function isSubject(subject: string): boolean {
  return /^[a-z]{3}_[a-z2-7]{26}$/.test(subject);
}

/** The entry of a link. */
export function entryOf({ entry }: Pick<ChainLink, 'entry'>): AuditEntry {
  return JSON.parse(entry) as AuditEntry;
}

/** The entries that are asked for; none where the filter is not well-formed. */
export async function linksAsked(
  { store }: { readonly store: AuditStore },
  district: string,
  { kind, subject }: AuditFilter,
  request: PageRequest,
): Promise<Page<ChainLink>> {
  if (subject !== '')
    return isSubject(subject)
      ? store.linksAbout(district, { by: 'subject', subject }, request)
      : { items: [] };
  return store.linksAbout(district, kind === '' ? { by: 'all' } : { by: 'kind', kind }, request);
}

/** Entries with who, what and when, the form that filters them, and the export. */
export function AuditEntries(props: {
  readonly filter: AuditFilter;
  readonly links: Page<ChainLink>;
  /** Names of those who acted, by their ids. */
  readonly members: ReadonlyMap<string, string>;
  readonly entries: number;
  readonly timeZone: string;
}) {
  const { links, filter, members, entries, timeZone } = props;
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
                    <summary aria-label={`Show what entry ${link.seq} recorded`}>Show</summary>
                    <pre class="code" tabIndex={0}>
                      {JSON.stringify({ facts, state }, null, 1)}
                    </pre>
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
