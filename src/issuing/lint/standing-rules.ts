import { jsonObjectIn, type FieldError } from '../../kernel/index.js';
import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { decodeList, bitAt, minimumEntries } from '../../status/index.js';
import { both, hasType, listOf, memberOf, unless, type Linted, type LintRule } from './rule.js';
import { proofFault } from './proof-rules.js';

const pointer = '/credentialStatus';

/** Steps 11 to 14 of the validator: refresh, status, expiry, issuance. */
export const standingRules: readonly LintRule[] = [
  {
    id: 'refresh-service',
    step: 11,
    severity: 'warning',
    condition:
      'A refreshService of type 1EdTechCredentialRefresh, where there is one, answers with the credential of the same id.',
    kinds: both,
    check: async ({ document, resolver }) => {
      const service = document['refreshService'];
      if (!hasType(service, '1EdTechCredentialRefresh')) return [];
      const answer = await resolver.resource({ url: String(memberOf(service, 'id')) });
      const fresh = answer.ok ? jsonObjectIn(answer.bytes) : undefined;
      return unless(
        fresh !== undefined && fresh['id'] === document['id'],
        '/refreshService',
        'does not answer with this credential',
      );
    },
  },
  {
    id: 'status-single',
    step: 12,
    severity: 'warning',
    condition: 'credentialStatus is one object: the Open Badges schemas and the validator refuse a list.',
    kinds: both,
    check: ({ document }) =>
      unless(
        !Array.isArray(document['credentialStatus']),
        pointer,
        'is a list: the Open Badges schemas and the 1EdTech validator refuse it',
      ),
  },
  {
    id: 'status-id',
    step: 12,
    severity: 'error',
    condition: 'A credential with a status has an id.',
    kinds: both,
    check: ({ document }) =>
      unless(
        document['credentialStatus'] === undefined || typeof document['id'] === 'string',
        '/id',
        'is required in a credential that has a status',
      ),
  },
  {
    id: 'status-list-answers',
    step: 12,
    severity: 'error',
    condition:
      'The list of every Bitstring entry answers with a BitstringStatusListCredential: contexts, types, a proof that verifies.',
    kinds: both,
    check: async (linted) => {
      const faults = await Promise.all(
        entriesOf(linted).map(async ({ list, at }) => {
          const credential = await readList(linted, list);
          if (credential === undefined) return [{ pointer: at, detail: `names a list that does not answer` }];
          const isList =
            listOf(credential['@context'])[0] === 'https://www.w3.org/ns/credentials/v2' &&
            hasType(credential, 'BitstringStatusListCredential') &&
            hasType(credential['credentialSubject'], 'BitstringStatusList');
          return isList
            ? proofFault(credential, linted, at)
            : [{ pointer: at, detail: 'names what is no BitstringStatusListCredential' }];
        }),
      );
      return faults.flat();
    },
  },
  {
    id: 'status-purpose',
    step: 12,
    severity: 'error',
    condition: "The list is for the entry's statusPurpose.",
    kinds: both,
    after: ['status-list-answers'],
    check: (linted) =>
      eachList(linted, ({ entry, at, credential }) =>
        unless(
          listOf(memberOf(credential, 'credentialSubject', 'statusPurpose')).includes(entry['statusPurpose']),
          at,
          'names a list for another purpose',
        ),
      ),
  },
  {
    id: 'status-list-size',
    step: 12,
    severity: 'error',
    condition: `The list unpacks (gzip), and has at least ${minimumEntries} entries.`,
    kinds: both,
    after: ['status-list-answers'],
    check: (linted) =>
      eachList(linted, ({ at, bits }) =>
        unless(bits !== undefined, at, `names a list that does not unpack or is under ${minimumEntries}`),
      ),
  },
  {
    id: 'status-index',
    step: 12,
    severity: 'error',
    condition:
      "statusListIndex is a number, as text, within the list; the entry's id is the list and # and it.",
    kinds: both,
    after: ['status-list-answers', 'status-list-size'],
    check: (linted) =>
      eachList(linted, ({ entry, at, bits, list }) => {
        const text = entry['statusListIndex'];
        const index = typeof text === 'string' && /^(0|[1-9]\d*)$/.test(text) ? Number(text) : -1;
        return [
          ...unless(
            index >= 0 && bits !== undefined && index < bits.length * 8,
            at,
            'has an index that is not in its list',
          ),
          ...unless(
            entry['id'] === `${list}#${String(text)}`,
            at,
            'must have the id of its list, # and its index',
          ),
        ];
      }),
  },
  {
    id: 'status-not-set',
    step: 12,
    severity: 'fatal',
    condition:
      'The bit of a revocation entry is not set; a 1EdTechRevocationList does not name the credential.',
    kinds: both,
    after: ['status-list-answers', 'status-list-size', 'status-index'],
    check: async (linted) => [
      ...(await eachList(linted, ({ entry, at, bits }) =>
        unless(
          entry['statusPurpose'] !== 'revocation' ||
            bits === undefined ||
            !bitAt(bits, Number(entry['statusListIndex'])),
          at,
          'is set: the credential is revoked',
        ),
      )),
      ...(await namedAsRevoked(linted)),
    ],
  },
  {
    id: 'expiry-date',
    step: 13,
    severity: 'error',
    condition: 'validUntil, where there is one, is a date and time with an offset.',
    kinds: both,
    check: ({ document }) =>
      unless(
        document['validUntil'] === undefined || isTime(document['validUntil']),
        '/validUntil',
        'must be a date and time with an offset',
      ),
  },
  {
    id: 'expiry',
    step: 13,
    severity: 'fatal',
    condition: 'validUntil, where there is one, is not past.',
    kinds: both,
    after: ['expiry-date'],
    check: ({ document, now }) =>
      unless(
        document['validUntil'] === undefined || Date.parse(String(document['validUntil'])) >= Date.parse(now),
        '/validUntil',
        'is past',
      ),
  },
  {
    id: 'issuance-date',
    step: 14,
    severity: 'error',
    condition: 'validFrom is a date and time with an offset.',
    kinds: both,
    check: ({ document }) =>
      unless(isTime(document['validFrom']), '/validFrom', 'must be a date and time with an offset'),
  },
  {
    id: 'issuance',
    step: 14,
    severity: 'fatal',
    condition: 'validFrom is not after now.',
    kinds: both,
    after: ['issuance-date'],
    check: ({ document, now }) =>
      unless(Date.parse(String(document['validFrom'])) <= Date.parse(now), '/validFrom', 'is after now'),
  },
];

interface Entry {
  readonly entry: JsonObject;
  readonly list: string;
  readonly at: string;
}

function entriesOf({ document }: Linted): readonly Entry[] {
  const status = document['credentialStatus'];
  return listOf(status).flatMap((entry, index) =>
    isJsonObject(entry) && hasType(entry, 'BitstringStatusListEntry')
      ? [
          {
            entry,
            list: String(entry['statusListCredential']),
            at: Array.isArray(status) ? `${pointer}/${index}` : pointer,
          },
        ]
      : [],
  );
}

async function eachList(
  linted: Linted,
  check: (
    entry: Entry & { readonly credential: JsonObject; readonly bits: Uint8Array | undefined },
  ) => readonly FieldError[],
): Promise<readonly FieldError[]> {
  const faults = await Promise.all(
    entriesOf(linted).map(async (entry) => {
      const credential = await readList(linted, entry.list);
      return credential === undefined ? [] : check({ ...entry, credential, bits: bitsOf(credential) });
    }),
  );
  return faults.flat();
}

async function readList({ resolver }: Linted, url: string): Promise<JsonObject | undefined> {
  const answer = await resolver.statusList(url);
  return answer.ok ? jsonObjectIn(answer.bytes) : undefined;
}

function bitsOf(credential: JsonObject): Uint8Array | undefined {
  try {
    return decodeList(memberOf(credential, 'credentialSubject', 'encodedList'));
  } catch {
    return undefined;
  }
}

async function namedAsRevoked({ document, resolver }: Linted): Promise<readonly FieldError[]> {
  const entries = listOf(document['credentialStatus']).filter((entry) =>
    hasType(entry, '1EdTechRevocationList'),
  );
  const answers = await Promise.all(
    entries.map((entry) => resolver.statusList(String(memberOf(entry, 'id')))),
  );
  return answers.flatMap((answer) => {
    const revoked = answer.ok ? listOf(jsonObjectIn(answer.bytes)?.['revokedCredential']) : [];
    return unless(
      !revoked.some((one) => memberOf(one, 'id') === document['id']),
      pointer,
      'names a list that says it is revoked',
    );
  });
}

function isTime(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}
