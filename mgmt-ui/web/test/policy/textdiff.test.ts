import { describe, expect, test } from 'vitest';
import { diffLines, type DiffLine, withContext } from '../../src/pages/policy/textdiff';

const brief = (lines: DiffLine[]) => lines.map((line) => `${line.kind === 'same' ? ' ' : line.kind === 'new' ? '+' : '-'}${line.text}`).join('\n');

describe('diff of two texts', () => {
  test('says which lines came and went, with their numbers', () => {
    const lines = diffLines('a\nb\nc\nd\n', 'a\nc\nx\nd\n');
    expect(brief(lines)).toBe(' a\n-b\n c\n+x\n d');
    expect(lines.map((line) => [line.before, line.after])).toEqual([[1, 1], [2, undefined], [3, 2], [undefined, 3], [4, 4]]);
  });
  test('of equal, empty and wholly other texts', () => {
    expect(diffLines('a\nb', 'a\nb').every((line) => line.kind === 'same')).toBe(true);
    expect(diffLines('', '')).toEqual([]);
    expect(brief(diffLines('', 'a\nb'))).toBe('+a\n+b');
    expect(brief(diffLines('a\nb\n', ''))).toBe('-a\n-b');
    expect(brief(diffLines('a\nb', 'c'))).toMatch(/-a[\s\S]*\+c|\+c[\s\S]*-a/);
  });
  test('is the shortest, and both texts can be had back from it', () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let round = 0; round < 300; round++) {
      const a = Array.from({ length: random(12) }, () => 'abcd'[random(4)]!);
      const b = Array.from({ length: random(12) }, () => 'abcd'[random(4)]!);
      const lines = diffLines(a.join('\n'), b.join('\n'));
      expect(lines.filter((line) => line.kind !== 'new').map((line) => line.text)).toEqual(a);
      expect(lines.filter((line) => line.kind !== 'gone').map((line) => line.text)).toEqual(b);
      expect(lines.filter((line) => line.kind === 'same').length).toBe(longestCommon(a, b));
    }
  });
  test('leaves out what is equal and far from a change', () => {
    const before = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    const after = before.map((line, i) => (i === 15 ? 'other' : line));
    const parts = withContext(diffLines(before.join('\n'), after.join('\n')), 2);
    expect(parts.map((part) => (typeof part === 'number' ? part : part.length))).toEqual([13, 6, 12]);
  });
});

function longestCommon(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[a.length]![b.length]!;
}
