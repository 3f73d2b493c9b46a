import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, notApplicable, type Finding } from '../finding.js';
import { idOf, listOf, type ReadCredential } from '../reading.js';

/** Whether the issuer offers a newer version. It never speaks against a credential; `judge-refresh` has it looked up. */
export function checkRefresh({ document }: Pick<ReadCredential, 'document'>): Finding {
  const services = listOf(document['refreshService']);
  if (services.length === 0) return notApplicable('refresh.none');
  if (refreshUrl(document) !== undefined) return couldNotCheck('refresh.offered');
  const types = services.flatMap((service) => listOf(isJsonObject(service) ? service['type'] : service));
  return couldNotCheck('refresh.unsupported', { type: types.join(', ') });
}

/** Where a newer version is to be had with a GET (1EdTech Credential Refresh Service 1.0). */
export function refreshUrl(document: JsonObject): string | undefined {
  const service = listOf(document['refreshService']).find(
    (one) => isJsonObject(one) && listOf(one['type']).includes('1EdTechCredentialRefresh'),
  );
  const url = idOf(service);
  return url !== undefined && URL.canParse(url) ? url : undefined;
}
