import { describe, expect, it } from '@jest/globals';
import {
  compareDocument,
  fold,
  withAudit,
  type AuditedDocument,
  type AuditEntry,
} from '../../../src/audit/index.js';
import type { DistrictId } from '../../../src/kernel/index.js';

const district = 'dst_a' as DistrictId;
const actor = { kind: 'service', district } as const;
const at = '2026-11-20T09:00:00Z';

/** The entry of a write that leaves the document so. */
function entryOf(collection: string, doc: { readonly id: string; readonly version?: number }): AuditEntry {
  const audited = withAudit({ district, ...doc }, { actor, verb: 'done', collection, facts: {} }, at);
  return audited.pendingEntries.at(-1)!;
}

describe('fold', () => {
  const award = (state: string, version: number) => ({ id: 'awd_a', version, state, holder: 'mbr_a' });
  const history = [
    entryOf('awards', award('active', 0)),
    entryOf('members', { id: 'mbr_a', version: 0 }),
    entryOf('awards', award('suspended', 3)),
    entryOf('awards', award('revoked', 7)),
  ];

  it('gives of every document what its last entry says', () => {
    const { subjects, faults } = fold(history);
    expect(faults).toEqual([]);
    expect([...subjects.keys()]).toEqual(['awards/awd_a', 'members/mbr_a']);
    expect(subjects.get('awards/awd_a')).toMatchObject({
      version: 8,
      seq: 4,
      state: { state: 'revoked', holder: 'mbr_a' },
    });
  });

  it('gives the same in one go or in several, and changes nothing that it is given', () => {
    const first = fold(history.slice(0, 2));
    const kept = structuredClone([...first.subjects]);
    expect(fold(history.slice(2), first, 3)).toEqual(fold(history));
    expect([...first.subjects]).toEqual(kept);
  });

  it('finds an older version after a newer one, and a change of what never changes', () => {
    const rating = (level: string) => ({ id: 'rat_a', version: 0, criteria: { clarity: { level } } });
    expect(fold([history[3]!, history[2]!]).faults).toEqual([
      'entry 2 is about an older version of awards/awd_a than entry 1',
    ]);
    expect(fold([entryOf('ratings', rating('l3')), entryOf('ratings', rating('l4'))]).faults).toEqual([
      'entry 2 changes ratings/rat_a, but a rating never changes',
    ]);
    expect(fold([entryOf('ratings', rating('l3')), entryOf('ratings', rating('l3'))]).faults).toEqual([]);
  });
});

describe('a document held against the record', () => {
  const subject = { collection: 'ratings', id: 'rat_a' };
  const rating = {
    ...{ id: 'rat_a', district, version: 1, salt: 'c2FsdA', reviewer: 'mbr_a' },
    criteria: { clarity: { level: 'l3', feedback: 'Clear.' } },
    pendingEntries: [],
    auditDue: null,
  };
  const folded = { state: entryOf('ratings', { ...rating, version: 0 }).state, seq: 9 };
  const held = (doc: object | undefined, recorded: typeof folded | undefined = folded) =>
    compareDocument(subject, recorded, doc as AuditedDocument | undefined);

  it('is as recorded, or differs in a member that is named', () => {
    expect(held(rating)).toEqual({ differences: [], erased: false });
    const level = { ...rating, criteria: { clarity: { level: 'l4', feedback: 'Clear.' } } };
    expect(held(level).differences).toMatchObject([
      { kind: 'differs', member: 'criteria', seq: 9 },
      { kind: 'differs', member: 'pins' },
    ]);
    const words = { ...rating, criteria: { clarity: { level: 'l3', feedback: 'Muddled.' } } };
    expect(held(words).differences).toMatchObject([{ ...subject, kind: 'differs', member: 'pins' }]);
    expect(held({ ...rating, reviewer: 'mbr_b' }).differences).toMatchObject([
      { member: 'reviewer', recorded: 'mbr_a', kept: 'mbr_b' },
    ]);
  });

  it('is missing, or was never recorded', () => {
    expect(held(undefined).differences).toMatchObject([{ kind: 'missing', seq: 9 }]);
    expect(compareDocument(subject, undefined, rating as unknown as AuditedDocument).differences).toEqual([
      { ...subject, kind: 'unrecorded' },
    ]);
  });

  it('whose words were erased with their salt is held by everything else', () => {
    const erased = { ...rating, salt: null, criteria: { clarity: { level: 'l3' } } };
    expect(held(erased)).toEqual({ differences: [], erased: true });
    const moved = { ...erased, criteria: { clarity: { level: 'l1' } } };
    expect(held(moved).differences).toMatchObject([{ member: 'criteria' }]);
    // A salt that is taken away otherwise hides nothing.
    const { salt: _salt, ...saltless } = rating;
    expect(held(saltless).differences).toMatchObject([{ member: 'pins' }]);
  });

  it('counts the entries that still wait in it', () => {
    const waiting = withAudit(
      { ...rating, reviewer: 'mbr_c' },
      { actor, verb: 'done', collection: 'ratings', facts: {} },
      at,
    );
    expect(held(waiting).differences).toEqual([]);
    expect(held({ ...waiting, reviewer: 'mbr_d' }).differences).toMatchObject([{ member: 'reviewer' }]);
  });
});
