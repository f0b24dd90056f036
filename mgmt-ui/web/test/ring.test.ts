import { describe, expect, test } from 'vitest';
import { Ring } from '../src/live/ring';

describe('a ring', () => {
  test('keeps the last so many, by their number since the beginning', () => {
    const ring = new Ring<string>(3);
    for (const one of 'abcde') {
      ring.add(one);
    }
    expect(ring.length).toBe(3);
    expect(ring.total).toBe(5);
    expect([0, 1, 2, 3, 4, 5].map((number) => ring.at(number))).toEqual([undefined, undefined, 'c', 'd', 'e', undefined]);
  });
  test('is empty before and after', () => {
    const ring = new Ring<number>(2);
    expect([ring.length, ring.at(0), ring.at(-1)]).toEqual([0, undefined, undefined]);
    ring.add(7);
    ring.clear();
    expect([ring.length, ring.total, ring.at(0)]).toEqual([0, 0, undefined]);
  });
});
