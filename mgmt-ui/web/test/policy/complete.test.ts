import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spotAt, suggestions } from '../../src/pages/policy/complete';
import { readPolicy } from '../../src/pages/policy/read';

const schema = JSON.parse(readFileSync(new URL('../../../../rules/src/main/resources/io/sluice/rules/policy.schema.json', import.meta.url), 'utf8')) as Record<string, unknown>;

const HEAD = `policy: line-3
mode: enforce
zones:
  cell-3: {ports: [cell]}
  ops:    {ports: [plant]}
assets:
  plc-3a: {zone: cell-3, address: 10.3.1.10}
windows:
  night: {days: [mon-fri], hours: "22:00-06:00"}
conduits:
  hmi:
    from: ops
    to: plc-3a
    protocol: modbus
    allow:
      - {id: s1, do: read}
`;
const TAIL = '\nexpect:\n  - {from: ops, to: plc-3a, does: read, then: allow s1}\n';

/** What is offered where | stands. */
function offered(text: string): string[] {
  const whole = HEAD + text;
  const caret = whole.indexOf('|');
  const clean = whole.replace('|', '') + TAIL;
  const spot = spotAt(clean, caret);
  return spot ? suggestions(schema, spot, readPolicy(clean), ['cell', 'plant', 'office']).map(({ word }) => word).filter((word) => word.startsWith(spot.start)) : [];
}

describe('completion', () => {
  test('of keys at the root, without those that are there', () => {
    expect(offered('|')).toEqual(['timezone', 'when_unsure', 'sessions']);
  });
  test('of the keys of a rule, as allow and deny have them', () => {
    expect(offered('      - {id: s2, do: write, |')).toContain('address');
    expect(offered('      - {id: s2, do: write, |')).toContain('rate');
    expect(offered('      - {id: s2, do: write, |')).not.toContain('because');
    expect(offered('      - {id: s2, do: write, |')).not.toContain('id');
    expect(offered('    deny:\n      - {id: s9, do: write, |')).toContain('because');
    expect(offered('    deny:\n      - {id: s9, do: write, |')).not.toContain('rate');
    expect(offered('      - {id: s2, ad|, do: write}')).toEqual(['address']);
  });
  test('of the keys of a conduit, in a block', () => {
    expect(offered('  other:\n    from: ops\n    |')).toEqual(['to', 'protocol', 'on_deny', 'mode', 'channel', 'allow', 'deny']);
    expect(offered('  other:\n    from: ops\n    on|')).toEqual(['on_deny']);
  });
  test('of words that the schema names', () => {
    expect(offered('    on_deny: |')).toEqual(['reply', 'reset', 'drop']);
    expect(offered('      - {id: s2, do: write, space: |')).toContain('holding');
    expect(offered('      - {id: s2, do: write, space: [coil, h|')).toEqual(['holding']);
    expect(offered('  ua:\n    from: ops\n    to: plc-3a\n    channel: {mode: |')).toContain('sign');
    expect(offered('  ua:\n    from: ops\n    to: plc-3a\n    channel: {mode: [sign, n|')).toEqual(['none']);
  });
  test('of names that the policy gives', () => {
    expect(offered('  other:\n    from: |')).toEqual(['plc-3a', 'cell-3', 'ops']);
    expect(offered('      - {id: s2, do: write, window: |')).toEqual(['night']);
    expect(offered('      - {id: s2, do: |')).toEqual(['read', 'write', 'function 43/14', 'function 8/0']);
    expect(offered('  plain:\n    from: ops\n    to: cell-3\n    allow:\n      - {id: b1, do: |')).toEqual(['tcp', 'udp', 'ping', 'ethertype profinet']);
  });
  test('of a list in a block, one entry a line', () => {
    expect(offered('  other:\n    from: ops\n    allow:\n      - id: x1\n        |')).toContain('do');
    expect(offered('  other:\n    from: ops\n    allow:\n      - |')).toContain('id');
  });
  test('of nothing in a comment or behind a closed brace', () => {
    expect(offered('# |')).toEqual([]);
    expect(offered('      - {id: s2, do: read} |')).toEqual([]);
  });
});
