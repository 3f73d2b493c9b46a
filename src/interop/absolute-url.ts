const form = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

/** Whether a value is an absolute URL (RFC 3986), without the characters that none may hold. */
export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && form.test(value) && URL.canParse(value);
}
