import { isJsonObject } from '../securing/index.js';
import { listOf } from './reading.js';
import type { DidAnswer } from './resolver.js';

/**
 * Where a foreign issuer says how a credential stands: the endpoint of the service `TouchstoneStanding` in its DID
 * document, then the credential's public id and `/standing`. Only at the credential's own origin, so that a DID
 * document cannot send verifiers anywhere.
 */
export function standingUrl(credentialId: string, answer: DidAnswer | undefined): string | undefined {
  if (answer?.ok !== true || !isJsonObject(answer.document) || !URL.canParse(credentialId)) return undefined;
  const service = listOf(answer.document['service'])
    .filter(isJsonObject)
    .find(({ type }) => listOf(type).includes('TouchstoneStanding'));
  const endpoint = service?.['serviceEndpoint'];
  const publicId = /\/([A-Za-z0-9_-]+)$/.exec(credentialId)?.[1];
  if (typeof endpoint !== 'string' || publicId === undefined || !URL.canParse(endpoint)) return undefined;
  const url = `${endpoint}${publicId}/standing`;
  return URL.canParse(url) && new URL(url).origin === new URL(credentialId).origin ? url : undefined;
}
