import type { Schema } from '../../api/client';

export type Change = Schema<'PermissionChange'>;

/** Changes of one relation, for one heading. */
export interface ChangeGroup {
  from: string;
  to: string;
  conduit: string | undefined;
  changes: Change[];
}

export interface ChangeCounts {
  allowed: number;
  refused: number;
  other: number;
  /** Newly allowed changes of a device: what needs the second look. */
  dangerous: number;
}

export function countChanges(changes: readonly Change[]): ChangeCounts {
  const of = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length;
  return { allowed: of('allowed'), refused: of('refused'), other: of('other'), dangerous: changes.filter((change) => change.danger).length };
}

/** Changes of one kind by who asks whom; what newly allows to change a device comes first. */
export function grouped(changes: readonly Change[], kind: Change['kind']): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  const first = changes.filter((change) => change.kind === kind).sort((a, b) => Number(b.danger ?? false) - Number(a.danger ?? false));
  for (const change of first) {
    const key = [change.from, change.to, change.conduit].join('\u0000');
    const group = groups.get(key);
    if (group) {
      group.changes.push(change);
    } else {
      groups.set(key, { from: change.from, to: change.to, conduit: change.conduit, changes: [change] });
    }
  }
  return [...groups.values()];
}
