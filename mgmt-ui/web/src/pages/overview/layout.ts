import type { Schema } from '../../api/client';
import { clause } from '../../filter/language';

type ZoneMap = Schema<'ZoneMap'>;

/** What tried to pass without a conduit, as a line of the map: its ends by name, else by address; empty for several. */
export function attempts(map: ZoneMap) {
  return (map.unrelated ?? []).map((one) => ({ ...one, from: one.from ?? one.fromAddress ?? '', to: one.to ?? one.toAddress ?? '', mode: 'enforce' as const, allowed: 0 }));
}

/** The messages that a line of the map stands for, in the filter language. */
export function filterOf(edge: { name?: string; from: string; to: string }, range: string, only?: 'allow' | 'deny'): string {
  return [
    ...(edge.name === undefined ? [clause('src', edge.from), ...(edge.to === '' ? [] : [clause('dst', edge.to)]), 'reason:no-conduit'] : [clause('conduit', edge.name)]),
    ...(only ? [clause('verdict', only)] : []),
    `since:${range}`,
  ].join(' ');
}

export const BOX = { width: 196, head: 34, row: 26, padding: 8, gap: 22 };

export interface PlacedAsset {
  name: string;
  x: number;
  y: number;
}
export interface PlacedZone {
  zone: ZoneMap['zones'][number];
  x: number;
  y: number;
  height: number;
  assets: PlacedAsset[];
  /** Assets that found no room. */
  more: number;
}
export interface Edge {
  key: string;
  name: string | undefined;
  from: string;
  to: string;
  mode: 'enforce' | 'monitor' | 'learn';
  allowed: number;
  denied: number;
  protocol?: string;
  path: string;
  labelX: number;
  labelY: number;
}
export interface Layout {
  width: number;
  height: number;
  zones: PlacedZone[];
  edges: Edge[];
}

const MOST_ASSETS = 10;

/**
 * Zones in columns, who asks to the left of whom is asked; conduits as curves between them. Where zones ask each other, the one that
 * comes first in the policy stands left.
 */
export function layout(map: ZoneMap, width: number): Layout {
  const zoneOf = new Map(map.assets.map((asset) => [asset.name, asset.zone]));
  const zoneNames = new Set(map.zones.map((zone) => zone.name));
  const zoneFor = (place: string) => zoneOf.get(place) ?? (zoneNames.has(place) ? place : undefined);
  const columns = columnsOf(map, zoneFor);
  const count = Math.max(1, ...columns.map((column) => column + 1));
  const needed = count * BOX.width + (count - 1) * 190;
  const total = Math.max(width, needed);
  const step = count === 1 ? 0 : (total - BOX.width) / (count - 1);

  const busy = new Map<string, number>();
  for (const conduit of map.conduits) {
    for (const place of [conduit.from, conduit.to]) {
      busy.set(place, (busy.get(place) ?? 0) + 1);
    }
  }
  const heights = new Array<number>(count).fill(0);
  const zones = map.zones.map((zone, index): PlacedZone => {
    const column = columns[index]!;
    const all = map.assets.filter((asset) => asset.zone === zone.name);
    const shown = all.length <= MOST_ASSETS ? all
      : [...all].sort((a, b) => (busy.get(b.name) ?? 0) - (busy.get(a.name) ?? 0)).slice(0, MOST_ASSETS - 1);
    const more = all.length - shown.length;
    const rows = shown.length + (more > 0 ? 1 : 0);
    const height = BOX.head + rows * BOX.row + BOX.padding + (rows === 0 ? 10 : 0);
    const y = heights[column]!;
    heights[column] = y + height + BOX.gap;
    const x = count === 1 ? (total - BOX.width) / 2 : column * step;
    return { zone, x, y, height, more, assets: shown.map((asset, row) => ({ name: asset.name, x, y: y + BOX.head + row * BOX.row })) };
  });
  const height = Math.max(...heights, 60) - BOX.gap;
  // Short columns stand in the middle.
  for (const [index, placed] of zones.entries()) {
    const shift = (height - (heights[columns[index]!]! - BOX.gap)) / 2;
    placed.y += shift;
    placed.assets.forEach((asset) => (asset.y += shift));
  }
  return { width: total, height: height + 4, zones, edges: edgesOf(map, zones, zoneFor) };
}

function columnsOf(map: ZoneMap, zoneFor: (place: string) => string | undefined): number[] {
  const names = map.zones.map((zone) => zone.name);
  const next = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
  for (const { from, to } of [...map.conduits, ...attempts(map)]) {
    const [a, b] = [zoneFor(from), zoneFor(to)];
    if (a !== undefined && b !== undefined && a !== b) {
      next.get(a)!.add(b);
    }
  }
  const column = new Map<string, number>();
  const open = new Set<string>();
  // Longest way to a zone that asks nobody, counted from the right; a way that leads back is not followed.
  const depth = (name: string): number => {
    const known = column.get(name);
    if (known !== undefined) {
      return known;
    }
    open.add(name);
    let most = 0;
    for (const other of next.get(name) ?? []) {
      if (!open.has(other)) {
        most = Math.max(most, depth(other) + 1);
      }
    }
    open.delete(name);
    column.set(name, most);
    return most;
  };
  names.forEach(depth);
  const deepest = Math.max(0, ...column.values());
  const related = new Set([...next].flatMap(([from, tos]) => (tos.size > 0 ? [from, ...tos] : [])));
  return names.map((name) => (related.has(name) ? deepest - column.get(name)! : 0));
}

function edgesOf(map: ZoneMap, zones: PlacedZone[], zoneFor: (place: string) => string | undefined): Edge[] {
  const anchor = (place: string): { x: number; y: number } | undefined => {
    for (const placed of zones) {
      const asset = placed.assets.find((one) => one.name === place);
      if (asset) {
        return { x: asset.x, y: asset.y + BOX.row / 2 };
      }
    }
    const zone = zones.find((placed) => placed.zone.name === zoneFor(place));
    return zone && { x: zone.x, y: zone.y + BOX.head / 2 };
  };
  const lines = [
    ...map.conduits.map((conduit) => ({ ...conduit, key: conduit.name, name: conduit.name as string | undefined })),
    ...attempts(map).map((one) => ({ ...one, key: `${one.from}→${one.to}`, name: undefined, protocol: undefined })),
  ];
  // Lines that begin or end at one place lie beside each other there.
  const fan = (key: 'from' | 'to') => {
    const all = new Map<string, number>();
    lines.forEach((line) => all.set(line[key], (all.get(line[key]) ?? 0) + 1));
    const used = new Map<string, number>();
    return lines.map((line) => {
      const count = all.get(line[key])!;
      const nth = used.get(line[key]) ?? 0;
      used.set(line[key], nth + 1);
      return (nth - (count - 1) / 2) * Math.min(6, (BOX.row - 8) / count);
    });
  };
  const [starts, ends] = [fan('from'), fan('to')];
  const edges: Edge[] = [];
  const taken: { x: number; y: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const [from, to] = [anchor(line.from), anchor(line.to)];
    if (!from || !to) {
      continue;
    }
    const [y1, y2] = [from.y + starts[index]!, to.y + ends[index]!];
    let curve: [number, number, number, number];
    if (from.x === to.x) {
      const x = from.x + BOX.width;
      curve = [x, x + 70, x + 70, x];
    } else {
      const right = from.x < to.x;
      const [x1, x2] = right ? [from.x + BOX.width, to.x] : [from.x, to.x + BOX.width];
      const bend = (x2 - x1) * 0.45;
      curve = [x1, x1 + bend, x2 - bend, x2];
    }
    const [x1, c1, c2, x2] = curve;
    const label = freeSpot(taken, (t) => ({ x: bezier(t, x1, c1, c2, x2), y: bezier(t, y1, y1, y2, y2) }));
    taken.push(label);
    edges.push({
      key: line.key, name: line.name, from: line.from, to: line.to, mode: line.mode, allowed: line.allowed, denied: line.denied, protocol: line.protocol,
      path: `M${x1},${y1} C${c1},${y1} ${c2},${y2} ${x2},${y2}`, labelX: label.x, labelY: label.y,
    });
  }
  return edges;
}

function bezier(t: number, a: number, b: number, c: number, d: number): number {
  const u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

const LABEL = { width: 104, height: 23 };
const SPOTS = [0.5, 0.36, 0.64, 0.24, 0.76, 0.43, 0.57, 0.3, 0.7];

/** Where on its line a label lies over no other, or over others least. */
function freeSpot(taken: { x: number; y: number }[], at: (t: number) => { x: number; y: number }): { x: number; y: number } {
  let best = at(0.5);
  let least = Infinity;
  for (const t of SPOTS) {
    const spot = at(t);
    const overlap = taken.reduce((sum, other) => sum + Math.max(0, LABEL.width - Math.abs(other.x - spot.x)) * Math.max(0, LABEL.height - Math.abs(other.y - spot.y)), 0);
    if (overlap < least) {
      [best, least] = [spot, overlap];
    }
    if (least === 0) {
      break;
    }
  }
  return best;
}
