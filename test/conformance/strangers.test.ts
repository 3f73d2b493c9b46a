import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageFile } from '../../src/kernel/index.js';
import { composeResolver, verifyCredential, type Outbound } from '../../src/verification/index.js';
import { documentedRows } from '../support/judges/documented-rows.js';
import { askJudge } from '../support/judges/ask-judge.js';
import { serveHosts, type ServedHosts } from '../support/judges/judged-hosts.js';
import { abroad } from '../support/strangers/abroad/abroad.js';
import { alteredForms, clearedList } from '../support/strangers/alter-foreign.js';
import {
  encodedList,
  foreignDocuments,
  strangersHost,
  type Model,
} from '../support/strangers/foreign-documents.js';

/** Who signs, by the module of `test/support/strangers` that asks them to, each with the name that the table gives it. */
const strangers = {
  digitalbazaar: '@digitalbazaar/vc',
  digitalcredentials: '@digitalcredentials/vc',
  didkit: 'DIDKit (Rust)',
  'kilt-jcs': '@kiltprotocol/eddsa-jcs-2022',
  'identity-iota': 'IOTA Identity (Rust)',
  'did-jwt-vc': 'did-jwt-vc',
  jsonwebtoken: 'jsonwebtoken',
} as const;
type Stranger = keyof typeof strangers;

interface Row {
  readonly stranger: Stranger;
  readonly format: string;
  readonly method: 'did:key' | 'did:web' | 'did:jwk' | 'https';
  readonly model: Model;
}

const both = ['2.0', '1.1'] as const;
const asked: readonly (readonly [Stranger, string, Row['method'], readonly Model[]])[] = [
  ['digitalbazaar', 'eddsa-rdfc-2022', 'did:key', both],
  ['digitalbazaar', 'eddsa-rdfc-2022', 'did:web', both],
  ['digitalbazaar', 'eddsa-jcs-2022', 'did:key', both],
  ['digitalbazaar', 'ecdsa-rdfc-2019 P-256', 'did:key', both],
  ['digitalbazaar', 'ecdsa-rdfc-2019 P-384', 'did:key', both],
  ['digitalbazaar', 'ecdsa-rdfc-2019 P-384', 'did:web', ['2.0']],
  ['digitalbazaar', 'Ed25519Signature2020', 'did:key', both],
  ['digitalcredentials', 'eddsa-rdfc-2022', 'did:key', both],
  ['digitalcredentials', 'eddsa-rdfc-2022', 'did:web', ['2.0']],
  ['digitalcredentials', 'Ed25519Signature2020', 'did:key', both],
  ['digitalcredentials', 'Ed25519Signature2020', 'did:web', ['1.1']],
  ['didkit', 'eddsa-rdfc-2022', 'did:key', both],
  ['didkit', 'eddsa-rdfc-2022', 'did:web', ['2.0']],
  ['didkit', 'Ed25519Signature2020', 'did:key', both],
  ['didkit', 'JWT EdDSA', 'did:key', both],
  ['didkit', 'JWT ES256', 'did:key', both],
  ['didkit', 'JWT ES256', 'did:jwk', ['1.1']],
  ['didkit', 'JWT RS256', 'did:jwk', ['1.1']],
  ['kilt-jcs', 'eddsa-jcs-2022', 'did:key', both],
  ['kilt-jcs', 'eddsa-jcs-2022', 'did:web', ['2.0']],
  ['identity-iota', 'JWT EdDSA', 'did:jwk', ['1.1']],
  ['identity-iota', 'JWT EdDSA', 'did:web', ['1.1']],
  ['did-jwt-vc', 'JWT EdDSA', 'did:jwk', ['1.1']],
  ['did-jwt-vc', 'JWT EdDSA', 'did:web', ['1.1']],
  ['did-jwt-vc', 'JWT ES256', 'did:web', ['1.1']],
  ['jsonwebtoken', 'JWT RS256', 'did:web', both],
  ['jsonwebtoken', 'JWT RS256', 'https', ['2.0']],
  ['jsonwebtoken', 'JWT RS256 typ vc+jwt', 'did:web', ['2.0']],
  ['jsonwebtoken', 'JWT RS256 typ JWT', 'did:web', ['2.0']],
  ['jsonwebtoken', 'JWT RS256 vc claim', 'did:web', ['1.1']],
  ['jsonwebtoken', 'JWT ES256', 'did:jwk', both],
  ['jsonwebtoken', 'JWT ES256 typ vc+jwt', 'https', ['2.0']],
];
const rows: readonly Row[] = asked.flatMap(([stranger, format, method, models]) =>
  models.map((model) => ({ stranger, format, method, model })),
);
const nameOf = ({ stranger, format, method, model }: Row) =>
  [strangers[stranger], format, method, model].join(' | ');

/** What strangers in other languages signed, recorded in `test/support/strangers/abroad/`. */
const recorded: ReadonlyMap<string, Signed> = new Map(
  Object.entries(abroad).flatMap(([language, { title }]) => {
    const file = packageFile(`test/support/strangers/abroad/${language}.json`);
    const { signed } = JSON.parse(file) as { signed: { [name: string]: Signed } };
    return Object.entries(signed).map(([name, answer]) => [`${title} | ${name}`, answer] as const);
  }),
);
const names = [...rows.map(nameOf), ...recorded.keys()];

/** What a stranger gives back: its name, where its keys are published, and what it signed. */
interface Signed {
  readonly did: string;
  readonly didDocument?: unknown;
  readonly jwks?: unknown;
  readonly signed: { readonly [name in keyof ReturnType<typeof foreignDocuments>]: string };
}

/** After everything recorded was made, whatever the machine's clock says. */
const now = '2026-11-25T12:00:00Z';
const listAddress = `https://${strangersHost}/lists/one`;
let hosts: ServedHosts;
const served = new Map<string, unknown>();
const signed = new Map<string, Signed>(recorded);

beforeAll(async () => {
  hosts = await serveHosts([strangersHost], (request, response) => {
    const page = served.get(request.url ?? '');
    if (page === undefined) response.writeHead(404).end();
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(page));
  });
  // DIDKit looks its own DID up before it signs.
  const privateJwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const published = await askJudge('../strangers/didkit', hosts, [{ name: 'web', privateJwk }], 'publish');
  served.set('/didkit/did.json', published.answers['web']);
  for (const stranger of Object.keys(strangers) as Stranger[]) {
    const orders = rows
      .filter((row) => row.stranger === stranger)
      .map((row) => ({
        name: nameOf(row),
        format: row.format,
        method: row.method,
        documents: foreignDocuments(row.model, 'one', row.format),
        ...(stranger === 'didkit' && row.method === 'did:web' ? { privateJwk } : {}),
      }));
    const { answers, refused } = await askJudge<Signed>(`../strangers/${stranger}`, hosts, orders, 'sign');
    expect([stranger, refused]).toEqual([stranger, []]);
    for (const [name, answer] of Object.entries(answers)) signed.set(name, answer);
  }
}, 120_000);

afterAll(() => hosts?.close());

/** What our verifier says when the world holds what this stranger publishes, and nothing else. */
function verify(text: string, { did, didDocument, jwks, signed: { list } }: Signed, listText = list) {
  const pages = new Map<string, string>([[listAddress, listText]]);
  if (didDocument !== undefined)
    pages.set(`https://${strangersHost}/${did.split(':').at(-1)}/did.json`, JSON.stringify(didDocument));
  if (jwks !== undefined) pages.set(`https://${strangersHost}/.well-known/jwks.json`, JSON.stringify(jwks));
  const outbound: Outbound = {
    get: async (url) => {
      const page = pages.get(url);
      if (page === undefined) return { ok: false, kind: 'absent', reason: `${url} is not there.` };
      return { ok: true, bytes: Buffer.from(page), mediaType: 'application/json', url };
    },
  };
  const nothing = async () => undefined;
  const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
  return verifyCredential(
    { resolver, knownIssuers: { list: async () => [] } },
    { kind: 'bytes', bytes: Buffer.from(text) },
    // The other credentials have the words of the data model's examples.
    { now, contexts: 'all-pinned' },
  );
}

/** What every stranger's badge, other credential and revoked badge is found to be. */
const expected = ['valid', 'valid', 'revoked'];

describe.each(names)('%s', (name) => {
  it('is what it is: a badge, another credential, a revoked badge', async () => {
    const stranger = signed.get(name)!;
    const { badge, plain, revoked } = stranger.signed;
    const reports = [
      await verify(badge, stranger),
      await verify(plain, stranger),
      await verify(revoked, stranger),
    ];
    const verdicts = reports.map(({ verdict }) => verdict);
    const reasons = reports.slice(0, 2).flatMap((report) => report.reasons);
    expect({ verdicts, reasons }).toEqual({ verdicts: expected, reasons: [] });
  });

  it('is nothing once it is altered, and its list is none once that is', async () => {
    const stranger = signed.get(name)!;
    const forms = alteredForms(stranger.signed.badge);
    expect(forms.size).toBe(10);
    const passed: string[] = [];
    for (const [alteration, text] of forms) {
      const { verdict } = await verify(text, stranger);
      if (verdict !== 'not-genuine' && verdict !== 'could-not-check')
        passed.push(`${alteration}: ${verdict}`);
    }
    expect(passed).toEqual([]);
    const cleared = clearedList(stranger.signed.list, encodedList(name.endsWith('1.1') ? '1.1' : '2.0', []));
    expect((await verify(stranger.signed.revoked, stranger, cleared)).verdict).toBe('could-not-check');
  });
});

it('docs/interop.md has a row for every one of them, and no other, which says what we say', () => {
  const [heading, ...documented] = documentedRows('## What others sign');
  expect(heading).toBe(
    'Signed by | Form | Issuer | Data model | Badge | Other credential | Revoked badge | Altered',
  );
  expect(documented).toEqual(names.map((name) => [name, ...expected, 'refused'].join(' | ')));
});
