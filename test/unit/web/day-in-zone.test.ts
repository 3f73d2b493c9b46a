import { describe, expect, it } from '@jest/globals';
import { dayIn, startOfDay } from '../../../src/web/day-in-zone.js';

describe('days in a time zone', () => {
  it('begins a day at its midnight, also where the clocks change on it or before it', () => {
    expect(startOfDay('2026-11-20', 'America/Chicago', '/to')).toBe('2026-11-20T06:00:00Z');
    expect(startOfDay('2026-07-01', 'America/Chicago', '/to')).toBe('2026-07-01T05:00:00Z');
    // The clocks go back at 02:00 on 1 November 2026, and forward at 02:00 on 14 March 2027.
    expect(startOfDay('2026-11-01', 'America/Chicago', '/to')).toBe('2026-11-01T05:00:00Z');
    expect(startOfDay('2026-11-01', 'America/Chicago', '/to', 1)).toBe('2026-11-02T06:00:00Z');
    expect(startOfDay('2027-03-14', 'America/Chicago', '/to')).toBe('2027-03-14T06:00:00Z');
    expect(startOfDay('2026-11-20', 'Asia/Kolkata', '/to')).toBe('2026-11-19T18:30:00Z');
    expect(startOfDay('2026-11-20', 'UTC', '/to')).toBe('2026-11-20T00:00:00Z');
  });

  it('says which day an instant falls on there', () => {
    expect(dayIn('2026-11-20T05:59:59Z', 'America/Chicago')).toBe('2026-11-19');
    expect(dayIn('2026-11-20T06:00:00Z', 'America/Chicago')).toBe('2026-11-20');
    for (const zone of ['America/Chicago', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'])
      expect(dayIn(startOfDay('2027-03-14', zone, '/to'), zone)).toBe('2027-03-14');
  });

  it.each(['2026-02-30', '20.11.2026', 'soon', '2026-13-01', ''])('refuses %p at its field', (day) => {
    expect(() => startOfDay(day, 'UTC', '/consent/to')).toThrow('must be a day of the calendar');
  });
});
