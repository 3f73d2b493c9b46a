import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  codeInForce,
  declarationStanding,
  declarationStandingOf,
  declareConflicts,
  defaultCode,
  defaultReviewPolicy,
  dueReminder,
  nextReminder,
  readDeclarations,
  setCodeOfConduct,
  settleDeclaration,
  signCodeOfConduct,
  type DeclaredConflict,
  type DeclarationEvent,
} from '../../../src/calibration/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';

const day = 86_400;
const aText = `${'I rate blind, by the rubric, and by myself. '.repeat(6)}`;

const tie = (name: string, change: Partial<DeclaredConflict> = {}): DeclaredConflict => ({
  ...{ with: 'person', name, kind: 'family', from: null, until: null },
  ...change,
});

let house: ReviewHouse;
let reviewer: Person;
let lead: Person;

beforeEach(async () => {
  house = await aReviewHouse();
  reviewer = await house.member(['reviewer']);
  lead = await house.member(['lead']);
});
afterEach(() => house.store.close());

const standing = () => declarationStandingOf(house.calibration, house.district, reviewer.member);
const sign = async () => {
  const { number, digest } = await codeInForce(house.calibration, house.district);
  return signCodeOfConduct(house.calibration, reviewer, { number, digest });
};
const declare = (...conflicts: DeclaredConflict[]) =>
  declareConflicts(house.calibration, reviewer, { conflicts });
const refusal = async (call: Promise<unknown>) =>
  (await call.then(
    () => ({ code: 'none' }),
    (error: unknown) => error,
  )) as { code: string; errors?: readonly { pointer: string }[] };

describe('the code of conduct', () => {
  it('is signed with the digest of the exact text, once', async () => {
    const { number, digest, text } = await codeInForce(house.calibration, house.district);
    expect([number, digest]).toEqual([0, defaultCode.digest]);
    expect(text).toContain('Blind');
    for (const other of [
      { number: 1, digest },
      { number, digest: '0'.repeat(64) },
    ])
      expect((await refusal(signCodeOfConduct(house.calibration, reviewer, other))).code).toBe(
        'precondition-failed',
      );
    const signed = await sign();
    expect([signed.code, signed.pendingEntries.map(({ verb }) => verb)]).toEqual([
      { number, digest },
      ['declared'],
    ]);
    expect((await sign()).id).toBe(signed.id);
  });

  it('asks to be signed anew after a new version, within the days of grace', async () => {
    await sign();
    await declare();
    const calibration = house.calibration;
    const input = { replaces: 0, text: aText };
    const set = await setCodeOfConduct(calibration, lead, input);
    expect(set.number).toBe(1);
    expect((await setCodeOfConduct(calibration, lead, { ...input, replaces: 1 })).number).toBe(1);
    expect((await refusal(setCodeOfConduct(calibration, lead, input))).code).toBe('precondition-failed');
    house.clock.advance(20 * day);
    // A second one does not begin the time anew.
    await setCodeOfConduct(calibration, lead, { replaces: 1, text: `${aText} Always.` });
    expect([(await standing()).code.state, (await standing()).inForce]).toEqual(['to-renew', true]);
    house.clock.advance(10 * day - 1);
    expect((await standing()).inForce).toBe(true);
    house.clock.advance(1);
    expect(await standing()).toMatchObject({
      inForce: false,
      missing: ['code-of-conduct'],
      code: { state: 'lapsed', number: 0 },
    });
    await sign();
    expect(await standing()).toMatchObject({ inForce: true, code: { state: 'in-force', number: 2 } });
  });
});

describe('a declaration of conflicts', () => {
  it('holds for twelve months, and what it says counts on', async () => {
    await sign();
    expect((await standing()).missing).toEqual(['conflicts']);
    await declare(tie('Sam@Riverbend.example '));
    house.clock.advance(365 * day - 1);
    expect((await standing()).inForce).toBe(true);
    house.clock.advance(1);
    expect(await standing()).toMatchObject({
      missing: ['conflicts'],
      counted: [{ name: 'sam@riverbend.example', until: null }],
    });
  });

  it('takes what a later one leaves out for ended on that day', async () => {
    await declare(tie('sam@riverbend.example'), tie('North', { with: 'school', kind: 'other' }));
    house.clock.advance(5 * day);
    await declare(tie('north', { with: 'school', kind: 'other' }));
    const { counted } = await standing();
    expect(counted.map(({ name, until }) => [name, until])).toEqual([
      ['sam@riverbend.example', '2026-11-25'],
      ['North', '2026-11-25'],
      ['north', null],
    ]);
  });

  it('is refused with each fault at its place', async () => {
    const { code, errors } = await refusal(
      declare(
        tie('nobody'),
        tie('a@b.example', { with: 'school' }),
        tie('a@b.example', { from: '2026-13-01' }),
        tie('a@b.example', { from: '2026-12-01' }),
        tie('a@b.example', { from: '2026-10-02', until: '2026-10-01' }),
        tie('nobody', { from: '2026-10-02', until: '2026-10-01' }),
      ),
    );
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual([
      'rule-violated',
      [
        '/conflicts/0/name',
        '/conflicts/1/name',
        '/conflicts/2/from',
        '/conflicts/3/from',
        '/conflicts/4/until',
        // All that is wrong with one, at once.
        '/conflicts/5/name',
        '/conflicts/5/until',
      ],
    ]);
  });

  it('is numbered without gap when two are made at once, and puts nobody’s name into the record', async () => {
    const made = await Promise.all([declare(tie('sam@riverbend.example')), declare()]);
    expect(made.map(({ n }) => n).sort()).toEqual([1, 2]);
    expect(JSON.stringify(made.map(({ pendingEntries }) => pendingEntries))).not.toContain('sam');
  });

  it('is not shown to who is named in it; of a seat nothing is', async () => {
    const named = (await house.person(lead.member)).email;
    await declare(tie(named), tie('sam@riverbend.example'));
    const seen = async (who: Person) =>
      (await readDeclarations(house.calibration, who, reviewer.member)).declarations[0]?.conflicts?.map(
        ({ name }) => name,
      );
    expect(await seen(lead)).toEqual(['sam@riverbend.example']);
    expect(await seen(await house.member(['admin']))).toEqual([named, 'sam@riverbend.example']);
    expect(await seen(reviewer)).toEqual([named, 'sam@riverbend.example']);
  });

  it('is erased once nothing in it can count: three years after the one that took its place', async () => {
    const first = await declare(tie('sam@riverbend.example'));
    house.clock.advance(10 * day);
    await declare();
    const settle = async () => {
      const kept = (await house.calibration.store.declarations.get(house.district, first.id))!;
      await settleDeclaration(house.calibration, kept, async () => undefined);
      return (await house.calibration.store.declarations.get(house.district, first.id))!;
    };
    expect((await settle()).effectDue).toBe('2029-11-30T09:00:00Z');
    house.clock.advance(3 * 366 * day);
    expect(await settle()).toMatchObject({ conflicts: null, salt: null, effectDue: null });
  });
});

describe('reminders', () => {
  const term = { from: '2026-11-20T09:00:00Z', until: '2027-11-20T09:00:00Z' };

  it('come at seven in the district, thirty and seven days before the day of the end', () => {
    const zone = 'America/Chicago';
    const first = nextReminder(term, zone, term.from)!;
    // Daylight saving time ends between the two.
    expect(first).toBe('2027-10-21T12:00:00Z');
    const second = nextReminder(term, zone, first)!;
    expect(second).toBe('2027-11-13T13:00:00Z');
    expect(nextReminder(term, zone, second)).toBeUndefined();
    const at = ['2027-10-21T11:59:59Z', first, '2027-11-13T12:59:59Z', second, term.until];
    expect(at.map((now) => dueReminder(term, zone, now))).toEqual([undefined, 30, 30, 7, undefined]);
  });

  it('are told of the newest declaration alone', async () => {
    const first = await declare();
    expect(first.effectDue).toBe(nextReminder({ from: first.at, until: first.until }, 'UTC', first.at));
    house.clock.advance(340 * day);
    const told: DeclarationEvent[] = [];
    const tell = async (event: DeclarationEvent) => void told.push(event);
    await settleDeclaration(house.calibration, first, tell);
    expect(told.map(({ days }) => days)).toEqual([30]);
    await declare();
    const kept = (await house.calibration.store.declarations.get(house.district, first.id))!;
    await settleDeclaration(house.calibration, kept, tell);
    expect(told.length).toBe(1);
  });
});

it('nobody has declared anything by being there', () => {
  const none = declarationStanding(
    { codes: [defaultCode], declarations: [], policy: defaultReviewPolicy },
    '2026-11-20T09:00:00Z',
  );
  expect(none).toMatchObject({ inForce: false, missing: ['code-of-conduct', 'conflicts'], counted: [] });
});
