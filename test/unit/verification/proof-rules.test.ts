import { beforeAll, describe, expect, it } from '@jest/globals';
import { credentialsV2, didKeyDocument, type JsonObject } from '../../../src/securing/index.js';
import { checkCompact } from '../../../src/verification/checks/compact.js';
import { checkHolderProof } from '../../../src/verification/checks/holder-proof.js';
import { checkProof, type KeyRule } from '../../../src/verification/checks/proof.js';
import type { Grounds } from '../../../src/verification/grounds.js';
import { credentialLimits, type Draft, type ReadCredential } from '../../../src/verification/reading.js';
import type { Resources } from '../../../src/verification/resources.js';
import { rigNow } from '../../support/credential-rig.js';
import { aHolder, aPresentation, type Holder } from '../../support/presentation-rig.js';

/** Each rule by itself: in the whole order of the checks an earlier one often stops what a later one must not let by. */
let signer: Holder;
let other: Holder;
beforeAll(async () => {
  signer = await aHolder();
  other = await aHolder();
});

const plain = (issuer: string): JsonObject => ({
  '@context': [credentialsV2],
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47' },
});
const resources = (): Resources => ({
  controllers: new Map(
    [signer, other].map(({ did }) => [did, { ok: true, document: didKeyDocument(did) } as const]),
  ),
  keys: new Map(),
  statusLists: new Map(),
  schemas: new Map(),
  pinned: new Map(),
  standing: { ok: false, kind: 'not-asked' },
  standingToken: undefined,
});
/** As the reading gives it: the proofs as received, and as they came out of compaction. */
const readAs = (kind: ReadCredential['kind'], signed: JsonObject, change: Partial<ReadCredential> = {}) => {
  const proofs = [signed['proof']].flat() as JsonObject[];
  return {
    kind,
    document: { ...signed, proof: proofs },
    received: signed,
    secured: { kind: 'proofs', proofs },
    isMerged: false,
    firstContext: credentialsV2,
    ...change,
  } as ReadCredential;
};

describe('the proof of a credential', () => {
  const found = async (change: Partial<ReadCredential> = {}, rule?: KeyRule) =>
    checkProof(
      readAs('credential', await signer.issue(plain(signer.did)), change),
      resources(),
      rigNow,
      rule,
    );

  it('is told with whose keys counted', async () => {
    expect(await found()).toMatchObject({ outcome: 'passed', message: 'proof.ok' });
    expect(await found({}, { bindToIssuer: false })).toMatchObject({ message: 'proof.unbound' });
    for (const trusted of [
      [signer.publicJwk, other.publicJwk],
      [other.publicJwk, signer.publicJwk],
    ])
      for (const bindToIssuer of [true, false])
        expect(await found({}, { bindToIssuer, trusted })).toMatchObject({ message: 'proof.trusted' });
    expect(await found({}, { bindToIssuer: true, trusted: [other.publicJwk] })).toMatchObject({
      outcome: 'failed',
      message: 'proof.wrong',
    });
  });

  it('is wanted', async () => {
    expect(await found({ secured: { kind: 'none' } })).toMatchObject({
      outcome: 'failed',
      message: 'proof-set.none',
    });
  });

  it('is one of as many as were received', async () => {
    const { proof } = (await signer.issue(plain(signer.did))) as { readonly proof: JsonObject };
    for (const shown of [[], [proof, proof], ['z']])
      expect(await found({ document: { ...plain(signer.did), proof: shown } as JsonObject })).toMatchObject({
        outcome: 'failed',
        message: 'proof.wrong',
        facts: { reason: 'its proofs cannot be told apart' },
      });
  });

  it('by a key that says itself that it is another’s is told so, as a proof and as a token', async () => {
    const foreign = await other.issue(plain(signer.did)).catch(() => undefined);
    expect(foreign).toBeDefined();
    expect(await checkProof(readAs('credential', foreign!), resources(), rigNow)).toMatchObject({
      outcome: 'failed',
      message: 'proof.foreign-key',
    });
    const document = plain(signer.did);
    const kid = `${other.did}#${other.did.slice('did:key:'.length)}`;
    const secured = { kind: 'jwt', token: await other.token(document), alg: 'EdDSA', kid, claims: {} } as const;
    const judged = (change: object = {}, rule?: KeyRule) =>
      checkProof({ ...readAs('credential', document), secured: { ...secured, ...change } }, resources(), rigNow, rule);
    expect(await judged()).toMatchObject({ outcome: 'failed', message: 'proof.foreign-key', facts: { key: kid } });
    expect(await judged({}, { bindToIssuer: false })).toMatchObject({ outcome: 'passed' });
    expect(await judged({}, { bindToIssuer: true, trusted: [other.publicJwk] })).toMatchObject({ message: 'proof.trusted' });
    expect(await judged({ claims: { iss: other.did } }, { bindToIssuer: false })).toMatchObject({
      outcome: 'failed',
      message: 'proof.wrong',
    });
  }); // prettier-ignore
});

describe('the proof of a presentation', () => {
  const found = async (change: Partial<ReadCredential> = {}, grounds: Partial<Grounds> = {}) => {
    const signed = await signer.present(aPresentation([], { holder: signer.did }));
    return checkHolderProof(readAs('presentation', signed, change), {
      resources: resources(),
      now: rigNow,
      ...grounds,
    } as Grounds);
  };

  it('is told with whose keys counted', async () => {
    expect(await found()).toMatchObject({ outcome: 'passed', message: 'holder-proof.ok' });
    expect(await found({}, { keys: [signer.publicJwk] })).toMatchObject({ message: 'proof.trusted' });
    expect(await found({}, { keys: [other.publicJwk] })).toMatchObject({
      outcome: 'failed',
      message: 'holder-proof.wrong',
    });
  });

  it('is one of as many as were received', async () => {
    expect(await found({ document: { ...aPresentation([]), proof: [] } })).toMatchObject({
      outcome: 'failed',
      message: 'holder-proof.wrong',
      facts: { reason: 'its proofs cannot be told apart' },
    });
  });
});

describe('the reading with pinned contexts', () => {
  const found = (received: JsonObject, change: Partial<Draft> = {}) =>
    checkCompact({
      bytes: Buffer.alloc(0),
      limits: credentialLimits,
      kind: 'credential',
      received,
      ...change,
    });
  const issuer = 'did:web:example.org';

  it('takes what says itself plainly', async () => {
    expect(await found(plain(issuer))).toMatchObject({ outcome: 'passed', message: 'compact.ok' });
  });

  it.each<[string, JsonObject, Partial<Draft>, string]>([
    ['an unknown context', { '@context': [credentialsV2, 'https://example.org/c'] }, {}, 'compact.unknown-context'],
    ['a context for every word', { '@context': [credentialsV2, 'https://www.w3.org/ns/credentials/examples/v2'] }, {}, 'compact.any-word'],
    ['an address for a word that no context has', { 'https://example.org/word': 'x' }, {}, 'guard.alias'],
    ['a word of its own for the type of a record', { '@context': [credentialsV2, { Sheet: 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential' }], type: ['VerifiableCredential', 'Sheet'] }, {}, 'compact.refused'],
    ['a type by its address alone', { type: ['https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential'] }, {}, 'compact.refused'],
    ['a credential inside whose type is an address', { credentialSubject: { id: 'urn:x', 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement': { ...plain(issuer), '@context': undefined, type: ['https://www.w3.org/2018/credentials#VerifiableCredential'] } } }, {}, 'compact.refused'],
    ['a presented credential at an address', { type: ['VerifiablePresentation'], issuer: undefined, credentialSubject: undefined, 'https://www.w3.org/2018/credentials#verifiableCredential': { '@graph': { '@id': 'urn:x', '@type': 'https://www.w3.org/2018/credentials#VerifiableCredential' } } }, { kind: 'presentation' }, 'compact.presented-elsewhere'],
  ])('does not take %s', async (_name, change, draft, message) => {
    const received = JSON.parse(JSON.stringify({ ...plain(issuer), ...change })) as JsonObject;
    expect(await found(received, draft)).toMatchObject({ message });
  }); // prettier-ignore

  it('leaves out endorsements that are tokens of their own where it is one itself, at every depth', async () => {
    const endorsementJwt = ['a.b.c'];
    const subjects = [
      { id: 'urn:a', endorsementJwt },
      { id: 'urn:b', name: 'B', endorsementJwt },
    ];
    const draft: Draft = {
      bytes: Buffer.alloc(0),
      limits: credentialLimits,
      kind: 'credential',
      token: 'x.y.z',
      received: { ...plain(issuer), endorsementJwt, credentialSubject: subjects },
    };
    expect(await checkCompact(draft)).toMatchObject({ outcome: 'passed' });
    expect(JSON.stringify(draft.document)).not.toContain('endorsementJwt');
    expect(draft.document).toMatchObject({
      credentialSubject: [{ id: 'urn:a' }, { id: 'urn:b', name: 'B' }],
    });
    const unsigned: Draft = { ...draft };
    delete unsigned.token;
    expect(await checkCompact(unsigned)).toMatchObject({
      outcome: 'could-not-check',
      message: 'compact.refused',
    });
  });

  it('finds inside just the credentials that were lifted out', async () => {
    const inner = (id?: string): JsonObject => ({
      ...(id === undefined ? {} : { id }),
      type: ['VerifiableCredential'],
      issuer: 'did:web:b.example.org',
      credentialSubject: { id: 'urn:x' },
    });
    const holding = (...inside: readonly JsonObject[]): JsonObject => ({
      ...plain(issuer),
      'https://example.org/holds': inside,
    });
    const judged = (
      received: JsonObject,
      lifted: readonly JsonObject[],
      kind: 'credential' | 'record' = 'credential',
    ) => found(received, { lifted, kind, limits: { ...credentialLimits, signatureOnly: true } });
    const own = { '@context': [credentialsV2, {}] };
    const [a, b, bare] = [inner('urn:a'), inner('urn:b'), inner()];
    expect(await judged({ ...holding(a, b), ...own }, [b, a])).toMatchObject({ outcome: 'passed' });
    expect(await judged({ ...holding(bare), ...own }, [bare])).toMatchObject({ outcome: 'passed' });
    for (const lifted of [[], [a], [a, inner('urn:c')], [a, b, bare]])
      expect(await judged({ ...holding(a, b), ...own }, lifted)).toMatchObject({
        message: 'compact.refused',
      });
  });

  it('reads from the root where ids that were spelled in two ways are one', async () => {
    const received = plain(issuer);
    const draft: Draft = {
      bytes: Buffer.alloc(0),
      limits: credentialLimits,
      kind: 'credential',
      received: { ...received, id: 'urn:a', credentialSubject: { '@id': 'urn:a', name: 'Said of it too' } },
    };
    expect(await checkCompact(draft)).toMatchObject({ outcome: 'passed' });
    expect(draft.isMerged).toBe(true);
    expect(draft.document).toMatchObject({ name: 'Said of it too' });
  });
});
