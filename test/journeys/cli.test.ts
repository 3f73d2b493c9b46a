import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/kernel/index.js';

/** The built command, as a person runs it; `npm test` builds it first. */
describe('the touchstone command', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-cli-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function touchstone(args: readonly string[], environment: { readonly [name: string]: string } = {}) {
    const run = spawnSync(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', TOUCHSTONE_DATA_DIR: join(folder, 'data'), ...environment },
    });
    return { code: run.status, out: run.stdout, error: run.stderr };
  }
  const district = [
    'district',
    'create',
    '--name',
    'Riverbend',
    '--admin-email',
    'a@b.example',
    '--admin-name',
    'A',
  ];

  it('makes one interop issuer for each kind of key, and no other kind', () => {
    const create = (keyType: string) => touchstone(['interop', 'create', '--key-type', keyType]);
    const made = JSON.parse(create('P-256').out);
    expect(made).toMatchObject({ issuerId: expect.stringMatching(/^did:key:zDn/), keyType: 'P-256' });
    expect(JSON.parse(create('P-256').out)).toEqual(made);
    expect(JSON.parse(touchstone(['interop', 'list']).out)).toEqual([made]);
    const refused = create('RSA');
    expect([refused.code, refused.error]).toEqual([
      1,
      expect.stringContaining('--key-type must be one of Ed25519, P-256, P-384; it is "RSA"'),
    ]);
  });

  it('answers a file of cases, a line for each, and ends with 1 when one could not be read', () => {
    const file = join(folder, 'cases.json');
    const rater1 = [1, 2, 3];
    const good = { id: 'good', statistic: 'exactAgreement', input: { rater1, rater2: [1, 2, 2] } };
    const same = { id: 'same', statistic: 'qwk', input: { rater1: [2, 2], rater2: [2, 2] } };
    writeFileSync(file, JSON.stringify({ cases: [good, same] }));
    const answered = touchstone(['agreement', file]);
    expect(answered.code).toBe(0);
    expect(
      answered.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { id: 'good', value: 2 / 3, reason: null },
      { id: 'same', value: null, reason: 'no-variation' },
    ]);
    writeFileSync(file, JSON.stringify({ cases: [{ id: 'bad', statistic: 'kw' }, good] }));
    const partly = touchstone(['agreement', file]);
    expect(partly.code).toBe(1);
    expect(partly.out).toMatch(
      /^\{"id":"bad","value":null,"reason":"no statistic is called \\"kw\\".*\n\{"id":"good"/,
    );
    writeFileSync(file, '{');
    expect(touchstone(['agreement', file])).toMatchObject({
      code: 1,
      error: expect.stringContaining('is no JSON'),
    });
  });

  it('names the field and the rule of a bad slug, and makes nothing', () => {
    const refused = touchstone([...district, '--slug', 'No Good']);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('/slug: must be 2 to 40 lower-case letters');
    expect(JSON.parse(touchstone(['district', 'list']).out)).toEqual([]);
  });

  it('sets up a district: member, API key, signing keys made and rotated', () => {
    const opened = JSON.parse(touchstone([...district, '--slug', 'riverbend']).out);
    expect(opened.apiKey).toMatch(/^tsk_[A-Za-z0-9_-]{43}$/);
    const member = touchstone([
      ...[
        'member',
        'add',
        '--district',
        'riverbend',
        '--email',
        't@b.example',
        '--name',
        'T',
        '--roles',
        'teacher',
      ],
    ]);
    expect(JSON.parse(member.out)).toMatchObject({ email: 't@b.example', roles: ['teacher'] });
    const key = touchstone([
      'api-key',
      'create',
      '--district',
      'riverbend',
      '--email',
      't@b.example',
      '--name',
      'k',
    ]);
    expect(JSON.parse(key.out).secret).toMatch(/^tsk_/);
    expect(touchstone(['keys', 'rotate', '--district', 'riverbend', '--use', 'proof']).code).toBe(0);
    const keys = JSON.parse(touchstone(['keys', 'list', '--district', 'riverbend']).out) as {
      name: string;
      state: string;
    }[];
    const states = Object.fromEntries(keys.map(({ name, state }) => [name.replace(/-\d{4}-/, '-'), state]));
    expect(states).toEqual({ 'proof-1': 'retired', 'proof-2': 'active', 'jwt-1': 'active' });
  });

  it('exports a record, signs its head, and verifies both: 0 when good, 1 when tampered with, 2 when not to be judged', () => {
    const at = ['--district', 'riverbend'];
    expect(touchstone(['audit', 'head', ...at, '--out', 'head.json']).code).toBe(0);
    expect(touchstone(['audit', 'export', ...at, '--out', 'record.jsonl'])).toMatchObject({
      code: 0,
      out: '',
    });
    const good = touchstone(['audit', 'verify', 'record.jsonl', '--head', 'head.json']);
    expect([good.code, good.out]).toEqual([
      0,
      expect.stringMatching(/^Good\. All \d+ entries follow .*proves the first \d+\./),
    ]);
    const lines = readFileSync(join(folder, 'record.jsonl'), 'utf8').split('\n');
    writeFileSync(join(folder, 'tampered.jsonl'), lines.toSpliced(2, 1).join('\n'));
    const bad = touchstone(['audit', 'verify', 'tampered.jsonl', '--head', 'head.json']);
    expect([bad.code, bad.out]).toEqual([
      1,
      expect.stringMatching(/\nEntry 3 \(order\), where members mbr_\w+ stands: /),
    ]);
    const other = touchstone(['audit', 'verify', 'head.json', '--head', 'head.json']);
    expect([other.code, other.error]).toEqual([
      2,
      expect.stringContaining('The file head.json is no exported audit record'),
    ]);
    expect(touchstone(['audit', 'verify']).code).toBe(2);
  });

  it('says what an unknown district is, and nothing of a stack', () => {
    const refused = touchstone(['member', 'list', '--district', 'nowhere']);
    expect([refused.code, refused.error]).toEqual([1, 'touchstone: There is no such district.\n']);
  });

  it('withdraws a compromised key, and says what is wrong with a time', () => {
    const compromise = (at: string) =>
      touchstone([
        'keys',
        'compromise',
        '--district',
        'riverbend',
        '--key',
        firstKey,
        '--at',
        at,
        '--reason',
        'A drill.',
      ]);
    const listed = () =>
      JSON.parse(touchstone(['keys', 'list', '--district', 'riverbend']).out) as {
        name: string;
        state: string;
      }[];
    const firstKey = listed().find(({ name, state }) => name.startsWith('jwt-') && state === 'active')!.name;
    expect(compromise('yesterday')).toMatchObject({
      code: 1,
      error: expect.stringContaining('--at must be a time in UTC'),
    });
    expect(compromise('2199-01-01T00:00:00Z')).toMatchObject({
      code: 1,
      error: expect.stringContaining('in the future'),
    });
    const told = compromise('2020-01-01T00:00:00Z');
    expect(JSON.parse(told.out)).toMatchObject({
      keyName: firstKey,
      compromisedAt: '2020-01-01T00:00:00Z',
      reportedBy: null,
      awards: { due: 0 },
    });
    const states = listed().filter(({ name }) => name.startsWith('jwt-'));
    expect(states.map(({ state }) => state)).toEqual(['compromised', 'active']);
  });

  it('refuses example keys off localhost', () => {
    const away = {
      PUBLIC_URL: 'https://credentials.example.test',
      TOUCHSTONE_KEY_SECRET: 'a secret for tests only, of more than 32 characters',
      TOUCHSTONE_SMTP_URL: 'smtp://127.0.0.1:1',
      TOUCHSTONE_DATA_DIR: join(folder, 'away'),
    };
    expect(touchstone([...district, '--slug', 'away'], away).code).toBe(0);
    const example = join(packageRoot, 'keys.example/proof-ed25519.jwk.json');
    const refused = touchstone(['keys', 'import', example, '--district', 'away', '--use', 'proof'], away);
    expect(refused.code).toBe(1);
    expect(refused.error).toMatch(/example/);
    const local = touchstone(['keys', 'import', example, '--district', 'riverbend', '--use', 'proof']);
    expect(local.code).toBe(0);
    const again = touchstone(['keys', 'import', example, '--district', 'riverbend', '--use', 'proof']);
    expect(again).toMatchObject({ code: 1, error: expect.stringContaining('of this district') });
    expect(touchstone([...district, '--slug', 'second']).code).toBe(0);
    const other = touchstone(['keys', 'import', example, '--district', 'second', '--use', 'proof']);
    expect(other).toMatchObject({ code: 1, error: expect.stringContaining('another issuer') });
  });

  it('lists every fault of the settings at once, and does not start', () => {
    const run = touchstone(['district', 'list'], { PORT: 'abc', TOUCHSTONE_COLOUR: 'red' });
    expect(run.code).toBe(1);
    expect(run.error).toContain('PORT must be a port from 0 to 65535');
    expect(run.error).toContain('TOUCHSTONE_COLOUR is not a setting');
  });

  it('verifies a file: what is no credential is never good', () => {
    const file = join(folder, 'nothing.json');
    writeFileSync(file, '{"hello":"world"}');
    const judged = touchstone(['verify', file]);
    expect(judged.code).toBe(1);
    expect(judged.out).toMatch(/^(not-genuine|could-not-check): /);
    expect(touchstone(['verify', join(folder, 'absent.json')]).error).toContain('cannot be read');
  });
});
