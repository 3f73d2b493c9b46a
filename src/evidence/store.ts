import {
  allOf,
  type Collection,
  type CollectionSpec,
  type Page,
  type PageRequest,
  type Store,
} from '../kernel/index.js';
import type { Artefact, Consent, ConsentUse } from './artefact.js';

export const artefactsSpec: CollectionSpec<Artefact> = {
  name: 'artefacts',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'owner', equality: ['owner'], order: 'createdAt' },
    { name: 'content', equality: ['owner', 'sha256'], order: 'createdAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const consentsSpec: CollectionSpec<Consent> = {
  name: 'consents',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'owner', equality: ['owner'], order: 'from' },
    { name: 'submission', equality: ['submission'], order: 'from' },
    { name: 'use', equality: ['use'], order: 'from' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** What the room keeps, in verbs of its own. */
export interface EvidenceStore {
  readonly artefacts: Collection<Artefact>;
  readonly consents: Collection<Consent>;
  artefact(district: string, id: string): Promise<Artefact | undefined>;
  /** Those of the ids that exist, each once; erased ones too. */
  artefactsById(district: string, ids: readonly string[]): Promise<readonly Artefact[]>;
  /** A member's artefacts, the newest first, erased ones too. */
  artefactsOf(district: string, owner: string, request: PageRequest): Promise<Page<Artefact>>;
  /** The owner's artefact with this content that is not erased. */
  artefactWith(district: string, owner: string, sha256: string): Promise<Artefact | undefined>;
  consent(district: string, id: string): Promise<Consent | undefined>;
  /** Every consent that a member recorded, withdrawn ones too. */
  consentsOf(district: string, owner: string): Promise<readonly Consent[]>;
  /** Every consent that was recorded for a submission, withdrawn ones too. */
  consentsFor(district: string, submission: string): Promise<readonly Consent[]>;
  /** Every consent to a use in the district, withdrawn ones too, the oldest first. */
  consentsTo(district: string, use: ConsentUse, request: PageRequest): Promise<Page<Consent>>;
}

/** The room's collections over a database. */
export function evidenceStore(store: Store): EvidenceStore {
  const artefacts = store.collection(artefactsSpec);
  const consents = store.collection(consentsSpec);
  return {
    artefacts,
    consents,
    artefact: (district, id) => artefacts.get(district, id),
    artefactsById: async (district, ids) => {
      const found = await Promise.all([...new Set(ids)].map((id) => artefacts.get(district, id)));
      return found.filter((artefact): artefact is Artefact => artefact !== undefined);
    },
    artefactsOf: (district, owner, request) =>
      artefacts.page(district, 'owner', [owner], { ...request, descending: true }),
    artefactWith: async (district, owner, sha256) => {
      const same = await allOf((request) => artefacts.page(district, 'content', [owner, sha256], request));
      return same.find((artefact) => artefact.erasedAt === null);
    },
    consent: (district, id) => consents.get(district, id),
    consentsFor: (district, submission) =>
      allOf((request) => consents.page(district, 'submission', [submission], request)),
    consentsTo: (district, use, request) => consents.page(district, 'use', [use], request),
    consentsOf: (district, owner) => allOf((request) => consents.page(district, 'owner', [owner], request)),
  };
}
