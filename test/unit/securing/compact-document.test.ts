import { describe, expect, it } from '@jest/globals';
import {
  compactFromRoot,
  compactWithOurContexts,
  credentialsV1,
  credentialsV2,
  openBadges303,
  type JsonObject,
} from '../../../src/securing/index.js';

/** What a document comes to when it is read with the pinned contexts, as it stands and from its root. */
const about = (member: string) => `https://example.org/vocabulary#${member}`;
const thing = (members: JsonObject = {}): JsonObject => ({
  '@context': [credentialsV2, openBadges303],
  id: 'urn:root',
  type: ['VerifiableCredential'],
  ...members,
});

describe('a document as it stands', () => {
  it.each<[string, readonly string[]]>([
    ['3.0.0', [credentialsV1, 'https://purl.imsglobal.org/spec/ob/v3p0/context.json']],
    ['3.0.3', [credentialsV2, openBadges303]],
  ])('says properties by their own names, also in lists, with Open Badges %s', async (_edition, contexts) => {
    const subject = (n: number) => ({
      id: `urn:subject:${n}`,
      type: ['AchievementSubject'],
      achievement: {
        id: `urn:achievement:${n}`,
        type: ['Achievement'],
        name: 'A',
        criteria: { narrative: 'N' },
        creator: { id: `urn:creator:${n}`, type: ['Profile'], name: 'B' },
      },
    });
    const document = { ...thing({ credentialSubject: [subject(1), subject(2)] }), '@context': contexts };
    const { credentialSubject } = await compactWithOurContexts(document);
    expect(credentialSubject).toEqual([subject(1), subject(2)]);
    const one = await compactWithOurContexts({ ...document, credentialSubject: subject(1) });
    expect(one['credentialSubject']).toEqual(subject(1));
  }); // prettier-ignore

  it('has lists where the model has them, and a subject of nothing but its id is an object', async () => {
    const evidence = { id: 'urn:evidence', type: 'Evidence', name: 'A' };
    const read = async (members: JsonObject) => compactWithOurContexts(thing(members));
    expect(await read({ evidence, credentialSubject: 'urn:subject' })).toMatchObject({
      type: ['VerifiableCredential'],
      evidence: [{ ...evidence, type: ['Evidence'] }],
      credentialSubject: { id: 'urn:subject' },
    });
    expect(await read({ credentialSubject: ['urn:a', { id: 'urn:b', name: 'B' }] })).toMatchObject({
      credentialSubject: [{ id: 'urn:a' }, { id: 'urn:b', name: 'B' }],
    });
  });
});

describe('a document read from its root', () => {
  it('is about one thing', async () => {
    const two = { '@context': [credentialsV2], '@graph': [{ id: 'urn:a', name: 'A' }, { id: 'urn:b', name: 'B' }] };
    await expect(compactFromRoot(two)).rejects.toThrow('not about one thing');
  }); // prettier-ignore

  it('says of each thing what all objects with its id say, once, wherever it is named', async () => {
    const read = await compactFromRoot(
      thing({
        issuer: { id: 'urn:issuer', type: ['Profile'], name: 'A' },
        evidence: [{ id: 'urn:issuer', type: ['Evidence'], name: 'A', genre: 'Plan' }, { id: 'urn:root' }],
      }),
    );
    const both = { id: 'urn:issuer', type: expect.arrayContaining(['Profile', 'Evidence']), name: 'A', genre: 'Plan' };
    expect(read).toMatchObject({ id: 'urn:root', issuer: both });
    // Within itself a thing is named with its types alone.
    expect(read['evidence']).toEqual([expect.objectContaining(both), { id: 'urn:root', type: ['VerifiableCredential'] }]);
  }); // prettier-ignore

  it('says of what stands in a list too, and leaves what has no id where it is', async () => {
    const read = await compactFromRoot(
      thing({
        issuer: { id: 'urn:issuer', type: ['Profile'], name: 'A' },
        [about('ranked')]: { '@list': [{ id: 'urn:issuer' }, { name: 'Of no id' }, 'text'] },
      }),
    );
    expect(read[about('ranked')]).toEqual({
      '@list': [{ id: 'urn:issuer', type: ['Profile'], name: 'A' }, { name: 'Of no id' }, 'text'],
    });
  });

  it('names credentials inside and does not write them out', async () => {
    const inner = { id: 'urn:inner', type: ['VerifiableCredential'], name: 'Inner' };
    const read = await compactFromRoot(thing({ [about('holds')]: inner }));
    expect(read[about('holds')]).toEqual({ id: 'urn:inner', type: ['VerifiableCredential'] });
  });

  it.each(['@reverse', '@index', '@included'])('is refused with %s', async (keyword) => {
    const value = keyword === '@index' ? 'x' : keyword === '@reverse' ? { [about('x')]: { id: 'urn:x' } } : [{ id: 'urn:x', name: 'X' }];
    await expect(compactFromRoot(thing({ [about('a')]: { id: 'urn:a', name: 'A', [keyword]: value } }))).rejects.toThrow(
      `uses ${keyword}`,
    );
  }); // prettier-ignore

  it('is refused when it would be written out too often, or too long', async () => {
    const ids = Array.from({ length: 9 }, (_, n) => `urn:n:${n}`);
    const each = ids.map((id) => ({ id, name: id, [about('knows')]: ids.map((other) => ({ id: other })) }));
    await expect(compactFromRoot(thing({ [about('all')]: each }))).rejects.toThrow('more than 4000 places');

    const long = { id: 'urn:long', name: 'x'.repeat(100_000) };
    const places = (count: number) =>
      thing({ [about('all')]: [long, ...Array.from({ length: count }, (_, n) => ({ id: `urn:p:${n}`, [about('of')]: { id: 'urn:long' } }))] });
    expect(await compactFromRoot(places(2))).toMatchObject({ id: 'urn:root' });
    await expect(compactFromRoot(places(8))).rejects.toThrow('more than 4000 places');
  }); // prettier-ignore

  it('has the words of a record back, of several subjects too', async () => {
    const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
    const subject = (n: number) => ({
      id: `urn:subject:${n}`,
      type: ['ClrSubject'],
      achievement: [{ id: `urn:achievement:${n}`, type: ['Achievement'], name: 'A' }],
      verifiableCredential: [{ id: `urn:held:${n}`, type: ['VerifiableCredential'] }],
    });
    const record = { ...thing(), '@context': [credentialsV2, clr, openBadges303], type: ['VerifiableCredential', 'ClrCredential'] };
    for (const credentialSubject of [subject(1), [subject(1), subject(2)]])
      expect((await compactFromRoot({ ...record, credentialSubject }))['credentialSubject']).toMatchObject(credentialSubject);
  }); // prettier-ignore
});
