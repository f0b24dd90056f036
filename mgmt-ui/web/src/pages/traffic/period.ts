import { valueOf } from '../../filter/language';

/** Where a filter says nothing of time, counts are of the last hour: the page is about now, and counts of all time would be slow. */
export function hourAgo(filter: string): { since?: string } {
  return hasPeriod(filter) ? {} : { since: new Date(Math.floor(Date.now() / 10_000) * 10_000 - 3_600_000).toISOString() };
}

export function hasPeriod(filter: string): boolean {
  return valueOf(filter, 'since') !== '' || valueOf(filter, 'until') !== '';
}
