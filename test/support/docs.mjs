// Generates the reference documents from the tables in the code; with --check, says which are stale.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const out = new URL('../../dist/docs-source.js', import.meta.url);
await build({
  stdin: {
    contents: `export { settings } from './src/config.ts';
export { problemTypes } from './src/web/problem.ts';
export { lintRules } from './src/issuing/index.ts';
export { namedStatistics } from './src/calibration/index.ts';
export { permissions, rolesWith, roles } from './src/tenancy/index.ts';`,
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    loader: 'ts',
  },
  outfile: fileURLToPath(out),
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});
const { settings, problemTypes, lintRules, namedStatistics, permissions, rolesWith, roles } = await import(
  pathToFileURL(fileURLToPath(out)).href
);

const pages = {
  'docs/configuration.md': `# Configuration

Generated from the table in \`src/config.ts\`. Zero variables are enough on localhost. An unknown \`TOUCHSTONE_\` name stops the start.

| variable | default | secret | meaning |
|---|---|---|---|
${settings.map((setting) => `| \`${setting.name}\` | ${setting.default === '' ? '' : `\`${setting.default}\``} | ${setting.secret ? 'yes' : ''} | ${setting.meaning} |`).join('\n')}
`,
  'docs/problems.md': `# Problems

Generated from the table in \`src/web/problem.ts\`. Every error is \`application/problem+json\` (RFC 9457); \`type\` is \`PUBLIC_URL/problems/{code}\`.

| code | status | title |
|---|---|---|
${Object.entries(problemTypes)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}
`,
  'docs/lint-rules.md': `# Lint rules

Generated from the table in \`src/issuing/lint/\`. Every rule is asked before a real key signs ([credentials](credentials.md)). Step: that of
the 1EdTech public validator for Open Badges 3.0 which the rule restates, or \`own\`. What is \`fatal\` or an \`error\` forbids signing; a
\`warning\` is told to the author; a \`note\` says what is so by design.

| rule | step | severity | of | what must hold |
|---|---|---|---|---|
${lintRules
  .map(
    ({ id, step, severity, kinds, condition }) =>
      `| \`${id}\` | ${step} | ${severity} | ${kinds.join(', ')} | ${condition} |`,
  )
  .join('\n')}
`,
  'docs/agreement-statistics.md': `# Statistics by name

Generated from the table in \`src/calibration/statistics/\`. How a file of cases is written, and what an answer looks like:
[agreement format](agreement-format.md).

| statistic | what it is | parameters, all optional | value |
|---|---|---|---|
${Object.entries(namedStatistics)
  .map(
    ([name, { says, params, parts }]) =>
      `| \`${name}\` | ${says} | ${params.map((param) => `\`${param}\``).join(', ')} | ${parts === undefined ? 'a number' : `{ ${parts.join(', ')} }`} |`,
  )
  .join('\n')}
`,
  'docs/permissions.md': `# Permissions

Generated from the table in \`src/tenancy/permissions.ts\`.

| permission | ${roles.join(' | ')} |
|---|${roles.map(() => '---|').join('')}
${permissions.map((name) => `| \`${name}\` | ${roles.map((role) => (rolesWith(name).includes(role) ? 'yes' : '')).join(' | ')} |`).join('\n')}
`,
};

const stale = [];
for (const [path, text] of Object.entries(pages)) {
  const file = new URL(`../../${path}`, import.meta.url);
  let kept = '';
  try {
    kept = readFileSync(file, 'utf8');
  } catch {
    // Not there yet: stale.
  }
  if (kept === text) continue;
  if (process.argv.includes('--check')) stale.push(path);
  else {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
    console.error(`wrote ${path}`);
  }
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run: npm run docs:generate`);
  process.exitCode = 1;
}
