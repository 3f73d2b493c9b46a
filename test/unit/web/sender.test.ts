import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/web/authenticate.js';
import { senderOf } from '../../../src/web/sender.js';

const nobody: Caller = { via: 'nobody' };

describe('the sender of a request', () => {
  it('is the member who is signed in, wherever they are', () => {
    const caller = {
      via: 'session',
      principal: { actor: { member: 'mem_1' } },
    } as unknown as Caller;
    expect(senderOf(caller, '192.0.2.1')).toBe('mem_1');
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    // IPv4, as a socket that listens on both says it (RFC 4291, 2.5.5.2).
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('is else the address, %s as %s', (address, sender) => {
    expect(senderOf(nobody, address)).toBe(sender);
  });

  it('is told apart from one of the network beside it', () => {
    expect(senderOf(nobody, '2001:db8:1:3::9')).not.toBe(senderOf(nobody, '2001:db8:1:2::9'));
  });

  it('is somebody when there is no address any more', () => {
    expect(senderOf(nobody, undefined)).toBe('unknown');
  });
});
