import { createHash } from 'node:crypto';
import { digestMultibaseSha384 } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import type { ReadCredential } from '../reading.js';
import { pinnedIn, type Resources } from '../resources.js';

/** Whether what the credential pins by a digest is still what was signed for (VC Data Model 2.0, section 5.3). */
export function checkPinned({ document }: ReadCredential, { pinned }: Pick<Resources, 'pinned'>): Finding {
  const resources = pinnedIn(document);
  if (resources.length === 0) return notApplicable('pinned.none');
  let unchecked: Finding | undefined;
  for (const resource of resources) {
    const fetched = pinned.get(resource.url);
    if (fetched === undefined || !fetched.ok) {
      unchecked ??= couldNotCheck('pinned.unavailable', {
        reason: fetched?.reason ?? `${resource.url} was not fetched: there are too many.`,
      });
      continue;
    }
    const agreements = [
      multibaseAgrees(resource.digestMultibase, fetched.bytes),
      sriAgrees(resource.digestSRI, fetched.bytes),
    ];
    if (agreements.includes(false)) return failed('pinned.changed', { url: resource.url });
    if (!agreements.includes(true)) unchecked ??= couldNotCheck('pinned.unsupported', { url: resource.url });
  }
  return unchecked ?? passed('pinned.ok', { count: resources.length });
}

/** Whether a `digestMultibase` of SHA-256 or SHA-384 fits; undefined when there is none of these. */
export function multibaseAgrees(digest: string | undefined, bytes: Uint8Array): boolean | undefined {
  if (digest === undefined) return undefined;
  if (
    digest.startsWith('uIDA') ||
    digest.startsWith('uIDB') ||
    digest.startsWith('uIDC') ||
    digest.startsWith('uIDD')
  ) {
    return digest === digestMultibaseSha384(bytes);
  }
  if (/^uEi[ABCD]/.test(digest)) {
    const sha256 = Buffer.concat([Buffer.from([0x12, 0x20]), createHash('sha256').update(bytes).digest()]);
    return digest === `u${sha256.toString('base64url')}`;
  }
  return undefined;
}

/** Whether a `digestSRI` fits (Subresource Integrity: the strongest of its hashes counts). */
function sriAgrees(digest: string | undefined, bytes: Uint8Array): boolean | undefined {
  const hashes = (digest ?? '')
    .split(/\s+/)
    .map((part) => /^(sha512|sha384|sha256)-([A-Za-z0-9+/_-]+=*)$/.exec(part));
  for (const algorithm of ['sha512', 'sha384', 'sha256']) {
    const strongest = hashes.filter((found) => found?.[1] === algorithm);
    if (strongest.length === 0) continue;
    const actual = createHash(algorithm).update(bytes).digest();
    return strongest.some((found) => Buffer.from(found![2]!, 'base64').equals(actual));
  }
  return undefined;
}
