import { describe, expect, test } from 'vitest';
import { addressOrder, type Asset, found, inGroups, matrixOf, ordered, type Relation } from '../../src/pages/assets/inventory';

const at = '2026-11-27T10:00:00.000Z';
const asset = (id: string, more: Partial<Asset> = {}): Asset => ({ id, addresses: [id], protocols: [], firstSeen: at, lastSeen: at, known: true, ...more });
const relation = (source: string, destination: string, messages: number, denied = 0, more: Partial<Relation> = {}): Relation => ({ source, destination, protocol: 'modbus', messages, denied, firstSeen: at, lastSeen: at, ...more });

describe('the inventory', () => {
  const assets = [
    asset('10.0.0.9', { name: 'plc', zone: 'cell', vendor: 'Siemens', identification: { how: 'passive', values: { ProductCode: 'TM221' } } }),
    asset('10.0.0.66', { zone: 'ops', known: false }),
    asset('10.0.0.10', { name: 'hmi', zone: 'ops', group: 'Line 3', note: 'panel at the filler' }),
  ];
  test('has unknown devices first', () => {
    expect(ordered(assets).map((one) => one.id)).toEqual(['10.0.0.66', '10.0.0.9', '10.0.0.10']);
  });
  test('is searched in all that is known of a device', () => {
    expect(found(assets, 'tm221').map((one) => one.id)).toEqual(['10.0.0.9']);
    expect(found(assets, 'FILLER line').map((one) => one.id)).toEqual(['10.0.0.10']);
    expect(found(assets, ' ')).toHaveLength(3);
  });
  test('stands in groups, those without one last', () => {
    expect(inGroups(assets, 'group').map(([name, all]) => [name, all.length])).toEqual([['Line 3', 1], ['', 2]]);
    expect(inGroups(assets, 'zone').map(([name]) => name)).toEqual(['cell', 'ops']);
  });
  test('sorts addresses by their numbers', () => {
    expect(['10.0.0.66', '10.0.0.9', '10.0.0.10'].sort((a, b) => addressOrder(a).localeCompare(addressOrder(b)))).toEqual(['10.0.0.9', '10.0.0.10', '10.0.0.66']);
  });
});

describe('the matrix', () => {
  const matrix = matrixOf([relation('hmi', 'plc', 100, 2), relation('hmi', 'plc', 5, 0, { protocol: 'opcua', isNew: true, conduit: 'c' }), relation('mes', 'plc', 500), relation('hmi', 'opc', 1)]);
  test('adds up what two devices say to each other', () => {
    expect(matrix.cell('hmi', 'plc')).toEqual({ messages: 105, denied: 2, isNew: true, protocols: ['modbus', 'opcua'], conduits: ['c'] });
    expect(matrix.cell('plc', 'hmi')).toBeUndefined();
  });
  test('has the busiest first', () => {
    expect(matrix.sources).toEqual(['mes', 'hmi']);
    expect(matrix.destinations).toEqual(['plc', 'opc']);
  });
});
