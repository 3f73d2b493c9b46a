import {
  exportPart,
  ledgerId,
  recordedNames,
  refuseParties,
  verifyAndNote,
  type AuditPorts,
  type LinksAbout,
} from '../../audit/index.js';
import type { District } from '../../tenancy/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  entrySchema,
  presentEntry,
  presentRecord,
  presentVerdict,
  recordSchema,
  verdictSchema,
} from './present-audit.js';

/** How many entries one part of an export has. */
export const partSize = 10_000;

/**
 * The district's audit record for its admins: how it stands, its entries, its export, and its verification. Not for those
 * who hand in or rate: entries hold what they may not know yet, and even their number tells that somebody committed.
 */
export function auditRoutes({ audit, service }: Pick<Rooms, 'audit' | 'service'>): readonly Route[] {
  const common = { kind: 'api', tag: 'audit', access: 'audit.read' } as const;
  return [
    {
      ...common,
      operationId: 'getAuditRecord',
      method: 'GET',
      path: '/api/v1/audit',
      summary: 'How the audit record stands: its length, its newest signed head, its last verification',
      responses: { 200: { description: 'The record.', schema: recordSchema } },
      handler: async (request) => {
        const { district, member } = principalOf(request);
        refuseParties(member.roles);
        return ok(presentRecord(await recordOf(audit, district, service.publicUrl)));
      },
    },
    {
      ...common,
      operationId: 'listAuditEntries',
      method: 'GET',
      path: '/api/v1/audit/entries',
      summary: 'Entries of the audit record, the newest first',
      description: 'Of `kind` and `subject` one.',
      query: {
        ...pageQuery,
        properties: {
          ...(pageQuery['properties'] as object),
          kind: { enum: [...recordedNames], description: 'Only those about documents of this kind.' },
          subject: {
            type: 'string',
            pattern: '^[a-z]{3}_[a-z2-7]{26}$',
            description: 'Only those about the document with this id.',
          },
        },
        not: { required: ['kind', 'subject'] },
      },
      responses: { 200: { description: 'One page of entries.', schema: pageSchema(entrySchema) } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        refuseParties(member.roles);
        const page = await audit.store.linksAbout(
          actor.district,
          aboutAsked(request.query),
          pageRequest(request),
        );
        return ok({ ...page, items: page.items.map(presentEntry) });
      },
    },
    {
      ...common,
      operationId: 'exportAuditRecord',
      method: 'GET',
      path: '/api/v1/audit/export',
      summary: 'The record as it is verified: a line of JSON for each entry',
      description: `At most ${partSize} entries from number \`from\` on; \`Link: <…>; rel="next"\` names the next part. Parts written one after the other are the whole, as \`touchstone audit verify\` takes it.`,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          from: {
            type: 'string',
            pattern: '^[1-9][0-9]{0,14}$',
            description: 'The number of the first entry; 1 when left out.',
          },
        },
      },
      responses: { 200: { description: 'JSON Lines.', mediaType: 'application/jsonl' } },
      handler: async (request) => {
        const { district, member } = principalOf(request);
        refuseParties(member.roles);
        const from = Number(request.query['from'] ?? '1');
        const { text, next } = await exportPart(audit.store, district.id, { from, count: partSize });
        const name = from === 1 && next === undefined ? '' : `-from-${from}`;
        return {
          status: 200,
          text,
          mediaType: 'application/jsonl',
          headers: {
            'Cache-Control': 'private, no-store',
            'Content-Disposition': `attachment; filename="audit-${district.slug}${name}.jsonl"`,
            ...(next === undefined
              ? {}
              : { Link: `<${service.publicUrl}/api/v1/audit/export?from=${next}>; rel="next"` }),
          },
        };
      },
    },
    {
      ...common,
      operationId: 'verifyAuditRecord',
      method: 'POST',
      path: '/api/v1/audit/verify',
      rate: 'verify',
      summary: 'Verify the record here: its chain, its heads, and that everything kept is as it says',
      description:
        'What is found is noted in `verified`. Differences are named without their values. It proves nothing to an outsider, who verifies an export by heads kept elsewhere.',
      responses: { 200: { description: 'What was found.', schema: verdictSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        refuseParties(member.roles);
        return ok(presentVerdict(await verifyAndNote(audit, actor.district)));
      },
    },
  ];
}

/** What the list is asked for, from a query that was validated. */
export function aboutAsked(query: { readonly [name: string]: string | undefined }): LinksAbout {
  const { kind, subject } = query;
  if (subject !== undefined) return { by: 'subject', subject };
  return kind === undefined ? { by: 'all' } : { by: 'kind', kind };
}

/** How the record of a district stands. */
export async function recordOf({ store }: AuditPorts, district: District, publicUrl: string) {
  const [end, head, ledger] = await Promise.all([
    store.head(district.id),
    store.newestHead(district.id),
    store.ledgers.get(district.id, ledgerId),
  ]);
  return {
    slug: district.slug,
    entries: end?.seq ?? 0,
    head,
    verified: ledger?.verified ?? null,
    publicUrl,
  };
}
