import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestMultibaseSha384, type JsonObject } from '../../../src/securing/index.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
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

  it('could not be checked when a component is unreachable', async () => {
    world.resources.delete(componentId(1));
    expect((await verify(milestone)).verdict).toBe('could-not-check');
  });
});

describe('an embedded endorsement', () => {
  const endorser = makeIssuer('did:web:endorser.example.org');
  const endorsement = async (signer = endorser): Promise<JsonObject> =>
    sealed(
      {
        '@context': aBadge(endorser)['@context'],
        id: 'https://endorser.example.org/e/1',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        issuer: { id: endorser.did, type: ['Profile'], name: 'State board' },
        validFrom: '2026-11-20T09:00:00Z',
        credentialSubject: {
          id: 'urn:uuid:7d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47',
          type: ['EndorsementSubject'],
          endorsementComment: 'Well made.',
        },
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
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['not-genuine']);
  });
});
