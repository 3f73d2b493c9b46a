import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { toMultikey, type JsonObject, type PublicJwk, type Signer } from '../../src/securing/index.js';
import { verifyCredential } from '../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  didDocumentOf,
  makeIssuer,
  makeSigner,
  portsOf,
  rigHost,
  rigListUrl,
  rigNow,
  worldOf,
  type World,
} from '../support/credential-rig.js';

/** A token that must not be accepted, whatever its payload says. */
export interface TokenAttack {
  readonly kind: string;
  readonly name: string;
  readonly token: string;
}

type Header = { readonly [member: string]: unknown };

const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const did = `did:web:${rigHost}:issuers:westfield`;
const evil = 'https://evil.example';

/** An issuer, somebody who would like to be that issuer, and the places where that one serves keys of its own. */
async function scene() {
  const issuer = makeIssuer(did);
  const attacker = makeIssuer('did:web:evil.example');
  const neighbour = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
  const forSignIn = makeSigner(did, 'sign-in', 'RS256');
  const withdrawn = makeSigner(did, 'withdrawn', 'RS256');
  const document = didDocumentOf(did, [
    issuer.proof,
    issuer.rsa,
    issuer.es256,
    forSignIn,
    withdrawn,
  ]) as JsonObject & {
    verificationMethod: { id: string; [member: string]: unknown }[];
    assertionMethod: string[];
  };
  const world = worldOf(issuer, attacker, neighbour);
  world.dids.set(did, {
    ...document,
    verificationMethod: document.verificationMethod.map((method) =>
      method.id.endsWith('#withdrawn') ? { ...method, revoked: '2026-01-01T00:00:00Z' } : method,
    ),
    assertionMethod: document.assertionMethod.filter((id) => !id.endsWith('#sign-in')),
    authentication: [forSignIn.verificationMethod],
  });
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
  const jwk = { ...attacker.rsa.publicJwk, kid: issuer.rsa.verificationMethod, alg: 'RS256', iss: did };
  for (const url of [
    `${evil}/jwks.json`,
    `${evil}/.well-known/jwks.json`,
    `https://${rigHost}/.well-known/jwks.json`,
  ])
    world.resources.set(url, { keys: [jwk] });
  for (const url of [`${evil}/key`, `${evil}/key.json`]) world.resources.set(url, jwk);
  return { issuer, attacker, neighbour, forSignIn, withdrawn, world };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function signed(header: unknown, payload: unknown, by: Pick<Signer, 'sign'>): Promise<string> {
  const input = `${base64url(textOf(header))}.${base64url(textOf(payload))}`;
  return `${input}.${base64url(await by.sign(Buffer.from(input)))}`;
}
const unsigned = (header: unknown, payload: unknown, signature = ''): string =>
  `${base64url(textOf(header))}.${base64url(textOf(payload))}.${signature}`;

/** All attacks. `genuine*` are tokens of the issuer that were changed; every other payload is one that it never signed. */
async function attacksIn({
  issuer,
  attacker,
  neighbour,
  forSignIn,
  withdrawn,
}: Scene): Promise<TokenAttack[]> {
  const all: TokenAttack[] = [];
  const add = (kind: string, name: string, token: string) => void all.push({ kind, name, token });
  const own = { ...aBadge(issuer), iss: did };
  const forged = { ...own, name: 'Forged' };
  const header = { alg: 'RS256', kid: issuer.rsa.verificationMethod };
  const genuine = await signed(header, own, issuer.rsa);
  const genuineEs = await signed({ alg: 'ES256', kid: issuer.es256.verificationMethod }, own, issuer.es256);
  const genuineEd = await signed({ alg: 'EdDSA', kid: issuer.proof.verificationMethod }, own, issuer.proof);
  const signatureOf = (token: string) => token.split('.')[2]!;
  const withSignature = (token: string, signature: string | Uint8Array) =>
    `${token.split('.').slice(0, 2).join('.')}.${typeof signature === 'string' ? signature : base64url(signature)}`;

  // No algorithm at all.
  const nones: unknown[] = [
    'none',
    'None',
    'NONE',
    'nOnE',
    'none ',
    ' none',
    'none\0',
    'nоne',
    '',
    null,
    undefined,
    0,
    false,
    [],
    ['none'],
    {},
    'NoNe\n',
    ['RS256'],
  ];
  for (const alg of nones) {
    for (const [what, signature] of [
      ['no signature', ''],
      ['two letters', 'AA'],
      ['a genuine signature', signatureOf(genuine)],
    ] as const)
      add(
        'no algorithm',
        `${JSON.stringify(alg)} with ${what}`,
        unsigned({ ...header, alg }, forged, signature),
      );
  }

  // A public key as a shared secret.
  const rsaKey = createPublicKey({ key: { ...issuer.rsa.publicJwk }, format: 'jwk' });
  const pem = rsaKey.export({ type: 'spki', format: 'pem' }).toString();
  const secrets: readonly (readonly [string, string | Buffer])[] = [
    ['SPKI PEM', pem],
    ['SPKI PEM without its last line end', pem.trim()],
    ['SPKI PEM in one line', pem.replaceAll('\n', '')],
    ['SPKI DER', rsaKey.export({ type: 'spki', format: 'der' })],
    ['PKCS#1 PEM', rsaKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['PKCS#1 DER', rsaKey.export({ type: 'pkcs1', format: 'der' })],
    ['JWK', JSON.stringify(issuer.rsa.publicJwk)],
    ['modulus as text', (issuer.rsa.publicJwk as { n: string }).n],
    ['modulus as bytes', Buffer.from((issuer.rsa.publicJwk as { n: string }).n, 'base64url')],
    ['P-256 x', (issuer.es256.publicJwk as { x: string }).x],
    ['Ed25519 bytes', Buffer.from((issuer.proof.publicJwk as { x: string }).x, 'base64url')],
    ['Multikey', toMultikey(issuer.proof.publicJwk)!],
    ['nothing', ''],
    ['its DID', did],
  ];
  for (const [what, secret] of secrets) {
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
      ['RS256', 'sha256'],
    ] as const) {
      const tagged = unsigned({ ...header, alg }, forged).slice(0, -1);
      add(
        'public key as secret',
        `${alg} by ${what}`,
        `${tagged}.${createHmac(hash, secret).update(tagged).digest('base64url')}`,
      );
    }
  }

  // Keys that the token brings or points to.
  for (const [alg, key, kid] of [
    ['RS256', attacker.rsa, issuer.rsa],
    ['ES256', attacker.es256, issuer.es256],
    ['EdDSA', attacker.proof, issuer.proof],
  ] as const) {
    const kids = [
      ['the issuer’s kid', kid.verificationMethod],
      ['no kid', undefined],
      ['its own kid', key.verificationMethod],
      ['a bare kid', kid.verificationMethod.split('#')[1]],
    ] as const;
    for (const [what, named] of kids) {
      const base = { alg, ...(named === undefined ? {} : { kid: named }) };
      add(
        'a key in the header',
        `${alg} jwk, ${what}`,
        await signed({ ...base, jwk: key.publicJwk }, forged, key),
      );
      add(
        'a key elsewhere',
        `${alg} jku, ${what}`,
        await signed({ ...base, jku: `${evil}/jwks.json` }, forged, key),
      );
      add(
        'a key elsewhere',
        `${alg} x5u, ${what}`,
        await signed({ ...base, x5u: `${evil}/key` }, forged, key),
      );
      add('no key named', `${alg}, ${what}`, await signed(base, forged, key));
    }
    const tricks: readonly (readonly [string, Header])[] = [
      ['x5c', { x5c: [base64url('a certificate')] }],
      ['x5t', { x5t: createHash('sha1').update('x').digest('base64url'), x5c: ['MIIB'] }],
      ['the issuer’s own jwk', { jwk: kid.publicJwk }],
      ['two jwk in a list', { jwk: [kid.publicJwk, key.publicJwk] }],
      [
        'jwk of the issuer with the attacker’s numbers beside',
        { jwk: { ...kid.publicJwk, ...key.publicJwk } },
      ],
      ['an oct jwk', { jwk: { kty: 'oct', k: 'AAAA' } }],
      ['jwk as text', { jwk: JSON.stringify(key.publicJwk) }],
      ['jwk null', { jwk: null }],
      ['a jwks', { jwks: { keys: [key.publicJwk] } }],
      ['jku of the issuer’s host', { jku: `https://${rigHost}/.well-known/jwks.json` }],
      ['jku as data', { jku: `data:application/json,${JSON.stringify({ keys: [key.publicJwk] })}` }],
      ['jku with user info', { jku: `https://${rigHost}@evil.example/jwks.json` }],
      ['a verificationMethod', { verificationMethod: key.verificationMethod }],
      ['an iss', { iss: 'did:web:evil.example' }],
    ];
    for (const [what, more] of tricks)
      add(
        'a key in the header',
        `${alg} ${what}`,
        await signed({ alg, kid: kid.verificationMethod, ...more }, forged, key),
      );
  }
  const kids = [
    '../../../../etc/passwd',
    '/dev/null',
    'file:///dev/null',
    "' OR 1=1 --",
    "x' UNION SELECT 'key' --",
    '$(id)',
    '|id',
    '\0',
    '',
    `${evil}/key`,
    `${evil}/key.json`,
    'http://127.0.0.1/key',
    'data:application/json,{}',
    'did:web:evil.example#jwt-1',
    attacker.rsa.verificationMethod,
    neighbour.rsa.verificationMethod,
    `${did}#jwt-1#jwt-1`,
    `${did}?versionId=1#jwt-1`,
    `${did}/path#jwt-1`,
    `${did}#`,
    did,
    '#jwt-1',
    'jwt-1',
    `${did}#JWT-1`,
    `${did}%23jwt-1`,
    `${did.toUpperCase()}#jwt-1`,
    `did:key:${toMultikey(attacker.proof.publicJwk)}#${toMultikey(attacker.proof.publicJwk)}`,
    `did:jwk:${base64url(JSON.stringify(attacker.rsa.publicJwk))}#0`,
    '__proto__',
    'constructor',
    '0',
    'x'.repeat(20_000),
  ];
  for (const kid of kids)
    add('a kid', JSON.stringify(kid).slice(0, 60), await signed({ alg: 'RS256', kid }, forged, attacker.rsa));
  for (const kid of [null, 1, [header.kid], { id: header.kid }, true])
    add('a kid', JSON.stringify(kid), await signed({ alg: 'RS256', kid }, own, issuer.rsa));

  // Keys of the wrong one.
  add('another’s key', 'of a neighbour on the same host', await signed(header, forged, neighbour.rsa));
  add(
    'another’s key',
    'of a neighbour, named',
    await signed({ ...header, kid: neighbour.rsa.verificationMethod }, forged, neighbour.rsa),
  );
  add(
    'another’s key',
    'of the issuer, listed for sign-in only',
    await signed({ ...header, kid: forSignIn.verificationMethod }, own, forSignIn),
  );
  add(
    'another’s key',
    'of the issuer, for sign-in only, unnamed',
    await signed({ alg: 'RS256' }, own, forSignIn),
  );
  add(
    'another’s key',
    'of the issuer, withdrawn',
    await signed({ ...header, kid: withdrawn.verificationMethod }, own, withdrawn),
  );
  add('another’s key', 'of the issuer, withdrawn, unnamed', await signed({ alg: 'RS256' }, own, withdrawn));
  for (const iss of ['did:web:evil.example', [did], { id: did }, '', null, 1, `${did} `])
    add('a claim iss', JSON.stringify(iss), await signed(header, { ...own, iss }, issuer.rsa));
  const attackersOwn = { alg: 'RS256', kid: attacker.rsa.verificationMethod };
  add(
    'a claim iss',
    'of the attacker over the issuer’s credential',
    await signed(attackersOwn, { ...forged, iss: 'did:web:evil.example' }, attacker.rsa),
  );
  add(
    'a claim vc',
    'genuine outside, forged inside',
    await signed(header, { ...own, vc: forged }, attacker.rsa),
  );
  add(
    'a claim vc',
    'forged inside, of the attacker',
    await signed(attackersOwn, { iss: 'did:web:evil.example', vc: forged }, attacker.rsa),
  );
  add(
    'a claim vp',
    'with the forged one',
    await signed(
      attackersOwn,
      {
        iss: 'did:web:evil.example',
        vp: { type: ['VerifiablePresentation'], verifiableCredential: [forged] },
      },
      attacker.rsa,
    ),
  );

  // Extensions that must be understood; genuinely signed, and to be refused all the same.
  for (const crit of [['b64'], ['exp'], ['alg'], [], 'b64', ['urn:x'], null, [1], {}])
    add(
      'crit',
      JSON.stringify(crit),
      await signed({ ...header, crit, b64: true, exp: 4102444800, 'urn:x': 1 }, own, issuer.rsa),
    );
  const rawInput = `${base64url(JSON.stringify({ ...header, b64: false, crit: ['b64'] }))}.${JSON.stringify(own)}`;
  add(
    'crit',
    'b64 false, payload as it is',
    `${rawInput}.${base64url(await issuer.rsa.sign(Buffer.from(rawInput)))}`,
  );
  add(
    'crit',
    'b64 false, signature over the payload as it is',
    `${unsigned({ ...header, b64: false, crit: ['b64'] }, own).slice(0, -1)}.${base64url(await issuer.rsa.sign(Buffer.from(rawInput)))}`,
  );

  // A member twice.
  const h = JSON.stringify(header).slice(1);
  for (const [what, twice] of [
    ['alg none first', `{"alg":"none",${h}`],
    ['alg none last', `{${h.slice(0, -1)},"alg":"none"}`],
    ['alg escaped', `{"\\u0061lg":"none",${h}`],
    ['kid', `{"kid":"x",${h}`],
    ['typ', `{"typ":"at+jwt","typ":"JWT",${h}`],
  ] as const)
    add('a member twice', `header: ${what}`, await signed(twice, own, issuer.rsa));
  const p = JSON.stringify(own).slice(1);
  for (const [what, twice] of [
    ['name', `{"name":"Forged",${p}`],
    ['issuer', `{"issuer":"${did}",${p}`],
    ['escaped', `{"n\\u0061me":"Forged",${p}`],
    ['status', `{"credentialStatus":null,${p}`],
    ['iss', `{"iss":"did:web:evil.example",${p}`],
  ] as const)
    add('a member twice', `payload: ${what}`, await signed(header, twice, issuer.rsa));

  // A token of another kind; genuinely signed by the issuer for another use.
  for (const typ of [
    'at+jwt',
    'application/at+jwt',
    'vp+jwt',
    'vc+sd-jwt',
    'dc+sd-jwt',
    'kb+jwt',
    'openid4vci-proof+jwt',
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'JOSE',
    'application/vc',
    'vc',
    'status-list+jwt',
    '',
    ' jwt',
    'JWT\0',
    1,
    null,
    ['JWT'],
    {},
  ])
    add('another kind', `typ ${JSON.stringify(typ)}`, await signed({ ...header, typ }, own, issuer.rsa));
  for (const cty of ['JWT', 'jwt', 'vp', 'json', 'application/json', '', 'VC', 1, null, ['vc']])
    add('another kind', `cty ${JSON.stringify(cty)}`, await signed({ ...header, cty }, own, issuer.rsa));

  // Another algorithm over the issuer's keys.
  for (const alg of [
    'PS256',
    'RS384',
    'RS512',
    'RS1',
    'ES384',
    'ES512',
    'ES256K',
    'Ed448',
    'RSA-OAEP',
    'dir',
    'A128KW',
    'HS1',
    'rs256',
    'RS256 ',
    'constructor',
    '__proto__',
    'toString',
    'SHA256withRSA',
  ])
    add(
      'another algorithm',
      `${alg} over an RS256 signature`,
      await signed({ ...header, alg }, own, issuer.rsa),
    );
  const keys = [
    ['RS256', issuer.rsa],
    ['ES256', issuer.es256],
    ['EdDSA', issuer.proof],
  ] as const;
  for (const [alg] of keys) {
    for (const [made, key] of keys) {
      if (alg === made) continue;
      add(
        'another algorithm',
        `${alg} over a signature by ${made}, with its kid`,
        await signed({ alg, kid: key.verificationMethod }, own, key),
      );
      add(
        'another algorithm',
        `${alg} over a signature by ${made}, without a kid`,
        await signed({ alg }, own, key),
      );
    }
  }
  const { privateKey: rsaPrivate } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  add(
    'another algorithm',
    'RS256 with a PSS signature',
    await signed(header, forged, {
      sign: async (data) =>
        sign('sha256', data, { key: rsaPrivate, padding: constants.RSA_PKCS1_PSS_PADDING }),
    }),
  );

  // Signatures of another shape.
  const zero = Buffer.alloc(32);
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
  const one = Buffer.concat([Buffer.alloc(31), Buffer.from([1])]);
  const es = Buffer.from(signatureOf(genuineEs), 'base64url');
  const [r, s] = [es.subarray(0, 32), es.subarray(32)];
  const minus = (value: Buffer) =>
    Buffer.from(
      (BigInt(`0x${order.toString('hex')}`) - BigInt(`0x${value.toString('hex')}`))
        .toString(16)
        .padStart(64, '0'),
      'hex',
    );
  const forgedEs = unsigned({ alg: 'ES256', kid: issuer.es256.verificationMethod }, forged);
  const shapes: readonly (readonly [string, Uint8Array])[] = [
    ['r and s zero', Buffer.concat([zero, zero])],
    ['r zero', Buffer.concat([zero, s])],
    ['s zero', Buffer.concat([r, zero])],
    ['r and s one', Buffer.concat([one, one])],
    ['r the order', Buffer.concat([order, s])],
    ['s the order', Buffer.concat([r, order])],
    ['both the order', Buffer.concat([order, order])],
    ['all ones', Buffer.alloc(64, 0xff)],
    ['r and s changed about', Buffer.concat([s, r])],
    ['r negated', Buffer.concat([minus(r), s])],
    ['a byte less', es.subarray(0, 63)],
    ['a byte more', Buffer.concat([es, Buffer.from([0])])],
    ['a zero before', Buffer.concat([Buffer.from([0]), es])],
    ['DER', derOf(r, s)],
    ['DER in full length', Buffer.concat([derOf(r, s), zero]).subarray(0, 64)],
    ['of P-384 length', Buffer.concat([Buffer.alloc(16), r, Buffer.alloc(16), s])],
    ['r alone', r],
  ];
  for (const [what, signature] of shapes) {
    add('shape of a signature', `ES256 ${what}, genuine payload`, withSignature(genuineEs, signature));
    add('shape of a signature', `ES256 ${what}, forged payload`, withSignature(forgedEs, signature));
  }
  add(
    'shape of a signature',
    'ES256 s negated, forged payload',
    withSignature(forgedEs, Buffer.concat([r, minus(s)])),
  );
  const ed = Buffer.from(signatureOf(genuineEd), 'base64url');
  const plusOrder = (value: Uint8Array) => {
    const little =
      BigInt(`0x${Buffer.from(value).reverse().toString('hex')}`) +
      (2n ** 252n + 27742317777372353535851937790883648493n);
    return Buffer.from(little.toString(16).padStart(64, '0'), 'hex').reverse();
  };
  const identity = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]);
  for (const [what, signature] of [
    ['all zero', Buffer.alloc(64)],
    ['the neutral point and zero', Buffer.concat([identity, zero])],
    ['s with the order added', Buffer.concat([ed.subarray(0, 32), plusOrder(ed.subarray(32))])],
    ['a byte more', Buffer.concat([ed, Buffer.from([0])])],
    ['a byte less', ed.subarray(0, 63)],
    ['halves changed about', Buffer.concat([ed.subarray(32), ed.subarray(0, 32)])],
    ['all ones', Buffer.alloc(64, 0xff)],
  ] as const)
    add('shape of a signature', `EdDSA ${what}`, withSignature(genuineEd, signature));
  const rs = Buffer.from(signatureOf(genuine), 'base64url');
  const modulus = Buffer.from((issuer.rsa.publicJwk as { n: string }).n, 'base64url');
  for (const [what, signature] of [
    ['zero', Buffer.alloc(256)],
    ['one', Buffer.concat([Buffer.alloc(255), Buffer.from([1])])],
    ['the modulus', modulus],
    ['a zero before', Buffer.concat([Buffer.from([0]), rs])],
    ['a byte more', Buffer.concat([rs, Buffer.from([0])])],
    ['a byte less', rs.subarray(0, 255)],
    ['with the modulus added', sum(rs, modulus)],
    ['a block of padding', Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(200, 0xff), Buffer.alloc(54)])],
  ] as const)
    add('shape of a signature', `RS256 ${what}`, withSignature(genuine, signature));

  // Other curves.
  for (const [what, pair] of [
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ] as const)
    add(
      'another curve',
      `ES256 by ${what}`,
      await signed(
        { alg: 'ES256', kid: issuer.es256.verificationMethod, jwk: jwkOf(pair.publicKey) },
        forged,
        { sign: async (data) => sign('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }) },
      ),
    );
  const ed448 = generateKeyPairSync('ed448');
  add(
    'another curve',
    'EdDSA by Ed448',
    await signed(
      { alg: 'EdDSA', kid: issuer.proof.verificationMethod, jwk: jwkOf(ed448.publicKey) },
      forged,
      { sign: async (data) => sign(null, data, ed448.privateKey) },
    ),
  );

  // The same token spelled otherwise.
  const [h1, p1, s1] = genuine.split('.') as [string, string, string];
  const spellings: readonly (readonly [string, string])[] = [
    ['padding in the header', `${h1}=.${p1}.${s1}`],
    ['padding in the payload', `${h1}.${p1}=.${s1}`],
    ['padding in the signature', `${h1}.${p1}.${s1}==`],
    [
      'the other alphabet',
      Buffer.from(s1, 'base64url').toString('base64').includes('+')
        ? `${h1}.${p1}.${Buffer.from(s1, 'base64url').toString('base64')}`
        : `${h1}.${p1}.+${s1}`,
    ],
    ['a line end inside', `${h1}.${p1.slice(0, 76)}\n${p1.slice(76)}.${s1}`],
    ['a space inside', `${h1}. ${p1}.${s1}`],
    ['a dot more', `${genuine}.`],
    ['a dot before', `.${genuine}`],
    ['four parts', `${genuine}.${s1}`],
    ['two parts', `${h1}.${p1}`],
    ['an empty payload', `${h1}..${s1}`],
    ['an empty header', `.${p1}.${s1}`],
    ['a tilde after it', `${genuine}~`],
    ['two tokens', `${genuine} ${genuine}`],
    ['a letter after it', `${genuine}A`],
    ['four letters after it', `${genuine}AAAA`],
    ['NUL after it', `${genuine}\0`],
    ['percent-encoded', genuine.replace('.', '%2E')],
    ['encoded twice', `${base64url(h1)}.${base64url(p1)}.${base64url(s1)}`],
    ['with a scheme', `Bearer ${genuine}`],
    ['in hexadecimal', `${h1}.${Buffer.from(p1, 'base64url').toString('hex')}.${s1}`],
    ['a zero-width space', `${h1}.\u200b${p1}.${s1}`],
    ['an ideographic stop', genuine.replaceAll('.', '。')],
    ['unused bits in the signature', `${h1}.${p1}.${otherLastLetter(s1)}`],
    ['unused bits in an ES256 signature', withSignature(genuineEs, otherLastLetter(signatureOf(genuineEs)))],
  ];
  for (const [what, token] of spellings) add('spelled otherwise', what, token);

  // Other serialisations, tokens in tokens, encrypted ones.
  const [fh, fp] = unsigned(header, forged).split('.') as [string, string];
  for (const [what, value] of [
    ['flattened', { payload: p1, protected: h1, signature: s1 }],
    ['general', { payload: p1, signatures: [{ protected: h1, signature: s1 }] }],
    ['flattened with an open header', { payload: fp, header, signature: s1 }],
    ['flattened beside a forged credential', { ...forged, payload: p1, protected: h1, signature: s1 }],
    [
      'general, one of two good',
      {
        payload: p1,
        signatures: [
          { protected: fh, signature: 'AA' },
          { protected: h1, signature: s1 },
        ],
      },
    ],
    ['token as proof', { ...forged, proof: { type: 'JwtProof2020', jwt: genuine } }],
    ['token as jws', { ...forged, proof: { type: 'JsonWebSignature2020', jws: `${h1}..${s1}` } }],
  ] as const)
    add('another serialisation', what, JSON.stringify(value));
  add(
    'a token in a token',
    'cty JWT',
    await signed({ ...header, cty: 'JWT' }, JSON.stringify(genuine), issuer.rsa),
  );
  add('a token in a token', 'payload is a token', await signed(attackersOwn, genuine, attacker.rsa));
  add('a token in a token', 'alg none around it', unsigned({ alg: 'none' }, { vc: genuine }));
  const five = [
    base64url('{"alg":"dir","enc":"A256GCM"}'),
    '',
    base64url('iv'),
    base64url('x'),
    base64url('tag'),
  ];
  add('encrypted', 'five parts', five.join('.'));
  add('encrypted', 'five parts about a genuine one', [h1, p1, s1, p1, s1].join('.'));
  add('encrypted', 'zip', await signed({ ...header, zip: 'DEF', crit: ['zip'] }, own, issuer.rsa));

  // Headers that are no header.
  for (const [what, text] of [
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"RS256"'],
    ['a number', '1'],
    ['a byte order mark', `\ufeff${JSON.stringify(header)}`],
    ['something after it', `${JSON.stringify(header)}x`],
    ['a comment', `/**/${JSON.stringify(header)}`],
    ['single quotes', JSON.stringify(header).replaceAll('"', "'")],
    ['a comma too many', `${JSON.stringify(header).slice(0, -1)},}`],
    ['names escaped', JSON.stringify(header).replace('"alg"', '"\\u0061\\u006cg"').replace('RS256', 'none')],
    ['very deep', `{"x":${'['.repeat(50_000)}${']'.repeat(50_000)},${h}`],
    [
      'very wide',
      JSON.stringify({
        ...header,
        ...Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`x${n}`, n])),
      }),
    ],
    ['very long', JSON.stringify({ ...header, x: 'x'.repeat(200_000) })],
    ['__proto__', `{"__proto__":{"alg":"RS256"},"kid":"${header.kid}"}`],
  ] as const)
    add('a strange header', what, unsigned(text, forged, s1));
  add(
    'a strange header',
    'bytes that are no UTF-8',
    `${base64url(Buffer.from([0xff, 0xfe, 0x7b, 0x7d]))}.${fp}.${s1}`,
  );
  add(
    'a strange header',
    'UTF-16',
    `${base64url(Buffer.from(JSON.stringify(header), 'utf16le'))}.${fp}.${s1}`,
  );
  add('a forged payload', 'a genuine signature', `${h1}.${fp}.${s1}`);
  add('a forged payload', 'a genuine ES256 signature', withSignature(forgedEs, signatureOf(genuineEs)));
  return all;
}

export interface AttackResult {
  readonly attacks: number;
  readonly kinds: { readonly [kind: string]: number };
  readonly verdicts: { readonly [verdict: string]: number };
  readonly faults: readonly string[];
}

/**
 * Makes `size` of the attacks (all of them when there are no more), taken evenly from all kinds from a place that
 * `seed` gives. A fault: one whose signature was believed, a place of the attacker's that was asked, or a crash.
 */
export async function attackTokens(size: number, seed: number): Promise<AttackResult> {
  const set = await scene();
  const every = await attacksIn(set);
  const taken = Math.min(size, every.length);
  const attacks = Array.from(
    { length: taken },
    (_, at) => every[(seed + Math.floor((at * every.length) / taken)) % every.length]!,
  );
  const kinds: Record<string, number> = {};
  const verdicts: Record<string, number> = {};
  const faults: string[] = [];
  const control = await judge(
    set.world,
    await signed(
      { alg: 'RS256', kid: set.issuer.rsa.verificationMethod },
      { ...aBadge(set.issuer), iss: did },
      set.issuer.rsa,
    ),
  );
  if (control.verdict !== 'valid')
    faults.push(`the genuine token is ${control.verdict}: the attacks prove nothing`);
  for (const { kind, name, token } of attacks) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    set.world.asked.length = 0;
    try {
      const { verdict, checks, issuer } = await judge(set.world, token);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      if (!['not-genuine', 'could-not-check'].includes(verdict))
        faults.push(`${kind}: ${name}: ${verdict} of ${issuer?.id}`);
      const proof = checks.find(({ check }) => check === 'proof');
      if (
        verdict === 'could-not-check' &&
        proof?.outcome === 'passed' &&
        issuer?.id === did &&
        kind !== 'a claim iss'
      )
        faults.push(`${kind}: ${name}: its signature was believed`);
      const asked = set.world.asked.filter((place) => place.includes('evil'));
      if (issuer?.id === did && asked.length > 0) faults.push(`${kind}: ${name}: asked ${asked.join(', ')}`);
    } catch (error) {
      faults.push(`${kind}: ${name}: crashed: ${String((error as Error).stack)}`);
    }
  }
  return { attacks: attacks.length, kinds, verdicts, faults };
}

function judge(world: World, token: string) {
  return verifyCredential(portsOf(world), { kind: 'bytes', bytes: Buffer.from(token) }, { now: rigNow });
}

function jwkOf(key: KeyObject): PublicJwk {
  return key.export({ format: 'jwk' }) as PublicJwk;
}

/** The signature as ASN.1 DER, as X.509 has it. */
function derOf(r: Buffer, s: Buffer): Buffer {
  const integer = (value: Buffer) => {
    const body = value[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), value]) : value;
    return Buffer.concat([Buffer.from([2, body.length]), body]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function sum(a: Buffer, b: Buffer): Buffer {
  const text = (BigInt(`0x${a.toString('hex')}`) + BigInt(`0x${b.toString('hex')}`)).toString(16);
  return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex');
}

/** The same bytes in another text: the last letter of base64url has bits that are not used. */
function otherLastLetter(text: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(text.at(-1)!);
  return text.slice(0, -1) + letters[last ^ 1]!;
}
