import { useCallback, useEffect, useRef, useState } from 'react';
import { Failure } from '../api/client';

/** Something that the server is asked for: its last answer stays while the next is on its way. */
export interface Resource<T> {
  data: T | undefined;
  failure: Failure | undefined;
  loading: boolean;
  reload: () => void;
  /** Puts a newer answer in place, such as that of a change. */
  put: (data: T) => void;
}

interface Options {
  /** Asks again every so many milliseconds, while the page is visible. */
  every?: number;
  /** False: does not ask at all. */
  when?: boolean;
}

const kept = new Map<string, unknown>();

/** Forgets what other people's sessions saw. */
export function forgetResources() {
  kept.clear();
}

/**
 * @param key names the answer; another key asks anew. Answers are kept, so that a page that is opened again shows at once.
 * @param load asks; its signal ends the request when nobody waits any more
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, { every, when = true }: Options = {}): Resource<T> {
  const [state, setState] = useState<{ key: string; data?: T; failure?: Failure; loading: boolean }>(() => ({
    key,
    data: kept.get(key) as T | undefined,
    loading: when,
  }));
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    if (!when) {
      return;
    }
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (document.hidden && every) {
        timer = setTimeout(ask, every);
        return;
      }
      try {
        const data = await loader.current(end.signal);
        if (!end.signal.aborted) {
          kept.set(key, data);
          setState({ key, data, loading: false });
        }
      } catch (error) {
        if (!end.signal.aborted) {
          setState((before) => ({ key, data: before.key === key ? before.data : undefined, failure: Failure.of(error), loading: false }));
        }
      }
      if (every && !end.signal.aborted) {
        timer = setTimeout(ask, every);
      }
    };
    setState((before) => ({
      key,
      data: before.key === key ? before.data : (kept.get(key) as T | undefined),
      failure: before.key === key ? before.failure : undefined,
      loading: true,
    }));
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [key, turn, when, every]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback(
    (data: T) => {
      kept.set(key, data);
      setState({ key, data, loading: false });
    },
    [key],
  );
  const current = state.key === key;
  return {
    data: current ? state.data : (kept.get(key) as T | undefined),
    failure: current ? state.failure : undefined,
    loading: current ? state.loading : when,
    reload,
    put,
  };
}

/** A change that is under way: whether it runs, what became of it. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<void>): {
  run: (...args: A) => Promise<boolean>;
  busy: boolean;
  failure: Failure | undefined;
  clear: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const action = useRef(act);
  action.current = act;
  const run = useCallback(async (...args: A) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await action.current(...args);
      return true;
    } catch (error) {
      setFailure(Failure.of(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { run, busy, failure, clear: useCallback(() => setFailure(undefined), []) };
}
