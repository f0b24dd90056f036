import type { Schema } from '../../api/client';

export type JumpSession = Schema<'JumpSession'>;
export type JumpState = Schema<'JumpState'>;
export type Access = Schema<'JumpAccess'>;
export type Request = Schema<'JumpRequest'>;
export type TargetName = Schema<'JumpTargetName'>;

const OVER: readonly JumpState[] = ['denied', 'expired', 'withdrawn', 'ended'];

export function isOver(session: JumpSession): boolean {
  return OVER.includes(session.state);
}

/** Somebody can reach a device by it now. */
export function isLive(session: JumpSession): boolean {
  return session.state === 'open' || session.state === 'connected';
}

export type Part = 'yours' | 'live' | 'coming' | 'waiting' | 'over';
export const PARTS: readonly Part[] = ['yours', 'live', 'coming', 'waiting', 'over'];

/** Where a session stands in the list: what waits for the reader first, then what is open, then what is to come. */
export function partOf(session: JumpSession): Part {
  if (session.may.includes('approve')) {
    return 'yours';
  }
  if (isOver(session)) {
    return 'over';
  }
  return isLive(session) ? 'live' : session.state === 'scheduled' ? 'coming' : 'waiting';
}

/** The parts that have something in them, each in the order in which somebody has to act. */
export function inParts(sessions: readonly JumpSession[]): [Part, JumpSession[]][] {
  return PARTS.map((part): [Part, JumpSession[]] => [part, sessions.filter((one) => partOf(one) === part).sort((a, b) => orderOf(part, a) - orderOf(part, b))])
    .filter(([, all]) => all.length > 0);
}

function orderOf(part: Part, session: JumpSession): number {
  const at = (time: string | undefined) => (time === undefined ? 0 : Date.parse(time));
  switch (part) {
    case 'live':
      return at(session.ends);
    case 'coming':
      return at(session.starts);
    case 'over':
      return -at(session.end?.at ?? session.requestedAt);
    case 'yours':
    case 'waiting':
      return at(session.approveUntil);
  }
}

/** How long something still has, in seconds, and which part of it is over: 0 to 1. */
export interface Left {
  seconds: number;
  gone: number;
}

/** The share of a session's time after which its people are warned, as the server does. */
export const WARN_AT = 0.8;

export function leftOf(from: string | undefined, until: string | undefined, now: number): Left | undefined {
  if (until === undefined) {
    return undefined;
  }
  const end = Date.parse(until);
  const begin = from === undefined ? now : Date.parse(from);
  const gone = end <= begin ? 1 : (now - begin) / (end - begin);
  return { seconds: Math.max(0, Math.ceil((end - now) / 1000)), gone: Math.min(1, Math.max(0, gone)) };
}

/** What runs out next for a session, and since when it does. */
export function clockOf(session: JumpSession): { what: 'ends' | 'starts' | 'approve'; from: string | undefined; until: string | undefined } | undefined {
  if (isLive(session)) {
    return { what: 'ends', from: session.starts, until: session.ends };
  }
  if (session.state === 'scheduled') {
    return { what: 'starts', from: undefined, until: session.starts };
  }
  return session.state === 'pending' ? { what: 'approve', from: session.requestedAt, until: session.approveUntil } : undefined;
}

/** 0:07, 12:00, 1:02:03; days are said as such. */
export function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  if (hours >= 48) {
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const STEPS = [900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];

/** Durations to choose from, in seconds: the usual ones that fit, and the longest. */
export function durations(longest: number, asked?: number): number[] {
  const fits = new Set([...STEPS.filter((step) => step < longest), longest]);
  if (asked !== undefined && asked <= longest) {
    fits.add(asked);
  }
  return [...fits].filter((seconds) => seconds > 0).sort((a, b) => a - b);
}

export function sameTarget(a: TargetName, b: TargetName): boolean {
  return a.conduit === b.conduit && a.asset === b.asset;
}

/** Own rules belong to one conduit: what they may say is not the same elsewhere. */
export function rulesFit(targets: readonly TargetName[]): boolean {
  return new Set(targets.map((one) => one.conduit)).size <= 1;
}

/** What an approver may give of what was asked for: never more. */
export function narrower(asked: Access): Access[] {
  return asked === 'write' ? ['write', 'rules', 'read'] : asked === 'rules' ? ['rules', 'read'] : ['read'];
}

/** What an approver changed; nothing where it is approved as it was asked for. */
export interface Narrowing {
  targets: TargetName[];
  access: Access;
  rules: string;
  durationSeconds: number | undefined;
  start: string | undefined;
}

export function asAsked(session: JumpSession): Narrowing {
  const { asked } = session;
  return { targets: asked.targets, access: asked.access, rules: asked.rules ?? '', durationSeconds: asked.durationSeconds, start: undefined };
}

export function isNarrowed(session: JumpSession, narrowing: Narrowing): boolean {
  return Object.keys(approvalOf(session, narrowing)).length > 0;
}

/** Only what differs is sent: what is missing stays as it was asked for. */
export function approvalOf(session: JumpSession, narrowing: Narrowing, note = ''): Schema<'JumpApproval'> {
  const { asked } = session;
  return {
    ...(narrowing.targets.length < asked.targets.length ? { targets: narrowing.targets } : {}),
    ...(narrowing.access !== asked.access ? { access: narrowing.access } : {}),
    ...(narrowing.access === 'rules' && narrowing.rules.trim() !== (asked.rules ?? '').trim() ? { rules: narrowing.rules } : {}),
    ...(narrowing.durationSeconds !== asked.durationSeconds ? { durationSeconds: narrowing.durationSeconds } : {}),
    ...(narrowing.start !== undefined ? { start: narrowing.start } : {}),
    ...(note.trim() !== '' ? { note: note.trim() } : {}),
  };
}

/** The request that an approval comes to, for its preview. */
export function narrowedRequest(session: JumpSession, narrowing: Narrowing): Request {
  return {
    rule: session.rule,
    targets: narrowing.targets,
    access: narrowing.access,
    ...(narrowing.access === 'rules' ? { rules: narrowing.rules } : {}),
    ...(narrowing.durationSeconds !== undefined ? { durationSeconds: narrowing.durationSeconds } : {}),
    ...(narrowing.start ?? session.asked.start ? { start: narrowing.start ?? session.asked.start } : {}),
  };
}

/** Where a step leads: up to what was approved (for an approver: to what was asked for), down to reading. */
export function stepOf(session: JumpSession, up: boolean, own: boolean): Access {
  return up ? ((own ? session.approvedAccess : session.asked.access) ?? session.asked.access) : 'read';
}
