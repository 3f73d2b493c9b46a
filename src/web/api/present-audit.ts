import { recordedCollections, type ChainLink, type SignedHead } from '../../audit/index.js';
import type { LastVerification, RecordedCollection, StoredVerdict } from '../../audit/index.js';
import type { JsonSchema } from '../../kernel/index.js';

const time: JsonSchema = { type: 'string', format: 'date-time' };
const hash: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

/** A signed head as it is published: `district` is the slug. */
export function presentHead(slug: string, { seq, hash: of, time: at, jws }: SignedHead) {
  return { district: slug, seq, hash: of, time: at, jws };
}

export const headSchema: JsonSchema = {
  type: 'object',
  required: ['district', 'seq', 'hash', 'time', 'jws'],
  properties: {
    district: { type: 'string', description: 'The slug.' },
    seq: { type: 'integer', minimum: 1, description: 'The number of the last entry.' },
    hash: { ...hash, description: 'The hash of that entry.' },
    time: { ...time, description: 'When it was signed.' },
    jws: {
      type: 'string',
      description:
        'The compact JWS (RFC 7515) of these members with `iss`, of type `touchstone-audit-head+jws`, by a key of `jwks.json` beside it.',
    },
  },
};

/** One entry, newest first in lists. */
export function presentEntry({ seq, hash: of, entry, kind }: ChainLink) {
  return { seq, thing: thingOf(kind), entry: JSON.parse(entry) as unknown, hash: of };
}

/** What a document of a collection is called, for people. */
export function thingOf(kind: string): string {
  const rows: { readonly [name: string]: RecordedCollection | undefined } = recordedCollections;
  return rows[kind]?.thing ?? kind;
}

export const entrySchema: JsonSchema = {
  type: 'object',
  required: ['seq', 'thing', 'entry', 'hash'],
  properties: {
    seq: { type: 'integer', minimum: 1 },
    thing: { type: 'string', description: 'What the document is called.' },
    entry: {
      type: 'object',
      description: 'As it is hashed, but for the order of its members (docs/audit.md).',
      required: ['v', 'id', 'district', 'at', 'actor', 'verb', 'subject', 'facts', 'state'],
      properties: {
        v: { const: 1 },
        id: { type: 'string' },
        district: { type: 'string' },
        at: time,
        actor: { type: 'string', description: 'The id of the member, or `service`.' },
        verb: { type: 'string' },
        subject: {
          type: 'object',
          required: ['collection', 'id', 'version'],
          properties: {
            collection: { type: 'string' },
            id: { type: 'string' },
            version: { type: 'integer' },
          },
        },
        facts: {},
        state: { type: 'object', description: 'What is recorded of the document as the write left it.' },
      },
    },
    hash,
  },
};

/** How the record stands. */
export function presentRecord(record: {
  readonly slug: string;
  readonly entries: number;
  readonly head: SignedHead | undefined;
  readonly verified: LastVerification | null;
  readonly publicUrl: string;
}) {
  const { slug, entries, head, verified, publicUrl } = record;
  return {
    district: slug,
    entries,
    head: head === undefined ? null : presentHead(slug, head),
    verified,
    published: `${publicUrl}/.well-known/audit/${slug}`,
  };
}

const integer: JsonSchema = { type: 'integer', minimum: 0 };

export const recordSchema: JsonSchema = {
  type: 'object',
  required: ['district', 'entries', 'head', 'verified', 'published'],
  properties: {
    district: { type: 'string', description: 'The slug.' },
    entries: { ...integer, description: 'How many entries are in the chain.' },
    head: {
      description: 'The newest signed head; null before the first.',
      anyOf: [headSchema, { type: 'null' }],
    },
    verified: {
      description: 'What was found when the record was last verified here; null when it never was.',
      anyOf: [
        {
          type: 'object',
          required: ['at', 'ok', 'entries', 'firstBad', 'proven', 'reason', 'documents', 'differences'],
          properties: {
            at: time,
            ok: { type: 'boolean' },
            entries: {
              ...integer,
              description: 'Entries before the first bad one; all when there was none.',
            },
            firstBad: { type: ['integer', 'null'] },
            proven: { ...integer, description: 'Entries that a signed head proves.' },
            reason: { type: 'string' },
            documents: {
              type: ['integer', 'null'],
              description: 'Documents held against the record; null when the record itself was bad.',
            },
            differences: integer,
            contradictions: integer,
            uncheckedHeads: { ...integer, description: 'Heads whose key is withdrawn.' },
            erased: { ...integer, description: 'Documents whose words were erased: the rest was compared.' },
          },
        },
        { type: 'null' },
      ],
    },
    published: { type: 'string', description: 'Where the newest head is public.' },
  },
};

/** What a verification found; differences without their values, which some who may ask for it may not know. */
export function presentVerdict({ ok, record, heads, state }: StoredVerdict) {
  return {
    ok,
    record,
    heads,
    state:
      state === null
        ? null
        : {
            ...{ documents: state.documents, erased: state.erased, faults: state.faults },
            differences: state.differences
              .slice(0, shownDifferences)
              .map(({ collection, id, kind, member, seq }) => ({ collection, id, kind, member, seq })),
            moreDifferences: Math.max(0, state.differences.length - shownDifferences),
          },
  };
}

const shownDifferences = 100;

export const verdictSchema: JsonSchema = {
  type: 'object',
  required: ['ok', 'record', 'heads', 'state'],
  properties: {
    ok: { type: 'boolean', description: 'Whether nothing at all was found.' },
    record: {
      type: 'object',
      required: ['ok', 'entries', 'proven', 'firstBad', 'reason', 'faults', 'moreFaults'],
      properties: {
        ok: { type: 'boolean' },
        entries: integer,
        proven: integer,
        firstBad: { type: ['integer', 'null'] },
        reason: { type: 'string' },
        faults: {
          type: 'array',
          items: {
            type: 'object',
            required: ['seq', 'kind', 'detail'],
            properties: {
              seq: { type: 'integer' },
              kind: { type: 'string' },
              detail: { type: 'string' },
            },
          },
        },
        moreFaults: integer,
      },
    },
    heads: {
      type: 'object',
      required: ['checked', 'unchecked'],
      properties: {
        checked: integer,
        unchecked: { ...integer, description: 'Their keys are withdrawn.' },
      },
    },
    state: {
      description: 'Whether everything kept is as the record says; null when the record itself is bad.',
      anyOf: [
        {
          type: 'object',
          required: ['documents', 'erased', 'faults', 'differences', 'moreDifferences'],
          properties: {
            documents: integer,
            erased: integer,
            faults: { type: 'array', items: { type: 'string' } },
            differences: {
              type: 'array',
              items: {
                type: 'object',
                required: ['collection', 'id', 'kind'],
                properties: {
                  collection: { type: 'string' },
                  id: { type: 'string' },
                  kind: { enum: ['differs', 'missing', 'unrecorded'] },
                  member: { type: 'string' },
                  seq: { type: 'integer' },
                },
              },
            },
            moreDifferences: integer,
          },
        },
        { type: 'null' },
      ],
    },
  },
};
