import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import extractChunks from 'png-chunks-extract';
import { contentFindings, contentFrom, type ContentInput } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  hostileText,
  hostileTexts,
  ownDocuments,
  publicCredential,
  settleDecision,
  type PublicCredential,
} from '../../../src/issuing/index.js';
import { settableClock, systemClock } from '../../../src/kernel/index.js';
import { printFindings } from '../../../src/sharing/index.js';
import { credentialInForm } from '../../../src/web/protocols/credential-forms.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

const has = (command: string, ...args: string[]) => spawnSync(command, args).error === undefined;
const poppler = has('pdfdetach', '-v');
const python = has('python3', '--version');
if (!poppler) console.log('skipped: no pdfdetach (poppler-utils), so no certificate was opened by it');
if (!python) console.log('skipped: no python3, so no SVG was read by its minidom');

let house: IssuingHouse;
let cast: Cast;
const fetchOfOthers = globalThis.fetch;

beforeEach(async () => {
  // The stock library reads the machine's clock.
  house = anIssuingHouse(await openSqlite({ file: ':memory:' }), settableClock(systemClock.now()));
  cast = await aCast(house);
});
afterEach(() => {
  globalThis.fetch = fetchOfOthers;
});

/** A version with this text in every place where an author may write, but for names that a picture has to draw. */
function contentWith(text: string, change: Partial<ContentInput> = {}): ContentInput {
  const content = reviewedContent(change);
  if (content.assessment.by !== 'review') return content;
  const { rubric, requirements } = content.assessment;
  return {
    ...content,
    description: text,
    criteria: text,
    tags: [text],
    alignments: content.alignments!.map((alignment) => ({
      ...alignment,
      targetName: text,
      targetFramework: text,
      targetCode: text,
      targetDescription: text,
    })),
    assessment: {
      ...content.assessment,
      rubric: {
        ...rubric,
        criteria: rubric.criteria.map((criterion) => ({
          ...criterion,
          levels: criterion.levels.map((level, at) => ({ ...level, descriptor: `${text} ${at}` })),
        })),
      },
      requirements: requirements.map((requirement) => ({
        ...requirement,
        name: text,
        description: text,
        genre: text,
      })),
    },
    ...change,
  };
}

async function issuedWith(content: ContentInput): Promise<PublicCredential> {
  const version = await anAchievement(house, cast, 'hostile', content);
  const award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
  return publicCredential(house.ports, award.publicId);
}

/** What the stock verifier of another implementer says, with our DID document and status list for the web. */
async function stockVerdict(text: string): Promise<{ verified: boolean; errors: readonly string[] }> {
  const own = ownDocuments(house.ports);
  globalThis.fetch = (async (url: string) => ({
    ok: true,
    json: async () => {
      const slug = /\/issuers\/([^/]+)\/did\.json$/.exec(url)?.[1];
      if (slug !== undefined) {
        const answer = await own.did(`did:web:credentials.example.test:issuers:${slug}`);
        return answer!.ok ? answer!.document : {};
      }
      const answer = await own.resource({ url });
      return JSON.parse(answer!.ok ? Buffer.from(answer!.bytes).toString('utf8') : '{}') as unknown;
    },
  })) as unknown as typeof fetch;
  const { judge } = (await import('../../support/judges/digitalbazaar-vc.mjs' as string)) as {
    judge: (input: { text: string }) => Promise<{ verified: boolean; errors: readonly string[] }>;
  };
  return judge({ text });
}

async function bytesOf(credential: PublicCredential, form: 'json' | 'jwt' | 'png' | 'svg' | 'pdf') {
  const { text, bytes } = await credentialInForm(credential, form);
  return bytes === undefined ? Buffer.from(text!, 'utf8') : Buffer.from(bytes);
}

describe('a credential with every hostile text in it', () => {
  it('comes back byte for byte out of every format by independent decoders, and verifies with the stock library', async () => {
    const name = `${hostileTexts['devanagari']!} ${hostileTexts['arabic']!} Touchstone® teacher’s e\u0301 ñ`;
    const credential = await issuedWith(contentWith(hostileText, { name }));
    const { json, jwt } = credential.edition;
    expect(json).toContain(JSON.stringify(hostileText).slice(1, -1));

    expect((await bytesOf(credential, 'json')).equals(Buffer.from(json, 'utf8'))).toBe(true);
    expect((await bytesOf(credential, 'jwt')).toString('latin1')).toBe(jwt);
    const {
      iss: _iss,
      jti: _jti,
      sub: _sub,
      nbf: _nbf,
      exp: _exp,
      ...payload
    } = JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString('utf8')) as {
      [claim: string]: unknown;
    };
    const { proof: _proof, ...unsigned } = JSON.parse(json) as { [member: string]: unknown };
    expect(payload).toEqual(unsigned);

    const chunks = extractChunks(await bytesOf(credential, 'png')).filter((chunk) => chunk.name === 'iTXt');
    expect(chunks).toHaveLength(1);
    const carried = Buffer.from(chunks[0]!.data).subarray('openbadgecredential'.length + 5);
    expect(carried.equals(Buffer.from(json, 'utf8'))).toBe(true);

    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    const read = [json, carried.toString('utf8')];
    if (python) {
      const file = join(folder, 'badge.svg');
      writeFileSync(file, await bytesOf(credential, 'svg'));
      const script = `import sys
from xml.dom.minidom import parse
root = parse(sys.argv[1]).documentElement
first = root.firstChild
assert first.tagName == 'openbadges:credential', first.tagName
assert first.namespaceURI == 'https://purl.imsglobal.org/ob/v3p0', first.namespaceURI
assert len(first.childNodes) == 1
sys.stdout.buffer.write(first.firstChild.data.encode('utf-8'))`;
      const text = execFileSync('python3', ['-c', script, file], { maxBuffer: 1 << 24 }).toString('utf8');
      // What XML cannot hold is written as JSON has it: the same JSON, and so the same text once written again.
      expect(JSON.stringify(JSON.parse(text))).toBe(json);
      expect(
        text.replaceAll(']]\\u003e', ']]>').replaceAll('\\ufffe', '\ufffe').replaceAll('\\uffff', '\uffff'),
      ).toBe(json);
      read.push(text);
    }
    if (poppler) {
      const file = join(folder, 'certificate.pdf');
      writeFileSync(file, await bytesOf(credential, 'pdf'));
      execFileSync('pdfdetach', ['-save', '1', '-o', join(folder, 'credential.json'), file]);
      const attached = readFileSync(join(folder, 'credential.json'));
      expect(attached.equals(Buffer.from(json, 'utf8'))).toBe(true);
      read.push(attached.toString('utf8'));
    }
    for (const text of read) expect(await stockVerdict(text)).toMatchObject({ verified: true, errors: [] });
    const altered = json.replace('teacher’s', 'teacher\\u0027s');
    expect(altered).not.toBe(json);
    expect(await stockVerdict(altered)).toMatchObject({ verified: false });
  });
});

describe('what cannot be signed', () => {
  it.each(['\ud800', 'a\udc00b', 'nul \0'])('is refused with its place and the way out: %j', async (text) => {
    const version = await anAchievement(house, cast, 'sound');
    const broken = { ...version, contentHash: null, content: { ...version.content, description: text } };
    const { errors } = await house.achievements.checkTemplate(broken);
    expect(errors).toContainEqual({
      pointer: '/description',
      detail: expect.stringContaining('half a surrogate pair, which is no text; leave that character out'),
    });
  });

  it('is a number that would sign as another', () => {
    const pointers = (creditHours: number) =>
      contentFindings(contentFrom(reviewedContent({ creditHours }), 'en')).errors.map(
        ({ pointer }) => pointer,
      );
    for (const good of [0, 0.25, 7.75, 1000]) expect([good, pointers(good)]).toEqual([good, []]);
    for (const bad of [1000.25, -0.25, 1e-7, 0.1, 0.30000000000000004, 1.4999999999999998, NaN, Infinity])
      expect([bad, pointers(bad)]).toEqual([bad, ['/creditHours']]);
    expect(Object.is(contentFrom(reviewedContent({ creditHours: -0 }), 'en').creditHours, 0)).toBe(true);
  });

  it('is an address that is not written in ASCII, of which the right spelling is told', () => {
    const errors = (targetUrl: string) => {
      const { alignments } = reviewedContent();
      const content = reviewedContent({ alignments: [{ ...alignments![0]!, targetUrl }] });
      return contentFindings(contentFrom(content, 'en')).errors;
    };
    expect(errors('https://例え.jp/ü?q=ñ')).toEqual([
      {
        pointer: '/alignments/0/targetUrl',
        detail: 'must be written in ASCII: https://xn--r8jz45g.jp/%C3%BC?q=%C3%B1',
      },
    ]);
    expect(errors('https://xn--r8jz45g.jp/%C3%BC?q=%C3%B1')).toEqual([]);
    expect(errors('https://x.test/a b')).toHaveLength(1);
    expect(errors('javascript:alert(1)')).toHaveLength(1);
  });
});

describe('what cannot be drawn', () => {
  it('is told by place and character, and never drawn as a box', async () => {
    expect(
      printFindings([
        { pointer: '/name', text: 'Retroalimentación' },
        { pointer: '/tag', text: '形成的' },
      ]),
    ).toEqual([{ pointer: '/tag', detail: expect.stringMatching(/cannot be drawn.*U\+5F62/) }]);
    const credential = await issuedWith(reviewedContent({ name: '形成的评价' }));
    for (const form of ['png', 'svg', 'pdf'] as const)
      await expect(credentialInForm(credential, form)).rejects.toMatchObject({
        code: 'rule-violated',
        message: expect.stringContaining('U+5F62'),
      });
    expect((await bytesOf(credential, 'json')).toString('utf8')).toContain('形成的评价');
  });
});
