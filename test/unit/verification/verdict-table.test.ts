import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { decideVerdict } from '../../../src/verification/decide-verdict.js';
import {
  checkNames,
  couldNotCheck,
  failed,
  notApplicable,
  passed,
  type CheckName,
  type Finding,
  type Verdict,
} from '../../../src/verification/finding.js';

/** The design's order, written out again: the first that applies is the verdict. Two of them are said in one word. */
const order = [
  'not-genuine',
  'could-not-check proof or key',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'could-not-check anything else',
  'valid',
] as const;
type Rank = (typeof order)[number];

/** The design's table, written out again: what a failure and a check not done lead to. */
const table: Readonly<Record<CheckName, readonly [failed: Rank | 'its own', unchecked: Rank]>> = {
  limits: ['could-not-check anything else', 'could-not-check anything else'],
  parse: ['not-genuine', 'could-not-check proof or key'],
  nested: ['its own', 'could-not-check anything else'],
  guard: ['could-not-check anything else', 'could-not-check anything else'],
  'proof-set': ['not-genuine', 'could-not-check proof or key'],
  compact: ['could-not-check anything else', 'could-not-check anything else'],
  'data-model': ['could-not-check anything else', 'could-not-check anything else'],
  schema: ['could-not-check anything else', 'could-not-check anything else'],
  proof: ['not-genuine', 'could-not-check proof or key'],
  validity: ['its own', 'could-not-check anything else'],
  status: ['its own', 'could-not-check anything else'],
  refresh: ['valid', 'valid'],
  pinned: ['not-genuine', 'could-not-check anything else'],
  recipient: ['valid', 'valid'],
  recognition: ['valid', 'valid'],
};

const ownVerdicts = ['revoked', 'suspended', 'expired', 'not-yet-valid', 'not-genuine'] as const;

/** One thing that a check may find, and how it ranks. */
interface Case {
  readonly check: CheckName;
  readonly finding: Finding;
  readonly rank: Rank;
}

const cases: readonly Case[] = checkNames.flatMap((check): Case[] => {
  const [failure, unchecked] = table[check];
  const failures: Case[] =
    failure === 'its own'
      ? [
          ...ownVerdicts.map((verdict) => ({
            check,
            finding: failed('status.revoked', { check }, verdict),
            rank: verdict,
          })),
          // A failure that names no verdict, or one that is none of a failure's, is no better than a check not done.
          ...[undefined, 'valid' as const, 'could-not-check' as const].map((verdict) => ({
            check,
            finding: failed('status.revoked', { check }, verdict),
            // What is merely included is shown with its own verdict and decides nothing.
            rank:
              check === 'nested' && verdict === undefined
                ? ('valid' as const)
                : ('could-not-check anything else' as const),
          })),
        ]
      : [{ check, finding: failed('proof.wrong', { check }), rank: failure }];
  return [
    ...failures,
    { check, finding: couldNotCheck('proof.unresolved', { check }), rank: unchecked },
    { check, finding: passed('proof.ok', { check }), rank: 'valid' },
    { check, finding: notApplicable('status.none', { check }), rank: 'valid' },
  ];
});

function decided(...found: readonly Case[]) {
  const clear = checkNames.map((check) => [check, passed('proof.ok', { check })] as const);
  const findings = Object.fromEntries([...clear, ...found.map(({ check, finding }) => [check, finding])]);
  return decideVerdict(findings as Record<CheckName, Finding>);
}

function worst(found: readonly Case[]): Rank {
  return order.find((rank) => found.some((one) => one.rank === rank)) ?? 'valid';
}

function verdictOf(rank: Rank): Verdict {
  return rank.startsWith('could-not-check') ? 'could-not-check' : (rank as Verdict);
}

describe('the verdict', () => {
  it.each(cases.map((one) => [one.check, one.finding.outcome, one.finding.verdict ?? '', one] as const))(
    'of %s %s %s is as the design says, and the finding is told exactly when it counts',
    (_check, _outcome, _verdict, one) => {
      const { verdict, against } = decided(one);
      expect(verdict).toBe(verdictOf(one.rank));
      expect(against).toEqual(one.rank === 'valid' ? [] : [one.finding]);
    },
  );

  it('of every pair of findings is that of the graver, which is told first', () => {
    let pairs = 0;
    for (const a of cases) {
      for (const b of cases) {
        if (a.check === b.check) continue;
        pairs += 1;
        const { verdict, against } = decided(a, b);
        const counting = [a, b].filter(({ rank }) => rank !== 'valid');
        expect([verdict, against.length]).toEqual([verdictOf(worst([a, b])), counting.length]);
        if (counting.length > 0)
          expect(counting.find(({ finding }) => finding === against[0])?.rank).toBe(worst([a, b]));
      }
    }
    expect(pairs).toBe(
      cases.length ** 2 - cases.reduce((n, a) => n + cases.filter((b) => b.check === a.check).length, 0),
    );
    expect(pairs).toBeGreaterThan(4000);
  });

  it('of findings of every check at once is that of the gravest', () => {
    const anyFindings = fc.tuple(
      ...checkNames.map((check) => fc.constantFrom(...cases.filter((one) => one.check === check))),
    );
    fc.assert(
      fc.property(anyFindings, (found) => {
        const { verdict, against } = decided(...found);
        expect(verdict).toBe(verdictOf(worst(found)));
        const ranks = against.map((finding) =>
          order.indexOf(found.find((one) => one.finding === finding)!.rank),
        );
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
      { numRuns: 5000, seed: 20261125 },
    );
  });

  it('is valid only when nothing that counts failed or was left undone', () => {
    const anyOutcome = fc.tuple(
      ...checkNames.map((check) => fc.constantFrom(...cases.filter((one) => one.check === check))),
    );
    fc.assert(
      fc.property(anyOutcome, (found) => {
        const isClear = found.every(
          ({ check, finding }) =>
            ['refresh', 'recipient', 'recognition'].includes(check) ||
            (check === 'nested' && finding.outcome === 'failed' && finding.verdict === undefined) ||
            finding.outcome === 'passed' ||
            finding.outcome === 'not-applicable',
        );
        expect(decided(...found).verdict === 'valid').toBe(isClear);
      }),
      { numRuns: 5000, seed: 20261126 },
    );
  });

  it('of checks that were not reached is not valid, and they are no reasons of their own', () => {
    const unreached = checkNames.map((check) => [check, couldNotCheck('not-reached', { after: 'guard' })]);
    const guard = failed('guard.null', { pointer: '/name' });
    const findings = { ...Object.fromEntries(unreached), guard } as Record<CheckName, Finding>;
    expect(decideVerdict(findings)).toEqual({ verdict: 'could-not-check', against: [guard] });
  });

  it('about the proof alone leaves a pinned document that cannot be had aside, and nothing else', () => {
    const clear = Object.fromEntries(checkNames.map((check) => [check, passed('proof.ok')]));
    for (const { check, finding, rank } of cases) {
      const { verdict } = decideVerdict(
        { ...clear, [check]: finding } as Record<CheckName, Finding>,
        'proof',
      );
      const isAside = check === 'pinned' && finding.outcome === 'could-not-check';
      expect([check, finding.outcome, verdict]).toEqual([
        check,
        finding.outcome,
        isAside ? 'valid' : verdictOf(rank),
      ]);
    }
  });
});
