import { useEffect, useMemo, useRef, useState } from 'react';
import { Failure } from '../../api/client';
import type { RowSource } from '../../components/DataTable';

/** Rows that are fetched page by page, as they come into view. */
export class PagedRows<T> implements RowSource<T | 'waiting'> {
  length = 0;
  private readonly pages = new Map<number, T[]>();
  private readonly asked = new Set<number>();

  constructor(
    readonly pageSize: number,
    private readonly load: (offset: number, limit: number) => Promise<{ rows: T[]; total: number }>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.want(0);
  }

  at(index: number): T | 'waiting' | undefined {
    if (index < 0 || index >= this.length) {
      return undefined;
    }
    const page = Math.floor(index / this.pageSize);
    const rows = this.pages.get(page);
    if (!rows) {
      this.want(page);
      return 'waiting';
    }
    return rows[index % this.pageSize];
  }

  private want(page: number) {
    if (this.asked.has(page)) {
      return;
    }
    this.asked.add(page);
    this.load(page * this.pageSize, this.pageSize).then(
      ({ rows, total }) => {
        this.pages.set(page, rows);
        this.length = total;
        this.changed();
      },
      (error: unknown) => {
        // A later look asks again.
        this.asked.delete(page);
        this.failed(error);
      },
    );
  }
}

/** Rows by a key; another key begins anew. */
export function usePaged<T>(key: string, load: (offset: number, limit: number, signal: AbortSignal) => Promise<{ rows: T[]; total: number }>): { rows: RowSource<T | 'waiting'>; loaded: boolean; failure: Failure | undefined } {
  const [state, setState] = useState<{ key: string; source: PagedRows<T>; turn: number; failure?: Failure }>();
  const loader = useRef(load);
  loader.current = load;
  useEffect(() => {
    const end = new AbortController();
    const source: PagedRows<T> = new PagedRows<T>(
      200,
      (offset, limit) => loader.current(offset, limit, end.signal),
      () => !end.signal.aborted && setState((now) => ({ key, source, turn: (now?.key === key ? now.turn : 0) + 1 })),
      (error) => !end.signal.aborted && setState((now) => ({ key, source, turn: now?.key === key ? now.turn : 0, failure: Failure.of(error) })),
    );
    return () => end.abort();
  }, [key]);
  const now = state?.key === key ? state : undefined;
  // A new object for each change, as tables look at whether it is another.
  const rows = useMemo<RowSource<T | 'waiting'>>(() => ({ length: now?.source.length ?? 0, at: (index) => now?.source.at(index) }), [now]);
  return { rows, loaded: now !== undefined && now.turn > 0, failure: now?.failure };
}
