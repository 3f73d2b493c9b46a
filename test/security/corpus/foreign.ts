import { gzipSync } from 'node:zlib';
import {
  didKeyDocument,
  digestMultibaseSha384,
  signCompactJws,
  type JsonObject,
  type Signer,
} from '../../../src/securing/index.js';
import {
  aBadge,
  asToken,
  makeIssuer,
  makeSigner,
  rigHost,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';
import { aPng, iTXt } from '../../support/carriers.js';
import { aProofKey, sealedBy, type ProofKey, type Suite } from '../../support/seal-otherwise.js';
import { aHolder, anEnvelope, aPresentation } from '../../support/presentation-rig.js';
import { issued, type Form, type Issued } from './issued.js';

type Mutable = { [member: string]: unknown };
type Change = (badge: Mutable & { credentialSubject: Mutable; issuer: Mutable }) => void;

const did = `did:web:${rigHost}:issuers:westfield`;
const plainContext = ['https://www.w3.org/ns/credentials/v2'];
const examplesContext = 'https://www.w3.org/ns/credentials/examples/v2';
const suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const oldContext = [
  'https://www.w3.org/2018/credentials/v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  suite2020,
];

/** Indexes that are set on every list of the corpus, by what a credential with it is. */
const revokedIndex = 13;

interface Foreign {
  readonly issued: readonly Issued[];
  readonly world: World;
}

/** Credentials of other issuers, in every suite, key method, form and state that is accepted, made by stock libraries or by hand. */
export async function foreignCredentials(): Promise<Foreign> {
  const issuer = makeIssuer(did);
  const endorser = makeIssuer('did:web:endorser.example.org');
  const world = worldOf(issuer, endorser);
  const maker = new Maker(world);
  await maker.list(issuer.did, (list) => sealed(list, issuer.proof));
  const all: Issued[] = [];
  const add = (name: string, form: Form, made: JsonObject | string, verdict: Issued['verdict'] = 'valid') =>
    void all.push(issued(name, form, made, verdict));
  const json = async (name: string, change: Change = () => undefined, verdict: Issued['verdict'] = 'valid') =>
    add(name, 'json', await sealed(maker.badge(issuer, change), issuer.proof), verdict);

  await json('golden');
  await json('without an end', (badge) => delete badge['validUntil']);
  await json('without a status', (badge) => delete badge['credentialStatus']);
  await json('without end and status', (badge) => {
    delete badge['validUntil'];
    delete badge['credentialStatus'];
  });
  await json('revoked', (badge) => maker.atIndex(badge, revokedIndex), 'revoked');
  await json('expired', (badge) => (badge['validUntil'] = '2026-11-20T10:00:00Z'), 'expired');
  await json('not yet valid', (badge) => (badge['validFrom'] = '2027-11-20T10:00:00Z'), 'not-yet-valid');
  await json('with a suspension instead', (badge) => maker.purpose(badge, 'suspension', 5));
  await json(
    'suspended by its list',
    (badge) => maker.purpose(badge, 'suspension', revokedIndex),
    'suspended',
  );
  await json('in many scripts', (badge) => {
    badge['name'] = 'शिक्षा 教育 🎓 e\u0301 ® ’ \u200f \ufffd العربية';
    badge.credentialSubject['narrative'] = 'Ünï \u00a0 𝔘 ﷺ "quoted" \\ / \u2028';
  });
  await json('with much evidence', (badge) => {
    badge['evidence'] = ['a', 'b', 'c'].map((part, n) => ({
      id: `urn:uuid:3c9a51e0-5d0e-4f7b-9a41-7be2c0d4f1a${n}`,
      type: ['Evidence'],
      name: `Evidence ${part}`,
      narrative: `What ${part} shows.`,
      genre: 'Plan',
      audience: 'Reviewers',
    }));
  });
  await json('with a creator', (badge) => {
    (badge.credentialSubject['achievement'] as Mutable)['creator'] = {
      id: 'https://academy.example.org/about',
      type: ['Profile'],
      name: 'Teachers’ Academy',
      url: 'https://academy.example.org',
    };
  });
  await json('whose creator is its issuer, told twice alike', (badge) => {
    (badge.credentialSubject['achievement'] as Mutable)['creator'] = structuredClone(badge.issuer);
  });
  await json('assessed by a school', (badge) => {
    badge.credentialSubject['source'] = {
      id: 'https://school.example.edu/about',
      type: ['Profile'],
      name: 'Hill School',
    };
    badge.credentialSubject['activityStartDate'] = '2026-09-01T00:00:00Z';
    badge.credentialSubject['activityEndDate'] = '2026-11-01T00:00:00Z';
    badge.credentialSubject['licenseNumber'] = 'TX-4711';
    badge.credentialSubject['term'] = 'Autumn';
  });
  await json('with a scale of values', (badge) => {
    const achievement = badge.credentialSubject['achievement'] as Mutable & { resultDescription: Mutable[] };
    achievement.resultDescription.push({
      id: `${String(achievement['id'])}#score`,
      type: ['ResultDescription'],
      name: 'Score',
      resultType: 'LetterGrade',
      allowedValue: ['F', 'D', 'C', 'B', 'A'],
      requiredValue: 'C',
    });
    (badge.credentialSubject['result'] as Mutable[]).push({
      type: ['Result'],
      resultDescription: `${String(achievement['id'])}#score`,
      value: 'B',
    });
  });
  await json('with a picture', (badge) => {
    const image = { id: 'https://credentials.example.edu/i.png', type: 'Image', caption: 'A medal' };
    (badge.credentialSubject['achievement'] as Mutable)['image'] = image;
  });
  await json('with a newer version on offer', (badge) => {
    badge['refreshService'] = {
      id: `https://${rigHost}/refresh/1`,
      type: '1EdTechCredentialRefresh',
    };
  });
  await json('of half a credit', (badge) => {
    badge.credentialSubject['creditsEarned'] = 0.5;
  });
  const endorsement = await sealed(endorsementBy(endorser), endorser.proof);
  await json('with an endorsement', (badge) => (badge['endorsement'] = [endorsement]));
  const twice = await sealed(maker.badge(issuer), issuer.proof);
  const secondKey = makeSigner(did, 'proof-2', 'Ed25519');
  addMethod(issuer, secondKey);
  const { proof: _first, ...unsigned } = twice;
  const again = await sealed(unsigned, secondKey);
  add('with two proofs', 'json', {
    ...twice,
    proof: [...(twice['proof'] as JsonObject[]), ...(again['proof'] as JsonObject[])],
  });
  const components = await Promise.all(
    [1, 2].map((n) =>
      sealed(
        maker.badge(issuer, (badge) => {
          badge['name'] = `Component ${n}`;
        }),
        issuer.proof,
      ),
    ),
  );
  for (const component of components) {
    world.resources.set(String(component['id']), JSON.stringify(component));
    all.push(issued(`component ${String(component['name'])}`, 'json', component));
  }
  await json('a milestone', (badge) => {
    badge['evidence'] = components.map((component) => ({
      id: component['id'],
      type: ['Evidence'],
      name: component['name'],
      digestMultibase: digestMultibaseSha384(JSON.stringify(component)),
      mediaType: 'application/vc+ld+json',
    }));
  });

  // Other suites and key methods, each in force, revoked, and with neither status nor end.
  const suites: readonly (readonly [Suite, ProofKey])[] = [
    ['eddsa-rdfc-2022', aProofKey('Ed25519', 'key')],
    ['eddsa-rdfc-2022', aProofKey('Ed25519', 'jwk')],
    ['eddsa-jcs-2022', aProofKey('Ed25519', 'key')],
    ['ecdsa-rdfc-2019', aProofKey('P-256', 'key')],
    ['ecdsa-rdfc-2019', aProofKey('P-384', 'key')],
  ];
  for (const [suite, key] of suites) {
    const name = `${suite} by ${key.did.split(':').slice(0, 2).join(':')} (${key.curve})`;
    await maker.list(key.did, (list) => sealedBy(list, suite, key));
    const by = { did: key.did } as RigIssuer;
    add(name, 'json', await sealedBy(maker.badge(by), suite, key));
    const revoked = maker.badge(by, (badge) => {
      maker.atIndex(badge, revokedIndex);
    });
    add(`${name}, revoked`, 'json', await sealedBy(revoked, suite, key), 'revoked');
    const plain = aPlainCredential(key.did, plainContext);
    add(`${name}, no badge`, 'json', await sealedBy(plain, suite, key));
  }
  for (const curve of ['key', 'jwk']) {
    const key = aProofKey('Ed25519', curve);
    const old = aPlainCredential(key.did, oldContext);
    const ended = { ...old, expirationDate: '2026-11-20T10:00:00Z' };
    const name = `Ed25519Signature2020 by did:${curve}, data model 1.1`;
    add(name, 'json', await sealedBy(old, 'Ed25519Signature2020', key));
    add(`${name}, expired`, 'json', await sealedBy(ended, 'Ed25519Signature2020', key), 'expired');
  }

  // Tokens.
  const signers: readonly (readonly [string, Signer])[] = [
    ['RS256', issuer.rsa],
    ['ES256', issuer.es256],
    ['EdDSA', { ...issuer.proof }],
  ];
  for (const [alg, signer] of signers) {
    add(`token by ${alg}`, 'jwt', await asToken(maker.badge(issuer), signer));
    const bare = maker.badge(issuer, (badge) => {
      delete badge['validUntil'];
      delete badge['credentialStatus'];
    });
    add(`token by ${alg}, without end and status`, 'jwt', await asToken(bare, signer));
    const revoked = maker.badge(issuer, (badge) => maker.atIndex(badge, revokedIndex));
    add(`token by ${alg}, revoked`, 'jwt', await asToken(revoked, signer), 'revoked');
  }
  const expired = maker.badge(issuer, (badge) => (badge['validUntil'] = '2026-11-20T10:00:00Z'));
  add('token, expired', 'jwt', await asToken(expired, issuer.rsa), 'expired');
  const web = 'https://academy.example.org/issuers/1';
  const webKey = { ...makeSigner(web, 'key-1', 'RS256'), verificationMethod: `${web}/keys/1` };
  world.resources.set('https://academy.example.org/.well-known/jwks.json', {
    keys: [{ ...webKey.publicJwk, kid: `${web}/keys/1`, alg: 'RS256', use: 'sig' }],
  });
  const byWeb = maker.badge({ did: web } as RigIssuer, (badge) => {
    delete badge['credentialStatus'];
  });
  add('token of an https issuer', 'jwt', await asToken(byWeb, webKey));
  const typed = maker.badge(issuer);
  add(
    'token of type vc+jwt',
    'jwt',
    await signCompactJws({
      header: { typ: 'vc+jwt', cty: 'vc' },
      payload: { ...typed },
      signer: issuer.es256,
    }),
  );

  // Badges that repeat an id, as other software writes them: read from their root.
  const repeating: Change = (badge) => {
    const logo = { id: `https://${rigHost}/logo.png`, type: 'Image', caption: 'The seal of the district' };
    badge.issuer['image'] = logo;
    const achievement = badge.credentialSubject['achievement'] as Mutable;
    achievement['image'] = structuredClone(logo);
    achievement['creator'] = { id: badge.issuer['id'], type: ['Profile'], name: badge.issuer['name'] };
  };
  await json('that repeats ids', repeating);
  await json(
    'that repeats ids, revoked',
    (badge) => {
      repeating(badge);
      maker.atIndex(badge, revokedIndex);
    },
    'revoked',
  );
  await json(
    'that repeats ids, expired',
    (badge) => {
      repeating(badge);
      badge['validUntil'] = '2026-11-20T10:00:00Z';
    },
    'expired',
  );

  // Records and presentations, each with credentials inside.
  const inside = [...components, await sealed(maker.badge(endorser), endorser.proof)];
  for (const [name, index, verdict] of [
    ['a record', 4666, 'valid'],
    ['a record, revoked', revokedIndex, 'revoked'],
  ] as const) {
    const record = maker.badge(issuer, (badge) => {
      maker.atIndex(badge, index);
      asRecord(badge, inside);
    });
    add(name, 'json', await sealed(record, issuer.proof), verdict);
  }
  const revokedComponent = await sealed(
    maker.badge(issuer, (badge) => maker.atIndex(badge, revokedIndex)),
    issuer.proof,
  );
  const withRevoked = maker.badge(issuer, (badge) => asRecord(badge, [inside[0]!, revokedComponent]));
  // No word that only a record has: it is read alike when its type is written otherwise.
  delete (withRevoked as Mutable)['partial'];
  add('a record of a revoked component', 'json', await sealed(withRevoked, issuer.proof), 'revoked');
  const anyWordKey = aProofKey('Ed25519', 'key');
  const ofAnyWords = aPlainCredential(anyWordKey.did, [...plainContext, examplesContext]);
  add('of any words, no badge', 'json', await sealedBy(ofAnyWords, 'eddsa-rdfc-2022', anyWordKey));
  const holder = await aHolder();
  world.dids.set(holder.did, didKeyDocument(holder.did));
  add(
    'a presentation, signed',
    'json',
    await holder.present(aPresentation([inside[0]], { holder: holder.did })),
  );
  add('a presentation of two, signed', 'json', await holder.present(aPresentation(inside.slice(0, 2))));
  const enveloped = anEnvelope(await asToken(maker.badge(issuer), issuer.es256));
  add('a token in an envelope', 'json', enveloped);
  add('a presentation of an envelope, signed', 'json', await holder.present(aPresentation([enveloped])));

  // Files.
  const inFile = await sealed(maker.badge(issuer), issuer.proof);
  const revokedInFile = await sealed(
    maker.badge(issuer, (badge) => maker.atIndex(badge, revokedIndex)),
    issuer.proof,
  );
  const token = await asToken(maker.badge(issuer), issuer.es256);
  for (const form of ['png', 'svg', 'pdf'] as const) {
    add(`${form} with JSON`, form, inFile);
    add(`${form} with a token`, form, token);
    add(`${form} with JSON, revoked`, form, revokedInFile, 'revoked');
  }
  all.push(
    issued(
      'png with compressed JSON',
      'png',
      inFile,
      'valid',
      aPng(iTXt(JSON.stringify(inFile), { compressed: true })),
    ),
  );
  return { issued: all, world };
}

/** Turns a badge into a record (Comprehensive Learner Record 2.0) of these credentials. */
function asRecord(badge: Mutable, inside: readonly JsonObject[]): void {
  const subject = badge['credentialSubject'] as Mutable;
  badge['@context'] = [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ];
  badge['type'] = ['VerifiableCredential', 'ClrCredential'];
  badge['name'] = 'Learning record';
  badge['partial'] = true;
  badge['credentialSubject'] = {
    id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e49',
    type: ['ClrSubject'],
    identifier: subject['identifier'],
    verifiableCredential: inside,
    association: [
      {
        type: 'Association',
        associationType: 'isPartOf',
        sourceId: inside[0]!['id'],
        targetId: inside[1]!['id'],
      },
    ],
  };
  badge['credentialSchema'] = [
    {
      id: 'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json',
      type: '1EdTechJsonSchemaValidator2019',
    },
  ];
  for (const name of ['awardedDate', 'evidence', 'relatedResource']) delete badge[name];
}

function addMethod(issuer: RigIssuer, key: Signer): void {
  const document = issuer.document as { verificationMethod: unknown[]; assertionMethod: string[] };
  const [first] = makeIssuerMethods(issuer.did, key);
  document.verificationMethod.push(first);
  document.assertionMethod.push(key.verificationMethod);
}

function makeIssuerMethods(controller: string, key: Signer): JsonObject[] {
  return [{ id: key.verificationMethod, controller, type: 'JsonWebKey', publicKeyJwk: key.publicJwk }];
}

function endorsementBy(endorser: RigIssuer): JsonObject {
  return {
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
  };
}

function aPlainCredential(by: string, context: readonly string[]): JsonObject {
  const isOlder = context === oldContext;
  return {
    '@context': [...context],
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    type: ['VerifiableCredential'],
    issuer: by,
    ...(isOlder
      ? { issuanceDate: '2026-11-20T09:00:00Z', expirationDate: '2031-11-20T09:00:00Z' }
      : {
          name: 'Alumni',
          description: 'Studied here.',
          validFrom: '2026-11-20T09:00:00Z',
          validUntil: '2031-11-20T09:00:00Z',
        }),
    credentialSubject: isOlder
      ? { id: 'did:example:abcdefgh', type: ['AchievementSubject'], creditsEarned: 3 }
      : { id: 'did:example:abcdefgh', name: 'R. Example', description: 'Studied physics.' },
  };
}

/** Badges with ids and lists of their own. */
class Maker {
  #made = 0;
  readonly #lists = new Map<string, string>();
  readonly #world: World;
  constructor(world: World) {
    this.#world = world;
  }

  badge(by: RigIssuer, change: Change = () => undefined): JsonObject {
    this.#made += 1;
    return aBadge(by, (badge) => {
      badge['id'] = `https://${rigHost}/c/west${String(this.#made).padStart(18, '0')}`;
      const url = this.#lists.get(by.did);
      if (url === undefined) delete badge['credentialStatus'];
      else badge['credentialStatus'] = entry(url, 'revocation', 4700 + this.#made);
      change(badge as Parameters<Change>[0]);
    });
  }

  atIndex(badge: Mutable, index: number): void {
    const { statusListCredential } = badge['credentialStatus'] as Mutable;
    badge['credentialStatus'] = entry(String(statusListCredential), 'revocation', index);
  }

  purpose(badge: Mutable, purpose: string, index: number): void {
    const { statusListCredential } = badge['credentialStatus'] as Mutable;
    badge['credentialStatus'] = entry(String(statusListCredential), purpose, index);
  }

  /** One list an issuer, for both purposes. */
  async list(by: string, seal: (list: JsonObject) => Promise<JsonObject>): Promise<void> {
    const url = `https://${rigHost}/lists/${this.#lists.size + 1}`;
    this.#lists.set(by, url);
    const bits = new Uint8Array(16_384);
    bits[revokedIndex >> 3]! |= 128 >> (revokedIndex & 7);
    const list = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: by,
      validFrom: '2026-11-21T11:55:00Z',
      validUntil: '2026-11-22T11:55:00Z',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: ['revocation', 'suspension'],
        encodedList: `u${gzipSync(bits).toString('base64url')}`,
      },
    };
    this.#world.resources.set(url, await seal(list));
  }
}

function entry(url: string, purpose: string, index: number): JsonObject {
  return {
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: url,
  };
}
