import { beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import { portsOf, rigNow, worldOf, type World } from '../../support/credential-rig.js';
import { aForeignKey, type ForeignKey } from '../../support/foreign-credential.js';
import { aHolder, type Holder } from '../../support/presentation-rig.js';
import { didKeyDocument } from '../../../src/securing/index.js';

const v1 = 'https://www.w3.org/2018/credentials/v1';
const ob = (edition: string) => `https://purl.imsglobal.org/spec/ob/v3p0/${edition}`;
const suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const editions = ['context.json', 'context-3.0.1.json', 'context-3.0.2.json', 'context-3.0.3.json'];

let key: ForeignKey;
let did: string;
let holder: Holder;
let world: World;

beforeAll(async () => {
  key = await aForeignKey('Ed25519Signature2020');
  did = `did:key:${key.publicKeyMultibase}`;
  holder = await aHolder();
  world = worldOf();
  for (const known of [did, holder.did]) world.dids.set(known, didKeyDocument(known));
});

/** A badge as the specification shows it for the data model 1.1. */
function badge(edition: string, more: JsonObject = {}): JsonObject {
  return {
    '@context': [v1, ob(edition), suite2020],
    id: 'https://badges.example.com/credentials/3527',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: did, type: ['Profile'], name: 'Example Corp' },
    issuanceDate: '2026-01-01T00:00:00Z',
    name: 'Teamwork Badge',
    credentialSubject: {
      id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://badges.example.com/achievements/teamwork',
        type: ['Achievement'],
        criteria: { narrative: 'Nominated by peers.' },
        description: 'Works well in a group.',
        name: 'Teamwork',
      },
    },
    ...more,
  };
}

function verify(value: unknown): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
}
const found = (report: VerificationReport, name: string) => {
  const { outcome, detail } = report.checks.find(({ check }) => check === name)!;
  return `${outcome}: ${detail}`;
};
const signed = (document: JsonObject) => key.sign(document, `${did}#${key.publicKeyMultibase}`);

describe('an Open Badge on the data model 1.1', () => {
  it.each(editions)('with the edition %s of the Open Badges context is valid', async (edition) => {
    const report = await verify(await signed(badge(edition)));
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.achievement).toMatchObject({ name: 'Teamwork', description: 'Works well in a group.' });
    expect(found(report, 'schema')).toMatch(/^passed/);
    expect(found(report, 'data-model')).toContain('1.1');
  });

  it('is expired after its expirationDate', async () => {
    const report = await verify(
      await signed(badge('context-3.0.1.json', { expirationDate: '2026-02-01T00:00:00Z' })),
    );
    expect(report.verdict).toBe('expired');
  });

  it('is held to the Open Badges model of that version', async () => {
    const { achievement: _achievement, ...subject } = badge('context.json')[
      'credentialSubject'
    ] as JsonObject;
    const report = await verify(await signed(badge('context-3.0.1.json', { credentialSubject: subject })));
    expect(report.verdict).toBe('could-not-check');
    expect(found(report, 'schema')).toContain('achievement');
    const undated: { [member: string]: unknown } = { ...badge('context-3.0.1.json') };
    delete undated['issuanceDate'];
    expect((await verify(await signed(undated))).verdict).toBe('could-not-check');
  });
});

describe('a token with its credential in the claim vc', () => {
  const claims = () => {
    const { id, issuer: _issuer, issuanceDate, credentialSubject, ...vc } = badge('context-3.0.1.json');
    const { id: sub, ...subject } = credentialSubject as JsonObject;
    return {
      iss: holder.did,
      jti: id,
      sub,
      nbf: Date.parse(String(issuanceDate)) / 1000,
      exp: Date.parse('2031-01-01T00:00:00Z') / 1000,
      vc: { ...vc, credentialSubject: subject } as JsonObject,
    };
  };

  it('has the claims put back into it', async () => {
    const report = await verify(await holder.token(claims()));
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.credential).toMatchObject({
      id: 'https://badges.example.com/credentials/3527',
      issuer: holder.did,
      issuanceDate: '2026-01-01T00:00:00Z',
      expirationDate: '2031-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:ebfeb1f712ebc6f1c276e12ec21' },
    });
  });

  it('may say the same in both places', async () => {
    const { vc, ...registered } = claims();
    const whole = { ...vc, id: registered.jti, issuanceDate: '2026-01-01T00:00:00Z' };
    const issuer = { id: holder.did, type: ['Profile'], name: 'Example Corp' };
    const report = await verify(await holder.token({ ...registered, vc: { ...whole, issuer } }));
    expect(report.reasons).toEqual([]);
    expect(report.issuer).toMatchObject({ name: 'Example Corp' });
  });

  const contradictions: readonly (readonly [string, (vc: JsonObject) => JsonObject])[] = [
    ['id', (vc) => ({ ...vc, id: 'https://badges.example.com/credentials/other' })],
    ['issuanceDate', (vc) => ({ ...vc, issuanceDate: '2020-01-01T00:00:00Z' })],
    ['expirationDate', (vc) => ({ ...vc, expirationDate: '2040-01-01T00:00:00Z' })],
    ['issuer', (vc) => ({ ...vc, issuer: did })],
    ['subject', (vc) => ({ ...vc, credentialSubject: { ...(vc['credentialSubject'] as object), id: 'did:example:other' } })],
  ]; // prettier-ignore
  it.each(contradictions)('is refused when its %s contradicts a claim', async (_name, change) => {
    const { vc, ...registered } = claims();
    const report = await verify(await holder.token({ ...registered, vc: change(vc) }));
    expect(report.verdict).not.toBe('valid');
    expect(report.checks.some(({ outcome }) => outcome === 'failed')).toBe(true);
  });

  it('is expired after its exp, and not in force before its nbf', async () => {
    const past = await verify(
      await holder.token({ ...claims(), exp: Date.parse('2026-05-01T00:00:00Z') / 1000 }),
    );
    expect(past.verdict).toBe('expired');
    const ahead = await verify(
      await holder.token({ ...claims(), nbf: Date.parse('2027-05-01T00:00:00Z') / 1000 }),
    );
    expect(ahead.verdict).toBe('not-yet-valid');
  });

  it('is not genuine when somebody else signed it', async () => {
    const other = await aHolder();
    expect((await verify(await other.token(claims()))).verdict).toBe('not-genuine');
  });
});
