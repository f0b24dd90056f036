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

/** All that one conduit decides, for one heading. */
export interface ConduitChanges {
  /** Missing: what belongs to no conduit. */
  conduit: string | undefined;
  groups: ChangeGroup[];
}

/** Groups by their conduit, in the order in which conduits come first; what belongs to none is last. */
export function byConduit(groups: readonly ChangeGroup[]): ConduitChanges[] {
  const conduits = new Map<string, ConduitChanges>();
  for (const group of groups) {
    const key = group.conduit ?? '';
    const known = conduits.get(key);
    if (known) {
      known.groups.push(group);
    } else {
      conduits.set(key, { conduit: group.conduit, groups: [group] });
    }
  }
  return [...conduits.values()].sort((a, b) => Number(a.conduit === undefined) - Number(b.conduit === undefined));
}
