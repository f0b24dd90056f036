import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

/** How long a mouse may rest over the rows before they move again. */
const REST_MS = 1500;

export interface Hold {
  held: boolean;
  onPointerMove: (event: PointerEvent) => void;
  onPointerLeave: () => void;
  /** The rows stay as they are, by a decision now. */
  keep: () => void;
}

/** Rows stand still while a mouse moves over them, so that nobody clicks what has just moved under the pointer. */
export function useHold(log: { paused: boolean }, pause: () => void, follow: () => void): Hold {
  const [held, setHeld] = useState(false);
  const holding = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const keep = useCallback(() => {
    clearTimeout(timer.current);
    holding.current = false;
    setHeld(false);
  }, []);
  const release = useCallback(() => {
    if (holding.current) {
      keep();
      follow();
    }
  }, [keep, follow]);
  const onPointerMove = useCallback((event: PointerEvent) => {
    // A finger that scrolls says nothing about where it will tap; beside the rows nothing can be missed.
    if (event.pointerType !== 'mouse' || !(event.target as Element).closest('[role="row"][data-index]') || (log.paused && !holding.current)) {
      return;
    }
    if (!holding.current) {
      holding.current = true;
      setHeld(true);
      pause();
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(release, REST_MS);
  }, [log, pause, release]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { held, onPointerMove, onPointerLeave: release, keep };
}
