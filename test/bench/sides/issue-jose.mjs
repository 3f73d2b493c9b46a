// jose's SignJWT with EdDSA over the same payload, its key imported once.
import { readFileSync } from 'node:fs';
import { importJWK, SignJWT } from 'jose';
import { perSecond } from './per-second.mjs';

const { credentials, privateJwk, did, millis } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const key = await importJWK(privateJwk, 'EdDSA');
const header = { alg: 'EdDSA', kid: `${did}#${did.slice('did:key:'.length)}` };
const sign = (n) => new SignJWT(credentials[n % credentials.length]).setProtectedHeader(header).sign(key);
process.stdout.write(JSON.stringify({ rate: await perSecond(sign, millis) }));
