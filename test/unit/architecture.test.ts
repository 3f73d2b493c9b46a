import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/kernel/index.js';

interface Outcome {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

/** The rules over `root`/src; the answer as data. */
function cruise(root: string): Outcome {
  const run = spawnSync(
    process.execPath,
    [
      join(packageRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      join(packageRoot, 'test/architecture/rules.cjs'),
      '--output-type',
      'json',
      'src',
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(run.stdout) as Outcome;
}

/** A small tree of its own with these files in it. */
function plant(files: { readonly [path: string]: string }): string {
  const root = mkdtempSync(join(tmpdir(), 'touchstone-planted-'));
  cpSync(join(packageRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  cpSync(join(packageRoot, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('the architecture rules', () => {
  let root: string | undefined;
  afterEach(() => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });

  it('saw every file of src/ and found nothing', () => {
    const files = (readdirSync(join(packageRoot, 'src'), { recursive: true }) as string[]).filter((name) =>
      /(?<!\.d)\.tsx?$/.test(name),
    );
    const { summary } = cruise(packageRoot);
    expect(
      summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`),
    ).toEqual([]);
    // Packages are counted too, so at least as many modules as files of ours; fewer means that it parsed nothing.
    expect(files.length).toBeGreaterThan(100);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(files.length);
  });

  it.each([
    ['kernel-imports-no-room', 'src/kernel/a.ts', "export * from '../tenancy/index.js';"],
    ['by-the-door', 'src/access/a.ts', "export * from '../tenancy/store.js';"],
    ['arrows-of-tenancy', 'src/tenancy/a.ts', "export * from '../access/index.js';"],
    ['crypto-libraries-only-there', 'src/access/a.ts', "export { jwtVerify } from 'jose';"],
    ['sqlite-only-there', 'src/access/a.ts', "export { default } from 'better-sqlite3';"],
    ['express-only-there', 'src/access/a.ts', "export { default } from 'express';"],
    ['web-never-adapters', 'src/web/a.ts', "export * from '../adapters/one/index.js';"],
    ['outbound-only-there', 'src/verification/a.ts', "export { request } from 'undici';"],
    ['network-only-there', 'src/verification/a.ts', "export { request } from 'node:https';"],
    ['network-only-there', 'src/web/a.ts', "export { lookup } from 'node:dns/promises';"],
    ['http-only-at-the-top', 'src/verification/a.ts', "export { request } from 'node:http';"],
    ['demo-imports-no-room', 'src/demo/a.ts', "export * from '../tenancy/index.js';"],
  ])('finds a planted %s', (rule, path, text) => {
    root = plant({
      'src/tenancy/index.ts': "export * from './store.js';",
      'src/tenancy/store.ts': 'export const one = 1;',
      'src/access/index.ts': 'export const two = 2;',
      'src/adapters/one/index.ts': 'export const three = 3;',
      [path]: text,
    });
    expect(cruise(root).summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});

describe('the lint rules', () => {
  /** The names of the rules that a file of this name and text breaks. */
  function lint(path: string, text: string): readonly (string | null)[] {
    const run = spawnSync(
      process.execPath,
      [
        join(packageRoot, 'node_modules/eslint/bin/eslint.js'),
        '--stdin',
        '--stdin-filename',
        join(packageRoot, path),
        '--format',
        'json',
      ],
      { cwd: packageRoot, encoding: 'utf8', input: text },
    );
    const [file] = JSON.parse(run.stdout) as { messages: { ruleId: string | null }[] }[];
    return file!.messages.map(({ ruleId }) => ruleId);
  }

  it.each([
    ['no-restricted-globals', 'src/verification/a.ts', "export const a = fetch('https://x.example/');"],
    ['no-restricted-globals', 'src/web/a.ts', "export const a = new WebSocket('wss://x.example/');"],
    ['no-restricted-properties', 'src/web/a.ts', 'export const a = globalThis.fetch;'],
    [
      'no-restricted-imports',
      'src/main.ts',
      "import { request } from 'node:http';\nexport const a = request;",
    ],
    ['no-restricted-imports', 'src/demo.ts', "import * as http from 'node:http';\nexport const a = http;"],
  ])('find a planted %s in %s', (rule, path, text) => {
    expect(lint(path, text)).toEqual([rule]);
  });

  it('let the outbound door out and the top listen', () => {
    expect(lint('src/adapters/outbound-http/a.ts', "export const a = fetch('https://x.example/');")).toEqual(
      [],
    );
    expect(
      lint('src/main.ts', "import { createServer } from 'node:http';\nexport const a = createServer;"),
    ).toEqual([]);
  });
});
