import { useEffect, useRef, useState } from 'react';
import { call, Failure, type Schema } from '../../api/client';
import { store, useStore } from '../../app/store';

/** A change that this person works on. The server keeps it, so that it is there on another computer and tomorrow. */
export interface Draft {
  yaml: string;
  note?: string;
  /** Hash of the policy that it was made from. */
  base?: string;
  at?: string;
}
export type Keeping = 'kept' | 'keeping' | 'changed' | 'failed';

interface State {
  loaded: boolean;
  draft: Draft | undefined;
  keeping: Keeping;
  failure?: Failure;
}

const state = store<State>({ loaded: false, draft: undefined, keeping: 'kept' });
let owner: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | undefined;

const WAIT_MS = 700;

/** Asks for the draft that the server has, unless something here is not kept yet. */
export async function loadDraft(): Promise<void> {
  if (state.get().keeping === 'changed' || state.get().keeping === 'keeping') {
    return;
  }
  try {
    const given: Schema<'StagedDraft'> = await call('getDraft');
    state.set({ loaded: true, keeping: 'kept', draft: given.yaml === undefined ? undefined : { ...given, yaml: given.yaml } });
  } catch (error) {
    state.set({ ...state.get(), loaded: true, failure: Failure.of(error) });
  }
}

/** Changes the draft; the server is told a moment later. Undefined: there is none any more. */
export function setDraft(draft: Draft | undefined) {
  state.set({ loaded: true, draft, keeping: 'changed' });
  clearTimeout(timer);
  timer = setTimeout(() => void keepNow(), WAIT_MS);
}

/** Tells the server now, and waits until it has it. */
export async function keepNow(): Promise<void> {
  clearTimeout(timer);
  await running;
  const { draft, keeping } = state.get();
  if (keeping === 'kept') {
    return;
  }
  state.update((before) => ({ ...before, keeping: 'keeping' }));
  running = (draft ? call('stageDraft', { body: { yaml: draft.yaml, note: draft.note } }) : call('dropDraft')).then(
    () => state.update((before) => (before.draft === draft ? { ...before, keeping: 'kept', failure: undefined } : before)),
    (error: unknown) => state.update((before) => ({ ...before, keeping: 'failed', failure: Failure.of(error) })),
  );
  await running;
  running = undefined;
}

/** Forgets it here and on the server. */
export async function dropDraft(): Promise<void> {
  setDraft(undefined);
  await keepNow();
}

/** @param user whose draft; undefined where this person may have none */
export function useDraft(user: string | undefined): State {
  const now = useStore(state);
  useEffect(() => {
    if (user !== owner) {
      owner = user;
      clearTimeout(timer);
      state.set({ loaded: false, draft: undefined, keeping: 'kept' });
    }
    if (user !== undefined) {
      void loadDraft();
    }
    return () => {
      if (state.get().keeping === 'changed') {
        void keepNow();
      }
    };
  }, [user]);
  return now;
}

/** A value that follows another once that has rested for a while. */
export function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const wait = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(wait);
  }, [value, ms]);
  return rested;
}
