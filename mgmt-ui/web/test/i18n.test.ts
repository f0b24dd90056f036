import { describe, expect, test } from 'vitest';
import { fill, type Texts } from '../src/i18n/i18n';

const files = import.meta.glob<Record<string, unknown>>(['../src/**/text.ts', '../src/i18n/common.ts'], { eager: true });
const sources = Object.entries(files).flatMap(([file, module]) =>
  Object.values(module)
    .filter((value): value is Texts<string> => typeof value === 'object' && value !== null && 'en' in value && 'de' in value)
    .map((texts) => [file, texts] as const),
);

/** The values that a text wants filled in. */
function wanted(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]!))].sort();
}

describe('texts', () => {
  test('are found', () => {
    expect(sources.length).toBeGreaterThan(5);
  });
  test.each(sources)('%s has every key in both languages', (_, { en, de }) => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });
  test.each(sources)('%s wants the same values in both languages', (_, { en, de }) => {
    for (const key of Object.keys(en)) {
      expect([key, ...wanted(de[key]!)]).toEqual([key, ...wanted(en[key]!)]);
    }
  });
  test.each(sources)('%s has no empty text', (_, { en, de }) => {
    for (const text of [...Object.values(en), ...Object.values(de)]) {
      expect(text.trim()).not.toBe('');
    }
  });
});

describe('fill', () => {
  test('puts values in place, numbers as the language writes them', () => {
    expect(fill('{who}: {n} of them', { who: 'anna', n: 1234.5 }, 'en')).toBe('anna: 1,234.5 of them');
    expect(fill('{n}', { n: 1234.5 }, 'de')).toBe('1.234,5');
  });
  test('chooses between one and many', () => {
    const text = 'Inbox, {n|one alert|{n} alerts}';
    expect(fill(text, { n: 1 }, 'en')).toBe('Inbox, one alert');
    expect(fill(text, { n: 3 }, 'en')).toBe('Inbox, 3 alerts');
  });
  test('leaves alone what no value is given for', () => {
    expect(fill('{a} {b}', { a: 'x' }, 'en')).toBe('x {b}');
  });
});
