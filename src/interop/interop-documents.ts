import { AppError, isId } from '../kernel/index.js';
import type { LocalResolver } from '../verification/index.js';
import type { InteropPorts } from './interop-issuer.js';
import { publishedInteropList } from './update-interop-status.js';

/**
 * The published text of a list of an interop issuer.
 * @throws not-found when there is no such issuer or list.
 */
export async function readInteropList(
  ports: InteropPorts,
  issuerId: string,
  list: string,
): Promise<{ readonly text: string }> {
  const issuer = isId('iop', issuerId) ? await ports.store.issuer(issuerId) : undefined;
  if (issuer === undefined || !isId('sls', list)) {
    throw new AppError('not-found', 'There is no such status list.');
  }
  return publishedInteropList(ports, issuer, list);
}

/** The lists of the interop issuers as a verifier asks for them, answered in process; everything else as `others` do. */
export function withInteropDocuments(ports: InteropPorts, others: LocalResolver): LocalResolver {
  const prefixes = [ports.publicUrl, ...(ports.formerUrls ?? [])].map((url) => `${url}/credentials/status/`);
  return {
    ...others,
    resource: async (wanted) => {
      const prefix = prefixes.find((one) => wanted.url.startsWith(one));
      if (prefix === undefined) return others.resource(wanted);
      const [issuer = '', list = ''] = wanted.url.slice(prefix.length).split('/');
      try {
        const { text } = await readInteropList(ports, issuer, list);
        return { ok: true, bytes: Buffer.from(text), mediaType: 'application/vc+ld+json', url: wanted.url };
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'not-found')) throw error;
        return { ok: false, kind: 'absent', reason: `${wanted.url} is not on record here.` };
      }
    },
  };
}
