// The limit: Ed25519 by node:crypto over 64 bytes, nothing else.
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { perSecond } from './per-second.mjs';

const { privateJwk, millis } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
const publicKey = createPublicKey(key);
const bytes = randomBytes(64);
const signature = sign(null, bytes, key);
process.stdout.write(
  JSON.stringify({
    sign: await perSecond(() => sign(null, bytes, key), millis),
    verify: await perSecond(() => verify(null, bytes, publicKey, signature), millis),
  }),
);
