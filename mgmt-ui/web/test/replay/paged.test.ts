import { describe, expect, test } from 'vitest';
import { PagedRows } from '../../src/pages/replay/paged';

function source(total: number, fail: { times: number } = { times: 0 }) {
  const asked: number[] = [];
  const rows = new PagedRows<number>(
    10,
    (offset, limit) => {
      asked.push(offset);
      return fail.times-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve({ rows: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i), total });
    },
    () => undefined,
    () => undefined,
  );
  return { rows, asked };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('rows by pages', () => {
  test('are asked for as they are looked at, each page once', async () => {
    const { rows, asked } = source(35);
    expect(rows.length).toBe(0);
    await settled();
    expect(rows.length).toBe(35);
    expect(rows.at(3)).toBe(3);
    expect(rows.at(34)).toBe('waiting');
    expect(rows.at(31)).toBe('waiting');
    await settled();
    expect(rows.at(34)).toBe(34);
    expect(rows.at(35)).toBeUndefined();
    expect(asked).toEqual([0, 30]);
  });
  test('are asked for again after a failure', async () => {
    const fail = { times: 0 };
    const { rows, asked } = source(35, fail);
    await settled();
    fail.times = 1;
    expect(rows.at(20)).toBe('waiting');
    await settled();
    expect(rows.at(20)).toBe('waiting');
    await settled();
    expect(rows.at(20)).toBe(20);
    expect(asked).toEqual([0, 20, 20]);
  });
});
