import { useEffect, useRef } from 'react';

/** Records reach the index a moment after they are told live. */
const WAIT_MS = 1_500;
/** Counting costs the server something: under steady traffic no more often than this. */
const LEAST_MS = 5_000;

/** Does something soon after there was news, however much of it comes, and no more often than every so many milliseconds. */
export function paced(act: () => void, wait = WAIT_MS, least = LEAST_MS): { news: () => void; end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  return {
    news: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        last = Date.now();
        act();
      }, Math.max(wait, last + least - Date.now()));
    },
    end: () => clearTimeout(timer),
  };
}

/** Counts follow what comes: {@link paced}, for a number that grows with each event. */
export function useNews(seen: number, act: () => void): void {
  const pace = useRef<ReturnType<typeof paced>>(undefined);
  const before = useRef(seen);
  useEffect(() => {
    pace.current = paced(act);
    return () => pace.current?.end();
  }, [act]);
  useEffect(() => {
    if (seen !== before.current) {
      before.current = seen;
      pace.current?.news();
    }
  }, [seen]);
}
