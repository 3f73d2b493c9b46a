import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { readCredential } from '../../../src/verification/read-credential.js';
import { credentialLimits } from '../../../src/verification/reading.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

type Mutable = { [member: string]: unknown };
type Badge = Mutable & {
  issuer: Mutable;
  credentialStatus: Mutable;
  credentialSubject: Mutable & { achievement: Mutable };
  evidence: Mutable[];
};

const did = `did:web:${rigHost}:issuers:westfield`;
const logo = { id: `https://${rigHost}/logo.png`, type: 'Image', caption: 'The seal of the district' };

let issuer: RigIssuer;
/** Signed as other software writes badges: the creator is the issuer, one image stands twice, ids are repeated. */
let badge: Badge;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(did);
  const signed = await sealed(
    aBadge(issuer, (copy) => {
      const own = copy as Badge;
      own.issuer['image'] = logo;
      own.credentialSubject.achievement['image'] = logo;
      own.credentialSubject.achievement['creator'] = { id: did, type: ['Profile'], name: own.issuer['name'] };
    }),
    issuer.proof,
  );
  // As it arrives: no two mentions are one object in memory.
  badge = JSON.parse(JSON.stringify(signed)) as Badge;
});
beforeEach(async () => {
  world = worldOf(issuer);
  // Revoked and expired, so that whoever hides either makes it look better.
  world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
});

function verify(value: unknown, now = rigNow): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value }, { now });
}
function altered(change: (copy: Badge) => void): Badge {
  const copy = structuredClone(badge);
  change(copy);
  return copy;
}
function rename(object: Mutable, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}

describe('a badge that repeats ids', () => {
  it('is read from its root: each thing with all that is said of it, wherever it is named', async () => {
    const report = await verify(badge);
    expect(report.verdict).toBe('revoked');
    const creator = (report.credential as unknown as Badge).credentialSubject.achievement['creator'];
    expect(creator).toEqual(report.credential?.['issuer']);
    expect(report.issuer).toMatchObject({ id: did, name: 'Westfield School District' });
    expect(report.checks.find(({ check }) => check === 'proof')?.outcome).toBe('passed');
  });

  it('is valid when nothing speaks against it', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
    const report = await verify(badge);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
  });
});

describe('a badge whose creator is its issuer, written the same twice', () => {
  let same: Badge;
  beforeAll(async () => {
    const signed = await sealed(
      aBadge(issuer, (copy) => {
        (copy as Badge).credentialSubject.achievement['creator'] = { ...(copy as Badge).issuer };
      }),
      issuer.proof,
    );
    same = JSON.parse(JSON.stringify(signed)) as Badge;
  });
  beforeEach(async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
  });

  it('keeps its issuer’s name and url when the issuer is written as its bare id', async () => {
    const honest = await verify(same);
    expect(honest.verdict).toBe('valid');
    const moved = await verify({ ...same, issuer: did });
    expect(moved).toMatchObject({ verdict: 'valid', issuer: honest.issuer, sentence: honest.sentence });
    expect(honest.issuer?.name).toBe('Westfield School District');
    expect(honest.issuer?.url).not.toBeNull();
  });

  it('is read as it stands while no id stands by itself, as every badge of this service is', async () => {
    const isMerged = async (value: unknown) =>
      (await readCredential(Buffer.from(JSON.stringify(value)), credentialLimits)).credential?.isMerged;
    expect(await isMerged(same)).toBe(false);
    expect(await isMerged(await sealed(aBadge(issuer), issuer.proof))).toBe(false);
    expect(await isMerged({ ...same, issuer: did })).toBe(true);
  });
});

/** Rewritings of the JSON that leave the signed graph as it is. `restored`: read as if nothing had been done to it. */
const rewritings: readonly (readonly [string, 'restored' | 'refused', (copy: Badge) => void])[] = [
  [
    'the status under its address',
    'refused',
    (copy) => rename(copy, 'credentialStatus', 'https://www.w3.org/2018/credentials#credentialStatus'),
  ],
  [
    'the end of validity under its address',
    'refused',
    (copy) => rename(copy, 'validUntil', 'https://www.w3.org/2018/credentials#validUntil'),
  ],
  [
    'the status moved off the root by @reverse',
    'refused',
    (copy) => {
      const { credentialStatus } = copy;
      delete (copy as Mutable)['credentialStatus'];
      copy.evidence[0]!['@reverse'] = { 'https://www.w3.org/2018/credentials#credentialStatus': credentialStatus };
    },
  ],
  [
    'the issuer’s name and url moved to its second mention',
    'restored',
    (copy) => {
      const creator = copy.credentialSubject.achievement['creator'] as Mutable;
      creator['url'] = copy.issuer['url'];
      creator['image'] = copy.issuer['image'];
      delete copy.issuer['name'];
      delete copy.issuer['url'];
      delete copy.issuer['image'];
    },
  ],
  [
    'the issuer named only by its id, its description elsewhere',
    'restored',
    (copy) => {
      copy.credentialSubject.achievement['creator'] = copy.issuer;
      (copy as Mutable)['issuer'] = { id: did };
    },
  ],
  [
    'the status entry said where the subject’s evidence has its id',
    'restored',
    (copy) => {
      const { id } = copy.credentialStatus;
      copy.evidence[0]!['creator'] = undefined;
      delete copy.evidence[0]!['creator'];
      copy.credentialSubject['source'] = undefined;
      delete copy.credentialSubject['source'];
      (copy as Mutable)['credentialStatus'] = [{ id }, copy.credentialStatus];
    },
  ],
  ['a caption moved from one mention of the image to none', 'restored', (copy) => {
    delete (copy.issuer['image'] as Mutable)['caption'];
  }],
  ['@index on a node', 'refused', (copy) => (copy.evidence[0]!['@index'] = 'an unsigned remark')],
  ['@index on the root', 'refused', (copy) => (copy['@index'] = 'an unsigned remark')],
  ['a null member', 'refused', (copy) => (copy['description'] = null)],
  ['a repeated item', 'refused', (copy) => copy.evidence.push(copy.evidence[0]!)],
  ['@included', 'refused', (copy) => (copy['@included'] = [{ id: copy['id'], name: 'Another' }])],
  ['@graph', 'refused', (copy) => (copy['@graph'] = [])],
  ['@nest', 'refused', (copy) => (copy['@nest'] = { validUntil: copy['validUntil'] })],
]; // prettier-ignore

describe('a rewriting that leaves the signed graph as it is', () => {
  it.each(rewritings)('%s is %s', async (_name, fate, change) => {
    const expected = await verify(badge);
    const report = await verify(altered(change));
    if (fate === 'refused') {
      expect(report.verdict).toBe('could-not-check');
      expect(report.checks.find(({ check }) => check === 'guard')?.outcome).toBe('failed');
      expect(report.credential).toBeNull();
    } else {
      expect(report.verdict).toBe('revoked');
      expect(report.issuer).toEqual(expected.issuer);
      expect(report.achievement).toEqual(expected.achievement);
      expect(sorted(report.credential)).toEqual(sorted(expected.credential));
    }
  });
});

describe('the root’s id on an object within it', () => {
  /** An endorsement-like remark about the badge itself, signed in place. */
  let about: Badge;
  beforeAll(async () => {
    const signed = await sealed(
      aBadge(issuer, (copy) => {
        (copy as Badge).credentialSubject.achievement['related'] = [
          { id: copy['id'], type: ['Related'], version: '1' },
        ];
      }),
      issuer.proof,
    );
    about = signed as unknown as Badge;
  });

  it.each(['validUntil', 'credentialStatus', 'evidence', 'relatedResource'])(
    'cannot take %s away from the root',
    async (name) => {
      const copy = structuredClone(about) as Badge;
      const [related] = copy.credentialSubject.achievement['related'] as Mutable[];
      // The type carries the words, so it goes with them.
      related!['type'] = [...(related!['type'] as string[]), 'VerifiableCredential'];
      related![name] = copy[name];
      delete (copy as Mutable)[name];
      const report = await verify(copy, '2035-01-01T00:00:00Z');
      // Such an object counts as a credential inside, and the words still stand on the root.
      expect(report.verdict).not.toBe('valid');
      expect(report.credential?.[name] ?? about[name]).toEqual(about[name]);
      const honest = await verify(about, '2035-01-01T00:00:00Z');
      expect(honest.verdict).toBe('expired');
      expect(report.verdict === honest.verdict || report.credential === null).toBe(true);
    },
  );
});

describe('ids that name each other', () => {
  it('in a circle are written out once on each way', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
    const signed = await sealed(
      aBadge(issuer, (copy) => {
        const own = copy as Badge;
        own.issuer['parentOrg'] = {
          id: 'https://state.example.org',
          type: ['Profile'],
          name: 'State board',
          parentOrg: { id: did, type: ['Profile'] },
        };
      }),
      issuer.proof,
    );
    const report = await verify(signed);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect((report.credential as unknown as Badge).issuer['parentOrg']).toMatchObject({
      parentOrg: { id: did },
    });
  });

  it('in so many ways that writing them out would fill memory are refused by count', async () => {
    const orgs = Array.from({ length: 26 }, (_, n) => `https://org.example/${n}`);
    let chain: Mutable = { id: orgs[25], type: ['Profile'], name: 'The last' };
    for (let n = 24; n >= 0; n -= 1) {
      chain = { id: orgs[n], type: ['Profile'], parentOrg: chain, otherOrg: { id: orgs[n + 1] } };
      rename(chain, 'otherOrg', 'official');
    }
    const copy = structuredClone(badge);
    copy.issuer['parentOrg'] = chain;
    const report = await verify(copy);
    expect(report.verdict).toBe('could-not-check');
    expect(report.checks.find(({ check }) => check === 'compact')?.detail).toContain('4000');
  });
});

it('a long text that is named in a thousand places is refused by its length', async () => {
  const copy = structuredClone(badge);
  const org = { id: 'https://org.example/long', type: ['Profile'], name: 'x'.repeat(20_000) };
  copy.issuer['parentOrg'] = org;
  copy.issuer['otherIdentifier'] = Array.from({ length: 1000 }, (_, n) => ({
    type: 'IdentifierEntry',
    identifier: { id: org.id },
    identifierType: `${n}`,
  }));
  const report = await verify(copy);
  expect(report.verdict).toBe('could-not-check');
  expect(report.checks.find(({ check }) => check === 'compact')?.outcome).toBe('could-not-check');
});

/** Sets have no order in a graph. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
