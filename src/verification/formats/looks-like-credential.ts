/** A compact JWS: three base64url parts (RFC 7515, section 3.1), the middle one not empty. */
export function isCompactJws(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text.trim());
}

/** Whether a text found among others is meant as a credential; whether it is one is judged later. */
export function looksLikeCredential(text: string): boolean {
  return isCompactJws(text) || (/^\uFEFF?\s*\{/.test(text) && text.includes('"VerifiableCredential"'));
}
