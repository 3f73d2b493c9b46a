import { failed, notApplicable, passed, type Finding } from '../finding.js';
import { issuerDomain, issuerPlace } from '../issuer-domain.js';
import type { Recognised } from '../recognition.js';

/** Whether we know the issuer. Says nothing about whether the credential is genuine. */
export function checkRecognition(issuerId: string, recognised: Recognised): Finding {
  switch (recognised.recognition) {
    case 'recognised':
      return passed('recognition.recognised', {
        domain: issuerDomain(issuerId),
        otherName: recognised.issuer.name,
      });
    case 'look-alike':
      return failed('recognition.look-alike', {
        domain: issuerPlace(issuerId),
        other: issuerDomain(recognised.issuer.id),
        otherName: recognised.issuer.name,
      });
    case 'unknown':
      return notApplicable('recognition.unknown', { domain: issuerPlace(issuerId) });
  }
}
