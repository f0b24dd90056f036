import type { Schema } from '../api/client';
import { store } from '../app/store';

/** Jump sessions that are not over, as far as this person may see them; undefined until they were asked for. */
export const remote = store<Schema<'JumpSession'>[] | undefined>(undefined);

/** How many can reach a device now. */
export function liveOf(sessions: readonly Schema<'JumpSession'>[] | undefined): number {
  return sessions?.filter((one) => one.state === 'open' || one.state === 'connected').length ?? 0;
}

/** How many wait for this person to decide. */
export function waitingOf(sessions: readonly Schema<'JumpSession'>[] | undefined): number {
  return sessions?.filter((one) => one.may.includes('approve')).length ?? 0;
}
