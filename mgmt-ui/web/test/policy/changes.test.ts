import { describe, expect, test } from 'vitest';
import { byConduit, type Change, countChanges, grouped } from '../../src/pages/policy/changes';

const change = (kind: Change['kind'], from: string, what: string, danger = false): Change => ({ kind, from, to: 'plc', what, danger, conduit: 'c' });

describe('changes of permissions', () => {
  const changes = [change('allowed', 'hmi', 'read unit 1'), change('refused', 'hmi', 'write unit 2'), change('allowed', 'mes', 'write unit 1', true), change('allowed', 'hmi', 'write unit 3', true), change('other', 'hmi', 'mode')];

  test('are counted by kind, and those that change a device', () => {
    expect(countChanges(changes)).toEqual({ allowed: 3, refused: 1, other: 1, dangerous: 2 });
    expect(countChanges([])).toEqual({ allowed: 0, refused: 0, other: 0, dangerous: 0 });
  });
  test('stand together by who asks whom, the dangerous ones first', () => {
    expect(grouped(changes, 'allowed').map((group) => [group.from, ...group.changes.map((one) => one.what)])).toEqual([
      ['mes', 'write unit 1'],
      ['hmi', 'write unit 3', 'read unit 1'],
    ]);
    expect(grouped(changes, 'refused')).toHaveLength(1);
  });
  test('stand below their conduit, and below none at last', () => {
    const none: Change = { kind: 'allowed', from: '', to: '', what: 'zone ops: ports', conduit: undefined };
    const other: Change = { ...change('allowed', 'hmi', 'read unit 9'), conduit: 'd' };
    const groups = byConduit(grouped([none, ...changes, other], 'allowed'));
    expect(groups.map((group) => [group.conduit, group.groups.length])).toEqual([['c', 2], ['d', 1], [undefined, 1]]);
  });
});
