import { describe, expect, it } from '@jest/globals';
import {
  abandonIdempotent,
  beginIdempotent,
  completeSignIn,
  createSignInLink,
  finishIdempotent,
} from '../../src/access/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { serviceScope, type CollectionSpec, type Store, type Stored } from '../../src/kernel/index.js';
import { aDistrict, aMember, aService } from '../support/service.js';

describe('background work', () => {
  it('sweeps every collection that declares a swept field, so that nothing due is ever forgotten', async () => {
    const store = await openSqlite({ file: ':memory:' });
    const declared: string[] = [];
    const swept = new Set<string>();
    const watched: Store = {
      ...store,
      collection: <T extends Stored>(spec: CollectionSpec<T>) => {
        for (const field of spec.sweeps ?? []) declared.push(`${spec.name}.${field}`);
        const collection = store.collection(spec);
        return {
          ...collection,
          sweep: (field, options) => {
            swept.add(`${spec.name}.${field}`);
            return collection.sweep(field, options);
          },
        };
      },
    };
    const service = await aService({ store: watched });
    await service.settle();
    await service.close();
    expect(declared.length).toBeGreaterThan(15);
    expect([...new Set(declared)].sort()).toEqual([...swept].sort());
  });

  it('removes used links, sessions and answers kept for repeats when their time is over, and not before', async () => {
    const service = await aService();
    const { access } = service.rooms;
    const { store } = access;
    const district = await aDistrict(service);
    const { member } = await aMember(service, district, ['teacher']);
    const secret = new URL(await createSignInLink(access, member, { inPerson: true })).pathname
      .split('/')
      .at(-1)!;
    const { session } = await completeSignIn(access, secret);
    const call = (key: string) => beginIdempotent(access, district.id, member.id, key, 'POST /x');
    const answer = { status: 201, body: '{"id":"x"}', mediaType: 'application/json', location: null };
    await call('answered');
    await finishIdempotent(access, district.id, member.id, 'answered', answer);
    await call('running');
    await call('failed');
    await abandonIdempotent(access, district.id, member.id, 'failed');
    expect(await call('failed')).toBeUndefined();
    const kept = async () => ({
      links: (await store.signInLinks.sweep('effectDue', everything)).length,
      session: (await store.sessions.get(serviceScope, session.id)) !== undefined,
      requests: (await store.idempotentRequests.sweep('effectDue', everything)).length,
    });
    const everything = { before: '9999-01-01T00:00:00Z', limit: 100 };
    const after = async (seconds: number) => {
      service.clock.advance(seconds);
      await service.settle();
      return kept();
    };
    expect(await after(15 * 60 - 1)).toEqual({ links: 1, session: true, requests: 3 });
    expect(await after(1)).toEqual({ links: 0, session: true, requests: 3 });
    expect(await after(12 * 3600 - 15 * 60 - 1)).toEqual({ links: 0, session: true, requests: 3 });
    expect(await after(1)).toEqual({ links: 0, session: false, requests: 3 });
    expect(await call('answered')).toEqual(answer);
    // A request that died is taken over, and is kept for a day from then.
    expect(await call('running')).toBeUndefined();
    expect(await after(12 * 3600)).toEqual({ links: 0, session: false, requests: 1 });
    expect(await call('answered')).toBeUndefined();
    expect(service.events).toEqual([]);
    await service.close();
  });
});
