import { useEffect, useMemo, useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { onPoint } from '../../live/feed';

type Point = Schema<'Point'>;
const SECONDS = 600;

/** The last ten minutes, and what comes. */
export function usePoints(when: boolean): Point[] {
  const before = useResource('series', (signal) => call('getSeries', { query: { seconds: SECONDS }, signal }), { when });
  const [since, setSince] = useState<Point[]>([]);
  useEffect(() => onPoint((point) => setSince((all) => [...all.slice(-SECONDS), point])), []);
  return useMemo(() => merge(before.data?.points ?? [], since), [before.data, since]);
}

/** In the order of time, each once, not older than ten minutes before the last. */
export function merge(before: Point[], since: Point[]): Point[] {
  const end = before[before.length - 1]?.at ?? '';
  const all = [...before, ...since.filter((point) => point.at > end)];
  const last = all[all.length - 1];
  if (!last) {
    return all;
  }
  const oldest = Date.parse(last.at) - SECONDS * 1000;
  return all.filter((point) => Date.parse(point.at) >= oldest);
}
