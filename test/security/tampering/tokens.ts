import type { Pick, Tree } from './tree.js';

/** A change of a compact token other than one of its payload's tree. */
export type TokenMutation = (token: string, pick: Pick, others: readonly string[]) => string | undefined;

export const encoded = (text: string): string => Buffer.from(text).toString('base64url');
export const decoded = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
const parts = (token: string): [string, string, string] => token.split('.') as [string, string, string];
export const payloadOf = (token: string): Tree => JSON.parse(decoded(parts(token)[1])) as Tree;
/** The token with another payload and the old signature. */
export const withPayload = (token: string, text: string): string => {
  const [header, , signature] = parts(token);
  return `${header}.${encoded(text)}.${signature}`;
};

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const inPart = (token: string, at: number, change: (part: string) => string): string =>
  parts(token)
    .map((part, index) => (index === at ? change(part) : part))
    .join('.');

export const tokenMutations: { readonly [name: string]: TokenMutation } = {
  'a letter of the token': (token, pick) => {
    const at = pick(token.length);
    return token[at] === '.' ? undefined : token.slice(0, at) + pick.one(letters) + token.slice(at + 1);
  },
  'the last letter of a part': (token, pick) =>
    inPart(token, pick(3), (part) => part.slice(0, -1) + pick.one(letters)),
  'base64 otherwise': (token, pick) =>
    pick.one([
      inPart(token, pick(3), (part) => `${part}=`),
      inPart(token, pick(3), (part) => `${part}==`),
      token.replaceAll('-', '+').replaceAll('_', '/'),
      inPart(token, pick(3), (part) => `${part}A`),
      inPart(token, pick(3), (part) => `${part.slice(0, 20)}\n${part.slice(20)}`),
      inPart(token, pick(3), (part) => `${part} `),
      inPart(token, pick(3), (part) => Buffer.from(part, 'base64url').toString('hex')),
    ]),
  'white space about it': (token, pick) =>
    pick.one([` ${token}`, `${token}\n`, `\t${token} `, `\ufeff${token}`, `Bearer ${token}`]),
  'parts more or fewer': (token, pick) => {
    const [header, payload, signature] = parts(token);
    return pick.one([
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}..${signature}`,
      `.${payload}.${signature}`,
      `${token}.`,
      `${token}.${signature}`,
      `${token}~`,
      `${payload}.${header}.${signature}`,
      `${header}.${payload}.${payload}.${signature}`,
      `${header}.${payload}.${signature}${signature}`,
    ]);
  },
  'a header member': (token, pick) => {
    const header = JSON.parse(decoded(parts(token)[0])) as Tree;
    const changed = {
      ...header,
      ...pick.one<Tree>([
        { x: 1 },
        { typ: 'JWT' },
        { typ: 'vc+jwt' },
        { cty: 'vc' },
        { iat: 1 },
        { alg: 'none' },
        { kid: `${String(header['kid'])}x` },
        { jwk: {} },
      ]),
    };
    return inPart(token, 0, () => encoded(JSON.stringify(changed)));
  },
  'the header written otherwise': (token, pick) =>
    inPart(token, 0, (part) =>
      encoded(
        pick.one([
          `${decoded(part)} `,
          ` ${decoded(part)}`,
          decoded(part).replace('{', '{ '),
          decoded(part).replace('{', '{"alg":"none",'),
        ]),
      ),
    ),
  'a claim': (token, pick) => {
    const payload = payloadOf(token);
    const name = pick.one(['iss', 'jti', 'sub', 'nbf', 'exp', 'iat', 'aud', 'vc', 'vp', 'cnf']);
    return withPayload(
      token,
      JSON.stringify({
        ...payload,
        [name]: pick.one<unknown>([1, 4102444800, 'urn:x', null, { ...payload }]),
      }),
    );
  },
  'a part of another token': (token, pick, others) => {
    const at = pick(3);
    return inPart(token, at, () => parts(pick.one(others))[at]!);
  },
  'the payload as JSON without a signature': (token) => decoded(parts(token)[1]),
  'the payload as JSON with a proof of sorts': (token) =>
    JSON.stringify({ ...payloadOf(token), proof: { type: 'JwtProof2020', jwt: token } }),
  'as an object of JWS': (token, pick) => {
    const [header, payload, signature] = parts(token);
    return JSON.stringify(
      pick.one<unknown>([
        { payload, protected: header, signature },
        { payload, signatures: [{ protected: header, signature }] },
        { ...payloadOf(token), payload, protected: header, signature },
        {
          '@context': 'https://www.w3.org/ns/credentials/v2',
          type: 'EnvelopedVerifiableCredential',
          id: `data:application/vc+jwt,${token}`,
        },
      ]),
    );
  },
  'in a token': (token) =>
    `${encoded('{"alg":"none","cty":"JWT"}')}.${encoded(JSON.stringify({ vc: token }))}.`,
};
