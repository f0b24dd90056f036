import { describe, expect, test } from 'vitest';
import { instantOf, localOf } from '../src/app/zoned';

describe('a time as it is typed', () => {
  test('is meant in the zone of the server', () => {
    expect(instantOf('2026-11-28T06:00', 'Europe/Berlin')).toBe('2026-11-28T05:00:00.000Z');
    expect(instantOf('2026-07-28T06:00', 'Europe/Berlin')).toBe('2026-07-28T04:00:00.000Z');
    expect(instantOf('2026-11-28T06:00', 'Australia/Adelaide')).toBe('2026-11-27T19:30:00.000Z');
  });
  test('of which the clock has two is the earlier one', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });
  test('which the clock skips is as much later as it skips', () => {
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });
  test('right before and after the clock changes is itself', () => {
    expect(instantOf('2026-10-25T01:59', 'Europe/Berlin')).toBe('2026-10-24T23:59:00.000Z');
    expect(instantOf('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(instantOf('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
  });
  test('that is none is none', () => {
    expect(instantOf('', 'UTC')).toBeUndefined();
    expect(instantOf('2026-13-01T00:00', 'UTC')).toBeUndefined();
  });
  test('comes back as it was typed', () => {
    expect(localOf(instantOf('2026-11-28T06:00', 'America/New_York')!, 'America/New_York')).toBe('2026-11-28T06:00');
  });
});
