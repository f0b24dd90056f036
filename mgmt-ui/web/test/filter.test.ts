import { describe, expect, test } from 'vitest';
import { clause, clauses, complete, completingAt, quote, valueOf, withClause, withKey, withoutClause } from '../src/filter/language';

describe('clauses', () => {
  test('are keys with values, words, and either excluded', () => {
    expect(clauses('proto:modbus  -user:alice recipe -"two words"').map(({ negated, key, value }) => [negated, key, value])).toEqual([
      [false, 'proto', 'modbus'], [true, 'user', 'alice'], [false, undefined, 'recipe'], [true, undefined, 'two words'],
    ]);
  });
  test('say where they stand', () => {
    const text = ' a:b  -c:"d e" ';
    expect(clauses(text).map(({ from, to }) => text.slice(from, to))).toEqual(['a:b', '-c:"d e"']);
  });
  test('may be unfinished', () => {
    expect(clauses('src:"plc').map(({ value }) => value)).toEqual(['plc']);
    expect(clauses('src:').map(({ key, value }) => [key, value])).toEqual([['src', '']]);
    expect(clauses('-').length).toBe(1);
  });
  test('of addresses keep their colons', () => {
    expect(clauses('src:fd00:3::20').map(({ key, value }) => [key, value])).toEqual([['src', 'fd00:3::20']]);
  });
});

describe('changing a filter', () => {
  test('adds a clause once', () => {
    expect(withClause('proto:modbus', 'verdict', 'deny')).toBe('proto:modbus verdict:deny');
    expect(withClause('proto:modbus verdict:deny', 'verdict', 'deny')).toBe('proto:modbus verdict:deny');
  });
  test('takes the opposite out', () => {
    expect(withClause('-src:hmi x', 'src', 'hmi')).toBe('x src:hmi');
    expect(withClause('src:hmi', 'src', 'hmi', true)).toBe('-src:hmi');
  });
  test('quotes what has spaces, commas or quotes in it', () => {
    expect(clause('do', 'write unit 1')).toBe('do:"write unit 1"');
    expect(quote('say "x"')).toBe('"say \\"x\\""');
    expect(clauses(clause('do', 'say "x"'))[0]!.value).toBe('say "x"');
  });
  test('takes one out and leaves the others as they were written', () => {
    const text = 'a:"b c" -d:e f';
    expect(withoutClause(text, clauses(text)[1]!)).toBe('a:"b c" f');
  });
  test('puts one value of a key in place of others', () => {
    expect(withKey('verdict:deny src:x', 'verdict', 'allow')).toBe('src:x verdict:allow');
    expect(withKey('verdict:deny src:x', 'verdict', '')).toBe('src:x');
    expect(valueOf('-verdict:deny src:x', 'verdict')).toBe('');
    expect(valueOf('src:x', 'src')).toBe('x');
  });
});

describe('completion', () => {
  const take = (text: string, word: string) => {
    const caret = text.indexOf('|');
    const plain = text.replace('|', '');
    const done = complete(plain, completingAt(plain, caret), word);
    return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
  };
  test('is of a key before the colon and of a value behind it', () => {
    expect(completingAt('pro', 3)).toMatchObject({ key: undefined, start: 'pro' });
    expect(completingAt('proto:mo', 8)).toMatchObject({ key: 'proto', start: 'mo' });
    expect(completingAt('-src:hm', 7)).toMatchObject({ key: 'src', start: 'hm' });
    expect(completingAt('a:b ', 4)).toMatchObject({ key: undefined, start: '' });
  });
  test('puts keys in place with their colon, and values with a space', () => {
    expect(take('pro|', 'proto')).toBe('proto:|');
    expect(take('-sr|', 'src:')).toBe('-src:|');
    expect(take('proto:mo|', 'modbus')).toBe('proto:modbus |');
    expect(take('proto:mo| verdict:deny', 'modbus')).toBe('proto:modbus |verdict:deny');
  });
  test('leaves the other values of a list alone', () => {
    expect(take('dst:plc-3a,op|', 'opc-3')).toBe('dst:plc-3a,opc-3 |');
  });
  test('quotes values that need it', () => {
    expect(take('function:Wr|', 'Write Single Register')).toBe('function:"Write Single Register" |');
  });
});
