import { describe, expect, it } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { AchievementContent } from '../../../src/achievements/index.js';
import {
  DateText,
  FormErrors,
  freshForm,
  markdownHtml,
  TextField,
} from '../../../src/web/components/index.js';
import { doneSentence } from '../../../src/web/done.js';
import { currentEntry, navigation } from '../../../src/web/navigation.js';
import { contentOf, slugOf, withoutBlankRows } from '../../../src/web/pages/draft-content.js';
import { afterButton, draftFormFrom, draftFormOf } from '../../../src/web/pages/draft-form.js';
import { valuesOfDraft } from '../../../src/web/pages/draft-values.js';
import { linkedInAddress } from '../../../src/web/pages/linkedin.js';
import { page } from '../../../src/web/pages/layout.js';
import { shownCredential } from '../../../src/web/pages/shown-credential.js';
import { reportPage } from '../../../src/web/pages/verify.js';
import type { VerificationReport } from '../../../src/verification/index.js';

const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('Markdown of people', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![a](https://tracker.example/p.png)',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](//evil.example)',
    '<a href="https://x" onclick="y">z</a>',
    '<style>*{display:none}</style>',
  ])('lets nothing through that acts: %s', (source) => {
    const html = markdownHtml(source);
    expect(html).not.toMatch(/<(script|img|style|iframe|svg)|\son\w+=[^&]*>|href="(javascript|data|\/\/)/i);
  });

  it('keeps its headings under those of the page', () => {
    expect(markdownHtml('# One\n\n## Two')).toContain('<h3>One</h3>');
    expect(markdownHtml('# One\n\n## Two')).toBe('<h3>One</h3>\n<h4>Two</h4>\n');
    expect(markdownHtml('## One\n\n#### Two\n\n## Three')).toBe(
      '<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>\n',
    );
  });
});

describe('a form that failed', () => {
  const form = {
    values: { 'levels/0/name': '"><script>x</script>' },
    errors: [{ pointer: '/levels/0/name', detail: 'must not be empty' }],
    problem: 'no',
  };

  it('marks the field, keeps what was typed without letting it act, and leads there from the summary', () => {
    const html = renderToString(<TextField form={form} name="levels/0/name" label="Name" hint="Short" />);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('aria-describedby="field-levels-0-name-hint field-levels-0-name-error"');
    expect(html).not.toContain('<script>');
    expect(html).toContain('value="&quot;>&lt;script');
    expect(renderToString(<FormErrors form={form} />)).toContain('href="#field-levels-0-name"');
  });

  it('shows no summary before it was sent', () => {
    expect(renderToString(<FormErrors form={freshForm({ a: 'b' })} />)).toBe('');
  });
});

describe('dates for people', () => {
  it('are said in the district’s zone, by its name at that time of year', () => {
    const winter = renderToString(<DateText instant="2026-01-01T05:30:00Z" timeZone="America/Chicago" />);
    expect(text(winter)).toContain('31 December 2025 (CST)');
    const summer = renderToString(
      <DateText instant="2026-07-01T03:00:00Z" timeZone="America/Chicago" kind="moment" />,
    );
    expect(text(summer)).toContain('30 Jun 2026, 22:00 CDT');
    expect(summer).toContain('datetime="2026-07-01T03:00:00Z"');
  });
});

describe('sentences after a change', () => {
  it('come from the table and never from the address', () => {
    expect(doneSentence('member-added')).toBe('The member was added.');
    for (const code of ['<b>x</b>', 'toString', '__proto__', 'constructor', '', undefined])
      expect(doneSentence(code)).toBeUndefined();
    expect(page({ title: 'T', done: '<b>owned</b>' }, <p>x</p>)).not.toContain('owned');
  });
});

describe('the navigation', () => {
  it('marks the longest entry that the address is under', () => {
    expect(currentEntry(navigation, '/district/members/mbr_x/edit')).toBe('/district/members');
    expect(currentEntry(navigation, '/district/keys')).toBe('/district');
    expect(currentEntry(navigation, '/districts')).toBeUndefined();
  });
});

describe('LinkedIn’s form', () => {
  const entry = {
    name: 'x',
    organization: 'D',
    expires: null,
    timeZone: 'America/Chicago',
    url: 'https://h/c/a',
    id: 'a',
  };

  it.each([
    ['2026-01-01T06:30:00Z', '2026', '1'],
    ['2026-01-01T05:30:00Z', '2025', '12'],
    ['2026-12-31T23:59:59Z', '2026', '12'],
    ['2027-01-01T05:59:59Z', '2026', '12'],
    ['2026-07-01T04:59:00Z', '2026', '6'],
    ['2026-07-01T05:00:00Z', '2026', '7'],
  ])('counts months from 1 in the district’s zone: %s', (issued, year, month) => {
    const query = new URL(linkedInAddress({ ...entry, issued })).searchParams;
    expect([query.get('issueYear'), query.get('issueMonth')]).toEqual([year, month]);
    expect(query.has('expirationMonth')).toBe(false);
  });

  it.each(['Data & design # + 100 % "x"', 'प्रारूपिक प्रतिक्रिया', 'ملاحظات', 'x'.repeat(200)])(
    'carries any name unchanged: %s',
    (name) => {
      const address = linkedInAddress({
        ...entry,
        name,
        issued: '2026-11-20T09:00:00Z',
        expires: '2031-11-20T09:00:00Z',
      });
      const query = new URL(address).searchParams;
      expect(query.get('name')).toBe(name);
      expect(query.get('expirationMonth')).toBe('11');
    },
  );
});

describe('what is shown of a credential', () => {
  it('leaves out what is absent or of another form, and never links to anything but the web', () => {
    const shown = shownCredential({
      name: 7,
      credentialSubject: [
        {
          achievement: {
            name: { '@value': 'N' },
            alignment: [{ targetName: 'A', targetUrl: 'javascript:alert(1)' }, 5, null],
          },
          result: 'x',
        },
      ],
      validUntil: 'soon',
      evidence: { id: 'urn:x' },
    });
    expect(shown).toMatchObject({
      name: 'N',
      results: [],
      validUntil: null,
      alignments: [{ name: 'A', url: null }],
      evidence: [{ name: 'Evidence' }],
    });
    expect(shownCredential({})).toMatchObject({ name: null, results: [], alignments: [] });
  });
});

describe('a verification report as a page', () => {
  const report = (change: Partial<VerificationReport>): VerificationReport => ({
    kind: 'credential', verdict: 'valid', sentence: 'S.', reasons: [], checkedAt: '2026-11-20T09:00:00Z', checks: [], recognition: 'recognised',
    credential: null, issuer: null, achievement: null, holder: null, nested: [], ...change,
  }); // prettier-ignore

  it.each([
    ['valid', 'Valid', 'good'],
    ['expired', 'Expired', 'warn'],
    ['not-yet-valid', 'Not valid yet', 'warn'],
    ['suspended', 'Suspended', 'warn'],
    ['revoked', 'Revoked', 'bad'],
    ['not-genuine', 'Not genuine', 'bad'],
    ['could-not-check', 'Could not check', 'plain'],
  ] as const)('says %s first by word, icon and tone', (verdict, word, tone) => {
    const html = reportPage(report({ verdict }));
    expect(html).toMatch(new RegExp(`class="verdict tone-${tone}"[^>]*><svg`));
    expect(html).toContain(`id="verdict">${word}</h1>`);
    expect(html.indexOf('verdict-word')).toBeLessThan(html.indexOf('What was checked'));
  });

  it('is neutral in colour for a valid credential of an issuer that is not known', () => {
    expect(reportPage(report({ recognition: 'unknown' }))).toContain('verdict tone-info');
  });

  it('says in its heading when nobody signed a presentation of what is valid', () => {
    const headingOf = (outcome: 'passed' | 'not-applicable', verdict: 'valid' | 'revoked' = 'valid') =>
      /id="verdict">([^<]*)/.exec(
        reportPage(
          report({ kind: 'presentation', verdict, checks: [{ check: 'proof', outcome, detail: 'D.' }] }),
        ),
      )?.[1];
    expect(headingOf('passed')).toBe('Valid');
    expect(headingOf('not-applicable')).toBe('Valid, presented without a signature');
    expect(headingOf('not-applicable', 'revoked')).toBe('Revoked');
  });

  it('does not call green the issuer that a document names which is not genuine', () => {
    const issuer = {
      id: 'did:web:a.example',
      domain: 'a.example',
      place: 'a.example',
      name: null,
      url: null,
    };
    const shown = (verdict: 'valid' | 'not-genuine') =>
      reportPage(report({ verdict, issuer, credential: {} }));
    expect(shown('valid')).toMatch(/badge tone-good"[^]*On our list of issuers/);
    expect(shown('not-genuine')).not.toContain('tone-good');
    expect(shown('not-genuine')).toContain('Names an issuer on our list');
  });

  it('shows the Markdown of an endorsement as such', () => {
    const endorsement = { about: 'https://a.example/1', comment: 'We **count** it.', isAboutThis: null };
    expect(
      reportPage(report({ kind: 'endorsement', credential: {}, endorsement: endorsement as never })),
    ).toContain('<strong>count</strong>');
  });

  it('lets nothing of the credential act', () => {
    const evil = '"><script>alert(1)</script>';
    const html = reportPage(
      report({
        sentence: evil, reasons: [evil, evil], credential: { name: evil, credentialSubject: { narrative: evil } }, replacedBy: 'javascript:alert(1)',
        issuer: { id: evil, domain: evil, place: evil, name: evil, url: evil }, achievement: { id: evil, name: evil, description: evil, achievementType: evil },
        holder: { id: evil, name: evil, hashedEmail: false }, checks: [{ check: 'proof', outcome: 'failed', detail: evil }],
      }), // prettier-ignore
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('href="javascript:');
  });
});

describe('the form of a draft', () => {
  const content: AchievementContent = {
    name: 'N', description: 'D', achievementType: 'MicroCredential', criteria: 'C', language: 'en', tags: ['a', 'b'], creditHours: 1.5, validForMonths: null,
    alignments: [{ targetName: 'T', targetUrl: 'https://x.example', targetFramework: 'F', targetCode: null, targetDescription: null }],
    assessment: {
      by: 'review',
      rubric: {
        criteria: [
          { id: 'one', name: 'One', description: '', levels: [{ id: 'one-1', name: 'L', descriptor: 'l' }, { id: 'one-2', name: 'H', descriptor: 'h' }], requiredLevel: 'one-2' },
          { id: 'two', name: 'Two', description: 'x', levels: [{ id: 'two-1', name: 'L', descriptor: 'l' }, { id: 'two-2', name: 'H', descriptor: 'h' }], requiredLevel: 'two-1' },
        ],
        rule: { kind: 'compensatory', cut: 3, floors: { one: 'one-2' } },
      },
      requirements: [{ id: 'plan', kind: 'file', name: 'Plan', description: '', genre: 'Plan', mediaTypes: ['application/pdf'], min: 1, max: 2, needsConsent: true, serves: ['two'] }],
    },
  }; // prettier-ignore

  it.each([
    ['the content', content],
    [
      'content with a second entry of status',
      { ...content, statusEntries: 'revocation-and-suspension' } as const,
    ],
  ])('gives back %s that it was made from, through the fields of the page', (_what, content) => {
    const sent = valuesOfDraft(draftFormFrom(content));
    const back = contentOf(withoutBlankRows(draftFormOf(sent))) as unknown as AchievementContent & {
      assessment: { rubric: { criteria: { levels: object[] }[] } };
    };
    // Level ids follow from the criterion's id and the position, so the form leaves them out.
    const withoutIds = JSON.parse(JSON.stringify(content), (key, value) =>
      Array.isArray(value) && key === 'levels'
        ? value.map(({ name, descriptor }: { name: string; descriptor: string }) => ({ name, descriptor }))
        : value,
    ) as unknown;
    expect(back).toEqual(withoutIds);
  });

  it('adds, removes and moves rows and keeps the rest', () => {
    const form = draftFormFrom(content);
    expect(afterButton(form, 'add:criteria')!.rubric).toHaveLength(3);
    expect(afterButton(form, 'remove:criteria/0')!.rubric.map(({ id }) => id)).toEqual(['two']);
    expect(afterButton(form, 'up:criteria/1')!.rubric.map(({ id }) => id)).toEqual(['two', 'one']);
    expect(afterButton(form, 'add:criteria/1/levels')!.rubric[1]!.levels).toHaveLength(3);
    expect(
      afterButton(form, 'remove:criteria/1/levels/0')!.rubric[1]!.levels.map(({ name }) => name),
    ).toEqual(['H']);
    expect(afterButton(form, 'add:alignments')!.name).toBe('N');
    for (const other of ['save', 'show', 'remove:criteria', 'drop:criteria/1', '']) {
      const after = afterButton(form, other);
      expect(after === undefined || after.rubric.length === 2).toBe(true);
    }
  });

  it('makes ids from names, once, and never the same twice', () => {
    const form = draftFormFrom(content);
    const named = (name: string) => ({ ...form.rubric[0]!, id: '', name });
    const ids = withoutBlankRows({
      ...form,
      rubric: [form.rubric[0]!, named('One'), named('Évaluer & dire'), named('評価')],
    }).rubric.map(({ id }) => id);
    expect(ids).toEqual(['one', 'one-2', 'evaluer-dire', 'criterion']);
    expect(slugOf('  Small  Group—Reading! ')).toBe('small-group-reading');
  });

  it('reads only fields of its own shape, and none that reaches into objects', () => {
    const form = draftFormOf({
      '__proto__/polluted': 'x',
      'constructor/prototype/polluted': 'x',
      name: 'N',
      'a/b/c/d/e/f/g/h/i/j': 'x',
    });
    expect(form.name).toBe('N');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});
