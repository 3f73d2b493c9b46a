import { describe, expect, it } from '@jest/globals';
import { recordedState, withAudit, withheld, wordsIn, type Auditable } from '../../../src/audit/index.js';
import { isId, type Actor, type DistrictId, type Json, type MemberId } from '../../../src/kernel/index.js';

const district = 'dst_a' as DistrictId;
const member: Actor = { kind: 'member', district, member: 'mbr_a' as MemberId };
const service: Actor = { kind: 'service', district };
const entry = { actor: member, verb: 'said', collection: 'availabilities', facts: { level: 2 } };

describe('withAudit', () => {
  it('records a document not yet inserted as its version 1', () => {
    const doc = withAudit({ id: 'mbr_a', district }, entry, '2026-11-20T09:00:00Z');
    expect(doc.auditDue).toBe('2026-11-20T09:00:00Z');
    expect(doc.pendingEntries).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-20T09:00:00Z',
        actor: 'mbr_a',
        verb: 'said',
        subject: { collection: 'availabilities', id: 'mbr_a', version: 1 },
        facts: { level: 2 },
        v: 1,
        district: 'dst_a',
        state: {},
      },
    ]);
    expect(isId('aud', doc.pendingEntries[0]!.id)).toBe(true);
  });

  it('names the version that a replace will make, and the service where it acts', () => {
    const doc = withAudit(
      { id: 'mbr_a', district, version: 4 },
      { ...entry, actor: service },
      '2026-11-20T09:00:00Z',
    );
    expect(doc.pendingEntries[0]).toMatchObject({ actor: 'service', subject: { version: 5 } });
  });

  it('adds to entries that wait, keeps the time since which they do, and changes no document', () => {
    const first: Auditable = { id: 'mbr_a', district, version: 4 };
    const one = withAudit(first, entry, '2026-11-20T09:00:00Z');
    const two = withAudit(one, entry, '2026-11-20T10:00:00Z');
    expect(first).toEqual({ id: 'mbr_a', district, version: 4 });
    expect(one.pendingEntries).toHaveLength(1);
    expect(two.pendingEntries.map((pending) => pending.at)).toEqual([
      '2026-11-20T09:00:00Z',
      '2026-11-20T10:00:00Z',
    ]);
    expect(two.auditDue).toBe('2026-11-20T09:00:00Z');
  });

  it('gives the same write the same entry id and any other write another', () => {
    const doc = { id: 'mbr_a', district, version: 4 };
    const id = (given: Auditable, now = '2026-11-20T09:00:00Z') =>
      withAudit(given, entry, now).pendingEntries.at(-1)!.id;
    expect(id(doc)).toBe(id({ ...doc }));
    const others = [
      id(doc),
      id({ ...doc, version: 5 }),
      id({ ...doc, id: 'mbr_b' }),
      id({ ...doc, district: 'dst_b' }),
      id(doc, '2026-11-20T09:00:01Z'),
      id(withAudit(doc, entry, '2026-11-20T09:00:00Z')),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  it('records the members that the row of the collection names, and nothing else of the document', () => {
    const said = {
      ...{ id: 'mbr_a', district, minutesPerWeek: 90, saidAt: '2026-11-20T09:00:00Z' },
      words: 'of a person',
    };
    expect(withAudit(said, entry, '2026-11-20T09:00:00Z').pendingEntries[0]!.state).toEqual({
      minutesPerWeek: 90,
      saidAt: '2026-11-20T09:00:00Z',
    });
  });

  it('pins words by a digest that nobody can guess at without the salt', () => {
    const rating = (salt: string, feedback: string) => ({
      ...{ id: 'rat_a', district, salt },
      criteria: { clarity: { level: 'l3', feedback, pointers: [] } },
    });
    const state = (salt: string, feedback: string) =>
      withAudit(rating(salt, feedback), { ...entry, collection: 'ratings' }, '2026-11-20T09:00:00Z')
        .pendingEntries[0]!.state;
    expect(state('one', 'Well done.')).toEqual({
      criteria: { clarity: { level: 'l3' } },
      pins: { criteria: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(state('one', 'Well done.')).toEqual(state('one', 'Well done.'));
    const pins = [state('one', 'Well done.'), state('two', 'Well done.'), state('one', 'Well done')];
    expect(new Set(pins.map((one) => JSON.stringify(one['pins']))).size).toBe(3);
  });

  it('does not tell a seed from live work before the assignment has ended', () => {
    const open = {
      ...{ id: 'asg_a', district, kind: 'rating', state: 'open', endedAt: null },
      ...{ work: 'seed', exemplar: 'exm_a', case: null },
    };
    const state = (doc: Auditable) =>
      withAudit(doc, { ...entry, collection: 'assignments' }, '2026-11-20T09:00:00Z').pendingEntries[0]!
        .state;
    expect(state(open)).toEqual({ kind: 'rating', state: 'open', endedAt: null });
    expect(state({ ...open, endedAt: '2026-11-21T09:00:00Z' } as Auditable)).toMatchObject({
      work: 'seed',
      exemplar: 'exm_a',
    });
  });

  it('withholds what may be words of a person wherever it stands, and refuses nobody for it', () => {
    const doc = { id: 'mbr_a', district };
    const at = '2026-11-20T09:00:00Z';
    const factsOf = (facts: Json) => withAudit(doc, { ...entry, facts }, at).pendingEntries[0]!.facts;
    for (const words of [
      'two words',
      'a.rivera@riverbend.example',
      'Jos\u00e9',
      'a\nb',
      '\u0000',
      'x'.repeat(1401),
    ]) {
      expect(wordsIn({ words })).toBe('/words');
      expect(factsOf({ deep: [{ words, level: 'l3' }] })).toEqual({
        deep: [{ words: withheld, level: 'l3' }],
      });
      expect(factsOf({ [words]: 1 })).toEqual({ [`${withheld}-0`]: 1 });
      // And in a member that the table names, the same way for the entry as for the comparison with what is kept.
      const said = { ...doc, minutesPerWeek: words };
      const { state } = withAudit(said, entry, at).pendingEntries[0]!;
      expect(state).toEqual({ minutesPerWeek: withheld });
      expect(recordedState('availabilities', said)).toEqual(state);
    }
    const wordless = { id: 'sub_a', at, url: 'https://a.example/b?c=d#e', n: 1, none: null, list: ['l1'] };
    expect(factsOf(wordless)).toEqual(wordless);
    expect(() => withAudit(doc, { ...entry, collection: 'secrets' }, at)).toThrow('has no row');
  });
});
