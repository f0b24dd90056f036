import { useEffect, useState } from 'react';
import { call, Failure, type Schema } from '../../api/client';
import type { Request } from './sessions';

const WAIT_MS = 300;

/** What a request comes to, asked anew a moment after it changed; the last answer stays meanwhile. */
export function usePreview(request: Request | undefined): { preview: Schema<'JumpPreview'> | undefined; failure: Failure | undefined; current: boolean } {
  const key = request ? JSON.stringify(request) : '';
  const [state, setState] = useState<{ key: string; preview?: Schema<'JumpPreview'>; failure?: Failure }>({ key: '' });
  useEffect(() => {
    if (key === '') {
      return;
    }
    const end = new AbortController();
    const timer = setTimeout(() => {
      call('previewJumpSession', { body: JSON.parse(key) as Request, signal: end.signal }).then(
        (preview) => setState({ key, preview }),
        (error: unknown) => !end.signal.aborted && setState((before) => ({ key, preview: before.preview, failure: Failure.of(error) })),
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [key]);
  return key === '' ? { preview: undefined, failure: undefined, current: false } : { preview: state.preview, failure: state.failure, current: state.key === key };
}
