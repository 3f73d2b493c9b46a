// Stands in for `docker compose … run NAME issue|verify …` of the W3C suite vc-jose-cose: hands the file to the VC-API
// and writes what came of it. docs/vc-api.md says how it is put in place.
import { readFileSync, writeFileSync } from 'node:fs';

const given = process.argv.slice(2);
const option = (name) => given[given.indexOf(`--${name}`) + 1];
const inSuite = (path) => path.replace(/^\/tests\//, './tests/');
const base = process.env.BASE_URL;
const issuers = JSON.parse(readFileSync(process.env.ISSUERS, 'utf8'));

const input = readFileSync(inSuite(option('input')), 'utf8').trim();
const key = JSON.parse(readFileSync(inSuite(option('key')), 'utf8'));
const isPresentation = option('feature').startsWith('presentation');

/** The answer of the service; undefined where the VC-API has no call for it. */
async function asked() {
  if (given.includes('issue')) {
    // Presentations are the holder's to make; a kind of key for which there is no issuer cannot sign.
    const issuer = issuers.find(({ keyType }) => keyType === key.publicKeyJwk.crv);
    if (isPresentation) return undefined;
    const credential = { ...JSON.parse(input), issuer: (issuer ?? issuers[0]).issuerId };
    return post('/credentials/issue', { credential, options: { format: 'vc+jwt' } });
  }
  const { secretKeyJwk: _secret, ...verificationMethod } = key;
  const options = { checks: ['proof'], verificationMethod };
  const kind = isPresentation ? 'Presentation' : 'Credential';
  const document = input.startsWith('{')
    ? JSON.parse(input)
    : {
        '@context': 'https://www.w3.org/ns/credentials/v2',
        type: `EnvelopedVerifiable${kind}`,
        id: `data:application/${isPresentation ? 'vp' : 'vc'}+jwt,${input}`,
      };
  return post(isPresentation ? '/presentations/verify' : '/credentials/verify', {
    [`verifiable${kind}`]: document,
    options,
  });
}

async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  return globalThis.fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const answer = await asked();
const text = answer === undefined ? 'no such call' : await answer.text();
const result = answer?.ok === true ? 'success' : 'failure';
writeFileSync(inSuite(option('output')), JSON.stringify({ result, data: text }));
