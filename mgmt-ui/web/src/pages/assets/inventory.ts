import type { Schema } from '../../api/client';

export type Asset = Schema<'Asset'>;
export type Relation = Schema<'Relation'>;
export type Grouping = 'none' | 'zone' | 'group';

export function nameOf(asset: Asset): string {
  return asset.name ?? asset.addresses[0] ?? asset.id;
}

/** Devices that contain every one of the words, in whatever is known of them. */
export function found(assets: readonly Asset[], wanted: string): Asset[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return assets.filter((asset) => {
    const all = [
      asset.id, asset.name, asset.zone, asset.vendor, asset.group, asset.note, ...asset.addresses, ...(asset.macs ?? []), ...asset.protocols, ...Object.values(asset.identification?.values ?? {}),
    ].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Unknown devices first, then by zone and name. */
export function ordered(assets: readonly Asset[]): Asset[] {
  return [...assets].sort((a, b) => Number(a.known) - Number(b.known) || (a.zone ?? '').localeCompare(b.zone ?? '') || nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));
}

/** In groups by their names; those without one come last. */
export function inGroups(assets: readonly Asset[], by: Grouping): [name: string, assets: Asset[]][] {
  if (by === 'none') {
    return [['', [...assets]]];
  }
  const groups = new Map<string, Asset[]>();
  for (const asset of assets) {
    const name = (by === 'zone' ? asset.zone : asset.group) || '';
    groups.set(name, [...(groups.get(name) ?? []), asset]);
  }
  return [...groups].sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, undefined, { numeric: true }));
}

/** Addresses in the order of their numbers, as text does not sort them. */
export function addressOrder(address: string | undefined): string {
  return (address ?? '').replace(/\d+/g, (digits) => digits.padStart(3, '0'));
}

export interface Cell {
  messages: number;
  denied: number;
  isNew: boolean;
  protocols: string[];
  conduits: string[];
}
export interface Matrix {
  sources: string[];
  destinations: string[];
  cell: (source: string, destination: string) => Cell | undefined;
}

/** Who asks whom: several protocols between two devices are one cell. The busiest come first. */
export function matrixOf(relations: readonly Relation[]): Matrix {
  const cells = new Map<string, Cell>();
  const asks = new Map<string, number>();
  const asked = new Map<string, number>();
  const key = (source: string, destination: string) => `${source}\u0000${destination}`;
  for (const one of relations) {
    const at = key(one.source, one.destination);
    const cell = cells.get(at) ?? { messages: 0, denied: 0, isNew: false, protocols: [], conduits: [] };
    cell.messages += one.messages;
    cell.denied += one.denied;
    cell.isNew ||= one.isNew === true;
    cell.protocols.push(one.protocol);
    if (one.conduit) {
      cell.conduits.push(one.conduit);
    }
    cells.set(at, cell);
    asks.set(one.source, (asks.get(one.source) ?? 0) + one.messages + one.denied);
    asked.set(one.destination, (asked.get(one.destination) ?? 0) + one.messages + one.denied);
  }
  const busiest = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
  return { sources: busiest(asks), destinations: busiest(asked), cell: (source, destination) => cells.get(key(source, destination)) };
}
