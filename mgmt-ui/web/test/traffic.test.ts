import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TrafficLog, type TrafficEvent } from '../src/pages/traffic/log';
import { paced } from '../src/pages/traffic/paced';

const event = (id: number, at = id): TrafficEvent => ({ id, at: new Date(1_700_000_000_000 + at * 1000).toISOString(), type: 'modbus' });
const ids = (log: TrafficLog) => {
  const rows = log.rows();
  return Array.from({ length: rows.length }, (_, index) => rows.at(index)!.id);
};

describe('what Traffic shows', () => {
  test('is the newest first, live above past', () => {
    const log = new TrafficLog();
    log.setPast({ events: [event(2), event(1)], complete: true });
    log.add([event(-1, 3), event(-2, 4)]);
    expect(ids(log)).toEqual([-2, -1, 2, 1]);
  });
  test('has an event once that came live and stands in the past', () => {
    const log = new TrafficLog();
    log.add([event(-7, 2), event(-8, 3)]);
    log.setPast({ events: [event(2), event(1)], complete: false });
    expect(ids(log)).toEqual([-8, 2, 1]);
  });
  test('stands still while paused, however much comes', () => {
    const log = new TrafficLog(4);
    log.add([event(1), event(2), event(3)]);
    log.pause();
    log.add([event(4), event(5), event(6), event(7), event(8)]);
    expect(ids(log)).toEqual([3, 2, 1]);
    expect(log.waiting).toBe(5);
    log.follow();
    expect(ids(log)).toEqual([8, 7, 6, 5]);
    expect(log.waiting).toBe(0);
  });
  test('grows at its end by what the index has', () => {
    const log = new TrafficLog();
    log.setPast({ events: [event(9), event(8)], complete: false });
    expect([log.oldestId, log.complete]).toEqual([8, false]);
    log.addPast({ events: [event(7)], complete: true });
    expect(ids(log)).toEqual([9, 8, 7]);
    expect([log.oldestId, log.complete]).toEqual([7, true]);
  });
  test('says that something changed with everything that does', () => {
    const log = new TrafficLog();
    const seen = new Set([log.version]);
    for (const change of [() => log.add([event(1)]), () => log.addLost(3), () => log.pause(), () => log.follow(), () => log.clear()]) {
      change();
      expect(seen.has(log.version)).toBe(false);
      seen.add(log.version);
    }
  });
});

describe('counts beside the table', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  test('are asked for anew soon after something came', () => {
    const ask = vi.fn();
    const pace = paced(ask);
    vi.advanceTimersByTime(60_000);
    expect(ask).toHaveBeenCalledTimes(0);
    pace.news();
    vi.advanceTimersByTime(2_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });
  test('are not asked for more often than every five seconds, and the last event is not left out', () => {
    const ask = vi.fn();
    const pace = paced(ask);
    for (let i = 0; i < 200; i++) {
      pace.news();
      vi.advanceTimersByTime(100);
    }
    expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(ask.mock.calls.length).toBeLessThanOrEqual(4);
    vi.advanceTimersByTime(5_000);
    const after = ask.mock.calls.length;
    expect(after).toBeGreaterThanOrEqual(4);
    vi.advanceTimersByTime(60_000);
    expect(ask).toHaveBeenCalledTimes(after);
    pace.news();
    pace.end();
    vi.advanceTimersByTime(60_000);
    expect(ask).toHaveBeenCalledTimes(after);
  });
});
