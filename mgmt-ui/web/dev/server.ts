// Answers the contract from dev/data.ts while pages are being worked on: `npm run dev`. Never shipped, and no proof of anything:
// the tests that count run against the real server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { OPERATIONS } from '../src/api/operations.ts';
import type { components } from '../src/api/schema';
import * as data from './data.ts';
import * as jump from './jump.ts';

type Schema<N extends keyof components['schemas']> = components['schemas'][N];

interface Call {
  query: URLSearchParams;
  path: Record<string, string>;
  body: Record<string, unknown>;
  response: ServerResponse;
  request: IncomingMessage;
}
class Refused extends Error {
  constructor(readonly status: number, readonly refusal: Schema<'Refusal'>) {
    super(refusal.sentence);
  }
}
type Handler = (call: Call) => unknown;

/** DEV_RATE: events a second. DEV_SETUP=1: no account yet. DEV_OUT=1: nobody is signed in. Who signs in as `acme` only asks for sessions. */
const rate = Number(process.env.DEV_RATE ?? 6);
let setupNeeded = process.env.DEV_SETUP === '1';
let signedIn = process.env.DEV_OUT !== '1' && !setupNeeded;
let codeNeeded = false;
let user = 'anna';
let totp = false;
let draft: Schema<'StagedDraft'> = {};
let activeYaml = data.POLICY;
let pendingYaml = '';
const captures: Schema<'Capture'>[] = [{ id: 'c1', name: 'line-3-monday.pcapng', bytes: 18_220_110, at: new Date(Date.now() - 90_000_000).toISOString(), who: 'anna' }, { id: 'c2', name: 'filler-startup-2026-11-20.pcap.gz', bytes: 902_331, at: new Date(Date.now() - 600_000_000).toISOString(), who: 'jens' }];
let pending: { info: Schema<'PolicyInfo'>; until: number } | undefined;
let preferences: Schema<'Preferences'> = {};
let job: { begun: number; cancelled?: boolean } | undefined;
let verification: { begun: number } | undefined;

const session = (): Schema<'Session'> => ({
  signedIn, codeNeeded, setupNeeded, ...(signedIn ? { user, name: user === 'acme' ? 'Ivo Brandt (ACME)' : 'Anna Weber', roles: user === 'acme' ? ['requester'] : ['viewer', 'operator', 'requester', 'approver', 'auditor', 'administrator'], totp, preferences } : {}), csrf: 'dev',
  providers: ['Plant directory'], serverTime: new Date().toISOString(), timeZone: 'Europe/Berlin', version: '0.1.0',
});
const pendingInfo = () => {
  if (pending && pending.until < Date.now()) {
    pending = undefined;
  }
  return pending && { ...pending.info, confirmWithinSeconds: (pending.until - Date.now()) / 1000 };
};
const openAlerts = () => data.alerts.filter((alert) => alert.state === 'open').length;

const VALUES: Record<string, (event: Schema<'Event'>) => string | undefined> = {
  proto: (e) => e.protocol, verdict: (e) => e.verdict, src: (e) => e.source?.name, dst: (e) => e.destination?.name, conduit: (e) => e.conduit, rule: (e) => e.rule, reason: (e) => e.reason,
  type: (e) => e.type, do: (e) => e.does?.split(' ')[0], user: (e) => e.person, session: (e) => e.session, function: (e) => e.function, flow: (e) => e.flow,
};
const NOTES: Record<string, string> = {
  proto: 'modbus, opcua', verdict: 'allow or deny', src: 'asset, zone or address that asks', dst: 'asset, zone or address that is asked', conduit: 'a conduit of the policy', rule: 'the rule that decided',
  reason: 'why, in one word', type: 'kind of record', do: 'read, write, …', user: 'who is behind a jump session', session: 'a jump session', function: 'name of the function', flow: 'number of a connection', addr: 'address, or 100..119',
};

function matcher(filter: string): (event: Schema<'Event'>) => boolean {
  const tests = filter.split(/\s+/).filter(Boolean).map((word) => {
    const negated = word.startsWith('-');
    const [key, value] = word.replace(/^-/, '').split(/:(.*)/s) as [string, string | undefined];
    const wanted = (value ?? key).replaceAll('"', '').split(',');
    if (key === 'since' || key === 'until') {
      const ago = /^(\d+)([smhd])$/.exec(value ?? '');
      const at = ago ? Date.now() - Number(ago[1]) * { s: 1, m: 60, h: 3600, d: 86_400 }[ago[2] as 's']! * 1000 : Date.parse(`${value}Z`);
      return (event: Schema<'Event'>) => (Date.parse(event.at) >= at) === (key === 'since');
    }
    return (event: Schema<'Event'>) => {
      const has = value === undefined ? JSON.stringify(event).includes(key)
        : wanted.some((one) => VALUES[key]?.(event) === one || (key === 'src' && event.source?.address === one) || (key === 'dst' && event.destination?.address === one) || (key === 'addr' && event.does?.includes(` ${one} `)));
      return has !== negated;
    };
  });
  return (event) => tests.every((test) => test(event));
}
function selected({ query }: Call): Schema<'Event'>[] {
  const fits = matcher(query.get('filter') ?? '');
  const since = Date.parse(query.get('since') ?? '') || 0;
  const until = Date.parse(query.get('until') ?? '') || Infinity;
  return data.events.filter((event) => fits(event) && Date.parse(event.at) >= since && Date.parse(event.at) < until);
}
function eventOf({ path }: Call): Schema<'Event'> {
  const found = data.events.find((event) => event.id === Number(path.id));
  if (!found) {
    throw new Refused(404, { code: 'no-such-event', sentence: `there is no record ${path.id} in the journal` });
  }
  return found;
}

const handlers: Partial<Record<keyof typeof OPERATIONS, Handler>> = {
  getSession: session,
  getSetup: () => ({ needed: setupNeeded }),
  setUp: ({ body }) => {
    if (body.token !== 'dev-token-dev-token') {
      throw new Refused(403, { code: 'link-used', sentence: 'this link is not valid, or was used already; look for the latest one on the console' });
    }
    setupNeeded = false;
    signedIn = true;
    return session();
  },
  signIn: ({ body }) => {
    if (body.password === 'wrong') {
      throw new Refused(401, { code: 'wrong-credentials', sentence: 'user and password do not belong together', retryAfterSeconds: 8 });
    }
    user = body.user === 'acme' ? 'acme' : 'anna';
    [signedIn, codeNeeded] = [body.user !== 'code', body.user === 'code'];
    return session();
  },
  signInWithCode: ({ body }) => {
    if (body.code === '000000') {
      throw new Refused(401, { code: 'wrong-code', sentence: 'this code is wrong, or was used already; wait for the next one' });
    }
    [signedIn, codeNeeded] = [true, false];
    return session();
  },
  signOut: () => void ([signedIn, codeNeeded] = [false, false]),
  changePassword: ({ body }) => {
    if (body.old === 'wrong') {
      throw new Refused(403, { code: 'wrong-credentials', sentence: 'this is not your present password' });
    }
  },
  beginTotp: () => ({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Sluice:anna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sluice&algorithm=SHA1&digits=6&period=30' }),
  confirmTotp: () => {
    totp = true;
    return { codes: ['7h2k-9xq4', 'm3vt-0c8d', 'p5wz-6b1j', 'r9gn-2f7s', 'x4la-8e3u', 'k6yd-1h5m', 't0cq-7w2b', 'b8js-4n9v'] };
  },
  removeTotp: () => void (totp = false),
  listOwnSessions: () => [
    { id: 's1', address: '10.3.1.66', agent: 'Firefox on Linux', begun: new Date(Date.now() - 4_000_000).toISOString(), lastSeen: new Date().toISOString(), current: true },
    { id: 's2', address: '10.3.1.40', agent: 'Chrome on Android', begun: new Date(Date.now() - 90_000_000).toISOString(), lastSeen: new Date(Date.now() - 3_000_000).toISOString(), current: false },
  ],
  endOwnSession: () => undefined,
  setPreferences: ({ body }) => void (preferences = body),
  listUsers: () => data.users,
  addUser: ({ body }) => {
    data.users.push({ user: String(body.user), name: String(body.name ?? body.user), roles: body.roles as Schema<'Role'>[], groups: [], enabled: true, totp: false, origin: 'local', passwordSet: false });
    return { link: 'https://192.168.1.2:8443/password#token=4tW0vN1kqz7PpXcE', expires: new Date(Date.now() + 86_400_000).toISOString() };
  },
  changeUser: ({ path, body }) => {
    const user = data.users.find((one) => one.user === path.user)!;
    Object.assign(user, body, body.unlock ? { lockedUntil: undefined } : {});
    return user;
  },
  removeUser: ({ path }) => void data.users.splice(data.users.findIndex((one) => one.user === path.user), 1),
  makePasswordLink: () => ({ link: 'https://192.168.1.2:8443/password#token=4tW0vN1kqz7PpXcE', expires: new Date(Date.now() + 86_400_000).toISOString() }),
  setPasswordByLink: () => undefined,
  getStatus: () => data.status(pendingInfo(), openAlerts()),
  getMap: () => data.map(),
  getSeries: ({ query }) => {
    const seconds = Number(query.get('seconds') ?? 600);
    return { stepSeconds: 2, points: Array.from({ length: seconds / 2 }, (_, i) => data.point(Date.now() - (seconds / 2 - i) * 2000)) };
  },
  listEvents: (call) => {
    const limit = Number(call.query.get('limit') ?? 200);
    const before = Number(call.query.get('before') ?? Infinity);
    const all = selected(call).filter((event) => event.id < before).reverse();
    return { events: all.slice(0, limit), complete: all.length <= limit, oldest: data.events[0]!.at, tookMillis: 12 };
  },
  countEventsByTime: (call) => {
    const buckets = Number(call.query.get('buckets') ?? 60);
    const all = selected(call);
    const from = Date.parse(call.query.get('since') ?? '') || Date.now() - 3_600_000;
    const until = Date.parse(call.query.get('until') ?? '') || Date.now();
    const step = (until - from) / buckets;
    const counts = Array.from({ length: buckets }, () => ({ allowed: 0, denied: 0, other: 0 }));
    for (const event of all) {
      const bucket = counts[Math.floor((Date.parse(event.at) - from) / step)];
      if (bucket) {
        bucket[event.verdict === 'allow' ? 'allowed' : event.verdict === 'deny' ? 'denied' : 'other'] += event.count ?? 1;
      }
    }
    return { from: new Date(from).toISOString(), stepSeconds: step / 1000, buckets: counts };
  },
  countEventsByField: (call) => {
    const value = VALUES[call.query.get('field') ?? ''] ?? (() => undefined);
    const counts = new Map<string, { value: string; count: number; denied: number }>();
    for (const event of selected(call)) {
      const at = value(event);
      if (at !== undefined) {
        const entry = counts.get(at) ?? { value: at, count: 0, denied: 0 };
        entry.count++;
        entry.denied += event.verdict === 'deny' ? 1 : 0;
        counts.set(at, entry);
      }
    }
    return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, Number(call.query.get('limit') ?? 20));
  },
  getEvent: (call) => {
    const event = eventOf(call);
    return {
      event,
      record: { timestamp: event.at, flow_id: Number(event.flow), in_iface: 'plant', event_type: event.type, src_ip: event.source?.address, dest_ip: event.destination?.address, proto: 'TCP', sluice: { verdict: event.verdict, reason: event.reason, does: event.does, enforced: event.enforced } },
      fields: event.protocol === 'modbus' ? [
        { name: 'transaction', value: '63923' }, { name: 'protocol', value: '0' }, { name: 'unit', value: '1' }, { name: 'function', value: '6', note: 'Write Single Register' }, { name: 'address', value: '158', note: '40159' }, { name: 'value', value: '21914', note: '0x559a' },
      ] : undefined,
      hex: event.protocol === 'modbus' ? 'f9b30000000601 06009e559a'.replace(' ', '') : undefined,
    };
  },
  explainEvent: (call) => {
    const event = eventOf(call);
    return event.verdict === 'deny' ? {
      sentence: event.reason === 'denied' ? 'rule s9 of hmi-setpoints denies it' : 'no rule of hmi-setpoints allows it', rule: event.rule, because: event.rule === 's9' ? 'safety trip limit, HAZOP 2024-11' : undefined, line: event.rule === 's9' ? 34 : undefined, policy: data.HASH, policyIsCurrent: true,
      closest: event.rule ? undefined : 's2 covers it but for the value: 0..1500 is allowed, 1587 was to be written',
      steps: ['hmi-3 is at port plant, in zone ops; plc-3a is in zone cell-3', 'conduit hmi-setpoints relates them (asset to asset)', 'no deny is touched by holding 104 = 1587', 'no allow covers it: s1 is for read, s2 for values 0..1500', 'what no rule allows is refused; the mode is enforce'],
    } : { sentence: `rule ${event.rule} of ${event.conduit} allows it`, rule: event.rule, line: 32, policy: data.HASH, policyIsCurrent: true, steps: ['hmi-3 is at port plant, in zone ops; plc-3a is in zone cell-3', `conduit ${event.conduit} relates them`, 'no deny is touched', `allow ${event.rule} covers every item`] };
  },
  proposeRule: (call) => {
    eventOf(call);
    const rule = '- {id: s3, do: write, unit: 1, space: holding, address: 104, value: 1587}';
    return { kind: 'rule', conduit: 'hmi-setpoints', rule, yaml: data.POLICY.replace('    deny:\n      - {id: s9', `      ${rule}\n    deny:\n      - {id: s9`), line: 33, note: 'It allows one value. A range may be what is meant; ask who owns the recipe.' };
  },
  checkFilter: ({ query }) => {
    const filter = query.get('filter') ?? '';
    const problems = [...filter.matchAll(/-?([a-z]+):\S*/g)].filter((match) => !NOTES[match[1]!]).map((match) => ({ from: match.index, to: match.index + match[0].length, text: `\`${match[1]}\` is no key; there are ${Object.keys(NOTES).join(', ')}` }));
    return { canonical: filter, problems };
  },
  completeFilter: ({ query }) => {
    const key = query.get('key');
    const start = query.get('start') ?? '';
    if (!key) {
      return Object.entries(NOTES).filter(([word]) => word.startsWith(start)).map(([word, note]) => ({ word, note }));
    }
    const values = new Map<string, number>();
    for (const event of data.events) {
      const value = VALUES[key]?.(event);
      if (value) {
        values.set(value, (values.get(value) ?? 0) + 1);
      }
    }
    return [...values].filter(([word]) => word.startsWith(start)).sort((a, b) => b[1] - a[1]).map(([word, count]) => ({ word, note: `${count} events` }));
  },
  getPolicy: ({ query }) => {
    const which = query.get('which');
    return which === 'pending' ? { yaml: pendingYaml, info: pendingInfo() } : which === data.OLD_HASH ? { yaml: data.POLICY.replace('value: 0..1500', 'value: 0..1200') } : { yaml: activeYaml, info: data.info };
  },
  listPolicyHistory: () => data.history,
  getPolicySchema: () => JSON.parse(readFileSync(new URL('../../../rules/src/main/resources/io/sluice/rules/policy.schema.json', import.meta.url), 'utf8')) as unknown,
  checkPolicy: ({ body }) => {
    const problems = problemsOf(String(body.yaml));
    const usable = problems.every((problem) => problem.severity !== 'error');
    return { usable, hash: usable ? data.OLD_HASH : undefined, problems };
  },
  diffPolicy: ({ body }) => {
    const yaml = String(body.yaml);
    const problems = problemsOf(yaml);
    const line = (wanted: string) => yaml.includes(wanted) && !activeYaml.includes(wanted);
    const changes: Schema<'PermissionChange'>[] = yaml === activeYaml || problems.length > 0 ? [] : [
      ...(line('s3') ? [{ kind: 'allowed' as const, conduit: 'hmi-setpoints', from: 'hmi-3', to: 'plc-3a', what: 'write unit 1 holding 104 = 1587', example: 'write unit 1 holding 104 = 1587', danger: true }] : []),
      ...(yaml.includes('0..1200') ? [{ kind: 'refused' as const, conduit: 'hmi-setpoints', from: 'hmi-3', to: 'plc-3a', what: 'write unit 1 holding 100..117, 119 = 1201..1500', example: 'write unit 1 holding 100 = 1201' }] : []),
      { kind: 'allowed', conduit: 'ops-opcua', from: 'ops', to: 'opc-3', what: 'subscribe any node', example: 'subscribe ns=2;s=Line3.Speed' },
      { kind: 'other', conduit: 'historian-reads-plc', from: 'historian', to: 'plc-3a', what: 'rate of h1: 20/s burst 40 becomes 10/s' },
    ];
    return { problems, differs: yaml !== activeYaml, summary: `${changes.length} changes`, oldYaml: activeYaml, changes };
  },
  getDraft: () => draft,
  stageDraft: ({ body }) => void (draft = { ...body, base: data.HASH, at: new Date().toISOString() }),
  dropDraft: () => void (draft = {}),
  applyPolicy: ({ body }) => {
    const seconds = Number(body.confirmWithinSeconds ?? 60);
    pendingYaml = String(body.yaml);
    pending = { info: { ...data.info, hash: 'b7'.padEnd(64, '3'), since: new Date().toISOString(), who: 'anna' }, until: Date.now() + seconds * 1000 };
    tellStatus();
    return { applied: pendingInfo(), problems: [], flowsEnded: 1 };
  },
  confirmPolicy: () => {
    activeYaml = pendingYaml;
    Object.assign(data.info, { hash: 'b7'.padEnd(64, '3'), since: new Date().toISOString() });
    pending = undefined;
    tellStatus();
    return data.info;
  },
  rollBackPolicy: () => {
    pending = undefined;
    tellStatus();
    return data.info;
  },
  listCaptures: () => captures,
  uploadCapture: ({ query, request }) => {
    const taken = { id: `c${captures.length + 1}`, name: query.get('name')!, bytes: Number(request.headers['content-length'] ?? 0), at: new Date().toISOString(), who: 'anna' };
    captures.unshift(taken);
    return taken;
  },
  removeCapture: ({ path }) => void captures.splice(captures.findIndex((one) => one.id === path.id), 1),
  saveExpectation: () => '  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 100 = 1500, then: allow s2}\n',
  startReplay: () => {
    job = { begun: Date.now() };
    return replayJob();
  },
  getReplay: () => replayJob(),
  cancelReplay: () => void (job && (job.cancelled = true)),
  listReplayMessages: ({ query }) => {
    const offset = Number(query.get('offset') ?? 0);
    const only = query.get('only');
    const all = data.events.filter((event) => event.verdict && (only !== 'denied' || event.verdict === 'deny') && (only !== 'changed' || event.id % 40 === 0) && (!query.get('conduit') || event.conduit === query.get('conduit')));
    return {
      total: all.length,
      messages: all.slice(offset, offset + Number(query.get('limit') ?? 200)).map((event) => ({
        frame: event.id * 3, at: event.at, conduit: event.conduit, source: event.source?.name, destination: event.destination?.name, does: event.does ?? '', verdict: event.verdict,
        before: event.id % 40 === 0 ? (event.verdict === 'deny' ? 'allow' : 'deny') : event.verdict, rule: event.rule, reason: event.reason,
      })),
    };
  },
  getReplayReport: () => '<!doctype html><title>Replay</title><p>Report',
  listAssets: () => ({ assets: data.assets, leftOut: 0 }),
  getAsset: ({ path }) => data.assets.find((asset) => asset.id === path.id),
  annotateAsset: ({ path, body }) => void Object.assign(data.assets.find((asset) => asset.id === path.id)!, body),
  identifyAsset: () => {
    throw new Refused(409, { code: 'switched-off', sentence: 'the settings do not allow that devices are asked; set `active_identification: true` to allow it' });
  },
  exportAssets: () => data.assets,
  listRelations: () => data.relations,
  listAlerts: ({ query }) => data.alerts.filter((alert) => query.get('state') === 'all' || alert.state === (query.get('state') ?? 'open')).slice(0, Number(query.get('limit') ?? 100_000)),
  moveAlert: ({ path, body }) => {
    const alert = data.alerts.find((one) => one.id === path.id)!;
    Object.assign(alert, body, { movedBy: 'anna', movedAt: new Date().toISOString() });
    tellStatus();
    return alert;
  },
  getVerification: () => verified(),
  cancelVerification: () => {
    verification = undefined;
    return { state: 'cancelled', sentence: 'it was ended before everything was read, so it says nothing' };
  },
  verifyJournal: () => {
    verification = { begun: Date.now() };
    return verified();
  },
  proveEvent: () => 'proof 1\n',
  getSettings: () => data.settings,
  ...Object.fromEntries(Object.entries(jump.handlers).map(([id, act]) => [id, ({ query, path, body }: Call) => ofJump(() => act({ user, query, path, body }))])),
};

function ofJump(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    throw error instanceof jump.NoSession ? new Refused(404, { code: 'no-such-session', sentence: error.message }) : error;
  }
}

/** A few mistakes that the real reader would find, too. */
function problemsOf(yaml: string): Schema<'Problem'>[] {
  const found: Schema<'Problem'>[] = [];
  yaml.split('\n').forEach((text, index) => {
    const wrong = text.indexOf('unitt');
    if (wrong >= 0) {
      found.push({ severity: 'error', line: index + 1, column: wrong + 1, text: '`unitt` is no key of a rule; did you mean `unit`?' });
    }
    const wide = text.indexOf('address: any');
    if (wide >= 0) {
      found.push({ severity: 'warning', line: index + 1, column: wide + 1, text: 'this allows every address; name those that are needed' });
    }
  });
  return found;
}

function replayJob(): Schema<'ReplayJob'> {
  const done = Math.min(1, (Date.now() - (job?.begun ?? 0)) / 4000);
  if (job?.cancelled) {
    return { id: 'r1', state: 'cancelled', done };
  }
  return done < 1 ? { id: 'r1', state: 'running', done, sentence: 'reading frames' } : {
    id: 'r1', state: 'done', done: 1,
    result: {
      frames: 40_122, messages: 12_040, denied: 310, changed: 92, conduits: [{ conduit: 'hmi-setpoints', allowed: 8000, denied: 240, changed: 80 }, { conduit: 'ops-opcua', allowed: 3730, denied: 70, changed: 12 }],
      rules: [{ rule: 's2', conduit: 'hmi-setpoints', messages: 8000 }, { rule: 'o1', conduit: 'ops-opcua', messages: 3730 }], anomalies: [{ what: 'checksum', count: 2, example: 'frame 211' }], notes: ['places were taken from assets'],
    },
  };
}

function verified(): Schema<'Verification'> {
  if (!verification) {
    return { state: 'never' };
  }
  const done = Math.min(1, (Date.now() - verification.begun) / 4000);
  return done < 1 ? { state: 'running', done } : { state: 'intact', done: 1, at: new Date(verification.begun).toISOString(), entries: 9_812_410, checkpoints: 1220, sentence: 'all 9 812 410 records are as they were written', findings: [], key: 'sluice+4c1f0a9b+AWqk0mGZ' };
}

const streams = new Set<{ response: ServerResponse; streams: string[]; fits: (event: Schema<'Event'>) => boolean }>();
function tell(kind: string, name: string, value: (stream: { fits: (event: Schema<'Event'>) => boolean }) => unknown) {
  for (const stream of streams) {
    if (stream.streams.includes(kind)) {
      const said = value(stream);
      if (said !== undefined) {
        stream.response.write(`event: ${name}\ndata: ${JSON.stringify(said)}\n\n`);
      }
    }
  }
}
function tellStatus() {
  const now = data.status(pendingInfo(), openAlerts());
  tell('status', 'status', () => now);
}
function live({ query, response, request }: Call) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const stream = { response, streams: (query.get('streams') || 'events,status,alerts,points').split(','), fits: matcher(query.get('filter') ?? '') };
  streams.add(stream);
  request.on('close', () => streams.delete(stream));
  response.write(': hello\n\n');
  tellStatus();
}
function begin() {
  let owed = 0;
  const timers = [
    setInterval(() => {
      owed += rate / 10;
      const batch: Schema<'Event'>[] = [];
      for (; owed >= 1; owed--) {
        batch.push(data.event(Date.now()));
      }
      if (batch.length > 0) {
        data.events.push(...batch);
        if (data.events.length > 60_000) {
          data.events.splice(0, 20_000);
        }
        tell('events', 'events', ({ fits }) => {
          const fitting = batch.filter(fits);
          return fitting.length > 0 ? fitting : undefined;
        });
      }
    }, 100),
    setInterval(tellStatus, 2000),
    setInterval(() => {
      const now = data.point(Date.now());
      tell('points', 'point', () => now);
    }, 2000),
  ];
  return () => timers.forEach(clearInterval);
}

function routed(method: string, path: string): { id: keyof typeof OPERATIONS; parameters: Record<string, string> } | undefined {
  for (const [id, operation] of Object.entries(OPERATIONS)) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const match = operation.method === method && new RegExp(`^${operation.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (match) {
      return { id: id as keyof typeof OPERATIONS, parameters: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)])) };
    }
  }
  return undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url!, 'http://x');
  const found = routed(request.method!, url.pathname);
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const send = (status: number, value: unknown) => {
    const text = typeof value === 'string';
    response.writeHead(value === undefined ? 204 : status, { 'content-type': text ? 'text/plain' : 'application/json' });
    response.end(value === undefined ? undefined : text ? value : JSON.stringify(value));
  };
  const handler = found && handlers[found.id];
  if (found?.id === 'followLive') {
    return live({ query: url.searchParams, path: {}, body: {}, response, request });
  }
  if (!handler) {
    return send(404, { code: 'not-built', sentence: `the dev server does not answer ${request.method} ${url.pathname}` });
  }
  const roles: readonly string[] = OPERATIONS[found.id].roles;
  if (!signedIn && !roles.includes('anyone')) {
    return send(401, { code: 'not-signed-in', sentence: 'nobody is signed in' });
  }
  try {
    const json = request.headers['content-type']?.includes('json');
    send(200, await handler({ query: url.searchParams, path: found.parameters, body: json ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>) : {}, response, request }));
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    send(error.status, error.refusal);
  }
}

export function contractServer(): Plugin {
  const middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (request.url?.startsWith('/api/')) {
      void answer(request, response);
    } else {
      next();
    }
  };
  return {
    name: 'contract-server',
    configureServer(server) {
      server.middlewares.use(middleware);
      const end = begin();
      server.httpServer?.on('close', end);
    },
    configurePreviewServer(server) {
      // As the real server: what is built works under the policy that it sends.
      server.middlewares.use((_, response, next) => {
        response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        next();
      });
      server.middlewares.use(middleware);
      const end = begin();
      server.httpServer.on('close', end);
    },
  };
}
