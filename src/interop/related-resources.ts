import { ruleViolated } from '../kernel/index.js';
import { contextEditions, isJsonObject, type JsonObject } from '../securing/index.js';
import { isUrl } from './absolute-url.js';

const pointer = '/credential/relatedResource';

/**
 * Holds `relatedResource` to its rules (VC Data Model 2.0, section 5.3): objects with an id that no other has, and a
 * digest. Nothing is fetched, so a digest is compared only where the texts are on record: a pinned context, in any of
 * its published editions.
 * @throws rule-violated
 */
export function checkRelatedResources(value: unknown): void {
  if (value === undefined) return;
  const resources = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const ids = new Set<string>();
  for (const resource of resources) {
    if (!isJsonObject(resource)) throw ruleViolated(pointer, 'must be an object, or a list of objects');
    const { id } = resource as { readonly id?: unknown };
    if (!isUrl(id)) throw ruleViolated(`${pointer}/id`, 'must be the URL of the resource');
    if (ids.has(id)) throw ruleViolated(pointer, `must name each resource once; ${id} is named twice`);
    ids.add(id);
    checkDigests(id, resource);
  }
}

function checkDigests(id: string, { digestSRI, digestMultibase }: JsonObject): void {
  if (digestSRI === undefined && digestMultibase === undefined) {
    throw ruleViolated(pointer, `must give digestSRI or digestMultibase of ${id}`);
  }
  const editions = contextEditions(id);
  if (editions === undefined) return;
  for (const digest of [...hashesOfSri(digestSRI), ...hashesOfMultibase(digestMultibase)]) {
    const known = editions.some(({ sha256, sha384 }) => digest === sha256 || digest === sha384);
    if (!known)
      throw ruleViolated(pointer, `gives a digest of ${id} that is of none of its published editions`);
  }
}

/** The hashes of a `digestSRI` in hex (Subresource Integrity, section 3.5), base64 with either alphabet. */
function hashesOfSri(value: unknown): readonly string[] {
  return list(value).map((text) => {
    const hash = /^sha(?:256|384|512)-([A-Za-z0-9+/_-]+={0,2})$/.exec(text)?.[1];
    return Buffer.from(hash ?? '', 'base64').toString('hex');
  });
}

/** The hashes of a `digestMultibase` in hex: base64url, with the multihash prefix of SHA-256 or SHA-384 or bare. */
function hashesOfMultibase(value: unknown): readonly string[] {
  return list(value).map((text) => {
    const hex = text.startsWith('u') ? Buffer.from(text.slice(1), 'base64url').toString('hex') : '';
    return hex.replace(/^(1220(?=.{64}$)|2030(?=.{96}$))/, '');
  });
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value]).map(
    String,
  );
}
