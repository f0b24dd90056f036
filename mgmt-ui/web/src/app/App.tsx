import { lazy, Suspense, useEffect, useState } from 'react';
import { Failure } from '../api/client';
import { FailureNotice } from '../components/Notice';
import { Shell } from '../shell/Shell';
import { usePlace } from './router';
import { loadSession, useSession } from './session';

const Door = lazy(() => import('../pages/door/Door'));

/** Who is signed in sees the pages, others the door. */
export function App() {
  const session = useSession();
  const { path } = usePlace();
  const [failure, setFailure] = useState<Failure>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    loadSession().then(
      () => setFailure(undefined),
      (error: unknown) => {
        setFailure(Failure.of(error));
        timer = setTimeout(() => setTurn((n) => n + 1), 3000);
      },
    );
    return () => clearTimeout(timer);
  }, [turn]);
  if (!session) {
    return failure ? <div className="page"><FailureNotice failure={failure} onRetry={() => setTurn((n) => n + 1)} /></div> : null;
  }
  const byLink = path === '/password' || path === '/setup';
  return session.signedIn && !byLink ? <Shell /> : <Suspense><Door session={session} /></Suspense>;
}
