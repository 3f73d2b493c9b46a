import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { listOf, type Draft } from '../reading.js';

/** Registered claims that repeat the credential; checked by `data-model`, and no part of the document (VC-JOSE-COSE). */
const registeredClaims = ['iss', 'jti', 'sub', 'nbf', 'exp', 'iat'];

/** Whether there is one verifiable credential in what was given, in JSON or as a token. */
export function checkParse(draft: Draft): Finding {
  const { nothing, text } = draft;
  if (nothing !== undefined) {
    return nothing.kind === 'none' || nothing.kind === 'ambiguous'
      ? failed('parse.none', { reason: nothing.reason })
      : couldNotCheck('parse.unreadable', { reason: nothing.reason });
  }
  if (text === undefined) return failed('parse.not-json');
  const isToken = isCompactJws(text);
  const value = isToken
    ? parsed(Buffer.from(text.split('.')[1]!, 'base64url').toString('utf8'))
    : parsed(text);
  if (value === undefined) return failed(isToken ? 'parse.jwt-malformed' : 'parse.not-json');
  const types = listOf(value['type']);
  if (types.includes('EnvelopedVerifiableCredential')) return couldNotCheck('parse.enveloped');
  if (types.includes('VerifiablePresentation') || isJsonObject(value['vp']))
    return couldNotCheck('parse.presentation');
  if (isToken && isJsonObject(value['vc'])) return couldNotCheck('parse.jwt-vc-claim');
  if (!types.includes('VerifiableCredential')) return failed('parse.not-a-credential');
  if (isToken) {
    draft.token = text;
    draft.received = Object.fromEntries(
      Object.entries(value).filter(([name]) => !registeredClaims.includes(name)),
    );
  } else {
    draft.received = value;
  }
  const form = isToken ? 'JWT' : 'JSON';
  switch (draft.container) {
    case 'png':
      return passed('parse.png', { form });
    case 'svg':
      return passed('parse.svg', { form });
    case 'pdf':
      return passed('parse.pdf', { form });
    default:
      return passed(isToken ? 'parse.jwt' : 'parse.json');
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
