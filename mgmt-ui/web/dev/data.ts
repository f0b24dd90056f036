// A small bottling plant as the contract would tell of it. For work on the pages only.
import type { components } from '../src/api/schema';

type Schema<N extends keyof components['schemas']> = components['schemas'][N];

export const HASH = '9f2c61d80a4e7b35f1c2d3e4a5b6978812ab34cd56ef7890a1b2c3d4e5f60718';
export const OLD_HASH = '41aa0c9e7f2b6d58c3e1f0a9b8d7c6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9';

export const POLICY = `policy: bottling-line
mode: enforce

zones:
  cell-3: {ports: [cell]}
  ops:    {ports: [plant]}
  office: {ports: [office], networks: [10.9.0.0/16]}
  jump:   {broker: true}
assets:
  plc-3a:    {zone: cell-3, address: 10.3.1.10}
  opc-3:     {zone: cell-3, address: 10.3.1.20}
  hmi-3:     {zone: ops, address: 10.3.1.105}
  historian: {zone: ops, address: 10.3.1.109}
  mes:       {zone: office, address: 10.9.4.20}

conduits:
  historian-reads-plc:
    from: historian
    to: plc-3a
    protocol: modbus
    allow:
      - {id: h1, do: read, space: [holding, input], unit: 1, rate: 20/s burst 40}
  hmi-setpoints:
    from: hmi-3
    to: plc-3a
    protocol: modbus
    allow:
      - {id: s1, do: read, unit: 1}
      - {id: s2, do: write, unit: 1, space: holding, address: 100..119, value: 0..1500}
    deny:
      - {id: s9, do: write, address: 118, because: "safety trip limit, HAZOP 2024-11"}
  ops-opcua:
    from: ops
    to: opc-3
    protocol: opcua
    on_deny: reset
    channel: {mode: none}
    allow:
      - {id: o1, do: [browse, read]}
  mes-reads-line:
    from: mes
    to: opc-3
    protocol: opcua
    mode: {monitor: until 2026-12-31}
    channel: {mode: none}
    allow:
      - {id: m1, do: read}
  pings:
    from: ops
    to: cell-3
    allow:
      - {id: ping, do: ping}

expect:
  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 100 = 1500, then: allow s2}
  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 118 = 0, then: deny s9}
`;

let seed = 20261127;
export function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
}
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

type End = Schema<'End'>;
const plc: End = { name: 'plc-3a', address: '10.3.1.10', port: 502 };
const opc: End = { name: 'opc-3', address: '10.3.1.20', port: 4840 };
const hmi: End = { name: 'hmi-3', address: '10.3.1.105', port: 49191 };
const historian: End = { name: 'historian', address: '10.3.1.109', port: 50022 };
const mes: End = { name: 'mes', address: '10.9.4.20', port: 51877 };
const laptop: End = { name: 'ops', address: '10.3.1.66', port: 40112 };

let next = 1;
export function event(at: number): Schema<'Event'> {
  const id = next++;
  const base = { id, at: new Date(at).toISOString(), flow: String(3193061294164000 + Math.floor(random() * 9)) };
  const kind = random();
  if (kind < 0.06) {
    const address = 100 + Math.floor(random() * 20);
    const write = random() < 0.1;
    return {
      ...base, type: write ? 'alert' : 'modbus', protocol: 'modbus', verdict: write ? 'deny' : 'allow', enforced: true, reason: write ? 'grant' : 'allowed', rule: write ? undefined : 'j1', conduit: 'maintenance-modbus', person: 'acme', session: 'acme-2b90',
      source: { name: 'jump', address: '10.99.0.7', port: 40_022 }, destination: plc, does: write ? `write unit 1 holding ${address} = 12` : `read unit 1 holding ${address}..${address + 9}`, function: write ? 'Write Single Register' : 'Read Holding Registers', severity: write ? 1 : 4,
      sentence: write ? `acme tried to write to holding register ${address} of plc-3a` : 'acme read registers of plc-3a',
    };
  }
  if (kind < 0.46) {
    const address = 100 + Math.floor(random() * 20);
    const value = Math.floor(random() * 1600);
    const refused = address === 118 || value > 1500;
    return {
      ...base, type: refused ? 'alert' : 'modbus', protocol: 'modbus', verdict: refused ? 'deny' : 'allow', enforced: true,
      reason: address === 118 ? 'denied' : refused ? 'default' : 'allowed', rule: address === 118 ? 's9' : refused ? undefined : 's2', conduit: 'hmi-setpoints',
      source: hmi, destination: plc, does: `write unit 1 holding ${address} = ${value}`, function: 'Write Single Register', severity: refused ? 1 : 4,
      sentence: refused ? `hmi-3 tried to write ${value} to holding register ${address} of plc-3a` : `hmi-3 wrote ${value} to holding register ${address} of plc-3a`,
    };
  }
  if (kind < 0.66) {
    return {
      ...base, type: 'modbus', protocol: 'modbus', verdict: 'allow', enforced: true, reason: 'allowed', rule: 'h1', conduit: 'historian-reads-plc',
      source: historian, destination: plc, does: `read unit 1 holding ${pick([0, 40, 200])}..${pick([219, 260])}`, function: 'Read Holding Registers', severity: 4, sentence: 'historian read registers of plc-3a',
    };
  }
  if (kind < 0.8) {
    return {
      ...base, type: 'opcua', protocol: 'opcua', verdict: 'allow', enforced: true, reason: 'allowed', rule: 'o1', conduit: 'ops-opcua',
      source: hmi, destination: opc, does: 'read ns=2;s=Line3.Speed', function: 'Read', severity: 4, sentence: 'hmi-3 read Line3.Speed of opc-3',
    };
  }
  if (kind < 0.9) {
    return {
      ...base, type: 'alert', protocol: 'opcua', verdict: 'deny', enforced: false, reason: 'default', conduit: 'mes-reads-line',
      source: mes, destination: opc, does: 'write ns=2;s=Line3.Recipe = "cola-330"', function: 'Write', severity: 2, sentence: 'mes tried to write Line3.Recipe of opc-3; it passed, as mes-reads-line only monitors',
    };
  }
  if (kind < 0.96) {
    return {
      ...base, type: 'alert', verdict: 'deny', enforced: true, reason: 'no-conduit', source: laptop, destination: { ...plc, port: pick([22, 80, 102, 443, 502, 4840]) },
      does: 'tcp', severity: 2, count: 1 + Math.floor(random() * 40), sentence: '10.3.1.66 tried to connect to plc-3a',
    };
  }
  return { ...base, type: 'drop', verdict: 'deny', enforced: true, reason: pick(['checksum', 'no-flow', 'spoofed']), source: laptop, destination: plc, severity: 3, sentence: 'a packet was not fit to pass' };
}

export const events: Schema<'Event'>[] = [];
const begin = Date.now() - 3_600_000;
for (let i = 0; i < 4000; i++) {
  events.push(event(begin + i * 900));
}

const DEEDS: [string, string][] = [
  ['signed-in', 'anna signed in from 10.3.1.66'], ['policy-applied', 'anna applied policy bottling-line (9f2c61d8) on trial for 60 s'], ['policy-confirmed', 'anna confirmed policy bottling-line (9f2c61d8)'],
  ['alert-moved', 'anna archived the alert “A new device, 10.3.1.66, is in ops”'], ['user-changed', 'anna gave jens the role approver'], ['sign-in-refused', 'somebody tried to sign in as admin from 10.9.4.77; there is no such account'],
  ['capture-uploaded', 'jens uploaded the capture filler-startup-2026-11-20.pcap.gz'], ['asset-noted', 'anna set the group of plc-3a to Line 3'],
];
for (let i = 0; i < 260; i++) {
  const [does, sentence] = DEEDS[i % DEEDS.length]!;
  const at = begin + i * 13_800;
  events.push({ id: next++, at: new Date(at).toISOString(), type: 'management', person: sentence.split(' ')[0], does, sentence, severity: 4 });
}
events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
events.forEach((one, index) => { one.id = index + 1; });

export function point(at: number): Schema<'Point'> {
  const wave = 1 + 0.25 * Math.sin(at / 40_000) + random() * 0.1;
  return {
    at: new Date(at).toISOString(), framesPerSecond: 1840 * wave, bitsPerSecond: 6_400_000 * wave, allowedPerSecond: 410 * wave, deniedPerSecond: random() < 0.08 ? 4 * random() : 0.4 * random(),
    dropsPerSecond: random() < 0.05 ? 2 : 0, latencyP50Micros: 11 + 2 * random(), latencyP999Micros: 74 + 40 * random() + (random() < 0.04 ? 120 : 0),
  };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export const info: Schema<'PolicyInfo'> = { hash: HASH, name: 'bottling-line', mode: 'enforce', since: ago(86_400 * 3), who: 'anna' };

export function status(pending: Schema<'PolicyInfo'> | undefined, openAlerts: number): Schema<'Status'> {
  return {
    now: new Date().toISOString(), reachable: true, sentence: 'enforces bottling-line on 3 ports; nothing is lost', version: '0.1.0', started: ago(400_000), pipeline: 'direct', draining: false,
    active: info, pending,
    ports: [
      { name: 'cell', interface: 'enp2s0', mirror: false, link: 'up', backend: 'af_xdp', why: 'native mode', received: 812_334_201, receivedBytes: 91_233_100_200, sent: 799_120_441, sentBytes: 88_200_341_000, lost: 0 },
      { name: 'plant', interface: 'enp3s0', mirror: false, link: 'up', backend: 'af_xdp', why: 'native mode', received: 801_220_114, receivedBytes: 89_001_233_000, sent: 811_900_320, sentBytes: 91_100_200_000, lost: 12 },
      { name: 'office', interface: 'enp4s0', mirror: false, link: 'down', backend: 'af_packet', why: 'the driver has no native XDP', received: 90_114, receivedBytes: 8_120_000, sent: 1200, sentBytes: 99_000, lost: 0 },
    ],
    clock: { trusted: true, note: 'synchronised by NTP' }, flows: { live: 214, limit: 65_536, opened: 88_214, refused: 0 },
    verdicts: [
      { conduit: 'hmi-setpoints', reason: 'allowed', allowed: true, enforced: true, messages: 8_812_201 },
      { conduit: 'historian-reads-plc', reason: 'allowed', allowed: true, enforced: true, messages: 22_102_933 },
      { conduit: 'hmi-setpoints', reason: 'denied', allowed: false, enforced: true, messages: 412 },
      { conduit: 'hmi-setpoints', reason: 'default', allowed: false, enforced: true, messages: 1_201 },
      { conduit: 'mes-reads-line', reason: 'default', allowed: false, enforced: false, messages: 8_211 },
    ],
    drops: [{ cause: 'checksum', frames: 122 }, { cause: 'no-flow', frames: 3_410 }, { cause: 'spoofed', frames: 7 }],
    journal: { state: 'writing', folder: '/var/lib/sluice/journal', entries: 9_812_410, bytes: 4_812_000_000, lost: 0 },
    memory: { heapUsedBytes: 88_000_000, heapLimitBytes: 512_000_000, residentBytes: 301_000_000 },
    index: { state: 'current', events: 9_812_399, behind: 11 },
    alarms: ['port `office` (enp4s0) has no link since 14:02; check the cable'], openAlerts,
    tasks: [
      { id: 'policy', done: true }, { id: 'enforce', done: true }, { id: 'second-factor', done: false }, { id: 'second-administrator', done: true }, { id: 'exports', done: false }, { id: 'certificate', done: false },
    ],
  };
}

export function map(): Schema<'ZoneMap'> {
  return {
    zones: [{ name: 'cell-3', ports: ['cell'] }, { name: 'ops', ports: ['plant'] }, { name: 'office', ports: ['office'], networks: ['10.9.0.0/16'] }, { name: 'jump', broker: true }],
    assets: [
      { name: 'plc-3a', zone: 'cell-3', addresses: ['10.3.1.10'], lastSeen: ago(1) }, { name: 'opc-3', zone: 'cell-3', addresses: ['10.3.1.20'], lastSeen: ago(3) },
      { name: 'hmi-3', zone: 'ops', addresses: ['10.3.1.105'], lastSeen: ago(1) }, { name: 'historian', zone: 'ops', addresses: ['10.3.1.109'], lastSeen: ago(2) },
      { name: 'mes', zone: 'office', addresses: ['10.9.4.20'], lastSeen: ago(70) },
    ],
    conduits: [
      { name: 'historian-reads-plc', from: 'historian', to: 'plc-3a', protocol: 'modbus', mode: 'enforce', rules: 1, allowed: 71_220, denied: 0 },
      { name: 'hmi-setpoints', from: 'hmi-3', to: 'plc-3a', protocol: 'modbus', mode: 'enforce', rules: 3, allowed: 30_120, denied: 212 },
      { name: 'ops-opcua', from: 'ops', to: 'opc-3', protocol: 'opcua', mode: 'enforce', rules: 1, allowed: 12_022, denied: 3 },
      { name: 'mes-reads-line', from: 'mes', to: 'opc-3', protocol: 'opcua', mode: 'monitor', rules: 1, allowed: 620, denied: 88 },
      { name: 'pings', from: 'ops', to: 'cell-3', mode: 'enforce', rules: 1, allowed: 360, denied: 0 },
    ],
    unrelated: [{ from: 'ops', fromAddress: '10.3.1.66', to: 'plc-3a', toAddress: '10.3.1.10', denied: 41, last: ago(40) }, { from: 'ops', fromAddress: '10.3.1.66', denied: 1_204, last: ago(30) }, { fromAddress: '172.16.9.4', to: 'opc-3', toAddress: '10.3.1.20', denied: 2, last: ago(900) }],
  };
}

export const alerts: Schema<'Alert'>[] = [
  { id: 'a1', kind: 'scan', severity: 'high', state: 'open', title: '10.3.1.66 tries many services of plc-3a', explanation: '10.3.1.66 tried 6 ports of plc-3a within a minute; no conduit relates them, and all were refused. Nobody in ops did so before. Find out who uses this address; if it is a scanner of yours, archive this.', source: '10.3.1.66', destination: 'plc-3a', count: 41, first: ago(1900), last: ago(40), filter: 'src:10.3.1.66 dst:plc-3a verdict:deny' },
  { id: 'a2', kind: 'repeated-denials', severity: 'medium', state: 'open', title: 'hmi-3 keeps writing outside the permitted values', explanation: 'hmi-3 tried 212 times in the last hour to write values above 1500 to holding registers 100 to 119 of plc-3a. A recipe may ask for more than the policy permits.', source: 'hmi-3', destination: 'plc-3a', count: 212, first: ago(3500), last: ago(8), filter: 'src:hmi-3 dst:plc-3a verdict:deny' },
  { id: 'a3', kind: 'new-relation', severity: 'low', state: 'open', title: 'mes talks to opc-3 for the first time', explanation: 'mes opened an OPC UA connection to opc-3. The conduit mes-reads-line allows it; it was not seen in the 30 days before.', source: 'mes', destination: 'opc-3', count: 1, first: ago(7200), last: ago(7200), filter: 'src:mes dst:opc-3' },
  { id: 'a4', kind: 'new-device', severity: 'medium', state: 'archived', title: 'A new device, 10.3.1.66, is in ops', explanation: 'Its MAC address 00:0c:29:11:22:33 was not seen before.', source: '10.3.1.66', count: 1, first: ago(90_000), last: ago(90_000), filter: 'src:10.3.1.66', movedBy: 'anna', movedAt: ago(80_000), note: 'laptop of the vendor' },
];

export const users: Schema<'User'>[] = [
  { user: 'anna', name: 'Anna Weber', roles: ['operator', 'auditor', 'administrator'], groups: ['shift-lead'], enabled: true, totp: false, origin: 'local', passwordSet: true, lastSignIn: ago(60) },
  { user: 'jens', name: 'Jens Okafor', roles: ['viewer', 'approver'], groups: ['shift-lead'], enabled: true, totp: true, origin: 'local', passwordSet: true, lastSignIn: ago(86_400), lockedUntil: new Date(Date.now() + 240_000).toISOString() },
  { user: 'm.rossi@example.com', name: 'Marta Rossi', roles: ['viewer'], groups: [], enabled: true, totp: true, origin: 'oidc', lastSignIn: ago(4_000) },
  { user: 'acme', name: 'ACME service', roles: ['requester'], groups: ['vendor-acme'], enabled: false, totp: false, origin: 'local', passwordSet: false },
];

export const settings: Schema<'Settings'> = {
  listen: '192.168.1.2:8443', certificate: { fingerprint: 'sha256:4c1f0a9b8d7c6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c99f2c61d80a4e7b35', notAfter: new Date(Date.now() + 86_400_000 * 300).toISOString(), generated: true, names: ['sluice-line3', '192.168.1.2'] },
  database: 'sqlite, /var/lib/sluice-manage/manage.db', controlSocket: '/run/sluice/control.sock', journal: '/var/lib/sluice/journal', data: '/var/lib/sluice-manage', sessionIdle: '30min', sessionLongest: '12h', largestCapture: 2 * 1024 ** 3, metrics: false, totpDemanded: false, activeIdentification: false,
  alerts: [{ key: 'learning', value: '7d', standard: true }, { key: 'scan_window', value: '1min', standard: true }, { key: 'scan_targets', value: '15', standard: false }, { key: 'quiet', value: '1h', standard: true }],
  exports: [
    { name: 'soc', kind: 'syslog', target: 'tls://siem.plant.example:6514', filter: 'verdict:deny', state: 'working', sent: 19_220, lost: 0 },
    { name: 'eve', kind: 'eve-file', target: '/var/log/sluice/eve.json', state: 'working', sent: 9_812_001, lost: 0 },
    { name: 'metrics', kind: 'otlp', target: 'http://collector:4317', state: 'waiting', sent: 0, lost: 220, trouble: 'collector:4317 does not answer since 14:20; tried again every minute' },
  ],
};

export const assets: Schema<'Asset'>[] = [
  { id: 'plc-3a', name: 'plc-3a', zone: 'cell-3', addresses: ['10.3.1.10'], macs: ['00:80:f4:01:02:03'], vendor: 'Telemecanique', protocols: ['modbus'], roles: ['server'], known: true, group: 'Line 3', firstSeen: ago(4_000_000), lastSeen: ago(1),
    uses: [{ protocol: 'modbus', does: 'read holding 0..260', role: 'server', count: 22_102_933, lastSeen: ago(1) }, { protocol: 'modbus', does: 'write holding 100..119', role: 'server', count: 8_812_201, lastSeen: ago(1) }],
    identification: { how: 'passive', at: ago(9000), values: { VendorName: 'Schneider Electric', ProductCode: 'TM221CE24T', MajorMinorRevision: '1.6' } } },
  { id: 'opc-3', name: 'opc-3', zone: 'cell-3', addresses: ['10.3.1.20', 'fd00:3::20'], macs: ['00:30:de:0a:0b:0c'], protocols: ['opcua'], roles: ['server'], known: true, group: 'Line 3', firstSeen: ago(4_000_000), lastSeen: ago(3) },
  { id: 'hmi-3', name: 'hmi-3', zone: 'ops', addresses: ['10.3.1.105'], macs: ['00:1b:1b:aa:bb:cc'], protocols: ['modbus', 'opcua'], roles: ['client'], known: true, firstSeen: ago(4_000_000), lastSeen: ago(1) },
  { id: 'historian', name: 'historian', zone: 'ops', addresses: ['10.3.1.109'], protocols: ['modbus'], roles: ['client'], known: true, firstSeen: ago(4_000_000), lastSeen: ago(2) },
  { id: '10.3.1.66', zone: 'ops', addresses: ['10.3.1.66'], macs: ['00:0c:29:11:22:33'], vendor: 'VMware', protocols: ['tcp'], roles: ['client'], known: false, firstSeen: ago(90_000), lastSeen: ago(40) },
  { id: 'mes', name: 'mes', zone: 'office', addresses: ['10.9.4.20'], protocols: ['opcua'], roles: ['client'], known: true, firstSeen: ago(7_200), lastSeen: ago(70) },
];
export const relations: Schema<'Relation'>[] = [
  { source: 'hmi-3', destination: 'plc-3a', protocol: 'modbus', conduit: 'hmi-setpoints', functions: ['read', 'write'], messages: 8_812_201, denied: 1_613, firstSeen: ago(4_000_000), lastSeen: ago(1) },
  { source: 'historian', destination: 'plc-3a', protocol: 'modbus', conduit: 'historian-reads-plc', functions: ['read'], messages: 22_102_933, denied: 0, firstSeen: ago(4_000_000), lastSeen: ago(2) },
  { source: 'hmi-3', destination: 'opc-3', protocol: 'opcua', conduit: 'ops-opcua', functions: ['read', 'browse'], messages: 1_202_112, denied: 3, firstSeen: ago(4_000_000), lastSeen: ago(3) },
  { source: 'mes', destination: 'opc-3', protocol: 'opcua', conduit: 'mes-reads-line', functions: ['read', 'write'], messages: 708, denied: 88, firstSeen: ago(7_200), lastSeen: ago(70), isNew: true },
  { source: '10.3.1.66', destination: 'plc-3a', protocol: 'tcp', functions: [], messages: 0, denied: 41, firstSeen: ago(1900), lastSeen: ago(40), isNew: true },
];
export const history: Schema<'PolicyChange'>[] = [
  { at: ago(86_400 * 3), who: 'anna', hash: HASH, name: 'bottling-line', why: 'confirm', note: 'change 4711: new recipe' },
  { at: ago(86_400 * 3 + 40), who: 'anna', hash: HASH, name: 'bottling-line', why: 'pending' },
  { at: ago(86_400 * 9), who: 'jens', hash: OLD_HASH, name: 'bottling-line', why: 'expired' },
  { at: ago(86_400 * 30), who: 'root', hash: OLD_HASH, name: 'bottling-line', why: 'seed' },
];
