import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { credentialsV2, digestMultibaseSha384, type JsonObject } from '../../../src/securing/index.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import {
  aBadge,
  asToken,
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

const did = `did:web:${rigHost}:issuers:westfield`;
const componentId = (n: number) => `https://${rigHost}/c/westcomponent0000000${n}`;
type Mutable = { [member: string]: unknown };

let issuer: RigIssuer;
let components: string[];
let milestone: JsonObject;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(did);
  components = await Promise.all(
    [1, 2].map(async (n) =>
      JSON.stringify(
        await sealed(
          aBadge(issuer, (badge) => {
            badge['id'] = componentId(n);
            badge['credentialStatus'] = {
              ...(badge['credentialStatus'] as object),
              id: `${rigListUrl}#${n}`,
              statusListIndex: String(n),
            };
            delete badge['relatedResource'];
          }),
          issuer.proof,
        ),
      ),
    ),
  );
  milestone = await sealed(
    aBadge(issuer, (badge) => {
      badge['id'] = `https://${rigHost}/c/westmilestone000000000`;
      badge['type'] = ['VerifiableCredential', 'AchievementCredential'];
      delete badge['relatedResource'];
      badge['evidence'] = [1, 2].map((n) => ({
        id: componentId(n),
        type: ['Evidence'],
        name: `Component ${n}`,
        digestMultibase: digestMultibaseSha384(components[n - 1]!),
        mediaType: 'application/vc+ld+json',
      }));
    }),
    issuer.proof,
  );
});
beforeEach(async () => {
  world = worldOf(issuer);
  world.resources.set(componentId(1), components[0]!);
  world.resources.set(componentId(2), components[1]!);
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});

function verify(value: unknown): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
}

describe('a milestone', () => {
  it('is valid with its components, each with a report of its own', async () => {
    const report = await verify(milestone);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.nested.map(({ verdict, credential }) => [verdict, credential?.['id']])).toEqual([
      ['valid', componentId(1)],
      ['valid', componentId(2)],
    ]);
  });

  it('could not be checked when a component cannot be had, or comes after 60 others', async () => {
    world.resources.delete(componentId(2));
    const report = await verify(milestone);
    expect(report.verdict).toBe('could-not-check');
    expect(report.checks.find(({ check }) => check === 'nested')).toMatchObject({
      outcome: 'could-not-check',
      detail: expect.stringContaining(`${componentId(2)} could not be reached`),
    });
    const others = Array.from({ length: 59 }, (_, n) => ({
      '@context': [credentialsV2],
      id: `urn:other:${n}`,
      type: ['VerifiableCredential'],
    }));
    const presentation = await verify({
      '@context': [credentialsV2],
      type: ['VerifiablePresentation'],
      verifiableCredential: [milestone, ...others],
    });
    expect(presentation.nested).toHaveLength(60);
    const [first] = presentation.nested;
    expect(first?.verdict).toBe('could-not-check');
    expect(first?.checks.find(({ check }) => check === 'nested')?.detail).toMatch(/^It holds more than/);
    expect(presentation.checks.find(({ check }) => check === 'limits')?.outcome).toBe('passed');
  });

  it('is suspended while a component is revoked', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [2]));
    const report = await verify(milestone);
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'revoked']);
    expect(report.verdict).toBe('suspended');
    expect(report.reasons[0]).toContain(componentId(2));
  });

  it('is not genuine when a component is not the one that was signed for', async () => {
    world.resources.set(componentId(1), components[1]!);
    expect((await verify(milestone)).verdict).toBe('not-genuine');
  });

  it('could not be checked when a component, pinned as it is, is not genuine or cannot be judged', async () => {
    const signed = JSON.parse(components[0]!) as Mutable;
    const forged = JSON.stringify({ ...signed, name: 'Forged' });
    const unknown = JSON.stringify({ ...signed, '@context': ['https://example.org/made-up'] });
    for (const [component, verdict] of [
      [forged, 'not-genuine'],
      [unknown, 'could-not-check'],
    ] as const) {
      const { proof: _proof, ...unsigned } = milestone as Mutable & { evidence: Mutable[] };
      const [first, second] = unsigned.evidence as [Mutable, Mutable];
      const over = await sealed(
        {
          ...unsigned,
          evidence: [{ ...first, digestMultibase: digestMultibaseSha384(component) }, second],
        } as JsonObject,
        issuer.proof,
      );
      world.resources.set(componentId(1), component);
      const report = await verify(over);
      expect(report.nested.map((inner) => inner.verdict)).toEqual([verdict, 'valid']);
      expect(report.verdict).toBe('could-not-check');
      expect(report.checks.find(({ check }) => check === 'nested')).toMatchObject({
        outcome: 'could-not-check',
        detail: expect.stringContaining(componentId(1)),
      });
    }
  });

  it('could not be checked when a component is unreachable', async () => {
    world.resources.delete(componentId(1));
    expect((await verify(milestone)).verdict).toBe('could-not-check');
  });
});

describe('an embedded endorsement', () => {
  const endorser = makeIssuer('did:web:endorser.example.org');
  const endorsement = async (
    signer = endorser,
    {
      id = 'urn:uuid:7d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47' as unknown,
      comment = 'Well made.',
      inner = undefined as JsonObject | undefined,
    } = {},
  ): Promise<JsonObject> =>
    sealed(
      {
        '@context': aBadge(endorser)['@context'],
        id: 'https://endorser.example.org/e/1',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        issuer: { id: endorser.did, type: ['Profile'], name: 'State board' },
        validFrom: '2026-11-20T09:00:00Z',
        credentialSubject: {
          id,
          type: ['EndorsementSubject'],
          endorsementComment: comment,
        },
        ...(inner === undefined ? {} : { endorsement: [inner] }),
      },
      signer.proof,
    );
  const endorsed = async (inner: JsonObject): Promise<JsonObject> =>
    sealed(
      aBadge(issuer, (badge: Mutable) => {
        badge['endorsement'] = [inner];
      }),
      issuer.proof,
    );

  it('has a report of its own, and the badge around it is judged with it in place', async () => {
    world.dids.set(endorser.did, endorser.document);
    const report = await verify(await endorsed(await endorsement()));
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid']);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  it('that is forged is not genuine in its own report, whoever signed over it', async () => {
    world.dids.set(endorser.did, endorser.document);
    const report = await verify(await endorsed({ ...(await endorsement()), name: 'Warm endorsement' }));
    expect(report.nested.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['endorsement', 'not-genuine'],
    ]);
    expect(report.verdict).toBe('valid');
    expect(report.checks.find(({ check }) => check === 'nested')?.detail).toContain('1 not genuine');
  });

  it('on the achievement, the issuer and the credential, about each of them, is judged by itself', async () => {
    world.dids.set(endorser.did, endorser.document);
    const plain = aBadge(issuer) as Mutable & { credentialSubject: { achievement: Mutable } };
    const about = async (id: unknown) => endorsement(endorser, { id, comment: `About ${String(id)}` });
    const onAchievement = await about(plain.credentialSubject.achievement['id']);
    const onIssuer = await about(issuer.did);
    const onBadge = await about(plain['id']);
    const badge = await sealed(
      aBadge(issuer, (copy: Mutable) => {
        (copy['credentialSubject'] as { achievement: Mutable }).achievement['endorsement'] = [onAchievement];
        (copy['issuer'] as Mutable)['endorsement'] = [onIssuer];
        copy['endorsement'] = [onBadge];
      }),
      issuer.proof,
    );
    const report = await verify(badge);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.nested.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['endorsement', 'valid'],
      ['endorsement', 'valid'],
      ['endorsement', 'valid'],
    ]);
    const words = report.nested.map(({ endorsement: said }) => said);
    expect(words).toEqual(
      expect.arrayContaining([{ about: issuer.did, comment: `About ${issuer.did}`, isAboutThis: true }]),
    );
    expect(report.credential?.['type']).toContain('OpenBadgeCredential');
  });

  it('of something else is genuine, and shown as about something else', async () => {
    world.dids.set(endorser.did, endorser.document);
    const report = await verify(await endorsed(await endorsement()));
    expect(report.nested).toMatchObject([{ verdict: 'valid', endorsement: { isAboutThis: false } }]);
    expect(report.checks.find(({ check }) => check === 'nested')?.detail).toContain('1 about something else');
  });

  it('does not take the words of the achievement with it', async () => {
    world.dids.set(endorser.did, endorser.document);
    const id = (aBadge(issuer) as { credentialSubject: { achievement: Mutable } }).credentialSubject
      .achievement['id'];
    const badge = JSON.parse(
      JSON.stringify(await endorsed(await endorsement(endorser, { id, comment: 'Good' }))),
    ) as {
      credentialSubject: { achievement: Mutable };
      endorsement: { credentialSubject: Mutable }[];
    };
    const { achievement } = badge.credentialSubject;
    badge.endorsement[0]!.credentialSubject['description'] = achievement['description'];
    delete achievement['description'];
    const report = await verify(badge);
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['not-genuine']);
    expect(report.achievement?.description).toBe('Gives feedback that moves learning on.');
  });

  it('as a token is judged by itself, in a badge as a token', async () => {
    world.dids.set(endorser.did, endorser.document);
    const { proof: _proof, ...unsigned } = (await endorsement()) as Mutable;
    const token = await asToken(unsigned, endorser.rsa);
    const withToken = (text: string) =>
      asToken(
        aBadge(issuer, (copy: Mutable) => {
          copy['endorsementJwt'] = [text];
        }),
        issuer.rsa,
      );
    const report = await verify(await withToken(token));
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ verdict: 'valid', nested: [{ kind: 'endorsement', verdict: 'valid' }] });
    const [header, payload, signature] = token.split('.');
    const changed = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Mutable;
    const forged = Buffer.from(JSON.stringify({ ...changed, name: 'Warm' })).toString('base64url');
    const other = await verify(await withToken(`${header}.${forged}.${signature}`));
    expect(other).toMatchObject({ verdict: 'valid', nested: [{ verdict: 'not-genuine' }] });
  });

  it('of an endorsement is followed four levels down and no further', async () => {
    world.dids.set(endorser.did, endorser.document);
    let inner: JsonObject | undefined;
    for (let n = 0; n < 6; n += 1) inner = await endorsement(endorser, { inner, id: `urn:example:${n}` });
    const depthOf = (report: VerificationReport): number =>
      1 + Math.max(0, ...report.nested.map((one) => depthOf(one)));
    const report = await verify(await endorsed(inner!));
    expect(depthOf(report)).toBe(5);
    expect(report.nested[0]!.nested[0]!.nested[0]!.nested[0]!.verdict).toBe('could-not-check');
  });
});
