import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import extractChunks from 'png-chunks-extract';
import { secureCredential, signCompactJws, signerFor, type JsonObject } from '../../src/securing/index.js';
import { alteredDocuments, alteredJwts } from '../support/judges/alterations.js';
import { askJudge, type Judged } from '../support/judges/ask-judge.js';
import { documentedRows } from '../support/judges/documented-rows.js';
import { judgedHost, serveJudgedHosts, type JudgedHosts } from '../support/judges/judged-hosts.js';
import {
  readDigitalbazaar,
  readJose,
  readPlain,
  readVerifierCore,
  type DigitalbazaarAnswer,
  type JoseAnswer,
  type PlainAnswer,
  type VerifierCoreAnswer,
} from '../support/judges/verdicts.js';
import { aWalkedService, type WalkedService } from '../support/walked-service.js';

/** The credentials that the judges see: as they were issued, each with what it is. */
const issued = {
  reviewed: 'Reviewed microcredential',
  milestone: 'Milestone of two microcredentials',
  outside: 'Training assessed outside, corrected once: the newest edition',
  superseded: 'The edition before the correction',
  revoked: 'Revoked',
  expired: 'Expired',
  suspended: 'Suspended',
} as const;
type Issued = keyof typeof issued;
const names = Object.keys(issued) as Issued[];

/** Those that are altered: each in every way that applies to it. */
const toAlter: readonly Issued[] = ['reviewed', 'milestone', 'outside', 'revoked'];

/**
 * What is expected of every judge; jose and jsonwebtoken read no status, and no other verifier can see a suspension.
 * DIDKit is asked about the proof and the schemas alone.
 */
const expected: { readonly [name in Issued]: readonly [ours: string, vc: string, jose: string] } = {
  reviewed: ['valid', 'accepted', 'accepted'],
  milestone: ['valid', 'accepted', 'accepted'],
  outside: ['valid', 'accepted', 'accepted'],
  superseded: ['revoked', 'revoked', 'accepted'],
  revoked: ['revoked', 'revoked', 'accepted'],
  expired: ['expired', 'expired', 'expired'],
  suspended: ['suspended', 'accepted', 'accepted'],
};

let walked: WalkedService;
let hosts: JudgedHosts;
const json = {} as { [name in Issued]: string };
const jwt = {} as { [name in Issued]: string };
let otherIssuer: string;
let digitalbazaar: Judged<DigitalbazaarAnswer>;
let verifierCore: Judged<VerifierCoreAnswer>;
let jose: Judged<JoseAnswer>;
let didkit: Judged<PlainAnswer>;
let jsonwebtoken: Judged<PlainAnswer>;

const get = async (url: string) => {
  const { pathname, search } = new URL(url);
  const { body, text } = await walked.service.http.get(`${pathname}${search}`).buffer(true).expect(200);
  return { text, body: body as unknown };
};
const textAt = async (url: string) => (await get(url)).text;

/** Every altered or forged form, by the name of its case: `<credential>: <alteration>`. */
const altered = new Map<string, string>();
const alteredTokens = new Map<string, string>();

beforeAll(async () => {
  walked = await aWalkedService({ publicUrl: `https://${judgedHost}` });
  hosts = await serveJudgedHosts(walked.service.app);
  const { credential, district, others, otherDistrict, stack } = walked.result;
  const links = {
    reviewed: credential,
    milestone: stack,
    outside: {
      json: others.superseded!.json.replace(/\?.*/, ''),
      jwt: others.superseded!.jwt.replace(/\?.*/, ''),
    },
    superseded: others.superseded!,
    revoked: others.revoked,
    expired: others.expired,
    suspended: others.suspended!,
  };
  const { securing, tenancy } = walked.service.rooms;
  const other = (await tenancy.store.district(otherDistrict.id as never))!;
  otherIssuer = `did:web:${judgedHost}:issuers:${other.slug}`;
  for (const name of names) {
    json[name] = await textAt(links[name].json);
    jwt[name] = await textAt(links[name].jwt);
  }
  for (const name of toAlter) {
    for (const { alteration, text } of alteredDocuments(json[name], otherIssuer)) {
      altered.set(`${name}: ${alteration}`, text);
    }
    for (const { alteration, text } of alteredJwts(jwt[name], otherIssuer)) {
      alteredTokens.set(`${name}: ${alteration}`, text);
    }
  }

  // Another issuer of the same host signs in this one's name: with its own key, and under this one's key id.
  const ref = { district: other.id, did: otherIssuer };
  const proofKey = await signerFor(securing, ref, 'proof');
  const jwtKey = await signerFor(securing, ref, 'jwt');
  const { proof, ...unsigned } = JSON.parse(json.reviewed) as JsonObject & { proof: [JsonObject] };
  const [header, payload] = jwt.reviewed.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  const ids = {
    'the key of another issuer': [proofKey.verificationMethod, jwtKey.verificationMethod],
    'the key of another issuer under our key id': [
      proof[0]['verificationMethod'] as string,
      (JSON.parse(header!) as { kid: string }).kid,
    ],
  };
  for (const [name, [method, kid]] of Object.entries(ids)) {
    const created = walked.service.rooms.service.now();
    const signer = { ...proofKey, verificationMethod: method! };
    const document = await secureCredential({ credential: unsigned, signer, created });
    altered.set(`reviewed: ${name}`, JSON.stringify(document));
    const token = await signCompactJws({
      header: {},
      payload: JSON.parse(payload!) as JsonObject,
      signer: { ...jwtKey, verificationMethod: kid! },
    });
    alteredTokens.set(`reviewed: ${name}`, token);
  }

  const documents = [
    ...names.map((name) => ({ name: name as string, text: json[name] })),
    { name: 'status list', text: await textAt(credential.statusList) },
    ...[...altered].map(([name, text]) => ({ name, text })),
  ];
  const { didDocument, issuerId: issuer, jwks } = district;
  const { verificationMethod } = JSON.parse(await textAt(didDocument)) as {
    verificationMethod: { id: string; publicKeyJwk?: JsonObject }[];
  };
  const keys = Object.fromEntries(verificationMethod.map(({ id, publicKeyJwk }) => [id, publicKeyJwk]));
  const tokens = [
    ...names.map((name) => ({ name: name as string, text: jwt[name] })),
    ...[...alteredTokens].map(([name, text]) => ({ name, text })),
  ].map((one) => ({ ...one, didDocument, issuer, jwks }));
  digitalbazaar = await askJudge('digitalbazaar-vc', hosts, documents);
  verifierCore = await askJudge('verifier-core', hosts, documents);
  jose = await askJudge('jose', hosts, tokens);
  didkit = await askJudge('../strangers/didkit', hosts, documents);
  jsonwebtoken = await askJudge(
    '../strangers/jsonwebtoken',
    hosts,
    tokens.map(({ name, text }) => ({ name, text, keys })),
  );
}, 240_000);

afterAll(async () => {
  await hosts?.close();
  await walked?.close();
});

describe('stock @digitalbazaar/vc with its status list library', () => {
  it.each(names)('says of the one that is %s what it is', (name) => {
    const answer = digitalbazaar.answers[name]!;
    expect(readDigitalbazaar(answer)).toBe(expected[name][1]);
    // `verified` does not speak of the bit: where it is true, one status was read.
    expect(answer.status).toHaveLength(answer.verified ? 1 : 0);
    if (answer.verified) expect(answer.errors).toEqual([]);
  });

  it('takes the status list as a credential of the same issuer', () => {
    expect(digitalbazaar.answers['status list']).toEqual({ verified: true, status: [], errors: [] });
  });

  it('refuses every altered and every forged one', () => {
    expect(altered.size).toBeGreaterThan(40);
    const passed = [...altered.keys()].filter((name) => {
      const { errors, verified } = digitalbazaar.answers[name]!;
      return verified || errors.length === 0;
    });
    expect(passed).toEqual([]);
  });
});

describe('stock @digitalcredentials/verifier-core', () => {
  it.each(names)('says of the one that is %s what it is, step by step', (name) => {
    const { errors, schemas, steps } = verifierCore.answers[name]!;
    const [, verdict] = expected[name];
    expect(readVerifierCore({ errors, schemas, steps })).toBe(verdict);
    expect(errors).toEqual([]);
    expect(steps['valid_signature']).toEqual({ valid: true });
    expect(steps['expiration']).toEqual({ valid: verdict !== 'expired' });
    expect(steps['revocation_status']).toEqual({ valid: verdict !== 'revoked' });
    // Nobody lists a district of a test, and the one registry that it was given could not be asked.
    expect(steps['registered_issuer']).toMatchObject({ valid: false });
    expect(steps['registered_issuer']?.uncheckedRegistries).toHaveLength(1);
    expect(Object.keys(steps)).toHaveLength(4);
    const achievement = (JSON.parse(json[name]) as { credentialSubject: { achievement: { id: string } } })
      .credentialSubject.achievement.id;
    expect(schemas?.map(({ result, schema }) => [schema, result.valid])).toEqual([
      ['https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json', true],
      [`${achievement}/credential-schema.json`, true],
    ]);
  });

  it('takes the status list as a credential', () => {
    const { errors, steps } = verifierCore.answers['status list']!;
    expect(errors).toEqual([]);
    expect(steps).toMatchObject({ valid_signature: { valid: true }, expiration: { valid: true } });
  });

  it('refuses every altered and every forged one: the signature is not valid', () => {
    const others = [...altered.keys()].filter(
      (name) => verifierCore.answers[name]!.errors[0]?.name !== 'invalid_signature',
    );
    expect(others).toEqual([]);
    const stepsTaken = [...altered.keys()].flatMap((name) => Object.keys(verifierCore.answers[name]!.steps));
    expect(stepsTaken).toEqual([]);
  });
});

describe('a plain JOSE verifier with the keys that the issuer publishes', () => {
  it.each(names)('says of the JWT that is %s what signature and times say', (name) => {
    const answer = jose.answers[name]!;
    expect(readJose(answer)).toBe(expected[name][2]);
    if (!answer.byJwks.verified) return;
    expect(answer.byJwks.alg).toBe('RS256');
    // The payload is the same credential, and the claims repeat it.
    const { exp, iss, jti, nbf, sub, ...credential } = answer.byJwks.payload!;
    const { proof: _proof, ...document } = JSON.parse(json[name]) as JsonObject;
    expect(credential).toEqual(document);
    const { id, issuer, credentialSubject: subject, validFrom, validUntil } = document;
    expect([jti, iss, sub]).toEqual([id, (issuer as JsonObject)['id'], (subject as JsonObject)['id']]);
    const seconds = (time: unknown) => (time === undefined ? undefined : Date.parse(time as string) / 1000);
    expect([nbf, exp]).toEqual([seconds(validFrom), seconds(validUntil)]);
  });

  it('refuses every altered and every forged one', () => {
    expect(alteredTokens.size).toBeGreaterThan(40);
    const passed = [...alteredTokens.keys()].filter((name) => {
      const { byDidDocument, byJwks } = jose.answers[name]!;
      return byJwks.verified || byDidDocument.verified;
    });
    expect(passed).toEqual([]);
    const codes = new Set([...alteredTokens.keys()].map((name) => jose.answers[name]!.byJwks.code));
    expect([...codes].sort()).toEqual([
      'ERR_JOSE_NOT_SUPPORTED',
      'ERR_JWKS_NO_MATCHING_KEY',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    ]);
  });
});

describe('DIDKit, which shares no code with us', () => {
  it.each(names)('finds proof and schemas of the one that is %s to be right', (name) => {
    expect(didkit.answers[name]).toEqual({ verified: true, checked: ['proof', 'schema'], reason: '' });
  });

  it('takes the status list as a credential, and refuses every altered and every forged one', () => {
    expect(didkit.answers['status list']).toEqual({ verified: true, checked: ['proof'], reason: '' });
    expect([...altered.keys()].filter((name) => didkit.answers[name]!.verified)).toEqual([]);
    expect([...altered.keys()].filter((name) => didkit.answers[name]!.checked!.includes('proof'))).toEqual(
      [],
    );
  });
});

describe('jsonwebtoken, with the key that the DID document gives for `kid`', () => {
  it.each(names)('says of the JWT that is %s what signature and times say', (name) => {
    expect(readPlain(jsonwebtoken.answers[name]!)).toBe(expected[name][2]);
  });

  it('refuses every altered and every forged one', () => {
    expect([...alteredTokens.keys()].filter((name) => jsonwebtoken.answers[name]!.verified)).toEqual([]);
  });
});

describe('the same credentials in other forms and by other eyes', () => {
  it('are baked into PNG and SVG as the very text that the judges saw', async () => {
    for (const links of [walked.result.credential, walked.result.stack]) {
      const { text: issuedText } = await get(links.json);
      const png = (await get(links.png)).body as Buffer;
      const chunks = extractChunks(png).filter(({ name }) => name === 'iTXt');
      expect(chunks).toHaveLength(1);
      // Keyword, NUL, not compressed (two bytes), no language, no translated keyword.
      const [keyword, rest] = splitOnce(Buffer.from(chunks[0]!.data).toString('utf8'), '\0');
      expect(keyword).toBe('openbadgecredential');
      expect(rest.slice(0, 4)).toBe('\0\0\0\0');
      expect(rest.slice(4)).toBe(issuedText);

      const svg = ((await get(links.svg)).body as Buffer).toString('utf8');
      const baked = /<openbadges:credential[^>]*><!\[CDATA\[(.*?)\]\]><\/openbadges:credential>/su.exec(svg);
      expect(baked?.[1]).toBe(issuedText);
    }
  });

  it('get from our own verifier what the district says of them', async () => {
    for (const name of names) {
      for (const credential of [JSON.parse(json[name]) as unknown, jwt[name]]) {
        const { body } = await walked.service.http.post('/api/v1/verify').send({ credential }).expect(200);
        expect([name, body.verdict]).toEqual([name, expected[name][0]]);
      }
    }
  });
});

describe('a status list that was altered on the way', () => {
  it('makes no judge take a revoked credential for a good one', async () => {
    const address = walked.result.credential.statusList;
    const list = JSON.parse(await textAt(address)) as { credentialSubject: { encodedList: string } };
    list.credentialSubject.encodedList = `u${gzipSync(Buffer.alloc(131_072 / 8)).toString('base64url')}`;
    hosts.forge(new URL(address).pathname, JSON.stringify(list));
    const cases = (['revoked', 'reviewed'] as const).map((name) => ({ name, text: json[name] }));
    const first = await askJudge<DigitalbazaarAnswer>('digitalbazaar-vc', hosts, cases);
    const second = await askJudge<VerifierCoreAnswer>('verifier-core', hosts, cases);
    for (const { name } of cases) {
      expect(readDigitalbazaar(first.answers[name]!)).toBe('refused');
      expect(readVerifierCore(second.answers[name]!)).toBe('refused');
      expect(second.answers[name]!.steps['revocation_status']?.error?.name).toBe(
        'status_list_signature_error',
      );
    }
  }, 60_000);
});

describe('the judges', () => {
  it('reach the judged hosts and nothing else, and need nothing else', () => {
    const judged = [digitalbazaar, verifierCore, jose, didkit, jsonwebtoken];
    const refused = judged.map((one) => [...new Set(one.refused)]);
    console.log(
      `${altered.size} altered or forged documents, ${alteredTokens.size} JWTs; refused to the judges: ${JSON.stringify(refused)}`,
    );
    expect(refused).toEqual([[], ['registry.example.test:443'], [], [], []]);
    expect(hosts.asked.every((line) => line.startsWith('GET '))).toBe(true);
  });

  it('say what docs/interop.md says they do', () => {
    const rows = names.map((name) =>
      [
        issued[name],
        expected[name][0],
        readDigitalbazaar(digitalbazaar.answers[name]!),
        readVerifierCore(verifierCore.answers[name]!),
        readPlain(didkit.answers[name]!),
        readJose(jose.answers[name]!),
        readPlain(jsonwebtoken.answers[name]!),
      ].join(' | '),
    );
    const [, ...documented] = documentedRows('## What Touchstone issues');
    expect(documented).toEqual(rows);
  });
});

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return [text.slice(0, index), text.slice(index + 1)];
}
