import { beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { signCompactJws, type JsonObject } from '../../../src/securing/index.js';
import {
  composeResolver,
  verifyCredential,
  type CheckName,
  type FetchFailure,
  type Fetched,
} from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  rigCredentialId,
  rigHost,
  rigListUrl,
  rigNow,
  rigQuality,
  rigQualityUrl,
  sealed,
} from '../../support/credential-rig.js';

/** Everything that may go wrong when something is asked for, and every kind of nonsense that may be answered. */
const answers: { readonly [what: string]: (url: string) => Fetched | FetchFailure } = {
  'is not there': (url) => ({ ok: false, kind: 'absent', reason: `${url} does not exist (404).` }),
  'does not answer': (url) => ({ ok: false, kind: 'unreachable', reason: `${url} could not be reached.` }),
  'is not asked': (url) => ({ ok: false, kind: 'refused', reason: `${url} was not asked.` }),
  'is empty': (url) => given(url, ''),
  'is a page': (url) => given(url, '<!doctype html><title>Not found</title>'),
  'is half an object': (url) => given(url, '{"id":'),
  'is null': (url) => given(url, 'null'),
  'is a list': (url) => given(url, '[]'),
  'is a number': (url) => given(url, '7'),
  'is a text': (url) => given(url, '"valid"'),
  'is an empty object': (url) => given(url, '{}'),
  'is of no text encoding': (url) => ({
    ...given(url, ''),
    bytes: Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]),
  }),
  'is nested very deeply': (url) => given(url, '['.repeat(100_000)),
};

function given(url: string, text: string): Fetched {
  return { ok: true, bytes: Buffer.from(text), mediaType: 'application/json', url };
}

const did = `did:web:${rigHost}:issuers:westfield`;
const didUrl = `https://${rigHost}/issuers/westfield/did.json`;
const standingUrl = `${rigCredentialId}/standing`;
const schemaUrl = `https://${rigHost}/schema`;
const jwksUrl = `https://${rigHost}/.well-known/jwks.json`;
const webIssuer = `https://${rigHost}/issuers/1`;

const served = new Map<string, string>();
let badge: JsonObject;
let token: string;

beforeAll(async () => {
  const issuer = makeIssuer(did);
  const made = aBadge(issuer, (change) => {
    const [canonical] = change['credentialSchema'] as readonly JsonObject[];
    change['credentialSchema'] = [canonical, { id: schemaUrl, type: '1EdTechJsonSchemaValidator2019' }];
  });
  badge = await sealed(made, issuer.proof);
  served.set(rigListUrl, JSON.stringify(await aStatusList(issuer, [])));
  served.set(rigQualityUrl, rigQuality);
  served.set(schemaUrl, JSON.stringify({ type: 'object' }));
  const service = { id: `${did}#s`, type: 'TouchstoneStanding', serviceEndpoint: `https://${rigHost}/c/` };
  served.set(didUrl, JSON.stringify({ ...issuer.document, service: [service] }));
  const seconds = Date.parse(rigNow) / 1000;
  const payload = {
    iss: did,
    sub: rigCredentialId,
    state: 'active',
    since: rigNow,
    iat: seconds,
    exp: seconds + 300,
  };
  served.set(standingUrl, await signCompactJws({ header: {}, payload, signer: issuer.rsa }));

  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const { '@context': context, ...plain } = aBadge(issuer, (change) => {
    change['issuer'] = { ...(change['issuer'] as object), id: webIssuer };
    delete change['credentialStatus'];
  });
  token = await new SignJWT({ '@context': context, ...plain })
    .setProtectedHeader({ alg: 'ES256', kid: `${webIssuer}/keys/1` })
    .sign(privateKey);
  served.set(
    jwksUrl,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: `${webIssuer}/keys/1` }] }),
  );
});

async function verifyWith(document: unknown, url: string, answer: (url: string) => Fetched | FetchFailure) {
  const nothing = async () => undefined;
  const resolver = composeResolver(
    { did: nothing, resource: nothing, standing: nothing },
    {
      get: async (asked) => {
        if (asked === url) return answer(asked);
        const text = served.get(asked);
        return text === undefined ? answers['is not there']!(asked) : given(asked, text);
      },
    },
  );
  const ports = { resolver, knownIssuers: { list: async () => [] } };
  const report = await verifyCredential(ports, { kind: 'document', value: document }, { now: rigNow });
  const outcome = (name: CheckName) => report.checks.find(({ check }) => check === name)!.outcome;
  return { report, outcome };
}

describe('with everything at hand', () => {
  it('the badge and the token are valid', async () => {
    for (const document of [badge, token]) {
      const { report } = await verifyWith(document, '', given as never);
      expect(report.reasons).toEqual([]);
      expect(report.verdict).toBe('valid');
    }
  });
});

describe.each<[string, string, () => unknown, CheckName]>([
  ['the DID document', didUrl, () => badge, 'proof'],
  ['the status list', rigListUrl, () => badge, 'status'],
  ['the standing', standingUrl, () => badge, 'status'],
  ['the schema', schemaUrl, () => badge, 'schema'],
  ['the keys of the host', jwksUrl, () => token, 'proof'],
])('while %s', (_what, url, document, check) => {
  // An empty schema allows everything: it is one.
  const wrong = Object.keys(answers).filter((name) => check !== 'schema' || name !== 'is an empty object');
  it.each(wrong)('%s, the badge could not be checked', async (name) => {
    const { report, outcome } = await verifyWith(document(), url, answers[name]!);
    expect(report.verdict).toBe('could-not-check');
    expect(outcome(check)).toBe('could-not-check');
    expect(report.sentence).not.toMatch(/^Genuinely/);
  });
});

describe('while a pinned document', () => {
  it.each(Object.keys(answers))('%s, the badge is not valid', async (name) => {
    const { report, outcome } = await verifyWith(badge, rigQualityUrl, answers[name]!);
    // What was answered in its place is not what was signed for.
    const isOther = answers[name]!('').ok;
    expect(report.verdict).toBe(isOther ? 'not-genuine' : 'could-not-check');
    expect(outcome('pinned')).toBe(isOther ? 'failed' : 'could-not-check');
  });
});
