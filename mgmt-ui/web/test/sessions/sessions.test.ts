import { describe, expect, test } from 'vitest';
import { approvalOf, asAsked, clock, clockOf, durations, inParts, isNarrowed, type JumpSession, leftOf, narrower, narrowedRequest, partOf, rulesFit, stepOf } from '../../src/pages/sessions/sessions';

const PLC = { conduit: 'modbus-in', asset: 'plc-3a' };
const OPC = { conduit: 'opcua-in', asset: 'opc-3' };

function session(change: Partial<JumpSession>): JumpSession {
  return {
    id: 'acme-1', rule: 'acme', person: 'acme', state: 'pending', sentence: '', targets: [], access: 'write', asked: { rule: 'acme', targets: [PLC, OPC], access: 'write', durationSeconds: 7200 },
    requestedAt: '2026-11-28T10:00:00Z', approveUntil: '2026-11-28T10:15:00Z', approvals: [], approvalsNeeded: 1, connections: [], operations: { allowed: 0, refused: 0, writes: 0 }, warning: false, may: [], filter: 'session:acme-1', ...change,
  };
}

describe('the list', () => {
  test('begins with what waits for the reader, then what is open', () => {
    const all = [
      session({ id: 'ended', state: 'ended' }), session({ id: 'waits' }), session({ id: 'coming', state: 'scheduled', starts: '2026-11-29T10:00:00Z' }), session({ id: 'open', state: 'open', ends: '2026-11-28T12:00:00Z' }),
      session({ id: 'yours', may: ['approve', 'deny'] }), session({ id: 'connected', state: 'connected', ends: '2026-11-28T11:00:00Z' }),
    ];
    expect(inParts(all).map(([part, some]) => [part, ...some.map((one) => one.id)])).toEqual([['yours', 'yours'], ['live', 'connected', 'open'], ['coming', 'coming'], ['waiting', 'waits'], ['over', 'ended']]);
  });
  test('what nobody approved in time is over', () => {
    expect(partOf(session({ state: 'expired' }))).toBe('over');
  });
});

describe('the clock', () => {
  const now = Date.parse('2026-11-28T11:36:00Z');
  test('counts what is left and which part is gone', () => {
    expect(leftOf('2026-11-28T10:00:00Z', '2026-11-28T12:00:00Z', now)).toEqual({ seconds: 1440, gone: 0.8 });
    expect(leftOf('2026-11-28T10:00:00Z', '2026-11-28T11:00:00Z', now)).toEqual({ seconds: 0, gone: 1 });
    expect(leftOf(undefined, undefined, now)).toBeUndefined();
  });
  test('runs to the end of an open session, to the begin of an approved one, to the end of patience of a request', () => {
    expect(clockOf(session({ state: 'connected', starts: 'a', ends: 'b' }))).toEqual({ what: 'ends', from: 'a', until: 'b' });
    expect(clockOf(session({ state: 'scheduled', starts: 'a', ends: 'b' }))?.what).toBe('starts');
    expect(clockOf(session({}))).toEqual({ what: 'approve', from: '2026-11-28T10:00:00Z', until: '2026-11-28T10:15:00Z' });
    expect(clockOf(session({ state: 'ended' }))).toBeUndefined();
  });
  test('is read as a person reads it', () => {
    expect([clock(7), clock(720), clock(3723), clock(200_000)]).toEqual(['0:07', '12:00', '1:02:03', '2 d 7 h']);
  });
});

describe('durations', () => {
  test('are the usual ones that fit, and the longest', () => {
    expect(durations(7200)).toEqual([900, 1800, 3600, 7200]);
    expect(durations(5000)).toEqual([900, 1800, 3600, 5000]);
    expect(durations(60)).toEqual([60]);
  });
});

describe('narrowing', () => {
  test('approves as asked by sending nothing', () => {
    expect(approvalOf(session({}), asAsked(session({})))).toEqual({});
    expect(isNarrowed(session({}), asAsked(session({})))).toBe(false);
  });
  test('sends only what is less', () => {
    const less = { ...asAsked(session({})), targets: [PLC], access: 'read' as const, durationSeconds: 1800 };
    expect(approvalOf(session({}), less, ' call me ')).toEqual({ targets: [PLC], access: 'read', durationSeconds: 1800, note: 'call me' });
    expect(isNarrowed(session({}), less)).toBe(true);
  });
  test('a note alone narrows nothing', () => {
    expect(approvalOf(session({}), asAsked(session({})), 'fine')).toEqual({ note: 'fine' });
  });
  test('never offers more than was asked for', () => {
    expect(narrower('write')).toContain('read');
    expect(narrower('rules')).not.toContain('write');
    expect(narrower('read')).toEqual(['read']);
  });
  test('is previewed as the request that it comes to', () => {
    const rules = { ...asAsked(session({})), targets: [PLC], access: 'rules' as const, rules: '- {do: read}' };
    expect(narrowedRequest(session({}), rules)).toEqual({ rule: 'acme', targets: [PLC], access: 'rules', rules: '- {do: read}', durationSeconds: 7200 });
  });
  test('own rules fit targets of one conduit only', () => {
    expect(rulesFit([PLC, { ...PLC, asset: 'plc-3b' }])).toBe(true);
    expect(rulesFit([PLC, OPC])).toBe(false);
  });
});

describe('a step', () => {
  test('leads the person up to what was approved, an approver to what was asked for, and down to reading', () => {
    const narrowed = session({ state: 'connected', access: 'read', approvedAccess: 'rules' });
    expect(stepOf(narrowed, true, true)).toBe('rules');
    expect(stepOf(narrowed, true, false)).toBe('write');
    expect(stepOf(narrowed, false, true)).toBe('read');
  });
});
