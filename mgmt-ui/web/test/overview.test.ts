import { describe, expect, test } from 'vitest';
import { layout } from '../src/pages/overview/layout';

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
    const map = layout({ zones: [{ name: 'ops' }], assets: [], conduits: [], unrelated: [{ from: '10.0.0.1', to: 'ops', denied: 3 }] }, 900);
    expect(map.edges).toEqual([]);
  });
});
