import { beforeAll, describe, expect, it } from '@jest/globals';
import { packageFile } from '../../src/kernel/index.js';
import { askJudge } from '../support/judges/ask-judge.js';
import { documentedRows } from '../support/judges/documented-rows.js';
import { serveHosts } from '../support/judges/judged-hosts.js';
import { abroad } from '../support/strangers/abroad/abroad.js';
import { ourForms, type OurForm } from '../support/strangers/our-forms.js';

/** Every judge by the heading of its column, and the forms that it can take: those of its own suites or algorithms. */
const judges = {
  digitalbazaar: { title: '@digitalbazaar/vc', takes: /^e|^Ed/ },
  digitalcredentials: { title: '@digitalcredentials/vc', takes: /^eddsa-rdfc|^Ed/ },
  didkit: { title: 'DIDKit', takes: /^eddsa-rdfc|^Ed/ },
  'kilt-jcs': { title: 'KILT', takes: /^eddsa-jcs/ },
  'did-jwt-vc': { title: 'did-jwt', takes: /^JWT ES256/ },
  jsonwebtoken: { title: 'jsonwebtoken', takes: /^JWT/ },
} as const;
type Judge = keyof typeof judges;

/** Where a judge does not accept what the others do; docs/interop.md says why. */
const disagreements = [
  'KILT | eddsa-jcs-2022',
  'Iron, Nimbus (Java) | eddsa-rdfc-2022',
  'Iron, Nimbus (Java) | ecdsa-rdfc-2019 P-256',
  'ssi (Rust) | eddsa-rdfc-2022',
  'ssi (Rust) | ecdsa-rdfc-2019 P-256',
  'ssi (Rust) | ecdsa-rdfc-2019 P-384',
];

interface Answer {
  readonly verified: boolean;
  readonly reason: string;
}

/** What judges in other languages said of these forms when they were asked, recorded in `test/support/strangers/abroad/`. */
const recorded = Object.entries(abroad).map(([language, { title }]) => {
  const file = packageFile(`test/support/strangers/abroad/${language}.json`);
  const { judged } = JSON.parse(file) as { judged: { [name: string]: Answer } };
  return [title, judged] as const;
});

let forms: readonly OurForm[];
/** What every judge said of every case that it took, by its title: `form`, or `form: alteration`. */
const said = new Map<string, { readonly [name: string]: Answer }>(recorded);

beforeAll(async () => {
  forms = await ourForms();
  const nobody = await serveHosts(['nobody.example.test'], (_request, response) =>
    response.writeHead(404).end(),
  );
  for (const [judge, { title, takes }] of Object.entries(judges) as [Judge, (typeof judges)[Judge]][]) {
    const cases = forms
      .filter(({ form }) => takes.test(form))
      .flatMap(({ form, text, altered, keys }) => [
        { name: form, text, keys },
        ...[...altered].map(([name, changed]) => ({ name: `${form}: ${name}`, text: changed, keys })),
      ]);
    const { answers, refused } = await askJudge<Answer>(`../strangers/${judge}`, nobody, cases);
    // DIDKit looks the other issuer up, in whose name one of the altered forms is.
    expect([judge, refused.filter((one) => one !== 'other.example.test:443')]).toEqual([judge, []]);
    said.set(title, answers);
  }
  await nobody.close();
}, 120_000);

describe('a badge of ours in every form that we sign', () => {
  it('is accepted by every judge that takes the form, but where the documentation says why not', () => {
    const refusing = [...said].flatMap(([title, answers]) =>
      Object.entries(answers)
        .filter(([name, { verified }]) => !name.includes(': ') && !verified)
        .map(([name]) => `${title} | ${name}`),
    );
    expect(refusing.sort()).toEqual([...disagreements].sort());
  });

  it('is refused by every one of them once it is altered', () => {
    const alteredOnes = [...said.values()].flatMap((answers) =>
      Object.entries(answers).filter(([name]) => name.includes(': ')),
    );
    console.log(`${alteredOnes.length} answers of ${said.size} judges on altered badges of ours`);
    expect(alteredOnes.length).toBeGreaterThan(200);
    expect(alteredOnes.filter(([, { verified }]) => verified)).toEqual([]);
  });

  it('has its row in docs/interop.md, which says what the judges say', () => {
    const titles = [...said.keys()];
    const columns = [...Object.values(judges).map(({ title }) => title), ...recorded.map(([title]) => title)];
    expect([...titles].sort()).toEqual([...columns].sort());
    const word = (answer: Answer | undefined) =>
      answer === undefined ? '–' : answer.verified ? 'accepted' : 'refused';
    const rows = forms.map(({ form }) =>
      [form, ...columns.map((title) => word(said.get(title)![form]))].join(' | '),
    );
    expect(documentedRows('## What we sign, in every suite')).toEqual([
      ['Form', ...columns].join(' | '),
      ...rows,
    ]);
  });
});
