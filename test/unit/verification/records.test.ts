import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { didKeyDocument, type JsonObject } from '../../../src/securing/index.js';
import {
  verifyCredential,
  verifyPresentation,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { english, say } from '../../../src/verification/messages.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  portsOf,
  rigEmail,
  rigHost,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';
import { aHolder, aPresentation } from '../../support/presentation-rig.js';

type Mutable = { [member: string]: unknown };
type Record_ = Mutable & {
  credentialSubject: Mutable & { verifiableCredential: Mutable[]; association: Mutable[] };
};

const clrContexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
];

let issuer: RigIssuer;
let other: RigIssuer;
let badges: JsonObject[];
let record: Record_;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
  other = makeIssuer('did:web:college.example.org');
  badges = await Promise.all([badgeBy(issuer, 1), badgeBy(issuer, 2), badgeBy(other, 3)]);
  record = await recordOf(badges);
});
beforeEach(async () => {
  world = worldOf(issuer, other);
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});

function badgeBy(by: RigIssuer, n: number): Promise<JsonObject> {
  return sealed(
    aBadge(by, (copy) => {
      copy['id'] = `https://${rigHost}/c/westcomponent0000000${n}`;
      delete copy['relatedResource'];
      if (by !== issuer) delete copy['credentialStatus'];
      else {
        copy['credentialStatus'] = {
          ...(copy['credentialStatus'] as object),
          id: `${rigListUrl}#${n}`,
          statusListIndex: String(n),
        };
      }
    }),
    by.proof,
  );
}

async function recordOf(
  verifiableCredential: readonly JsonObject[],
  change: (copy: Record_) => void = () => undefined,
): Promise<Record_> {
  const { issuer: profile, credentialStatus } = aBadge(issuer) as Mutable;
  const unsigned = {
    '@context': clrContexts,
    id: `https://${rigHost}/c/westrecord000000000000`,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: 'Learning record',
    issuer: profile,
    validFrom: '2026-11-20T09:00:00Z',
    validUntil: '2031-11-20T09:00:00Z',
    partial: true,
    credentialSubject: {
      id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e49',
      type: ['ClrSubject'],
      identifier: ((aBadge(issuer) as Mutable)['credentialSubject'] as Mutable)['identifier'],
      verifiableCredential,
      association: [
        {
          type: 'Association',
          associationType: 'isPartOf',
          sourceId: `https://${rigHost}/c/westcomponent00000001`,
          targetId: `https://${rigHost}/c/westcomponent00000002`,
        },
      ],
    },
    credentialStatus: {
      ...(credentialStatus as object),
      id: `${rigListUrl}#104`,
      statusListIndex: '104',
    },
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
  } as unknown as Record_;
  change(unsigned);
  return JSON.parse(JSON.stringify(await sealed(unsigned, issuer.proof))) as Record_;
}

function verify(value: unknown, recipient?: string): Promise<VerificationReport> {
  const options = { now: rigNow, ...(recipient === undefined ? {} : { recipient }) };
  return verifyCredential(portsOf(world), { kind: 'document', value }, options);
}
const found = (report: VerificationReport, name: string) => {
  const { outcome, detail } = report.checks.find(({ check }) => check === name)!;
  return `${outcome}: ${detail}`;
};

describe('a record (CLR)', () => {
  it('is valid with the credentials that it asserts, by whomever, each judged by itself', async () => {
    const report = await verify(record, rigEmail);
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ kind: 'record', verdict: 'valid' });
    expect(report.nested.map(({ verdict, issuer: by }) => [verdict, by?.id])).toEqual([
      ['valid', issuer.did],
      ['valid', issuer.did],
      ['valid', other.did],
    ]);
    expect(found(report, 'recipient')).toMatch(/^passed/);
    expect(found(report.nested[2]!, 'recipient')).toMatch(/^passed/);
    expect(found(report, 'schema')).toMatch(/^passed/);
  });

  it('is told in a sentence: whether its issuer is known, and that not everything in it holds', async () => {
    const records = /^Genuinely signed by .*record/;
    expect((await verify(record)).sentence).toMatch(/an issuer we do not know/);
    world.known.push({ id: issuer.did, name: 'Westfield' });
    expect((await verify(record)).sentence).toBe(
      say(english, 'sentence.record.valid', { issuer: rigHost, count: 3 }) +
        ' ' +
        say(english, 'sentence.name', { issuerName: 'Westfield School District' }),
    );
    world.resources.set(rigListUrl, await aStatusList(issuer, [2]));
    const revoked = await verify(record);
    expect(revoked.sentence).toContain(revoked.reasons[0]!);
    expect(revoked.sentence).not.toMatch(records);
    expect(revoked.sentence.split('.')[0]).toBe(
      say(english, 'sentence.record.not-all', { issuer: rigHost, count: 3 }, { reason: '' }).split('.')[0],
    );
    // What is amiss with the record itself is said as of any credential.
    world.resources.set(rigListUrl, await aStatusList(issuer, [104]));
    expect((await verify(record)).sentence).toMatch(/^Signed by .*, and revoked since/);
  });

  it('is shown by its words, with the credentials in it only named', async () => {
    const { credential } = await verify(record);
    const { verifiableCredential, ...subject } = record.credentialSubject;
    expect(credential).toMatchObject({ name: 'Learning record', partial: true, credentialSubject: subject });
    expect((credential as unknown as Record_).credentialSubject.verifiableCredential).toEqual(
      verifiableCredential.map(({ id, type }) => ({ id, type })),
    );
  });

  it('is never valid while something that it asserts is not', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [2]));
    const revoked = await verify(record);
    expect(revoked.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'revoked', 'valid']);
    expect(revoked.verdict).toBe('revoked');
    expect(revoked.sentence).toContain('but not everything in this record can be relied on');
    world.dids.delete(other.did);
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
    expect((await verify(record)).verdict).toBe('could-not-check');
  });

  it('signed over a forged credential is not genuine, though its own signature holds', async () => {
    const forged = { ...badges[2], name: 'Another name' };
    const report = await verify(await recordOf([badges[0]!, forged]));
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'not-genuine']);
    expect(found(report, 'proof')).toMatch(/^passed/);
    expect(report.verdict).toBe('not-genuine');
    expect(report.sentence).toMatch(/^Signed by /);
  });

  it('that is revoked itself is revoked', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [104]));
    expect((await verify(record)).verdict).toBe('revoked');
  });

  it('goes with a presentation', async () => {
    const holder = await aHolder();
    world.dids.set(holder.did, didKeyDocument(holder.did));
    const value = await holder.present(aPresentation([record]));
    const report = await verifyPresentation(portsOf(world), { kind: 'document', value }, { now: rigNow });
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.nested).toMatchObject([{ kind: 'record', nested: [{}, {}, {}] }]);
  });

  it('in the golden shape of CLR 2.0 is read, and each badge in it by itself', async () => {
    // Its issuer cannot be asked here.
    const report = await verify(
      JSON.parse(readFileSync(new URL('vectors/clr.json', import.meta.url), 'utf8')) as unknown,
    );
    expect(report.kind).toBe('record');
    expect(found(report, 'compact')).toMatch(/^passed/);
    expect(found(report, 'schema')).toMatch(/^passed/);
    expect(report.nested).toHaveLength(3);
  });
});

describe('a record that was rewritten with the signed graph as it was', () => {
  const altered = (change: (copy: Record_) => void): Record_ => {
    const copy = structuredClone(record);
    change(copy);
    return copy;
  };

  it('does not lose its end or its status to a credential in it', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [104]));
    for (const name of ['validUntil', 'credentialStatus']) {
      const report = await verify(
        altered((copy) => {
          const [first] = copy.credentialSubject.verifiableCredential;
          first!['related'] = { id: copy['id'], [name]: copy[name] };
          delete copy[name];
        }),
      );
      expect(report.verdict).not.toBe('valid');
      expect(report.nested[0]!.verdict).not.toBe('valid');
    }
  });

  it('does not accept a component whose status was moved to another', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [1]));
    const report = await verify(
      altered((copy) => {
        const [first, second] = copy.credentialSubject.verifiableCredential;
        const { credentialStatus } = first!;
        delete first!['credentialStatus'];
        (second!['evidence'] as Mutable[]).push({
          id: first!['id'],
          type: ['Evidence', 'VerifiableCredential'],
          credentialStatus,
        });
      }),
    );
    expect(report.nested.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['not-genuine', 'not-genuine']);
    expect(report.verdict).toBe('not-genuine');
  });

  it('asserts the same with its type as an address and an id that makes it read from its root', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [2]));
    const whole = await recordOf(badges, (copy) => delete copy['partial']);
    const { id, type } = whole['issuer'] as Mutable;
    for (const types of [
      ['VerifiableCredential', 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential'],
      ['VerifiableCredential'],
    ]) {
      const report = await verify({ ...whole, type: types, issuer: { id, type } });
      expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'revoked', 'valid']);
      expect(['revoked', 'not-genuine', 'could-not-check']).toContain(report.verdict);
    }
  });

  it('takes in no credential by a member that is left out of what is signed', async () => {
    const own = { ...badges[2], id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e99' };
    for (const name of ['__proto__', '', ' ']) {
      const text = `${JSON.stringify(record).slice(0, -1)},${JSON.stringify(name)}:{"verifiableCredential":[${JSON.stringify(own)}]}}`;
      const report = await verifyCredential(
        portsOf(world),
        { kind: 'bytes', bytes: Buffer.from(text) },
        { now: rigNow },
      );
      expect(report).toMatchObject({ verdict: 'could-not-check', credential: null });
      expect(found(report, 'guard')).toContain('left out of what is signed');
      expect(report.nested).toHaveLength(3);
    }
  });

  it('could not be checked with a credential in it that has no id to be found by', async () => {
    const { id: _id, ...nameless } = aBadge(other, (copy) => {
      delete copy['relatedResource'];
      delete copy['credentialStatus'];
    }) as Mutable;
    const inner = await sealed(nameless as JsonObject, other.proof);
    const report = await verify(await recordOf([badges[0]!, inner]));
    expect(report.verdict).toBe('could-not-check');
    expect(found(report, 'compact')).toContain('has no id');
  });

  it('does not assert what is only named', async () => {
    const report = await verify(
      altered((copy) => {
        const [first] = copy.credentialSubject.verifiableCredential;
        copy.credentialSubject.verifiableCredential[0] = { id: first!['id'] };
        copy['evidence'] = [first];
      }),
    );
    expect(report.verdict).not.toBe('valid');
    expect(found(report, 'data-model')).toMatch(/^failed/);
  });

  it('is not genuine once a word or a credential in it is another', async () => {
    const renamed = await verify(altered((copy) => (copy['name'] = 'A better record')));
    expect(renamed.verdict).toBe('not-genuine');
    expect(renamed.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid']);
    const fewer = await verify(altered((copy) => copy.credentialSubject.verifiableCredential.pop()));
    expect(fewer.verdict).toBe('not-genuine');
  });
});

describe('how much one document may hold', () => {
  const many = (count: number): JsonObject[] =>
    Array.from({ length: count }, (_, n) => ({ ...badges[2], id: `https://college.example.org/c/${n}` }));
  const presented = (value: unknown) =>
    verifyPresentation(portsOf(world), { kind: 'document', value }, { now: rigNow, unsigned: 'allowed' });

  it('is at most 60 credentials', async () => {
    const report = await presented(aPresentation(many(61)));
    expect(report.verdict).toBe('could-not-check');
    expect(found(report, 'nested')).toContain('60');
    expect(report.nested).toEqual([]);
  });

  it('counts those at all depths together', async () => {
    const unsigned = Array.from({ length: 30 }, (_, n) => ({
      '@context': clrContexts,
      id: `https://college.example.org/c/${n}`,
      type: ['VerifiableCredential'],
    }));
    const full = {
      ...record,
      credentialSubject: { ...record.credentialSubject, verifiableCredential: unsigned },
    };
    const report = await presented(
      aPresentation([full, { ...full, id: 'https://college.example.org/c/r2' }]),
    );
    const inner = report.nested.map(({ nested }) => nested.length);
    expect(inner[0]! + inner[1]! + 2).toBe(60);
    expect(report.verdict).not.toBe('valid');
    expect(found(report.nested[1]!, 'nested')).toMatch(/^could-not-check/);
  });

  it('holds each credential in it to the limits of one', async () => {
    const large = { ...badges[2], name: 'x'.repeat(70_000) };
    const report = await presented(aPresentation([badges[0]!, large]));
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'could-not-check']);
    expect(found(report.nested[1]!, 'limits')).toContain('65536');
    const wordy = await presented({
      ...aPresentation([badges[0]!]),
      termsOfUse: { type: 'x'.repeat(70_000) },
    });
    expect(wordy.verdict).toBe('could-not-check');
    expect(found(wordy, 'nested')).toMatch(/^could-not-check/);
  });

  it('is at most 1 MB and not nested too deep', async () => {
    const huge = await presented(aPresentation([{ ...badges[2], name: 'x'.repeat(1024 * 1024) }]));
    expect(found(huge, 'limits')).toContain(String(1024 * 1024));
    let deep: unknown = {};
    for (let n = 0; n < 45; n += 1) deep = { verifiableCredential: [deep], type: 'VerifiablePresentation' };
    expect(found(await presented(deep), 'limits')).toMatch(/^failed/);
  });
});
