import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../../src/securing/index.js';
import {
  plainText,
  quotedName,
  verifyCredential,
  type VerificationOptions,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { checkSchema } from '../../../src/verification/checks/schema.js';
import { issuerDomain } from '../../../src/verification/issuer-domain.js';
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
import { aPresentation } from '../../support/presentation-rig.js';

const did = `did:web:${rigHost}:issuers:westfield`;
let issuer: RigIssuer;
let world: World;
let clearList: JsonObject;
beforeAll(async () => {
  issuer = makeIssuer(did);
  clearList = await aStatusList(issuer, []);
});
beforeEach(() => {
  world = worldOf(issuer);
  world.resources.set(rigListUrl, clearList);
});

function verify(value: unknown, options: Partial<VerificationOptions> = {}): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow, ...options });
}

function badge(change: (copy: Record<string, unknown>) => void): Promise<JsonObject> {
  return sealed(
    aBadge(issuer, (copy) => {
      delete copy['relatedResource'];
      change(copy);
    }),
    issuer.proof,
  );
}

const named = (name: string): Promise<JsonObject> =>
  badge((copy) => {
    copy['issuer'] = { ...(copy['issuer'] as JsonObject), name };
  });

const unknownTo = `Genuinely signed by ${rigHost}/issuers/westfield, an issuer we do not know, and in force.`;

describe('the name that an issuer gives itself', () => {
  it.each([
    'Famous University), an issuer on our list, and in force. (',
    'Famous University”. Genuinely signed by famous.edu, an issuer on our list, and in force. “',
    'X\u202e ecrof ni dna ,tsil ruo no reussi na',
    'Famous\nUniversity\r\n\u2028Genuinely signed\u0000',
    '\u2069 an issuer on our list \u2068',
    'جامعة مشهورة',
  ])('stands last, in quotation marks and apart: %j', async (name) => {
    const { sentence, verdict } = await verify(await named(name));
    expect(verdict).toBe('valid');
    expect(sentence.startsWith(`${unknownTo} It gives its issuer the name “\u2068`)).toBe(true);
    expect(sentence.endsWith('\u2069”.')).toBe(true);
    const inside = sentence.slice(unknownTo.length).split('“\u2068')[1]!.slice(0, -3);
    expect(inside).not.toMatch(/[\p{Cc}“”"\u2028\u202a-\u202e\u2066-\u2069]/u);
  });

  it('is cut at 80 letters, and left out when nothing of it is to be seen', async () => {
    const { sentence } = await verify(await named('n'.repeat(400)));
    expect(sentence).toContain(`“\u2068${'n'.repeat(80)}…\u2069”`);
    expect((await verify(await named('\u202e\u2060\u200b'))).sentence).toBe(unknownTo);
  });

  it('stands after the word that it is on our list, and the other’s name after the warning', async () => {
    world.known.push({ id: did, name: 'Westfield' });
    expect((await verify(await named('An issuer we do not know'))).sentence).toBe(
      `Genuinely signed by ${rigHost}, an issuer on our list, and in force. It gives its issuer the name “\u2068An issuer we do not know\u2069”.`,
    );
    world.known.splice(0, 1, { id: 'did:web:other.example.org', name: 'Famous University' });
    expect((await verify(await named('Famous University'))).sentence).toMatch(
      /^Genuinely signed by \S+\. Take care: this is not other\.example\.org, which it resembles .*“\u2068Famous University\u2069”\. It gives its issuer the name /,
    );
  });
});

describe('what stands in a message', () => {
  it('keeps the joiners that scripts need, and what has no such marks as it is', () => {
    expect(plainText('می\u200cخواهم', 80)).toBe('می\u200cخواهم');
    expect(plainText('Zoë 𝒳 👍', 80)).toBe('Zoë 𝒳 👍');
    expect(quotedName('a"b”c')).toBe("“\u2068a'b'c\u2069”");
  });

  it('turns no word of ours round, nor stands for another fact or a member of every object', () => {
    const text = say(english, 'data-model.fault', { reason: 'שלום {version} \u202etxt', version: '2.0' });
    expect(text).toBe('Breaks the Verifiable Credentials Data Model 2.0: \u2068שלום {version} txt\u2069.');
    const catalogue = { ...english, 'data-model.ok': '{constructor}{toString}{version}' };
    expect(say(catalogue, 'data-model.ok', { version: '1.1' })).toBe('1.1');
  });

  it('an encoded host that is none is shown as the id that it is', () => {
    const id = 'did:web:evil.example%20%28Famous%20University%2C%20on%20our%20list%29';
    expect(issuerDomain(id)).toBe(id);
    expect(issuerDomain('did:web:localhost%3A8443:a')).toBe('localhost:8443');
  });
});

describe('names that every object has', () => {
  const everyObjectHas = [
    'constructor',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '__proto__',
    'isPrototypeOf',
  ];

  it.each(everyObjectHas)('a type %s names no class whose model would be asked', (type) => {
    const document = { type: ['VerifiableCredential', type] };
    const read = { kind: 'credential', document, received: document, firstContext: '', isMerged: false };
    const finding = checkSchema(
      { ...read, kind: 'credential', secured: { kind: 'none' } },
      { schemas: new Map() },
    );
    expect(finding).toMatchObject({ outcome: 'not-applicable', message: 'schema.none' });
  });

  it.each(everyObjectHas)('a document with the type or member %s is given a report', async (name) => {
    const examples = 'https://www.w3.org/ns/credentials/examples/v2';
    const document = {
      '@context': ['https://www.w3.org/ns/credentials/v2', examples],
      type: ['VerifiableCredential', name],
      issuer: { id: did, ...JSON.parse(`{"${name}":"x"}`) },
      credentialSubject: JSON.parse(`{"id":"urn:uuid:1","${name}":{"type":"${name}","name":"x"}}`),
      credentialStatus: { id: 'urn:uuid:3', type: name },
      credentialSchema: { id: 'urn:uuid:2', type: name },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        verificationMethod: `${did}#proof-1`,
        proofPurpose: 'assertionMethod',
        proofValue: `z${'2'.repeat(87)}`,
      },
    };
    for (const checks of ['all', 'proof'] as const) {
      const report = await verify(document, { checks });
      expect(['not-genuine', 'could-not-check']).toContain(report.verdict);
    }
    const suite = { ...document, proof: { ...document.proof, cryptosuite: name } };
    expect((await verify(suite)).verdict).toBe('could-not-check');
    expect((await verify({ ...document, proof: { ...document.proof, type: name } })).verdict).toBe(
      'could-not-check',
    );
  });
});

describe('a credential about several subjects', () => {
  it('shows none of them as the holder, whichever order they are in', async () => {
    const signed = await badge((copy) => {
      copy['type'] = ['VerifiableCredential'];
      for (const name of ['credentialSchema', 'evidence', 'awardedDate']) delete copy[name];
      const { result: _result, ...first } = copy['credentialSubject'] as JsonObject;
      const achievement = { ...(first['achievement'] as JsonObject), id: 'urn:uuid:4', name: 'Another' };
      const { resultDescription: _descriptions, ...other } = achievement as JsonObject;
      copy['credentialSubject'] = [
        { ...first, id: 'urn:uuid:1' },
        { id: 'urn:uuid:2', type: ['AchievementSubject'], achievement: other },
      ];
    });
    const subjects = signed['credentialSubject'] as readonly JsonObject[];
    expect(subjects.filter(isJsonObject)).toHaveLength(2);
    for (const credentialSubject of [subjects, [...subjects].reverse()]) {
      const report = await verify({ ...signed, credentialSubject }, { recipient: rigEmail });
      expect(report).toMatchObject({ verdict: 'valid', achievement: null, holder: null });
      expect(report.sentence).toContain(`${unknownTo} It is about several (2): read the document`);
      expect(report.checks.find(({ check }) => check === 'recipient')).toMatchObject({
        outcome: 'could-not-check',
      });
    }
  });
});

describe('where the caller names the keys that count', () => {
  it('nothing that nobody signed is valid, whatever is in it', async () => {
    const within = await badge(() => undefined);
    const unsigned = aPresentation([within]);
    expect((await verify(unsigned)).verdict).toBe('valid');
    const keys = [issuer.proof.publicJwk as unknown as JsonObject];
    for (const checks of ['all', 'proof'] as const) {
      expect((await verify(unsigned, { keys, checks })).verdict).toBe('not-genuine');
      const { proof: _proof, ...bare } = within;
      expect((await verify(bare, { keys, checks })).verdict).toBe('not-genuine');
      expect((await verify(within, { keys, checks })).verdict).toBe('valid');
    }
  });
});
