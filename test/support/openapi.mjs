// Writes the OpenAPI document of the built service to dist/openapi.json, without listening.
import { build } from 'esbuild';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const out = fileURLToPath(new URL('../../dist/openapi-source.js', import.meta.url));
await build({
  stdin: {
    contents: `export { compose } from './src/compose.ts'; export { inProcessJudge } from './src/verification/index.ts'; export { openApiDocument } from './src/web/openapi.ts';`,
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    loader: 'ts',
  },
  outfile: out,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});
const { compose, inProcessJudge, openApiDocument } = await import(pathToFileURL(out).href);
const dataDir = fileURLToPath(new URL('../../dist/openapi-data', import.meta.url));
const service = await compose(
  {
    port: 0,
    publicUrl: 'https://credentials.example.org',
    isLocal: false,
    listen: 'all',
    dataDir,
    mailFrom: 'a@b',
    logLevel: 'silent',
    rateLimits: false,
    trustProxy: 0,
    vcApi: true,
  },
  {
    keySecret: 'only to print the OpenAPI document, nothing is kept',
    mongodbUrl: undefined,
    smtpUrl: undefined,
    operatorToken: undefined,
  },
  { background: () => false, judge: inProcessJudge },
);
const document = openApiDocument(service.routes, service.rooms.service);
writeFileSync(new URL('../../dist/openapi.json', import.meta.url), JSON.stringify(document, null, 2));
await service.close();
rmSync(dataDir, { recursive: true, force: true });
