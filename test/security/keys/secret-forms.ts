import { createPrivateKey } from 'node:crypto';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** base58btc by big integers: another way than the code under test goes. */
function base58(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)] + text;
  return text;
}

/** The middle of what base64 makes of these bytes, wherever they begin in a longer text: at one of three places. */
function base64Cores(bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replaceAll('=', '');
    return text.slice([0, 2, 3][before], -2);
  });
}

/** Every form in which a secret might lie about, as text of one byte a character, each with its name. */
export function formsOf(secret: Buffer): readonly { readonly form: string; readonly text: string }[] {
  return [
    { form: 'raw', text: secret.toString('latin1') },
    { form: 'hex', text: secret.toString('hex') },
    { form: 'HEX', text: secret.toString('hex').toUpperCase() },
    { form: 'base58', text: base58(secret) },
    ...base64Cores(secret, 'base64').map((text) => ({ form: 'base64', text })),
    ...base64Cores(secret, 'base64url').map((text) => ({ form: 'base64url', text })),
  ];
}

/** What must never be seen of a private key: the whole of it, and each number that alone gives it away. */
export function secretsOf(pkcs8: Buffer): readonly { readonly part: string; readonly bytes: Buffer }[] {
  const jwk = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const parts = Object.entries({ d: jwk.d, p: jwk.p, q: jwk.q }).flatMap(([part, text]) =>
    text === undefined ? [] : [{ part, bytes: Buffer.from(text, 'base64url') }],
  );
  return [{ part: 'pkcs8', bytes: pkcs8 }, ...parts];
}
