import { allOf } from '../kernel/index.js';
import type { IssuerKey, SecuringPorts } from './issuer-key.js';
import { pageOfKeys } from './store.js';

/** All keys of a district, oldest first, retired and compromised ones too. */
export function listIssuerKeys(
  ports: Pick<SecuringPorts, 'issuerKeys'>,
  district: string,
): Promise<IssuerKey[]> {
  return allOf((request) => pageOfKeys(ports.issuerKeys, district, request));
}
