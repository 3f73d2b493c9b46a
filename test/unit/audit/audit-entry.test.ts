import { describe, expect, it } from '@jest/globals';
import { withAudit, type Auditable } from '../../../src/audit/index.js';
import { isId, type Actor, type DistrictId, type MemberId } from '../../../src/kernel/index.js';

const district = 'dst_a' as DistrictId;
const member: Actor = { kind: 'member', district, member: 'mbr_a' as MemberId };
const service: Actor = { kind: 'service', district };
const entry = { actor: member, verb: 'committed', collection: 'ratings', facts: { level: 2 } };

describe('withAudit', () => {
  it('records a document not yet inserted as its version 1', () => {
    const doc = withAudit({ id: 'rat_a', district }, entry, '2026-11-20T09:00:00Z');
    expect(doc.auditDue).toBe('2026-11-20T09:00:00Z');
    expect(doc.pendingEntries).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-20T09:00:00Z',
        actor: 'mbr_a',
        verb: 'committed',
        subject: { collection: 'ratings', id: 'rat_a', version: 1 },
        facts: { level: 2 },
      },
    ]);
    expect(isId('aud', doc.pendingEntries[0]!.id)).toBe(true);
  });

  it('names the version that a replace will make, and the service where it acts', () => {
    const doc = withAudit(
      { id: 'rat_a', district, version: 4 },
      { ...entry, actor: service },
      '2026-11-20T09:00:00Z',
    );
    expect(doc.pendingEntries[0]).toMatchObject({ actor: 'service', subject: { version: 5 } });
  });

  it('adds to entries that wait, keeps the time since which they do, and changes no document', () => {
    const first: Auditable = { id: 'rat_a', district, version: 4 };
    const one = withAudit(first, entry, '2026-11-20T09:00:00Z');
    const two = withAudit(one, entry, '2026-11-20T10:00:00Z');
    expect(first).toEqual({ id: 'rat_a', district, version: 4 });
    expect(one.pendingEntries).toHaveLength(1);
    expect(two.pendingEntries.map((pending) => pending.at)).toEqual([
      '2026-11-20T09:00:00Z',
      '2026-11-20T10:00:00Z',
    ]);
    expect(two.auditDue).toBe('2026-11-20T09:00:00Z');
  });

  it('gives the same write the same entry id and any other write another', () => {
    const doc = { id: 'rat_a', district, version: 4 };
    const id = (given: Auditable, now = '2026-11-20T09:00:00Z') =>
      withAudit(given, entry, now).pendingEntries.at(-1)!.id;
    expect(id(doc)).toBe(id({ ...doc }));
    const others = [
      id(doc),
      id({ ...doc, version: 5 }),
      id({ ...doc, id: 'rat_b' }),
      id({ ...doc, district: 'dst_b' }),
      id(doc, '2026-11-20T09:00:01Z'),
      id(withAudit(doc, entry, '2026-11-20T09:00:00Z')),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});
