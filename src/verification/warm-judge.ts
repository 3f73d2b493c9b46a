import { didKeyDocument, goldenContexts, type JsonObject } from '../securing/index.js';
import { boundedJudge, type Judge } from './judge.js';
import { canonicalObSchemas } from './ob-schema.js';
import type { FetchFailure, Resolver } from './resolver.js';
import { verifyCredential } from './verify-credential.js';

/** Of the did:key specification, section 3: a key like any other. */
const issuer = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';

/** A badge that nobody signed: every check has something to do. */
const unsigned: JsonObject = {
  '@context': [...goldenContexts],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Warm',
  issuer: { id: issuer, type: ['Profile'], name: 'Nobody' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      type: ['Achievement'],
      name: 'Warm',
      description: 'Warm',
      criteria: { narrative: 'None.' },
      alignment: [{ type: ['Alignment'], targetName: 'None', targetUrl: 'https://none.example/' }],
    },
  },
  credentialSchema: [{ id: canonicalObSchemas[0], type: '1EdTechJsonSchemaValidator2019' }],
  proof: [
    {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2026-01-01T00:00:00Z',
      verificationMethod: `${issuer}#${issuer.slice('did:key:'.length)}`,
      proofPurpose: 'assertionMethod',
      proofValue: `z${'2'.repeat(87)}`,
    },
  ],
};

/** Does once what the first credential of a thread would otherwise wait for: contexts, schema, suites. Fetches nothing. */
export async function warmJudge(judge: Judge = boundedJudge): Promise<void> {
  const nothing = async (): Promise<FetchFailure> => ({
    ok: false,
    kind: 'refused',
    reason: 'Nothing is asked.',
  });
  const resolver: Resolver = {
    did: async (did) => ({ ok: true, document: didKeyDocument(did) }),
    statusList: nothing,
    controller: nothing,
    keys: nothing,
    schema: nothing,
    resource: nothing,
    standing: async () => ({ ok: false, kind: 'not-asked' }),
  };
  await verifyCredential(
    { resolver, knownIssuers: { list: async () => [] }, judge },
    { kind: 'document', value: unsigned },
    { now: '2026-01-02T00:00:00Z' },
  );
}
