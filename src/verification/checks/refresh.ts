import { couldNotCheck, notApplicable, type Finding } from '../finding.js';
import { listOf, type ReadCredential } from '../reading.js';

/** Whether the issuer offers a newer version. It never speaks against a credential. */
export function checkRefresh({ document }: ReadCredential): Finding {
  return listOf(document['refreshService']).length === 0
    ? notApplicable('refresh.none')
    : couldNotCheck('refresh.offered');
}
