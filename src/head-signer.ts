import { headIn, headType, type HeadSigner } from './audit/index.js';
import { found } from './kernel/index.js';
import {
  auditJwks,
  issuerDid,
  listIssuerKeys,
  signCompactJws,
  signerFor,
  verifyCompactJws,
  type SecuringPorts,
} from './securing/index.js';
import type { TenancyPorts } from './tenancy/index.js';

/** Signs heads of audit records with each district's audit key, apart from those that sign credentials. */
export function headSigner({
  securing,
  tenancy,
  publicUrl,
  formerUrls,
}: {
  readonly securing: SecuringPorts;
  readonly tenancy: TenancyPorts;
  readonly publicUrl: string;
  readonly formerUrls: readonly string[];
}): HeadSigner {
  const issuerOf = async (id: string) => {
    const { slug } = found(await tenancy.store.district(id), 'district');
    return { slug, did: issuerDid(publicUrl, slug), formerly: formerUrls.map((url) => issuerDid(url, slug)) };
  };
  return {
    async sign(district, head) {
      const { slug, did } = await issuerOf(district);
      return signCompactJws({
        header: { typ: headType },
        payload: { iss: did, district: slug, ...head },
        signer: await signerFor(securing, { district, did }, 'audit'),
      });
    },
    async open(district, jws) {
      const { slug, did, formerly } = await issuerOf(district);
      const kept = await listIssuerKeys(securing, district);
      const keys = [did, ...formerly].flatMap((one) => auditJwks(one, kept).keys);
      const verified = await verifyCompactJws({ jws, keys, typ: headType });
      const head = verified.ok ? headIn(verified.payload) : undefined;
      return head?.district === slug ? head : undefined;
    },
  };
}
