import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './menu.css';

export interface MenuItem {
  label: ReactNode;
  act: () => void;
  /** For one of several: whether it is the one. */
  checked?: boolean;
  disabled?: boolean;
  separator?: boolean;
}

/** A button that opens a list of things to do. Arrow keys move, Escape closes, the focus comes back. */
export function Menu({ label, trigger, items, className = 'button quiet icon', align = 'right' }: {
  label: string;
  trigger: ReactNode;
  items: MenuItem[];
  className?: string;
  align?: 'left' | 'right';
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) {
      return;
    }
    const first = list.current?.querySelector<HTMLButtonElement>('[aria-checked="true"], button:not(:disabled)');
    first?.focus();
    const outside = (event: PointerEvent) => {
      if (!list.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const move = (by: number | 'first' | 'last') => {
    const all = [...(list.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = by === 'first' ? 0 : by === 'last' ? all.length - 1 : (at + by + all.length) % all.length;
    all[to]?.focus();
  };
  return (
    <div className="menu">
      <button ref={button} type="button" className={className} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={label} title={label}
        onClick={() => setOpen((before) => !before)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            setOpen(true);
          }
        }}>
        {trigger}
      </button>
      {open && (
        <div ref={list} id={id} role="menu" aria-label={label} className={`menu-list ${align}`}
          onKeyDown={(event) => {
            const act: Record<string, () => void> = {
              Escape: close, ArrowDown: () => move(1), ArrowUp: () => move(-1), Home: () => move('first'), End: () => move('last'),
            };
            if (act[event.key]) {
              event.preventDefault();
              event.stopPropagation();
              act[event.key]!();
            } else if (event.key === 'Tab') {
              setOpen(false);
            }
          }}>
          {items.map((item, index) => (
            <button key={index} type="button" tabIndex={-1} disabled={item.disabled} className={item.separator ? 'separated' : undefined}
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={item.checked}
              onClick={() => { close(); item.act(); }}>
              {item.checked !== undefined && <span className="menu-mark" aria-hidden="true">{item.checked ? '●' : ''}</span>}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
