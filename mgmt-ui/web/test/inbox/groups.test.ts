import { describe, expect, test } from 'vitest';
import { type Alert, inGroups, ordered } from '../../src/pages/inbox/groups';

const alert = (id: string, severity: Alert['severity'], last: string, more: Partial<Alert> = {}): Alert => ({
  id, severity, kind: 'scan', state: 'open', title: id, explanation: '', count: 1, first: last, last, filter: '', ...more,
});

describe('the inbox', () => {
  const alerts = [alert('a', 'low', '2026-11-27T10:00:00.000Z', { source: 'hmi' }), alert('b', 'high', '2026-11-27T08:00:00.000Z', { kind: 'spoofing' }), alert('c', 'high', '2026-11-27T09:00:00.000Z', { source: 'hmi' })];

  test('has the most pressing first, then the latest', () => {
    expect(ordered(alerts).map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });
  test('groups by kind and by device', () => {
    expect(inGroups(alerts, 'kind').map(([key, all]) => [key, ...all.map((one) => one.id)])).toEqual([['scan', 'c', 'a'], ['spoofing', 'b']]);
    expect(inGroups(alerts, 'device').map(([key]) => key)).toEqual(['hmi', '']);
    expect(inGroups(alerts, 'none')).toHaveLength(1);
  });
});
