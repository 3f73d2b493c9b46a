import { beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  lintCredential,
  lintRules,
  publicCredential,
  settleDecision,
  severities,
  type LintFinding,
} from '../../../src/issuing/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import {
  didDocument,
  secureAsJwt,
  secureCredential,
  signCompactJws,
  throwAwaySigner,
} from '../../../src/securing/index.js';
import { statusListCredential } from '../../../src/status/index.js';
import { encodeList } from '../../../src/status/bitstring.js';
import { aCast, aDecision, anAchievement, anIssuingHouse } from '../../support/issuing-house.js';

/** A credential that may be changed in any place. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

const now = '2026-11-20T09:00:00Z';
const did = 'did:web:credentials.example.test:issuers:riverbend';
const endorserDid = 'did:web:endorser.example';
const proofKey = throwAwaySigner(did);
const jwtKey = throwAwaySigner(did, 'jwt');
const endorserKey = throwAwaySigner(endorserDid);
const strangerKey = throwAwaySigner('did:web:stranger.example');

let golden: { readonly [member: string]: unknown };

/** What the documents point at, as each test has it. */
interface World {
  didDocument: Anything;
  list: Anything;
  schema: Anything;
  refreshed: Anything;
}

async function aWorld(): Promise<World> {
  const own = (golden['credentialSchema'] as { id: string }[])[1]!.id;
  const joined = (member: string) =>
    [proofKey, jwtKey].flatMap(
      ({ controllerDocument }) => structuredClone(controllerDocument[member]) as unknown[],
    );
  return {
    didDocument: {
      ...didDocument(did, []),
      verificationMethod: joined('verificationMethod'),
      assertionMethod: joined('assertionMethod'),
    },
    list: statusListCredential({
      purpose: 'revocation',
      url: (golden['credentialStatus'] as { statusListCredential: string }).statusListCredential,
      issuer: did,
      validFrom: now,
      encodedList: encodeList(new Uint8Array(16_384)),
    }),
    schema: { $id: own, type: 'object', required: ['awardedDate'] },
    refreshed: golden,
  };
}

async function lint(text: string, world: World, unsignedList = false): Promise<readonly LintFinding[]> {
  const found = (value: unknown, url: string) =>
    value === undefined
      ? ({ ok: false, kind: 'absent', reason: `${url} does not answer` } as const)
      : ({
          ok: true,
          bytes: Buffer.from(JSON.stringify(value)),
          mediaType: 'application/json',
          url,
        } as const);
  const list =
    world.list === undefined || unsignedList
      ? world.list
      : await secureCredential({ credential: world.list, signer: proofKey.signer, created: now });
  return lintCredential({
    text,
    now,
    resolver: {
      did: async (asked) => {
        if (asked === endorserDid) return { ok: true, document: endorserKey.controllerDocument };
        if (asked === 'did:web:stranger.example')
          return { ok: true, document: strangerKey.controllerDocument };
        return { ok: true, document: world.didDocument };
      },
      schema: async (url) => found(world.schema, url),
      statusList: async (url) => found(list, url),
      resource: async ({ url }) => found(world.refreshed, url),
    },
  });
}

const signed = async (credential: Anything, key = proofKey) =>
  secureCredential({ credential, signer: key.signer, created: now });

/** Signs after the change, so that the change alone is at fault. */
async function rulesBrokenBy(
  change: (credential: Anything, world: World) => void,
  signer = proofKey,
): Promise<readonly string[]> {
  const credential = structuredClone(golden);
  const world = await aWorld();
  change(credential, world);
  return rulesIn(await lint(JSON.stringify(await signed(credential, signer)), world));
}

const rulesIn = (findings: readonly LintFinding[]) =>
  [...new Set(findings.filter(({ severity }) => severity !== 'note').map(({ rule }) => rule))].sort();

beforeAll(async () => {
  const house = anIssuingHouse(await openSqlite({ file: ':memory:' }), settableClock(now));
  const cast = await aCast(house);
  const version = await anAchievement(house, cast, 'formative-feedback');
  const award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
  const { credential } = await publicCredential(house.ports, award.publicId);
  const { proof: _proof, ...unsigned } = credential;
  golden = { ...unsigned, validFrom: now };
});

async function anEndorsement(change: (endorsement: Anything) => void = () => undefined) {
  const endorsement: Anything = {
    '@context': golden['@context'],
    id: 'https://endorser.example/e/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement',
    issuer: endorserDid,
    validFrom: now,
    credentialSubject: {
      id: 'https://endorser.example/what',
      type: ['EndorsementSubject'],
      endorsementComment: 'Good.',
    },
  };
  change(endorsement);
  return signed(endorsement, endorserKey);
}

/** For each rule a change that breaks it; where other rules say the same in their own way, they are named. */
const breaks: {
  readonly [rule: string]: {
    readonly change: (credential: Anything, world: World) => void;
    readonly also?: readonly string[];
    readonly signer?: typeof proofKey;
  };
} = {
  'context-open-badges': {
    change: (c) => c['@context'].splice(1, 0, 'https://w3id.org/security/data-integrity/v2'),
    also: ['schema-open-badges'],
  },
  'schema-open-badges': { change: (c) => (c.credentialSubject.achievement.version = 1) },
  'schema-own-answers': { change: (_, world) => (world.schema = undefined) },
  'schema-own-holds': { change: (_, world) => (world.schema.required = ['nothing']) },
  'subject-identified': {
    change: (c) => {
      delete c.credentialSubject.id;
      delete c.credentialSubject.identifier;
    },
  },
  'subject-identifier-type': {
    change: (c) =>
      (c.credentialSubject.identifier[0] = {
        type: 'IdentifierEntry',
        identifier: 'x',
        identifierType: 'name',
      }),
    also: ['schema-open-badges'],
  },
  'subject-achievement': {
    change: (c) => {
      delete c.credentialSubject.achievement;
      delete c.credentialSubject.result;
      delete c.credentialSubject.creditsEarned;
    },
    also: ['schema-open-badges'],
  },
  'achievement-result-description-type': {
    change: (c) =>
      (c.credentialSubject.achievement.resultDescription[0] = {
        id: c.credentialSubject.achievement.resultDescription[0].id,
        type: ['Alignment'],
        targetName: 'x',
        targetUrl: 'https://x.test/',
      }),
    also: ['schema-open-badges'],
  },
  'achievement-criteria': { change: (c) => (c.credentialSubject.achievement.criteria = {}) },
  'subject-source-type': {
    change: (c) => (c.credentialSubject.source = { id: 'https://x.test/s', type: ['Evidence'], name: 'S' }),
    also: ['schema-open-badges'],
  },
  'issuer-profile': { change: (c) => (c.issuer = did) },
  'issuer-other-identifier-type': {
    change: (c) => (c.issuer.otherIdentifier = [{ type: 'Image', id: 'https://x.test/i.png' }]),
    also: ['schema-open-badges'],
  },
  'issuer-parent-org-type': {
    change: (c) => (c.issuer.parentOrg = { id: 'https://x.test/p', type: ['Evidence'], name: 'P' }),
    also: ['schema-open-badges'],
  },
  'issuer-url': { change: (c) => (c.issuer.url = 'urn:uuid:8b2fd0e1-1b8a-4e9b-8d8a-6a8a0b0c0d0e') },
  'proof-method': {
    change: (_, world) => (world.didDocument.assertionMethod = []),
    also: ['status-list-answers'],
  },
  'proof-key': {
    change: (_, world) => {
      for (const method of world.didDocument.verificationMethod)
        if (method.type === 'Multikey') delete method.publicKeyMultibase;
    },
    also: ['status-list-answers'],
  },
  'proof-controller': { change: () => undefined, signer: strangerKey },
  'refresh-service': {
    change: (c, world) => {
      c.refreshService = { id: 'https://x.test/r', type: '1EdTechCredentialRefresh' };
      world.refreshed = undefined;
    },
  },
  'status-single': {
    change: (c, world) => {
      const first = c.credentialStatus;
      c.credentialStatus = [
        first,
        {
          ...first,
          id: `${first.statusListCredential}#9`,
          statusListIndex: '9',
          statusPurpose: 'suspension',
        },
      ];
      world.list.credentialSubject.statusPurpose = ['revocation', 'suspension'];
    },
  },
  'status-list-answers': { change: (_, world) => (world.list = undefined) },
  'status-purpose': { change: (_, world) => (world.list.credentialSubject.statusPurpose = 'suspension') },
  'status-list-size': {
    change: (_, world) => (world.list.credentialSubject.encodedList = encodeList(new Uint8Array(16_383))),
  },
  'status-index': {
    change: (c) => {
      c.credentialStatus.statusListIndex = '131072';
      c.credentialStatus.id = `${c.credentialStatus.statusListCredential}#131072`;
    },
  },
  'status-not-set': {
    change: (_, world) =>
      (world.list.credentialSubject.encodedList = encodeList(new Uint8Array(16_384).fill(255))),
  },
  expiry: { change: (c) => (c.validUntil = '2026-11-20T08:59:59Z') },
  issuance: { change: (c) => (c.validFrom = '2026-11-20T09:00:01Z') },
  'well-formed-text': { change: (c) => (c.name = 'a\0b') },
};

describe('the lint rules', () => {
  it('find nothing in a credential of ours, as JSON and as JWT', async () => {
    const world = await aWorld();
    expect(await lint(JSON.stringify(await signed(golden)), world)).toEqual([]);
    const jwt = await secureAsJwt({ credential: golden, signer: jwtKey.signer });
    expect(await lint(jwt, world)).toEqual([]);
  });

  it.each(Object.entries(breaks))(
    '%s is broken by just this',
    async (rule, { change, also = [], signer }) => {
      expect(await rulesBrokenBy(change, signer)).toEqual([rule, ...also].sort());
    },
  );

  it.each([
    ['parse', '{"a":1,"a":2}'],
    ['parse', 'eyJ.x'],
    ['parse', '[]'],
    ['parse', ''],
  ])('%s is broken by the text %s', async (rule, text) => {
    expect(rulesIn(await lint(text, await aWorld()))).toEqual([rule]);
  });

  const afterSigning: readonly [string, (document: Anything) => void, readonly string[]][] = [
    ['json-ld-contexts', (c) => (c['@context'][3] = 'https://x.test/context'), []],
    ['json-ld-terms', (c) => (c.notATerm = 'x'), []],
    ['proof-accepted', (c) => (c.proof[0].proofPurpose = 'authentication'), []],
    ['proof-signature', (c) => (c.name = 'Another'), []],
    ['type-badge', (c) => (c.type = ['VerifiableCredential']), ['proof-signature', 'schema-open-badges']],
    ['context-credentials', (c) => c['@context'].reverse(), ['schema-open-badges']],
    ['expiry-date', (c) => (c.validUntil = '2027-01-01'), ['proof-signature', 'schema-open-badges']],
    [
      'context-credentials-version',
      (c) => (c['@context'][0] = 'https://www.w3.org/2018/credentials/v1'),
      ['json-ld-terms', 'schema-open-badges'],
    ],
    [
      'subject-type',
      (c) => (c.credentialSubject.type = ['Profile']),
      ['json-ld-terms', 'schema-open-badges'],
    ],
    [
      'subject-result-type',
      (c) => (c.credentialSubject.result[0].type = ['Evidence']),
      ['json-ld-terms', 'schema-open-badges'],
    ],
    ['evidence-type', (c) => (c.evidence[0].type = ['Profile']), ['json-ld-terms', 'schema-open-badges']],
    ['issuance-date', (c) => (c.validFrom = 'soon'), ['proof-signature', 'schema-open-badges']],
    ['status-id', (c) => delete c.id, ['proof-signature', 'schema-open-badges']],
    ['no-endorsement-jwt', (c) => (c.endorsementJwt = ['a.b.c']), ['json-ld-terms']],
    [
      'context-open-badges-version',
      (c) => (c['@context'][1] = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json'),
      ['json-ld-terms'],
    ],
  ];

  it.each(afterSigning)('%s is broken by a change after signing', async (rule, change, also) => {
    const document = structuredClone(await signed(golden)) as Anything;
    change(document);
    expect(rulesIn(await lint(JSON.stringify(document), await aWorld()))).toEqual([rule, ...also].sort());
  });

  it.each<[string, (payload: Anything) => Promise<string>]>([
    ['jwt-algorithm', (payload) => signCompactJws({ header: {}, payload, signer: proofKey.signer })],
    [
      'jwt-key',
      (payload) =>
        signCompactJws({ header: { kid: 'https://x.test/jwks.json' }, payload, signer: jwtKey.signer }),
    ],
    [
      'jwt-signature',
      async (payload) => {
        const token = await signCompactJws({ header: {}, payload, signer: jwtKey.signer });
        const other = await signCompactJws({
          header: {},
          payload: { ...payload, name: 'x' },
          signer: jwtKey.signer,
        });
        return [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
      },
    ],
    [
      'jwt-times',
      (payload) => signCompactJws({ header: {}, payload: { ...payload, exp: 1 }, signer: jwtKey.signer }),
    ],
  ])('%s is broken by a token', async (rule, make) => {
    const token = await make({ ...golden, iss: did });
    const also = rule === 'jwt-algorithm' ? ['jwt-key'] : [];
    const rules = rulesIn(await lint(token, await aWorld()));
    expect(rules.filter((one) => !also.includes(one))).toEqual([rule]);
  });

  it('hold every embedded endorsement to the rules of an EndorsementCredential, by itself', async () => {
    const world = await aWorld();
    const withEndorsement = async (endorsement: Anything) =>
      lint(JSON.stringify(await signed({ ...golden, endorsement: [endorsement] })), world);
    expect(await withEndorsement(await anEndorsement())).toEqual([]);
    const forged = {
      ...(await anEndorsement()),
      credentialSubject: {
        id: 'https://endorser.example/what',
        type: ['EndorsementSubject'],
        endorsementComment: 'Best.',
      },
    };
    const findings = await withEndorsement(forged);
    expect(findings.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['endorsement', '/endorsement/0/proof'],
    ]);
    for (const change of [
      (e: Anything) => (e.validUntil = '2026-11-20T08:00:00Z'),
      (e: Anything) => (e.type = ['VerifiableCredential', 'OpenBadgeCredential']),
      (e: Anything) => delete e.name,
    ])
      expect(rulesIn(await withEndorsement(await anEndorsement(change)))).toContain('endorsement');
  });

  it('type-endorsement and schema-endorsement speak of an endorsement alone', async () => {
    const text = JSON.stringify(
      await anEndorsement((endorsement) => {
        delete endorsement.name;
        endorsement.type = ['EndorsementCredential'];
      }).catch(() => ({})),
    );
    expect(text).toBe('{}');
    const unnamed = await anEndorsement((endorsement) => delete endorsement.name);
    expect(rulesIn(await lint(JSON.stringify(unnamed), await aWorld()))).toEqual(['schema-endorsement']);
    const typeless = { ...(await anEndorsement()), type: ['EndorsementCredential'] };
    expect(rulesIn(await lint(JSON.stringify(typeless), await aWorld()))).toEqual([
      'json-ld-terms',
      'schema-endorsement',
      'type-endorsement',
    ]);
  });

  const notes: readonly [string, (credential: Anything) => void][] = [
    ['trusted-awarded-date', (c) => delete c.awardedDate],
    ['trusted-achievement-type', (c) => delete c.credentialSubject.achievement.achievementType],
    ['trusted-alignment', (c) => delete c.credentialSubject.achievement.alignment],
    ['trusted-evidence', (c) => delete c.evidence],
    ['trusted-result', (c) => delete c.credentialSubject.result[0].achievedLevel],
  ];

  it.each(notes)('%s is a note, and stops nothing', async (rule, change) => {
    const credential = structuredClone(golden);
    change(credential);
    const world = await aWorld();
    world.schema.required = [];
    const findings = await lint(JSON.stringify(await signed(credential)), world);
    expect(findings.map((finding) => [finding.rule, finding.severity])).toEqual([[rule, 'note']]);
  });

  it('are each broken by a test here, have a condition, a severity and a step of the validator or ours', () => {
    const told = [
      ...Object.keys(breaks),
      ...afterSigning.map(([rule]) => rule),
      ...notes.map(([rule]) => rule),
      ...['parse', 'endorsement', 'type-endorsement', 'schema-endorsement'],
      ...['jwt-algorithm', 'jwt-key', 'jwt-signature', 'jwt-times'],
    ];
    expect(lintRules.map(({ id }) => id).filter((id) => !told.includes(id))).toEqual([]);
    expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length);
    const steps = new Set(lintRules.map(({ step }) => step));
    for (let step = 1; step <= 15; step += 1) expect([step, steps.has(step)]).toEqual([step, true]);
    for (const rule of lintRules) {
      expect(severities).toContain(rule.severity);
      expect(rule.condition).toMatch(/\.$|\.\)$/);
    }
  });
});
