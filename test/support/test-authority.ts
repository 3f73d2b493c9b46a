import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A certificate authority made on the spot, and a server certificate that it signed. All PEM. */
export interface TestAuthority {
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes an authority and a certificate for `hosts` (DNS names), good for ten years: so that no private key needs
 * to lie in the repository and no fixture can expire. X.509 version 3 (RFC 5280), ECDSA P-256 with SHA-256.
 */
export function makeTestAuthority(hosts: readonly string[]): TestAuthority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = 'Touchstone test authority';
  const isAuthority = extension('2.5.29.19', sequence(Buffer.from([0x01, 0x01, 0xff])), true);
  const names = extension('2.5.29.17', sequence(...hosts.map((host) => tlv(0x82, Buffer.from(host)))), false);
  return {
    ca: certificate({
      issuer: name,
      subject: name,
      key: authority.publicKey,
      signer: authority.privateKey,
      extension: isAuthority,
    }),
    cert: certificate({
      issuer: name,
      subject: hosts[0]!,
      key: server.publicKey,
      signer: authority.privateKey,
      extension: names,
    }),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function certificate(of: {
  issuer: string;
  subject: string;
  key: KeyObject;
  signer: KeyObject;
  extension: Buffer;
}): string {
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));
  const year = new Date().getUTCFullYear() % 100;
  const time = (value: number) => tlv(0x17, Buffer.from(`${String(value).padStart(2, '0')}0101000000Z`));
  const toBeSigned = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), Buffer.from(of.subject).subarray(0, 8)])),
    algorithm,
    distinguishedName(of.issuer),
    sequence(time(year - 1), time(year + 9)),
    distinguishedName(of.subject),
    of.key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(of.extension)),
  );
  const signature = createSign('sha256').update(toBeSigned).sign(of.signer);
  const der = sequence(toBeSigned, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId('2.5.4.3'), tlv(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  return sequence(objectId(id), ...(critical ? [Buffer.from([0x01, 0x01, 0xff])] : []), tlv(0x04, value));
}

function objectId(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first! * 40 + second!];
  for (const arc of rest) {
    const groups = [arc & 127];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return tlv(0x06, Buffer.from(bytes));
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function tlv(tag: number, value: Buffer): Buffer {
  if (value.length < 128) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = value.length < 256 ? [0x81, value.length] : [0x82, value.length >> 8, value.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}
