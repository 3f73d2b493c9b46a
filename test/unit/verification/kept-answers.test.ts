import { describe, expect, it } from '@jest/globals';
import { settableClock } from '../../../src/kernel/index.js';
import {
  composeResolver,
  keepAnswers,
  type FetchFailure,
  type Fetched,
} from '../../../src/verification/index.js';
import { verifyCredential } from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  rigHost,
  rigIndex,
  rigListUrl,
  rigQuality,
  rigQualityUrl,
  sealed,
} from '../../support/credential-rig.js';

const start = '2026-11-21T12:00:00Z';
const nothing = async () => undefined;
const own = 'https://our.example';

/** A resolver over a world whose hosts count how often they are asked. */
function aWorld(maximumBytes?: number) {
  const clock = settableClock(start);
  const served = new Map<string, string | FetchFailure>();
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let held = false;
  const resolver = composeResolver(
    {
      did: async (did) => (did.startsWith('did:web:our') ? { ok: true, document: { id: did } } : undefined),
      resource: async ({ url }) =>
        url.startsWith(own) ? fetchedAs(url, served.get(url) as string) : undefined,
      standing: nothing,
    },
    {
      get: async (url) => {
        asked.push(url);
        if (held) await new Promise<void>((resolve) => answers.push(resolve));
        const found = served.get(url);
        if (found === undefined) return { ok: false, kind: 'unreachable', reason: `${url} is away.` };
        return typeof found === 'string' ? fetchedAs(url, found) : found;
      },
    },
    keepAnswers(clock, maximumBytes),
  );
  const times = (url: string) => asked.filter((other) => other === url).length;
  const hold = () => (held = true);
  const release = () => {
    held = false;
    for (const answer of answers.splice(0)) answer();
  };
  return { clock, served, asked, resolver, times, hold, release };
}

function fetchedAs(url: string, text: string): Fetched {
  return { ok: true, bytes: Buffer.from(text), mediaType: 'application/json', url };
}

const list = (more: object, subject: object = {}) =>
  JSON.stringify({ credentialSubject: { type: 'BitstringStatusList', ...subject }, ...more });
const inToken = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;

describe('a status list', () => {
  it.each<[string, string, number]>([
    ['for its ttl', list({}, { ttl: 60_000 }), 60],
    ['for its ttl, in a token', inToken(list({}, { ttl: 60_000 })), 60],
    ['five minutes without a ttl', list({}), 300],
    ['five minutes with a ttl that is no number', list({}, { ttl: 'long' }), 300],
    ['five minutes with a ttl below zero', list({}, { ttl: -1 }), 300],
    ['until its own end', list({ validUntil: '2026-11-21T12:00:30Z' }, { ttl: 60_000 }), 30],
    ['until its own end, on the older data model', list({ expirationDate: '2026-11-21T12:00:30Z' }), 30],
    ['a day at most', list({}, { ttl: 1e12 }), 86_400],
    ['five minutes when it cannot be read', 'no list at all', 300],
  ])('is kept %s', async (_name, text, seconds) => {
    const { clock, served, resolver, times } = aWorld();
    const url = 'https://far.example/list';
    served.set(url, text);
    expect(await resolver.statusList(url)).toMatchObject({ ok: true, fetchedAt: start });
    clock.advance(seconds - 1);
    served.set(url, 'another');
    expect(await resolver.statusList(url)).toMatchObject({ bytes: Buffer.from(text), fetchedAt: start });
    expect(times(url)).toBe(1);
    clock.advance(1);
    expect(await resolver.statusList(url)).toMatchObject({ bytes: Buffer.from('another') });
    expect(times(url)).toBe(2);
  });

  it.each([
    ['has a ttl of nothing', list({}, { ttl: 0 })],
    ['is out of date already', list({ validUntil: '2026-11-21T11:00:00Z' })],
  ])('is not kept when it %s', async (_name, text) => {
    const { served, resolver, times } = aWorld();
    const url = 'https://far.example/list';
    served.set(url, text);
    await resolver.statusList(url);
    await resolver.statusList(url);
    expect(times(url)).toBe(2);
  });
});

describe('what else is looked up', () => {
  it('keys and their documents are kept five minutes, schemas an hour', async () => {
    const { clock, served, asked, resolver } = aWorld();
    served.set('https://far.example/.well-known/did.json', '{"id":"did:web:far.example"}');
    for (const path of ['issuer', 'keys', 'schema']) served.set(`https://far.example/${path}`, '{}');
    const lookUp = async () => {
      asked.length = 0;
      await resolver.did('did:web:far.example');
      await resolver.controller('https://far.example/issuer');
      await resolver.keys('https://far.example/keys');
      await resolver.schema('https://far.example/schema');
      return asked.length;
    };
    expect(await lookUp()).toBe(4);
    clock.advance(299);
    expect(await lookUp()).toBe(0);
    clock.advance(1);
    expect(await lookUp()).toBe(3);
    clock.advance(3299);
    expect(await lookUp()).toBe(3);
    clock.advance(1);
    expect(await lookUp()).toBe(1);
  });

  it('what somebody links to is asked for every time', async () => {
    const { served, resolver, times } = aWorld();
    served.set('https://far.example/badge', '{}');
    await resolver.resource({ url: 'https://far.example/badge' });
    await resolver.resource({ url: 'https://far.example/badge' });
    expect(times('https://far.example/badge')).toBe(2);
  });

  it('a failure is given again for three seconds, and only where an answer would be kept', async () => {
    const { clock, served, resolver, times } = aWorld();
    const url = 'https://far.example/list';
    expect(await resolver.statusList(url)).toMatchObject({ ok: false });
    served.set(url, list({}));
    clock.advance(2);
    expect(await resolver.statusList(url)).toMatchObject({ ok: false });
    clock.advance(1);
    expect(await resolver.statusList(url)).toMatchObject({ ok: true });
    expect(times(url)).toBe(2);
  });

  it('whoever asks while an answer is under way waits for the same', async () => {
    const { served, resolver, times, hold, release } = aWorld();
    const url = 'https://far.example/list';
    served.set(url, list({}, { ttl: 0 }));
    hold();
    const three = [resolver.statusList(url), resolver.statusList(url), resolver.statusList(url)];
    await new Promise((resolve) => setImmediate(resolve));
    release();
    expect((await Promise.all(three)).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(times(url)).toBe(1);
  });

  it('nothing of ours is ever kept', async () => {
    const { served, resolver } = aWorld();
    served.set(`${own}/list`, 'first');
    await resolver.statusList(`${own}/list`);
    served.set(`${own}/list`, 'second');
    const answer = await resolver.statusList(`${own}/list`);
    expect(answer).toMatchObject({ bytes: Buffer.from('second') });
    expect(answer).not.toHaveProperty('fetchedAt');
  });

  it('the bytes that are kept are bounded: the least lately used leaves first', async () => {
    const { served, resolver, times } = aWorld(100_000);
    const url = (n: number) => `https://far.example/${n}`;
    for (let n = 0; n < 5; n += 1) served.set(url(n), list({ padding: 'x'.repeat(20_000) }));
    for (const n of [0, 1, 2, 3]) await resolver.statusList(url(n));
    await resolver.statusList(url(0));
    await resolver.statusList(url(4));
    await resolver.statusList(url(0));
    await resolver.statusList(url(1));
    expect([0, 1, 2, 3, 4].map((n) => times(url(n)))).toEqual([1, 2, 1, 1, 1]);
    served.set(url(9), 'x'.repeat(30_000));
    await resolver.statusList(url(9));
    await resolver.statusList(url(9));
    expect(times(url(9))).toBe(2);
  });

  it('a clock that was set back asks again', async () => {
    const { clock, served, resolver, times } = aWorld();
    served.set('https://far.example/list', list({}));
    await resolver.statusList('https://far.example/list');
    clock.advance(-10);
    await resolver.statusList('https://far.example/list');
    expect(times('https://far.example/list')).toBe(2);
  });
});

describe('the report of a badge whose list was kept', () => {
  it('tells when the list was had, judges its dates now, and sees a revocation once its time is over', async () => {
    const { clock, served, resolver } = aWorld();
    const issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
    const badge = await sealed(aBadge(issuer), issuer.proof);
    served.set(`https://${rigHost}/issuers/westfield/did.json`, JSON.stringify(issuer.document));
    served.set(rigQualityUrl, rigQuality);
    const publish = async (set: readonly number[]) =>
      served.set(
        rigListUrl,
        JSON.stringify(
          await aStatusList(issuer, set, (change) => {
            change.credentialSubject['ttl'] = 600_000;
            change['validUntil'] = '2026-11-21T12:08:00Z';
          }),
        ),
      );
    const verify = () =>
      verifyCredential(
        { resolver, knownIssuers: { list: async () => [] } },
        { kind: 'document', value: badge },
        { now: clock.now() },
      );
    await publish([]);
    expect((await verify()).verdict).toBe('valid');
    await publish([rigIndex]);
    clock.advance(240);
    const kept = await verify();
    expect(kept.verdict).toBe('valid');
    expect(kept.checks.find(({ check }) => check === 'status')!.detail).toContain(`checked ${start}`);
    clock.advance(240);
    expect((await verify()).verdict).toBe('revoked');
  });
});
