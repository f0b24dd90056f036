// Jump sessions of the made-up plant, with as much of their life as the page needs. For work on the pages only.
import type { components } from '../src/api/schema';

type Schema<N extends keyof components['schemas']> = components['schemas'][N];
type Session = Schema<'JumpSession'>;

const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

const limits: Schema<'JumpLimits'> = { durationSeconds: 7200, idleSeconds: 600, withinSeconds: 900, approvals: 1, by: 'shift-lead', record: 'full' };
const TARGETS: Schema<'JumpTarget'>[] = [
  { conduit: 'maintenance-modbus', asset: 'plc-3a', zone: 'cell-3', protocol: 'modbus', port: 502, ceiling: ['read all of unit 1', 'write holding registers 100 to 119 of unit 1, values 0 to 1500'] },
  { conduit: 'maintenance-opcua', asset: 'opc-3', zone: 'cell-3', protocol: 'opcua', port: 4840, ceiling: ['browse and read every node', 'write `ns=2;s=Line3.Speed`, values 0 to 1500'] },
];
const OFFERS: Schema<'JumpOffer'>[] = [
  { rule: 'acme-service', targets: TARGETS, limits, allowed: true },
  { rule: 'weekend-upload', targets: [{ conduit: 'maintenance-modbus', asset: 'plc-3a', zone: 'cell-3', protocol: 'modbus', port: 502, ceiling: ['write holding registers 100 to 119 of unit 1'] }], limits: { ...limits, window: 'maintenance', windowSentence: 'sat 06:00-10:00 Europe/Paris', windowOpens: at(172_800) }, allowed: false, why: 'it needs a second factor; set one up under Settings' },
];
const BROKER: Schema<'JumpBroker'> = { running: true, listen: '192.168.1.2:2222', fingerprint: 'SHA256:q5mC0xvvBz1mVbT0gkW3Yk7pQ4rQ0d2dYl8cT1oZr6E' };

function permissions(targets: Schema<'JumpTargetName'>[], access: Schema<'JumpAccess'>, rules?: string): Schema<'JumpPermissions'>[] {
  return targets.map((name) => {
    const target = TARGETS.find((one) => one.asset === name.asset)!;
    const writes = access === 'write' || (access === 'rules' && rules?.includes('write') === true);
    const modbus = target.protocol === 'modbus';
    return {
      conduit: target.conduit, asset: target.asset, protocol: target.protocol, port: target.port,
      may: [modbus ? 'read all of unit 1' : 'browse and read every node', ...(writes ? [access === 'rules' ? 'write holding registers 100 to 109 of unit 1, values 0 to 1500' : target.ceiling[1]!] : [])],
      mayNot: [...(writes ? [] : ['write anything']), modbus ? 'write holding register 118 (safety trip limit, HAZOP 2024-11)' : 'call methods', modbus ? 'use any other unit than 1' : 'write `ns=2;s=Line3.Recipe`'],
    };
  });
}

function preview(request: Schema<'JumpRequest'>): Schema<'JumpPreview'> {
  const problems: Schema<'Problem'>[] = [];
  if (request.access === 'rules' && !request.rules?.trim().startsWith('-')) {
    problems.push({ severity: 'error', line: 1, column: 1, text: 'the rules are a list; begin each with `- {do: …}`' });
  }
  if (request.rules?.includes('118')) {
    problems.push({ severity: 'warning', line: 1, column: 1, text: 'register 118 is denied by s9 and is left out' });
  }
  const seconds = request.durationSeconds ?? limits.durationSeconds;
  const starts = request.start ?? at(0);
  return {
    usable: problems.every((one) => one.severity !== 'error'), problems, targets: permissions(request.targets, request.access, request.rules), limits,
    sentence: request.start ? `from the wanted start for ${seconds / 60} min` : `from approval for ${seconds / 60} min`, starts, ends: new Date(Date.parse(starts) + seconds * 1000).toISOString(),
  };
}

const both = TARGETS.map(({ conduit, asset }) => ({ conduit, asset }));
const first = both.slice(0, 1);
const none = { allowed: 0, refused: 0, writes: 0 };

export const sessions: Session[] = [
  {
    id: 'acme-7f3c', rule: 'acme-service', person: 'acme', personName: 'Ivo Brandt (ACME)', state: 'pending', sentence: 'waits for one approval by shift-lead', targets: permissions(both, 'write'), access: 'write',
    asked: { rule: 'acme-service', targets: both, access: 'write', durationSeconds: 7200 }, reason: 'Filler 3 overfills since the recipe change. I want to compare the setpoints with ours and correct 104 and 105.', ticket: 'INC-20311',
    requestedAt: at(-140), approveUntil: at(760), approvals: [], approvalsNeeded: 1, connections: [], operations: none, warning: false, may: ['approve', 'deny'], filter: 'session:acme-7f3c',
  },
  {
    id: 'acme-2b90', rule: 'acme-service', person: 'acme', personName: 'Ivo Brandt (ACME)', state: 'connected', sentence: 'Ivo Brandt (ACME) is connected; read only', targets: permissions(first, 'read'), access: 'read', approvedAccess: 'write',
    asked: { rule: 'acme-service', targets: first, access: 'write', durationSeconds: 7200 }, reason: 'Read the trend of the filler pressure', ticket: 'INC-20288', requestedAt: at(-6500), starts: at(-6200), ends: at(1000),
    approvals: [{ who: 'jens', at: at(-6200), narrowed: true, access: 'read', note: 'Read first; call me before you write.' }], approvalsNeeded: 1,
    connections: [{ id: 'c1', from: '198.51.100.24', since: at(-6100), by: 'password', doors: ['plc-3a'] }], operations: { allowed: 18_204, refused: 3, writes: 0, lastAt: at(-2) }, warning: true, may: ['step-up', 'end'], filter: 'session:acme-2b90',
  },
  {
    id: 'anna-11d4', rule: 'acme-service', person: 'anna', personName: 'Anna Weber', state: 'open', sentence: 'can be connected; nobody is', targets: permissions(both, 'read'), access: 'read', approvedAccess: 'read',
    asked: { rule: 'acme-service', targets: both, access: 'read', durationSeconds: 3600 }, reason: 'Look at line 3 from home', requestedAt: at(-900), starts: at(-600), ends: at(3000),
    approvals: [{ who: 'jens', at: at(-600), narrowed: false }], approvalsNeeded: 1, connections: [], operations: none, warning: false, may: ['connect', 'end'], filter: 'session:anna-11d4',
  },
  {
    id: 'anna-90aa', rule: 'weekend-upload', person: 'anna', personName: 'Anna Weber', state: 'scheduled', sentence: 'begins when the window maintenance opens', targets: permissions(first, 'write'), access: 'write', approvedAccess: 'write',
    asked: { rule: 'weekend-upload', targets: first, access: 'write', durationSeconds: 7200 }, reason: 'New recipe', ticket: 'CHG-771', requestedAt: at(-90_000), starts: at(170_000), ends: at(177_200),
    approvals: [{ who: 'jens', at: at(-80_000), narrowed: false }], approvalsNeeded: 1, connections: [], operations: none, warning: false, may: ['withdraw', 'end'], filter: 'session:anna-90aa',
  },
  {
    id: 'acme-0c11', rule: 'acme-service', person: 'acme', personName: 'Ivo Brandt (ACME)', state: 'ended', sentence: 'ended: its time was over', targets: permissions(first, 'write'), access: 'write', approvedAccess: 'write',
    asked: { rule: 'acme-service', targets: first, access: 'write', durationSeconds: 3600 }, reason: 'Firmware check', requestedAt: at(-200_000), starts: at(-199_000), ends: at(-195_400),
    approvals: [{ who: 'jens', at: at(-199_000), narrowed: false }], approvalsNeeded: 1, end: { at: at(-195_400), why: 'time', sentence: 'its time was over' },
    connections: [{ id: 'c0', from: '198.51.100.24', since: at(-198_900), until: at(-195_400), by: 'key' }], operations: { allowed: 4_021, refused: 0, writes: 12, lastAt: at(-195_600) }, warning: false, may: [], filter: 'session:acme-0c11',
  },
  {
    id: 'acme-77ef', rule: 'acme-service', person: 'acme', personName: 'Ivo Brandt (ACME)', state: 'denied', sentence: 'jens denied it', targets: permissions(first, 'write'), access: 'write',
    asked: { rule: 'acme-service', targets: first, access: 'write' }, reason: 'test', requestedAt: at(-300_000), approvals: [], approvalsNeeded: 1, end: { at: at(-299_000), why: 'denied', who: 'jens', note: 'Say what you want to change.', sentence: 'denied by jens' },
    connections: [], operations: none, warning: false, may: [], filter: 'session:acme-77ef',
  },
];
const keys: Schema<'SshKey'>[] = [{ id: 'k1', name: 'anna@notebook', type: 'ssh-ed25519', fingerprint: 'SHA256:1QyTzVh8mXn3VnV0kQhO9c6g5rQmJ1fD4eW2sL7uYpA', added: at(-900_000), lastUsed: at(-90_000) }];

const OVER = ['denied', 'expired', 'withdrawn', 'ended'];

interface Given { user: string; query: URLSearchParams; path: Record<string, string>; body: Record<string, unknown> }
export class NoSession extends Error {}

/** As the real server: people see their own, and nobody decides on an own request. */
function seenBy(user: string, session: Session): Session {
  const own = session.person === user;
  const asks: Session['may'] = session.state === 'pending' || session.state === 'scheduled' ? ['withdraw'] : session.state === 'open' || session.state === 'connected' ? ['connect', 'end'] : [];
  return user === 'anna' ? session : { ...session, may: own ? asks : [] };
}

function found({ path }: Given): Session {
  const session = sessions.find((one) => one.id === path.id);
  if (!session) {
    throw new NoSession(`there is no session ${path.id}`);
  }
  return session;
}

function end(session: Session, state: Session['state'], why: Schema<'JumpEnd'>['why'], who: string, note: unknown): Session {
  const sentence = `${state === 'ended' ? 'ended' : state} by ${who}`;
  return Object.assign(session, { state, sentence, may: [], warning: false, end: { at: at(0), why, who, note: note as string | undefined, sentence }, connections: session.connections.map((one) => ({ ...one, until: one.until ?? at(0), doors: [] })) });
}

export const handlers = {
  listJumpTargets: (): Schema<'JumpOffers'> => ({ broker: BROKER, offers: OFFERS }),
  previewJumpSession: ({ body }: Given) => preview(body as unknown as Schema<'JumpRequest'>),
  listJumpSessions: ({ user, query }: Given) => sessions.filter((one) => (query.get('over') === 'true' || !OVER.includes(one.state)) && (user === 'anna' || one.person === user)).map((one) => seenBy(user, one)),
  getJumpSession: (given: Given) => seenBy(given.user, found(given)),
  requestJumpSession: ({ user, body }: Given) => {
    const asked = body as unknown as Schema<'JumpRequest'>;
    const id = `${user}-${(sessions.length * 2741 % 65_536).toString(16).padStart(4, '0')}`;
    const made: Session = {
      id, rule: asked.rule, person: user, personName: user === 'anna' ? 'Anna Weber' : undefined, state: 'pending', sentence: 'waits for one approval by shift-lead', targets: preview(asked).targets, access: asked.access, asked, reason: asked.reason, ticket: asked.ticket,
      requestedAt: at(0), approveUntil: at(900), approvals: [], approvalsNeeded: 1, connections: [], operations: none, warning: false, may: ['withdraw'], filter: `session:${id}`,
    };
    sessions.unshift(made);
    return made;
  },
  approveJumpSession: (given: Given) => {
    const session = found(given);
    const approval = given.body as Schema<'JumpApproval'>;
    const { note, ...narrowed } = approval;
    const access = approval.access ?? session.asked.access;
    const seconds = approval.durationSeconds ?? session.asked.durationSeconds ?? limits.durationSeconds;
    return Object.assign(session, {
      state: approval.start ? 'scheduled' : 'open', sentence: 'can be connected; nobody is', access, approvedAccess: access, targets: permissions(approval.targets ?? session.asked.targets, access, approval.rules ?? session.asked.rules),
      starts: approval.start ?? at(0), ends: new Date(Date.parse(approval.start ?? at(0)) + seconds * 1000).toISOString(), approvals: [{ who: given.user, at: at(0), narrowed: Object.keys(narrowed).length > 0, access: approval.access, durationSeconds: approval.durationSeconds, note }], may: ['end'],
    });
  },
  denyJumpSession: (given: Given) => end(found(given), 'denied', 'denied', given.user, given.body.note),
  withdrawJumpSession: (given: Given) => end(found(given), 'withdrawn', 'withdrawn', given.user, undefined),
  connectJumpSession: (given: Given): Schema<'JumpCommand'> => {
    const session = found(given);
    const doors = session.targets.map((one) => ({ asset: one.asset, protocol: one.protocol, localAddress: one.protocol === 'opcua' ? '127.0.0.2' : '127.0.0.1', localPort: one.protocol === 'opcua' ? 4840 : 1502, port: one.port }));
    const command = `ssh -N -p 2222 ${doors.map((door) => `-L ${door.localAddress}:${door.localPort}:${door.asset}:${door.port}`).join(' ')} ${session.id}@192.168.1.2`;
    return {
      login: session.id, host: '192.168.1.2', port: 2222, password: 'k7Qm-x2Rt-9pLw-Hs4v', expires: at(120), command, file: `@echo off\r\n${command}\r\n`, fileName: `sluice-${session.id}.cmd`, fingerprint: BROKER.fingerprint!,
      hosts: doors.filter((door) => door.protocol === 'opcua').map((door) => `${door.localAddress} ${door.asset}`), doors, notes: [],
    };
  },
  changeJumpAccess: (given: Given) => {
    const session = found(given);
    const access = given.body.access as Schema<'JumpAccess'>;
    return Object.assign(session, { access, targets: permissions(session.asked.targets, access, session.asked.rules), may: session.may.map((one) => (one === 'step-up' ? 'step-down' : one === 'step-down' ? 'step-up' : one)) });
  },
  endJumpSession: (given: Given) => end(found(given), 'ended', 'revoked', given.user, given.body.note),
  endAllJumpSessions: ({ user, body }: Given) => ({ ended: sessions.filter((one) => ['scheduled', 'open', 'connected'].includes(one.state)).map((one) => end(one, 'ended', 'all', user, body.note)).length }),
  listOwnKeys: () => keys,
  addOwnKey: ({ body }: Given) => {
    const [type, , comment] = String(body.key).trim().split(/\s+/);
    const made = { id: `k${keys.length + 1}`, name: String(body.name ?? comment ?? 'key'), type: type!, fingerprint: 'SHA256:p0Lr5kq0JmYt1vVq9bD3x8nS2wF6hG4jK7zC1aE0uTi', added: at(0) };
    keys.push(made);
    return made;
  },
  removeOwnKey: ({ path }: Given) => void keys.splice(keys.findIndex((one) => one.id === path.id), 1),
};
