import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { credentialsV2, didKeyDocument, type JsonObject } from '../../../src/securing/index.js';
import {
  verifyCredential,
  type CheckName,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';
import { aHolder, aPresentation, type Holder } from '../../support/presentation-rig.js';

/** What a report says beside its verdict: whose it is, what kind of thing, and what was not looked at. */
let issuer: RigIssuer;
let holder: Holder;
let badge: JsonObject;
let world: World;
beforeAll(async () => {
  issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
  holder = await aHolder();
  badge = await sealed(aBadge(issuer), issuer.proof);
});
beforeEach(async () => {
  world = worldOf(issuer);
  world.dids.set(holder.did, didKeyDocument(holder.did));
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});

const verify = (value: unknown): Promise<VerificationReport> =>
  verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
const found = (report: VerificationReport, name: CheckName) => {
  const { outcome, detail } = report.checks.find(({ check }) => check === name)!;
  return `${outcome}: ${detail}`;
};

describe('what could not be checked', () => {
  it('is said to be signed, to say that it is somebody’s, or to be nobody’s', async () => {
    world.resources.delete(rigListUrl);
    expect((await verify(badge)).sentence).toMatch(/^Signed by .*, but not everything could be checked: /);
    world.dids.clear();
    expect((await verify(badge)).sentence).toMatch(/^Says it is from .*, but this could not be checked: /);
    const unread = await verify({ ...badge, '@index': 'x' });
    expect(unread).toMatchObject({ verdict: 'could-not-check', issuer: null, holder: null });
    expect(unread.sentence).toMatch(/^This could not be checked: /);
  });

  it('is not said to hold no credential when nobody could look', async () => {
    for (const value of ['{', JSON.stringify({ ...badge, a: 'x'.repeat(70_000) })])
      expect(found(await verify(value), 'nested')).toMatch(/^could-not-check: Not reached/);
    expect(found(await verify(badge), 'nested')).toBe('not-applicable: No credential is embedded.');
  });

  it('is a value so deep, or within itself, that it cannot be written down', async () => {
    const round: { [member: string]: unknown } = { type: ['VerifiableCredential'] };
    round['evidence'] = [round];
    const report = await verify(round);
    expect(report.verdict).toBe('could-not-check');
    expect(found(report, 'limits')).toMatch(/^failed: .*more than 32 levels deep/);
  });
});

describe('whose it is', () => {
  it('is told where there is one issuer and one holder', async () => {
    const report = await verify(badge);
    expect(report).toMatchObject({
      kind: 'credential',
      issuer: { id: issuer.did, name: 'Westfield School District' },
      holder: { id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47', name: null, hashedEmail: true },
    });
    const plain = { '@context': [credentialsV2], type: ['VerifiableCredential'] };
    const subjects = [{ id: 'urn:a' }, { id: 'urn:b' }];
    const several = await verify(await holder.token({ ...plain, issuer: holder.did, credentialSubject: subjects }));
    expect(several).toMatchObject({ verdict: 'valid', issuer: { id: holder.did }, holder: null, achievement: null });
    expect(several.sentence).toContain('It is about several (2)');
    const nobody = await verify(await holder.token({ ...plain, credentialSubject: { id: 'urn:a' } }));
    expect(nobody).toMatchObject({ issuer: null, holder: { id: 'urn:a' } });
    expect(nobody.verdict).not.toBe('valid');
  }); // prettier-ignore

  it('is not asked of a presentation: it has none of what an issuer says', async () => {
    const presentation = await holder.present(aPresentation([badge], { holder: holder.did }));
    const report = await verify(presentation);
    expect(report).toMatchObject({ kind: 'presentation', verdict: 'valid', issuer: null });
    for (const name of ['schema', 'status', 'refresh', 'pinned', 'recipient'] as const)
      expect(found(report, name)).toBe('not-applicable: Nothing that a presentation has.');
    const nothing = await verify(await holder.present(aPresentation([], { holder: holder.did })));
    expect(found(nothing, 'nested')).toBe('not-applicable: No credential is presented.');
  });
});
