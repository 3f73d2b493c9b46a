import { describe, expect, it } from '@jest/globals';
import { localPath } from '../../../src/web/local-path.js';

/** What open-redirect lists try: each must end on the start page or stay a path of ours. */
const hostile = [
  '//evil.example', '///evil.example', '////evil.example', '/\\evil.example', '/\\/evil.example', '\\/evil.example', '\\\\evil.example',
  '/\\\\evil.example', '/.//evil.example', '/..//evil.example', '/a/..//evil.example', '/a/../..//evil.example', '/./\\evil.example',
  'https://evil.example', 'http://evil.example', 'HTTPS://evil.example', 'https:evil.example', 'https:/evil.example', 'http:///evil.example',
  'ftp://evil.example', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,hi', 'vbscript:x',
  '/\t/evil.example', '/\n/evil.example', '/\r/evil.example', '\t//evil.example', ' //evil.example', '/ /evil.example', '\u0000//evil.example',
  'evil.example', 'evil.example/path', '@evil.example', ':evil.example', '?next=//evil.example', '#//evil.example', '',
  '/\u3002evil.example', '／／evil.example', '/\u2028/evil.example', '/district\r\nSet-Cookie: a=b', '/%2e%2e//evil.example', '/%2e//evil.example',
  `/${'a'.repeat(3000)}`, '/sign-in?next=/sign-in', '/sign-out', '/sign-in/abc',
]; // prettier-ignore

describe('where signing in leads', () => {
  it.each(hostile)('never leaves this service: %j', (next) => {
    const path = localPath(next);
    const url = new URL(path, 'https://credentials.example.test');
    expect(url.origin).toBe('https://credentials.example.test');
    expect(path).toBe('/');
  });

  it.each([
    ['/', '/'],
    ['/district/members?cursor=a%2Fb', '/district/members?cursor=a%2Fb'],
    ['/achievements/x/v/1', '/achievements/x/v/1'],
    ['/a/../district', '/district'],
    ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
    ['/district#keys', '/district'],
  ])('goes where the person wanted to: %s', (next, path) => {
    expect(localPath(next)).toBe(path);
  });

  it('is the start page when nothing was asked for', () => {
    expect(localPath(undefined)).toBe('/');
  });
});
