import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/i18n/i18n';
import { readPolicy } from '../../src/pages/policy/read';
import { sentencesOf, spokenOn, windowSentence, zoneSentence } from '../../src/pages/policy/sentences';

const POLICY = `policy: line-3
mode: enforce
when_unsure: {malformed: reset, opaque: drop}
zones:
  cell-3: {ports: [cell]}
  ops:    {ports: [plant, plant2], vlan: 10, networks: [10.3.1.0/24]}
  jump:   {broker: true}
assets:
  plc-3a: {zone: cell-3, address: 10.3.1.10, mac: "00:80:f4:01:02:03"}
  hmi-3:  {zone: ops, address: [10.3.1.105, "fd00:3::20"]}
windows:
  maintenance: {days: [mon-fri, sat], hours: "06:00-10:00", timezone: Europe/Paris}
conduits:
  hmi-setpoints:
    from: hmi-3
    to: plc-3a
    protocol: modbus
    mode: {monitor: until 2026-12-31}
    allow:
      - {id: s1, do: read, unit: 1}
      - {id: s2, do: write, space: holding, unit: 1, address: 100..119, value: 0..1500, rate: 2/s}
      - {id: s3, do: write, space: coil, unit: 1, address: 12, value: 1, window: maintenance}
      - {id: s4, do: function 43/14}
      - {id: s5, do: read, space: [holding, input], unit: [1, 3], rate: 20/s burst 40}
      - {id: s6, do: [read, write], space: holding, unit: 1, address: any}
    deny:
      - {id: s9, do: write, address: 118, because: "safety trip limit"}
  ops-opcua:
    from: ops
    to: plc-3a
    protocol: {opcua: {port: 4841}}
    on_deny: reset
    channel: {mode: [none, sign]}
    allow:
      - {id: o1, do: [browse, read, subscribe]}
      - {id: o2, do: write, node: ["ns=2;s=Line3.Speed", "ns=2;i=4711"], attribute: value, value: 0..1500}
      - {id: o3, do: call, object: "ns=2;s=Line3", method: "ns=2;s=Line3.Reset"}
  basics:
    from: ops
    to: cell-3
    allow:
      - {id: b1, do: ping}
      - {id: b2, do: tcp, port: 443}
      - {id: b3, do: ethertype profinet}
expect:
  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 100 = 1500, then: allow s2}
`;

const policy = readPolicy(POLICY)!;
const said = (id: string, language: Language = 'en') => {
  const conduit = policy.conduits.find((one) => one.rules.some((rule) => rule.id === id))!;
  return sentencesOf(conduit.rules.find((rule) => rule.id === id)!, conduit, policy, language).join(' | ');
};

describe('reading', () => {
  test('finds what is in a policy, with lines', () => {
    expect(policy.name).toBe('line-3');
    expect(policy.assets[1]).toMatchObject({ name: 'hmi-3', zone: 'ops', addresses: ['10.3.1.105', 'fd00:3::20'], line: 10 });
    expect(policy.conduits[0]).toMatchObject({ name: 'hmi-setpoints', mode: 'monitor', until: '2026-12-31', protocol: 'modbus', line: 14 });
    expect(policy.conduits[1]).toMatchObject({ protocol: 'opcua', port: '4841', onDeny: 'reset', channel: [['mode', ['none', 'sign']]] });
    expect(policy.conduits[0]!.rules.at(-1)).toMatchObject({ id: 's9', allow: false, line: 27 });
    expect(policy.expectations).toEqual([{ from: 'hmi-3', to: 'plc-3a', does: 'write unit 1 holding 100 = 1500', then: 'allow s2', line: POLICY.split('\n').length - 1 }]);
  });
  test('takes an unfinished text as far as it goes', () => {
    expect(readPolicy('policy: x\nconduits:\n  a:\n    from: b\n    allow:\n      - {id: s1, do: ')?.conduits[0]).toMatchObject({ from: 'b' });
    expect(readPolicy('just words')).toBeUndefined();
    expect(readPolicy('')).toBeUndefined();
  });
});

describe('sentences', () => {
  test.each([
    ['s1', '`hmi-3` may read everything of `plc-3a` (unit 1)'],
    ['s2', '`hmi-3` may write holding registers 100–119 of `plc-3a` with values 0 to 1500 (unit 1; at most 2 messages a second)'],
    ['s3', '`hmi-3` may write coil 12 of `plc-3a` with the value 1 (on) (unit 1; only during `maintenance`)'],
    ['s4', '`hmi-3` may use function 43/14 (read device identification) of `plc-3a`'],
    ['s5', '`hmi-3` may read all holding registers and input registers of `plc-3a` (units 1 and 3; at most 20 messages a second, 40 at once)'],
    ['s6', '`hmi-3` may read and write all holding registers of `plc-3a` (unit 1)'],
    ['s9', '`hmi-3` may never write address 118 of `plc-3a`'],
    ['o1', 'Everything in zone `ops` may browse, read and subscribe to every node of `plc-3a`'],
    ['o2', 'Everything in zone `ops` may write nodes `ns=2;s=Line3.Speed` and `ns=2;i=4711` of `plc-3a` with values 0 to 1500'],
    ['o3', 'Everything in zone `ops` may call method `ns=2;s=Line3.Reset` on `ns=2;s=Line3` of `plc-3a`'],
    ['b1', 'Everything in zone `ops` may ping everything in zone `cell-3`'],
    ['b2', 'Everything in zone `ops` may open TCP connections to port 443 of everything in zone `cell-3`'],
    ['b3', 'Everything in zone `ops` may exchange PROFINET frames with everything in zone `cell-3`'],
  ])('%s in English', (id, sentence) => expect(said(id)).toBe(sentence));

  test.each([
    ['s1', '`hmi-3` darf alles von `plc-3a` lesen (Einheit 1)'],
    ['s2', '`hmi-3` darf Halteregister 100–119 von `plc-3a` mit Werten von 0 bis 1500 schreiben (Einheit 1; höchstens 2 Nachrichten je Sekunde)'],
    ['s4', '`hmi-3` darf Funktion 43/14 (Gerätekennung lesen) von `plc-3a` benutzen'],
    ['s9', '`hmi-3` darf nie Adresse 118 von `plc-3a` schreiben'],
    ['o1', 'Alles in Zone `ops` darf jeden Knoten von `plc-3a` durchsuchen, lesen und abonnieren'],
    ['o3', 'Alles in Zone `ops` darf die Methode `ns=2;s=Line3.Reset` an `ns=2;s=Line3` von `plc-3a` aufrufen'],
    ['b1', 'Alles in Zone `ops` darf alles in Zone `cell-3` anpingen'],
    ['b2', 'Alles in Zone `ops` darf TCP-Verbindungen zu Port 443 von allem in Zone `cell-3` aufbauen'],
    ['b3', 'Alles in Zone `ops` darf PROFINET-Rahmen mit allem in Zone `cell-3` austauschen'],
  ])('%s in German', (id, sentence) => expect(said(id, 'de')).toBe(sentence));

  test('of zones, windows and services', () => {
    expect(zoneSentence(policy.zones[1]!, 'en')).toBe('what comes in at ports `plant` and `plant2`, VLAN 10, addresses 10.3.1.0/24');
    expect(zoneSentence(policy.zones[0]!, 'de')).toBe('was an Port `cell` ankommt');
    expect(windowSentence(policy.windows[0]!, 'en')).toBe('Monday to Friday and Saturday, 06:00 to 10:00 (Europe/Paris)');
    expect(spokenOn(policy.conduits[1]!, 'en')).toBe('OPC UA, port 4841');
    expect(spokenOn(policy.conduits[2]!, 'en')).toBeUndefined();
  });
});
