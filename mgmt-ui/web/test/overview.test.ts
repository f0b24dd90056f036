import { describe, expect, test } from 'vitest';
import { filterOf, layout } from '../src/pages/overview/layout';

const conduit = (name: string, from: string, to: string) => ({ name, from, to, mode: 'enforce' as const, allowed: 1, denied: 0 });

describe('the zone map', () => {
  test('puts who asks left of whom is asked', () => {
    const map = layout({ zones: [{ name: 'cell' }, { name: 'ops' }, { name: 'office' }], assets: [{ name: 'plc', zone: 'cell' }], conduits: [conduit('a', 'ops', 'plc'), conduit('b', 'office', 'ops')] }, 1000);
    const x = Object.fromEntries(map.zones.map((placed) => [placed.zone.name, placed.x]));
    expect(x.office!).toBeLessThan(x.ops!);
    expect(x.ops!).toBeLessThan(x.cell!);
  });
  test('ends where zones ask each other', () => {
    const map = layout({ zones: [{ name: 'a' }, { name: 'b' }], assets: [], conduits: [conduit('x', 'a', 'b'), conduit('y', 'b', 'a')] }, 800);
    expect(map.zones.length).toBe(2);
    expect(map.edges.length).toBe(2);
  });
  test('keeps within its width, and names what it has no room for', () => {
    const assets = Array.from({ length: 30 }, (_, i) => ({ name: `d${i}`, zone: 'cell' }));
    const map = layout({ zones: [{ name: 'cell' }], assets, conduits: [] }, 600);
    expect(map.zones[0]!.more).toBe(21);
    expect(map.width).toBe(600);
  });
  test('draws an edge to an asset that has no room at its zone', () => {
    const assets = Array.from({ length: 30 }, (_, i) => ({ name: `d${i}`, zone: 'cell' }));
    const map = layout({ zones: [{ name: 'ops' }, { name: 'cell' }], assets, conduits: assets.map((asset) => conduit(`c-${asset.name}`, 'ops', asset.name)) }, 900);
    expect(map.edges.length).toBe(30);
  });
  test('leaves out an edge whose ends the policy does not have', () => {
    const map = layout({ zones: [{ name: 'ops' }], assets: [], conduits: [], unrelated: [{ fromAddress: '10.0.0.1', to: 'ops', denied: 3, last: '2026-01-05T06:00:00Z' }] }, 900);
    expect(map.edges).toEqual([]);
  });
  test('draws what no conduit relates by place, and links to it where the journal only counted at whom', () => {
    const last = '2026-01-05T06:00:00Z';
    const map = layout({
      zones: [{ name: 'ops' }, { name: 'cell' }], assets: [{ name: 'plc', zone: 'cell' }], conduits: [],
      unrelated: [{ from: 'ops', fromAddress: '10.3.1.66', to: 'plc', toAddress: '10.3.1.10', denied: 3, last }, { from: 'ops', fromAddress: '10.3.1.66', denied: 9, last }],
    }, 900);
    expect(map.edges.map((edge) => [edge.from, edge.to, edge.denied])).toEqual([['ops', 'plc', 3]]);
    expect(filterOf(map.edges[0]!, '1h')).toBe('src:ops dst:plc reason:no-conduit since:1h');
    expect(filterOf({ from: 'ops', to: '' }, '1h', 'deny')).toBe('src:ops reason:no-conduit verdict:deny since:1h');
  });
});
