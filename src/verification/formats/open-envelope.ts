import { credentialsV2, type JsonObject } from '../../securing/index.js';
import { listOf } from '../reading.js';
import { isCompactJws } from './looks-like-credential.js';

const envelopes: Readonly<Record<string, RegExp>> = {
  EnvelopedVerifiableCredential: /^application\/(?:vc\+jwt|vc-ld\+jwt|jwt)$/,
  EnvelopedVerifiablePresentation: /^application\/(?:vp\+jwt|vp-ld\+jwt|jwt)$/,
};

export type Opened =
  | { readonly kind: 'no-envelope' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'fault'; readonly reason: string };

/**
 * The token in an enveloped credential or presentation (VC Data Model 2.0, sections 4.13.2 and 4.13.3): an object
 * whose `id` is a `data:` URL. Nothing else of the envelope is read: it is not signed.
 */
export function openEnvelope(value: JsonObject): Opened {
  const types = listOf(value['type']);
  const type = types.find((name) => typeof name === 'string' && Object.hasOwn(envelopes, name));
  if (typeof type !== 'string') return { kind: 'no-envelope' };
  if (types.length > 1) return { kind: 'fault', reason: 'it is said to be more than an envelope' };
  if (!listOf(value['@context']).includes(credentialsV2))
    return { kind: 'fault', reason: 'its context is not that of the data model' };
  const { id } = value;
  const found = typeof id === 'string' ? /^data:([^,;]+)((?:;[^,]*)?),(.*)$/s.exec(id) : null;
  if (found === null) return { kind: 'fault', reason: 'its id is not a data: URL' };
  const [, mediaType, parameters, token] = found;
  if (!envelopes[type]!.test(mediaType!.toLowerCase()) || /;base64$/i.test(parameters!))
    return { kind: 'fault', reason: `what is in it is ${mediaType}${parameters}, which is not read` };
  if (!isCompactJws(token!)) return { kind: 'fault', reason: 'what is in it is no JSON Web Token' };
  return { kind: 'token', token: token! };
}
