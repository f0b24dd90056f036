import { useCallback, useEffect, useState } from 'react';
import { call, Failure, type Schema } from '../../api/client';

const EVERY_MS = 400;

/** A replay on the server, followed until it is done. */
export function useReplay(id: string | undefined): {
  job: Schema<'ReplayJob'> | undefined;
  failure: Failure | undefined;
  /** Begins one; what it gives is the id to follow, undefined where it was refused. */
  start: (request: Schema<'ReplayRequest'>) => Promise<string | undefined>;
  cancel: () => Promise<void>;
} {
  const [job, setJob] = useState<Schema<'ReplayJob'>>();
  const [failure, setFailure] = useState<Failure>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (!id) {
      setJob(undefined);
      return;
    }
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const now = await call('getReplay', { path: { id }, signal: end.signal });
        if (end.signal.aborted) {
          return;
        }
        setJob(now);
        setFailure(undefined);
        if (now.state === 'running') {
          timer = setTimeout(ask, EVERY_MS);
        }
      } catch (error) {
        if (!end.signal.aborted) {
          setFailure(Failure.of(error));
          // Out of reach for a moment; one that the server does not know will not come back.
          if (!(error instanceof Failure)) {
            timer = setTimeout(ask, 2000);
          }
        }
      }
    };
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [id, turn]);

  const start = useCallback(async (request: Schema<'ReplayRequest'>) => {
    setFailure(undefined);
    try {
      const begun = await call('startReplay', { body: request });
      setJob(begun);
      setTurn((n) => n + 1);
      return begun.id;
    } catch (error) {
      setFailure(Failure.of(error));
      return undefined;
    }
  }, []);
  const cancel = useCallback(async () => {
    const running = job?.id ?? id;
    if (running) {
      try {
        await call('cancelReplay', { path: { id: running } });
      } catch (error) {
        setFailure(Failure.of(error));
      }
      setJob((before) => (before?.state === 'running' ? { ...before, state: 'cancelled' } : before));
      setTurn((n) => n + 1);
    }
  }, [job, id]);
  return { job: job && job.id === id ? job : job?.state === 'running' ? job : id === undefined ? job : undefined, failure, start, cancel };
}
