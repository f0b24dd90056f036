import { useCallback, useEffect, useRef, useState } from 'react';
import { call, Failure } from '../../api/client';
import { type FeedState, follow } from '../../live/feed';
import { valueOf } from '../../filter/language';
import { TrafficLog } from './log';

export interface Traffic {
  log: TrafficLog;
  /** Changes when there is something new to draw, at most ten times a second. */
  version: number;
  feed: FeedState | 'past';
  failure: Failure | undefined;
  loaded: boolean;
  loadingOlder: boolean;
  /** How far back the index reaches. */
  oldest: string | undefined;
  older: () => void;
  pause: () => void;
  follow: () => void;
  retry: () => void;
}

const DRAW_MS = 100;
const PAGE = 200;

/** Live and past traffic that a filter names. A filter with an end in time has no live traffic. */
export function useTraffic(filter: string): Traffic {
  const [log] = useState(() => new TrafficLog());
  const [version, setVersion] = useState(0);
  const [feed, setFeed] = useState<Traffic['feed']>('connecting');
  const [failure, setFailure] = useState<Failure>();
  const [loaded, setLoaded] = useState(false);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const [oldest, setOldest] = useState<string>();
  const [turn, setTurn] = useState(0);
  const asking = useRef<AbortController>(undefined);

  // What comes is put down at once and drawn with the next frame that is due: however many come, a frame has one drawing.
  const drawn = useRef({ at: 0, due: 0 });
  const draw = useCallback((soon: boolean) => {
    if (drawn.current.due !== 0) {
      return;
    }
    const wait = soon ? 0 : Math.max(0, DRAW_MS - (performance.now() - drawn.current.at));
    const paint = () => {
      drawn.current = { at: performance.now(), due: 0 };
      setVersion(log.version);
    };
    drawn.current.due = window.setTimeout(() => requestAnimationFrame(paint), wait);
  }, [log]);

  useEffect(() => {
    log.clear();
    setLoaded(false);
    setFailure(undefined);
    setLoadingOlder(false);
    setVersion(log.version);
    const end = new AbortController();
    asking.current = end;
    let first = true;
    const load = () => {
      first = false;
      call('listEvents', { query: { filter, limit: PAGE }, signal: end.signal }).then(
        (page) => {
          log.setPast(page);
          setOldest(page.oldest);
          setFailure(undefined);
          setLoaded(true);
          draw(true);
        },
        (error: unknown) => {
          if (!end.signal.aborted) {
            setFailure(Failure.of(error));
            setLoaded(true);
          }
        },
      );
    };
    if (valueOf(filter, 'until') !== '') {
      setFeed('past');
      load();
      return () => end.abort();
    }
    const stop = follow(['events'], {
      events: (events) => {
        log.add(events);
        draw(false);
      },
      lost: (events) => {
        log.addLost(events);
        draw(false);
      },
      state: (state) => {
        setFeed(state);
        // The past is asked for once the stream stands, so that nothing falls in between; after a break anew.
        if (state === 'open' || (state === 'lost' && first)) {
          load();
        }
      },
    }, filter);
    return () => {
      stop();
      end.abort();
    };
  }, [filter, log, draw, turn]);

  const older = useCallback(() => {
    const before = log.oldestId;
    const end = asking.current;
    if (!end || log.complete || before === undefined || loadingOlder) {
      return;
    }
    setLoadingOlder(true);
    call('listEvents', { query: { filter, limit: PAGE * 2, before }, signal: end.signal }).then(
      (page) => {
        log.addPast(page);
        draw(true);
        setLoadingOlder(false);
      },
      (error: unknown) => {
        if (!end.signal.aborted) {
          setFailure(Failure.of(error));
          setLoadingOlder(false);
        }
      },
    );
  }, [filter, log, draw, loadingOlder]);

  return {
    log, version, feed, failure, loaded, loadingOlder, oldest, older,
    pause: useCallback(() => {
      log.pause();
      draw(true);
    }, [log, draw]),
    follow: useCallback(() => {
      log.follow();
      draw(true);
    }, [log, draw]),
    retry: useCallback(() => setTurn((n) => n + 1), []),
  };
}
