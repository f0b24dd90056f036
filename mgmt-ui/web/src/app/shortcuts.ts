import { useEffect, useRef } from 'react';

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** A key that does something while nobody types and no dialog is open. */
export function useShortcut(key: string, act: () => void, when = true) {
  const action = useRef(act);
  action.current = act;
  useEffect(() => {
    if (!when) {
      return;
    }
    const pressed = (event: KeyboardEvent) => {
      if (event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && !typing(event.target) && !document.querySelector('dialog:modal')) {
        event.preventDefault();
        action.current();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [key, when]);
}
