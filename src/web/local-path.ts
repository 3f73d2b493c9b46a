/** Stands for our own origin while an address is read; no host has this name (RFC 2606). */
const here = 'http://here.invalid';

/**
 * Where to go after signing in: `next` when it is a path of this service, else the start page. Whatever a browser
 * could read as another host is refused: `//host`, `/\host`, absolute addresses, control characters, and paths that
 * turn into one of these when they are normalised (`/.//host`).
 */
export function localPath(next: string | undefined): string {
  if (next === undefined || next.length > 2000 || !/^\/[\x21-\x7e]*$/.test(next) || next.includes('\\'))
    return '/';
  if (!URL.canParse(next, here)) return '/';
  const url = new URL(next, here);
  if (url.origin !== here || url.username !== '' || url.pathname.startsWith('//')) return '/';
  // Signing in or out again is never where somebody wanted to go.
  if (/^\/sign-(in|out)(\/|$)/.test(url.pathname)) return '/';
  return url.pathname + url.search;
}
