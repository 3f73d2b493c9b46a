import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What a manifest says of one file, with the salt that is kept with the file and destroyed with it. */
export interface ManifestFile {
  readonly salt: string;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/**
 * The bytes whose digest a credential carries for a piece of evidence: `{ files: [{ mediaType, sha256, size }], salt }`
 * in the JSON Canonicalization Scheme (RFC 8785), the files in the order of their SHA-256. One file's salt is its own;
 * the salt of several is the base64url SHA-256 of theirs, joined by dots in the files' order: once a file is erased, its
 * salt is gone and nobody can tell whether a guess at its content is right.
 * @throws Error when there is no file.
 */
export function evidenceManifest(files: readonly ManifestFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0));
  const first = sorted[0];
  if (first === undefined) throw new Error('a manifest is of at least one file');
  const salts = sorted.map((file) => file.salt).join('.');
  const salt = sorted.length === 1 ? first.salt : createHash('sha256').update(salts).digest('base64url');
  const manifest = {
    salt,
    files: sorted.map(({ sha256, size, mediaType }) => ({ sha256, size, mediaType })),
  };
  // canonicalize is CommonJS: its types name a default export that the bundle itself is.
  return Buffer.from((canonicalize as unknown as (value: unknown) => string)(manifest), 'utf8');
}
