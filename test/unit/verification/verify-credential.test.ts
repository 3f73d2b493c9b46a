import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import {
  checkNames,
  verifyCredential,
  type CheckName,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  didDocumentOf,
  makeIssuer,
  makeSigner,
  portsOf,
  rigCredentialId,
  rigEmail,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  rigQualityUrl,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

const did = `did:web:${rigHost}:issuers:westfield`;
let issuer: RigIssuer;
let badge: JsonObject;
let clearList: JsonObject;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(did);
  badge = await sealed(aBadge(issuer), issuer.proof);
  clearList = await aStatusList(issuer, [rigIndex - 1, rigIndex + 1]);
});
beforeEach(() => {
  world = worldOf(issuer);
  world.resources.set(rigListUrl, clearList);
});

function verify(
  document: unknown,
  options: { recipient?: string; now?: string } = {},
): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value: document }, { now: rigNow, ...options });
}

function outcomeOf(report: VerificationReport, check: CheckName): string | undefined {
  return report.checks.find((result) => result.check === check)?.outcome;
}

describe('a genuine badge in force', () => {
  it('is valid, with every check in its order and nothing against it', async () => {
    const report = await verify(badge);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.checks.map(({ check }) => check)).toEqual([...checkNames]);
    expect(Object.fromEntries(report.checks.map(({ check, outcome }) => [check, outcome]))).toEqual({
      limits: 'passed',
      parse: 'passed',
      nested: 'not-applicable',
      guard: 'passed',
      'proof-set': 'passed',
      compact: 'passed',
      'data-model': 'passed',
      schema: 'passed',
      proof: 'passed',
      validity: 'passed',
      status: 'passed',
      refresh: 'not-applicable',
      pinned: 'passed',
      recipient: 'not-applicable',
      recognition: 'not-applicable',
    });
    expect(report.checkedAt).toBe(rigNow);
    expect(report.credential).toEqual(badge);
  });

  it('names the host and the place on it before the display name, and says that the issuer is unknown', async () => {
    const report = await verify(badge);
    expect(report.sentence).toBe(
      `Genuinely signed by ${rigHost}/issuers/westfield, an issuer we do not know, and in force. It gives its issuer the name “\u2068Westfield School District\u2069”.`,
    );
    expect(report.issuer).toEqual({
      id: did,
      domain: rigHost,
      place: `${rigHost}/issuers/westfield`,
      name: 'Westfield School District',
      url: 'https://westfield.example.edu',
    });
    expect(report.achievement?.name).toBe('Formative feedback');
    expect(report.holder).toEqual({
      id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47',
      name: null,
      hashedEmail: true,
    });
  });

  it('asks each place once: the DID, the list and the pinned document', async () => {
    await verify(badge);
    expect([...world.asked].sort()).toEqual([did, rigQualityUrl, rigListUrl].sort());
  });

  it('is recognised when its issuer is on the list', async () => {
    world.known.push({ id: did, name: 'Westfield School District' });
    const report = await verify(badge);
    expect(report).toMatchObject({ verdict: 'valid', recognition: 'recognised' });
    expect(report.sentence).not.toContain('do not know');
  });

  it.each([
    ['one letter away', 'did:web:credentials.examp1e.edu:issuers:westfield', 'Westfield'],
    ['the same display name elsewhere', 'did:web:westfield.k12.example.org', 'Westfield School District'],
  ])('is a look-alike when a known issuer is %s', async (_name, id, name) => {
    world.known.push({ id, name });
    const report = await verify(badge);
    expect(report).toMatchObject({ verdict: 'valid', recognition: 'look-alike' });
    expect(report.sentence).toContain('Take care');
  });

  it('another issuer of the same host is unknown and no look-alike', async () => {
    world.known.push({ id: `did:web:${rigHost}:issuers:other`, name: 'Other' });
    expect((await verify(badge)).recognition).toBe('unknown');
  });

  it('matches the e-mail address it was issued to, and says so when it was another', async () => {
    expect(outcomeOf(await verify(badge, { recipient: ` ${rigEmail.toUpperCase()} ` }), 'recipient')).toBe(
      'passed',
    );
    const other = await verify(badge, { recipient: 'somebody@else.example' });
    expect(outcomeOf(other, 'recipient')).toBe('failed');
    expect(other.verdict).toBe('valid');
    expect(other.sentence).toContain('not issued to the e-mail address');
  });

  it('with two proofs is valid only when both hold', async () => {
    const second = makeSigner(did, 'proof-2', 'Ed25519');
    const [proof] = badge['proof'] as JsonObject[];
    const [secondProof] = (await sealed(aBadge(issuer), second))['proof'] as JsonObject[];
    const both = { ...badge, proof: [proof, secondProof] };
    expect(await verify(both)).toMatchObject({ verdict: 'not-genuine' });
    world.dids.set(did, didDocumentOf(did, [issuer.proof, second]));
    const report = await verify(both);
    expect(report.verdict).toBe('valid');
    expect(report.checks.find(({ check }) => check === 'proof')?.detail).toContain('#proof-2');
  });

  it('signed by a did:key issuer resolves without a network', async () => {
    const { composeResolver } = await import('../../../src/verification/index.js');
    const { toMultikey } = await import('../../../src/securing/index.js');
    const probe = makeSigner('did:key:x', 'x', 'Ed25519');
    const key = toMultikey(probe.publicJwk)!;
    const signer = { ...probe, controller: `did:key:${key}`, verificationMethod: `did:key:${key}#${key}` };
    const own = await sealed(
      aBadge(issuer, (change) => {
        change['issuer'] = { ...(change['issuer'] as object), id: signer.controller };
        delete change['credentialStatus'];
        delete change['relatedResource'];
      }),
      signer,
    );
    const nothing = async () => undefined;
    const resolver = composeResolver(
      { did: nothing, resource: nothing, standing: nothing },
      { get: async () => ({ ok: false, kind: 'refused', reason: 'no network' }) },
    );
    const report = await verifyCredential(
      { ...portsOf(world), resolver },
      { kind: 'document', value: own },
      { now: rigNow },
    );
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(outcomeOf(report, 'status')).toBe('not-applicable');
  });
});

describe('the period of validity', () => {
  it.each([
    ['299 s before it begins', '2026-11-20T08:55:01Z', 'valid'],
    ['301 s before it begins', '2026-11-20T08:54:59Z', 'not-yet-valid'],
    ['299 s after it ends', '2031-11-20T09:04:59Z', 'valid'],
    ['301 s after it ends', '2031-11-20T09:05:01Z', 'expired'],
  ])('%s', async (_name, now, verdict) => {
    world.resources.set(
      rigListUrl,
      await aStatusList(issuer, [], (list) => {
        list['validFrom'] = '2026-01-01T00:00:00Z';
        list['validUntil'] = '2040-01-01T00:00:00Z';
      }),
    );
    expect((await verify(badge, { now })).verdict).toBe(verdict);
  });
});

describe('the status', () => {
  it('a set bit is revoked, and outranks expiry', async () => {
    world.resources.set(
      rigListUrl,
      await aStatusList(issuer, [rigIndex], (list) => (list['validUntil'] = '2040-01-01T00:00:00Z')),
    );
    const report = await verify(badge);
    expect(report.verdict).toBe('revoked');
    expect(report.reasons[0]).toContain('Revoked by its issuer');
    const late = await verify(badge, { now: '2035-01-01T00:00:00Z' });
    expect(late.verdict).toBe('revoked');
    expect(late.reasons).toHaveLength(2);
  });

  it('a set bit with an active standing is a corrected credential, replaced by its own newest edition', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    world.standings.set(rigCredentialId, {
      ok: true,
      standing: { state: 'active', since: '2026-11-20T09:00:00Z' },
    });
    expect(await verify(badge)).toMatchObject({ verdict: 'revoked', replacedBy: rigCredentialId });
  });

  it('a suspended standing is suspended; it never clears a set bit', async () => {
    const standing = {
      ok: true,
      standing: { state: 'suspended', since: '2026-11-21T09:00:00Z', reason: 'under review' },
    } as const;
    world.standings.set(rigCredentialId, standing);
    const report = await verify(badge);
    expect(report.verdict).toBe('suspended');
    expect(report.sentence).toContain('suspended');
    world.standings.set(rigCredentialId, {
      ok: true,
      standing: { state: 'active', since: '2026-11-21T09:00:00Z' },
    });
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    expect((await verify(badge)).verdict).toBe('revoked');
  });

  it('a superseded standing names the credential to use instead', async () => {
    const replacedBy = `https://${rigHost}/c/westnewnewnewnewnewnew`;
    world.standings.set(rigCredentialId, {
      ok: true,
      standing: { state: 'superseded', since: '2026-11-21T09:00:00Z', replacedBy },
    });
    expect(await verify(badge)).toMatchObject({ verdict: 'revoked', replacedBy });
  });

  it('a suspension entry of its own suspends', async () => {
    const suspensionUrl = `${rigListUrl}-suspension`;
    const two = await sealed(
      aBadge(issuer, (change) => {
        const entry = change['credentialStatus'] as JsonObject;
        change['credentialStatus'] = [
          entry,
          {
            ...entry,
            id: `${suspensionUrl}#7`,
            statusPurpose: 'suspension',
            statusListIndex: '7',
            statusListCredential: suspensionUrl,
          },
        ];
        delete change['credentialSchema'];
      }),
      issuer.proof,
    );
    const suspension = (set: readonly number[]) =>
      aStatusList(issuer, set, (list) => {
        list['id'] = suspensionUrl;
        list.credentialSubject['id'] = `${suspensionUrl}#list`;
        list.credentialSubject['statusPurpose'] = 'suspension';
      });
    world.resources.set(suspensionUrl, await suspension([7]));
    expect((await verify(two)).verdict).toBe('suspended');
    world.resources.set(suspensionUrl, await suspension([6]));
    // The Open Badges schema wants one entry, so an array costs it "valid"; the status itself is good.
    expect(outcomeOf(await verify(two), 'status')).toBe('passed');
  });

  it('our issuer’s missing record could not be checked', async () => {
    world.standings.set(rigCredentialId, { ok: false, kind: 'absent', reason: 'no such award' });
    expect((await verify(badge)).verdict).toBe('could-not-check');
  });

  const badLists: readonly (readonly [string, () => Promise<JsonObject | string | undefined>])[] = [
    ['is unreachable', async () => undefined],
    ['is no JSON', async () => 'not json'],
    [
      'is by another issuer',
      async () => {
        const other = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
        world.dids.set(other.did, other.document);
        return aStatusList(other, []);
      },
    ],
    [
      'claims our issuer but is signed by another',
      async () => aStatusList(issuer, [], undefined, { ...makeSigner(did, 'proof-1', 'Ed25519') }),
    ],
    ['was altered after signing', async () => ({ ...clearList, validUntil: '2040-01-01T00:00:00Z' })],
    [
      'is for another purpose',
      async () => aStatusList(issuer, [], (list) => (list.credentialSubject['statusPurpose'] = 'suspension')),
    ],
    [
      'is out of date',
      async () =>
        aStatusList(issuer, [], (list) =>
          Object.assign(list, { validFrom: '2026-11-20T11:00:00Z', validUntil: '2026-11-21T11:00:00Z' }),
        ),
    ],
    [
      'is not in force yet',
      async () => aStatusList(issuer, [], (list) => (list['validFrom'] = '2026-11-21T13:00:00Z')),
    ],
    [
      'is another of the issuer’s lists',
      async () => aStatusList(issuer, [], (list) => (list['id'] = `${rigListUrl}0`)),
    ],
    [
      'is another kind of credential',
      async () => aStatusList(issuer, [], (list) => (list['type'] = ['VerifiableCredential'])),
    ],
    [
      'is a gzip bomb',
      async () => {
        const { gzipSync } = await import('node:zlib');
        const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`;
        return aStatusList(issuer, [], (list) => (list.credentialSubject['encodedList'] = bomb));
      },
    ],
    [
      'is shorter than the standard allows',
      async () => {
        const { gzipSync } = await import('node:zlib');
        return aStatusList(
          issuer,
          [],
          (list) =>
            (list.credentialSubject['encodedList'] =
              `u${gzipSync(Buffer.alloc(1000)).toString('base64url')}`),
        );
      },
    ],
    [
      'carries no proof',
      async () => {
        const { proof: _proof, ...rest } = clearList as { readonly [member: string]: unknown };
        return rest;
      },
    ],
  ];
  it('says whose list it is when it is not the issuer’s', async () => {
    const other = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
    world.resources.set(rigListUrl, await aStatusList(other, []));
    const report = await verify(badge);
    expect(report.reasons).toEqual([
      `The status list is by ${other.did}, not by the issuer of the credential.`,
    ]);
    expect(world.asked).not.toContain(other.did);
  });

  it.each(badLists)('could not be checked when the list %s', async (_name, list) => {
    const answer = await list();
    if (answer === undefined) world.resources.delete(rigListUrl);
    else world.resources.set(rigListUrl, answer);
    const report = await verify(badge);
    expect(outcomeOf(report, 'status')).toBe('could-not-check');
    expect(report.verdict).toBe('could-not-check');
    expect(report.sentence).toContain(`Signed by ${rigHost}`);
  });

  it.each([
    ['out of range', (entry: { [member: string]: unknown }) => (entry['statusListIndex'] = '131072')],
    ['negative', (entry: { [member: string]: unknown }) => (entry['statusListIndex'] = '-1')],
    ['no number', (entry: { [member: string]: unknown }) => (entry['statusListIndex'] = '1e3')],
    [
      'of a kind that is not known',
      (entry: { [member: string]: unknown }) => {
        for (const name of Object.keys(entry)) if (name !== 'id') delete entry[name];
        entry['type'] = '1EdTechCredentialRefresh';
      },
    ],
    [
      'for a purpose that is not known',
      (entry: { [member: string]: unknown }) => (entry['statusPurpose'] = 'decoration'),
    ],
  ])('could not be checked when the entry is %s', async (_name, change) => {
    const odd = await sealed(
      aBadge(issuer, (altered) => change(altered['credentialStatus'] as { [member: string]: unknown })),
      issuer.proof,
    );
    const report = await verify(odd);
    expect(outcomeOf(report, 'status')).toBe('could-not-check');
    expect(report.verdict).toBe('could-not-check');
  });
});

describe('the issuer’s key', () => {
  it('could not be checked when the DID is unreachable, whatever else is known', async () => {
    world.dids.clear();
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    const report = await verify(badge);
    expect(report.verdict).toBe('could-not-check');
    expect(outcomeOf(report, 'proof')).toBe('could-not-check');
    expect(report.sentence).toContain('Says it is from');
  });

  it('of another issuer on the same host is not genuine', async () => {
    const eastfield = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
    world.dids.set(eastfield.did, eastfield.document);
    const forged = await sealed(aBadge(eastfield), eastfield.proof);
    const westfields = { ...forged, issuer: aBadge(issuer)['issuer'] };
    const report = await verify(westfields);
    expect(report.verdict).toBe('not-genuine');
    expect(report.sentence).toMatch(/^Not genuine/);
  });

  it('of another issuer, properly signed over our issuer’s name, is not genuine', async () => {
    const eastfield = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
    world.dids.set(eastfield.did, eastfield.document);
    const forged = await sealed(aBadge(issuer), eastfield.proof);
    const report = await verify(forged);
    expect(report.verdict).toBe('not-genuine');
    expect(report.reasons[0]).toContain(`${eastfield.did}#proof-1 does not belong to the issuer ${did}`);
    expect(world.asked).not.toContain(eastfield.did);
  });

  it('that the DID document does not list is not genuine', async () => {
    const unlisted = makeSigner(did, 'proof-9', 'Ed25519');
    expect((await verify(await sealed(aBadge(issuer), unlisted))).verdict).toBe('not-genuine');
  });

  it('that left assertionMethod is not genuine', async () => {
    world.dids.set(did, { ...issuer.document, assertionMethod: [issuer.rsa.verificationMethod] });
    expect((await verify(badge)).verdict).toBe('not-genuine');
  });

  it('could not be checked when the document at the DID’s place is another DID’s', async () => {
    world.dids.set(did, { ...issuer.document, id: 'did:web:elsewhere.example' });
    expect((await verify(badge)).verdict).toBe('could-not-check');
  });

  it('could not be checked for an issuer whose DID method is unknown', async () => {
    const odd = await sealed(aBadge({ ...issuer, did: 'did:example:123' }), {
      ...issuer.proof,
      controller: 'did:example:123',
      verificationMethod: 'did:example:123#k',
    });
    expect((await verify(odd)).verdict).toBe('could-not-check');
  });
});

describe('pinned documents', () => {
  it('a changed one makes the credential not genuine', async () => {
    world.resources.set(rigQualityUrl, '{"agreement":"0.99"}');
    const report = await verify(badge);
    expect(report.verdict).toBe('not-genuine');
    expect(outcomeOf(report, 'pinned')).toBe('failed');
  });

  it('one that is unreachable could not be checked', async () => {
    world.resources.delete(rigQualityUrl);
    expect((await verify(badge)).verdict).toBe('could-not-check');
  });
});

describe('schemas', () => {
  const own = `https://${rigHost}/schema.json`;
  const named = async () =>
    sealed(
      aBadge(issuer, (change) => {
        change['credentialSchema'] = [
          ...(change['credentialSchema'] as JsonObject[]),
          { id: own, type: '1EdTechJsonSchemaValidator2019' },
        ];
      }),
      issuer.proof,
    );
  const wanting = (minItems: number): JsonObject => ({
    $schema: 'https://json-schema.org/draft/2019-09/schema#',
    type: 'object',
    properties: { evidence: { type: 'array', minItems } },
  });

  it('1EdTech’s own address is never fetched', async () => {
    await verify(badge);
    expect(world.asked.some((url) => url.includes('purl.imsglobal.org'))).toBe(false);
  });

  it('a badge that breaks the Open Badges model could not be accepted', async () => {
    const odd = await sealed(
      aBadge(issuer, (change) => {
        delete (change['credentialSubject'] as { [member: string]: unknown })['achievement'];
      }),
      issuer.proof,
    );
    const report = await verify(odd);
    expect(outcomeOf(report, 'schema')).toBe('failed');
    expect(report.verdict).toBe('could-not-check');
  });

  it('the issuer’s own schema is fetched and must hold', async () => {
    const signed = await named();
    world.resources.set(own, wanting(1));
    expect((await verify(signed)).verdict).toBe('valid');
    world.resources.set(own, wanting(2));
    const report = await verify(signed);
    expect(outcomeOf(report, 'schema')).toBe('failed');
    expect(report.verdict).toBe('could-not-check');
  });

  it.each([
    ['is unreachable', undefined],
    ['is no JSON', '<html>'],
    ['does not compile', { type: 'nonsense' }],
    ['brings a regular expression', { type: 'object', properties: { name: { pattern: '^(a+)+$' } } }],
    ['is of an unknown draft', { $schema: 'http://json-schema.org/draft-03/schema#', type: 'object' }],
  ])('could not be checked when its own schema %s', async (_name, schema) => {
    if (schema !== undefined) world.resources.set(own, schema);
    const report = await verify(await named());
    expect(outcomeOf(report, 'schema')).toBe('could-not-check');
    expect(report.verdict).toBe('could-not-check');
  });
});
