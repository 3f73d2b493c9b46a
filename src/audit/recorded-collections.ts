/** What the record says of the documents of one collection. */
export interface RecordedCollection {
  /** What one document of it is called, for people. */
  readonly thing: string;
  /** The member that names the district in whose chain it is recorded. */
  readonly chain: 'district' | 'id' | 'tenant';
  /** The index that lists every document: `all` when left out; of one named `tenant` the key is the district. */
  readonly index?: string;
  /**
   * Paths of the members that are recorded after every write: ids, enumerations, numbers, times and digests, never words
   * of people. `*` is every element of a list or every member of an object.
   */
  readonly members: readonly string[];
  /** Members that are recorded only once the member `once` is there (neither null, 0 nor absent). */
  readonly later?: { readonly once: string; readonly members: readonly string[] };
  /**
   * Members with words of people, recorded as one digest each, salted with the document's member `salt`, which is erased
   * with the words. With `once`, only from then on.
   */
  readonly pinned?: { readonly members: readonly string[]; readonly once?: string };
  /** Whether what is recorded of it never changes: a second entry that says otherwise is a fault of the record. */
  readonly immutable?: true;
}

/**
 * Everything that is recorded, collection by collection, in the order in which one thing leads to the next. This is the
 * place to declare a new kind of document to the audit record: the entry's state, the fold and its comparison with the
 * store, and the table in docs/audit.md all follow from the row. (docs/audit.md says step by step how.)
 */
export const recordedCollections = {
  districts: { thing: 'district', chain: 'id', members: ['slug', 'timeZone', 'language', 'createdAt'] },
  issuer_keys: {
    thing: 'signing key',
    chain: 'district',
    members: [
      ...['name', 'use', 'algorithm', 'publicJwk', 'state'],
      ...['createdAt', 'retiredAt', 'compromisedAt'],
    ],
  },
  members: { thing: 'member', chain: 'district', members: ['roles', 'state', 'createdAt'] },
  relationships: {
    thing: 'relationship',
    chain: 'district',
    members: ['kind', 'member', 'other', 'from', 'to'],
  },
  pool_agreements: {
    thing: 'review pool agreement',
    chain: 'tenant',
    index: 'tenant',
    members: [...['home', 'achievements', 'state', 'proposedAt', 'acceptedAt', 'endedBy', 'endedAt']],
  },
  pool_seats: {
    thing: 'seat in another district’s review pool',
    chain: 'tenant',
    index: 'tenant',
    members: [...['host', 'agreement', 'number', 'member', 'state', 'givenAt', 'endedAt']],
  },
  api_keys: {
    thing: 'API key',
    chain: 'tenant',
    index: 'tenant',
    members: ['member', 'scopes', 'inPerson', 'createdAt', 'expiresAt', 'revokedAt'],
  },
  achievement_versions: {
    thing: 'achievement version',
    chain: 'district',
    members: [
      ...['achievement', 'slug', 'number', 'state', 'contentHash', 'createdAt', 'publishedAt'],
      ...['stopped.since', 'stopped.award'],
    ],
  },
  artefacts: {
    thing: 'artefact',
    chain: 'district',
    members: ['owner', 'mediaType', 'size', 'createdAt', 'erasedAt'],
  },
  consents: {
    thing: 'consent',
    chain: 'district',
    members: ['owner', 'submission', 'artefacts', 'use', 'from', 'to', 'withdrawnAt'],
  },
  submissions: {
    thing: 'submission',
    chain: 'district',
    members: [
      ...['teacher', 'achievement', 'achievementVersion', 'attempt', 'previous', 'openFor', 'state'],
      ...['createdAt', 'submittedAt', 'decidedAt', 'appealEndedAt'],
    ],
    pinned: { members: ['answers'], once: 'submittedAt' },
  },
  review_policies: {
    thing: 'review policy',
    chain: 'district',
    members: ['number', 'qualification', 'review', 'seeds', 'drift', 'from', 'by'],
    immutable: true,
  },
  codes_of_conduct: {
    thing: 'code of conduct',
    chain: 'district',
    members: ['number', 'digest', 'from', 'by'],
    immutable: true,
  },
  declarations: {
    thing: 'declaration of a reviewer',
    chain: 'district',
    members: ['member', 'n', 'about', 'code', 'at', 'until'],
    pinned: { members: ['conflicts'] },
    immutable: true,
  },
  exemplars: {
    thing: 'exemplar',
    chain: 'district',
    members: [
      ...['achievementVersion', 'state', 'pool', 'expertsWanted', 'ratings', 'agreed'],
      ...['key.levels', 'key.how', 'key.at', 'createdBy', 'keyedBy', 'createdAt'],
      ...['origin', 'knownTo', 'carried.from', 'carried.levels', 'moves', 'items.*.id'],
      ...['items.*.file.artefact', 'source.submission', 'source.consents', 'source.artefacts'],
      ...['source.checkedBy', 'source.checkedAt', 'source.endedAt'],
    ],
  },
  practice_ratings: {
    thing: 'practice rating',
    chain: 'district',
    members: ['reviewer', 'exemplar', 'achievementVersion', 'levels', 'at'],
    immutable: true,
  },
  qualification_attempts: {
    thing: 'qualification attempt',
    chain: 'district',
    members: [
      ...['reviewer', 'achievementVersion', 'number', 'state', 'seed', 'form', 'reserve', 'responses'],
      ...['policy', 'figures', 'startedAt', 'endedAt'],
    ],
  },
  certifications: {
    thing: 'certification',
    chain: 'district',
    members: [
      ...['reviewer', 'achievementVersion', 'state', 'basis', 'attempt', 'from', 'until'],
      ...['policy', 'suspensions', 'probation', 'revokedAt'],
    ],
  },
  drift_signals: {
    thing: 'drift signal',
    chain: 'district',
    members: [
      ...['reviewer', 'achievementVersion', 'certification', 'evidence.reference', 'evidence.policy'],
      ...['evidence.observations', 'evidence.alarms', 'evidence.cleanSince', 'point', 'state'],
      ...['raisedAt', 'tellAt', 'toldAt'],
      ...['acts.*.to', 'acts.*.by', 'acts.*.at', 'lookBack.since', 'lookBack.items'],
    ],
  },
  review_cases: {
    thing: 'review case',
    chain: 'district',
    members: [
      ...['submission', 'teacher', 'achievementVersion', 'attempt', 'round', 'state', 'doubleRated'],
      'carried',
      ...['origin', 'why.kind', 'why.appeal', 'why.certification', 'why.by', 'supersedes'],
      ...['policy', 'seed', 'openedAt', 'stateSince'],
    ],
  },
  assignments: {
    thing: 'assignment',
    chain: 'district',
    members: [
      ...['achievementVersion', 'kind', 'reviewer', 'state', 'releasedFor', 'policy'],
      ...['assignedAt', 'dueAt', 'endedAt'],
    ],
    // Until it ends nothing tells a seed from live work.
    later: {
      once: 'endedAt',
      members: [
        ...['work', 'case', 'n', 'submission', 'attempt', 'round', 'exemplar', 'criteria', 'doubleRated'],
      ],
    },
  },
  ratings: {
    thing: 'rating',
    chain: 'district',
    members: [
      ...['assignment', 'case', 'submission', 'achievementVersion', 'attempt', 'round', 'kind'],
      ...['reviewer', 'certification', 'criteria.*.level', 'committedAt'],
    ],
    pinned: { members: ['criteria'] },
    immutable: true,
  },
  seed_ratings: {
    thing: 'rating of a seed',
    chain: 'district',
    members: [
      ...['assignment', 'exemplar', 'achievementVersion', 'kind', 'reviewer', 'certification'],
      ...['criteria.*.level', 'committedAt'],
    ],
    pinned: { members: ['criteria'] },
    immutable: true,
  },
  availabilities: { thing: 'availability', chain: 'district', members: ['minutesPerWeek', 'saidAt'] },
  pool_clearances: {
    thing: 'clearance for the review pool',
    chain: 'district',
    members: ['achievementVersion', 'state', 'checkedBy', 'checkedAt'],
  },
  decisions: {
    thing: 'decision',
    chain: 'district',
    members: [
      ...['submission', 'teacher', 'achievementVersion', 'attempt', 'round', 'outcome', 'levels'],
      ...['carried', 'origin', 'supersedes', 'ratings', 'adjudicated', 'reviews', 'decidedAt'],
    ],
    immutable: true,
  },
  appeals: {
    thing: 'appeal',
    chain: 'district',
    // What is said in words, by teacher, lead and who decides, is not in the record.
    members: [
      ...['submission', 'decision', 'teacher', 'achievementVersion', 'openFor', 'state', 'ground', 'filedAt'],
      ...['screening.by', 'screening.at', 'screening.admissible', 'decider', 'declined'],
      ...['decided.by', 'decided.at', 'decided.error', 'decided.criteria', 'round', 'stateSince'],
    ],
  },
  awards: {
    thing: 'award',
    chain: 'district',
    members: [
      ...['achievementVersion', 'basis', 'holder', 'replaces', 'credentialId', 'state', 'since'],
      ...['awardedDate', 'validUntil', 'suspendedFor', 'repairBy', 'replacedBy', 'edition', 'createdAt'],
    ],
    // Frozen while the first edition is made, and recorded with it.
    later: { once: 'edition', members: ['statement'] },
  },
  endorsements: {
    thing: 'endorsement',
    chain: 'district',
    members: [...['credentialId', 'about', 'kind', 'state', 'since', 'validUntil', 'status', 'createdAt']],
  },
  included_endorsements: {
    thing: 'included endorsement',
    chain: 'district',
    members: ['about', 'kind', 'endorsement', 'carriedFor', 'createdAt'],
  },
  key_compromises: {
    thing: 'key compromise',
    chain: 'district',
    members: ['key', 'keyName', 'use', 'compromisedAt', 'reportedBy', 'reportedAt', 'state'],
  },
  compromised_awards: {
    thing: 'award signed by a compromised key',
    chain: 'district',
    index: 'record',
    members: ['compromise', 'award', 'state', 'recordedAt', 'edition', 'decidedBy', 'settledAt'],
  },
} as const satisfies { readonly [collection: string]: RecordedCollection };

/** The name of a collection whose documents are recorded. */
export type RecordedName = keyof typeof recordedCollections;

/** The names, in the table's order. */
export const recordedNames = Object.keys(recordedCollections) as readonly RecordedName[];

/** The row of a collection. @throws Error when it has none: it must be declared here before anything of it is recorded. */
export function recordedCollection(name: string): RecordedCollection {
  if (Object.hasOwn(recordedCollections, name)) return recordedCollections[name as RecordedName];
  throw new Error(`the collection ${name} has no row in src/audit/recorded-collections.ts`);
}

/** The id of the district in whose chain a document is recorded. */
export function chainDistrict(name: string, doc: { readonly id: string; readonly district: string }): string {
  const { chain } = recordedCollection(name);
  return (doc as unknown as { readonly [member in typeof chain]: string })[chain];
}
