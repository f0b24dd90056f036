import type { Schema } from '../../api/client';

export type Alert = Schema<'Alert'>;
export type Grouping = 'none' | 'kind' | 'device';

const WEIGHT: Record<Alert['severity'], number> = { high: 0, medium: 1, low: 2 };

/** The most pressing first, then the latest. */
export function ordered(alerts: readonly Alert[]): Alert[] {
  return [...alerts].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || b.last.localeCompare(a.last));
}

/** In groups; the group with the most pressing alert comes first. */
export function inGroups(alerts: readonly Alert[], by: Grouping): [key: string, alerts: Alert[]][] {
  const groups = new Map<string, Alert[]>();
  for (const alert of ordered(alerts)) {
    const key = by === 'none' ? '' : by === 'kind' ? alert.kind : (alert.source ?? '');
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups];
}
