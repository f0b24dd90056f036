import { type ReactNode, useEffect, useId, useRef } from 'react';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { Icon } from './Icon';
import './dialog.css';

/**
 * A modal dialog, the browser's own: it keeps the focus inside, closes on Escape, and gives the focus back.
 *
 * @param side as a pane at the right edge (at phone width from below) rather than in the middle
 */
export function Dialog({ title, onClose, children, footer, side, wide, busy }: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  side?: boolean;
  wide?: boolean;
  /** While something runs that must not be left half done: Escape does nothing. */
  busy?: boolean;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const t = useText(common);
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog${side ? ' side' : ''}${wide ? ' wide' : ''}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) {
          onClose();
        }
      }}
      onMouseDown={(event) => {
        if (event.target === element.current && !busy) {
          onClose();
        }
      }}
    >
      <div className="dialog-inside">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="button quiet icon end" onClick={onClose} disabled={busy} aria-label={t('close')}>
            <Icon name="cross" />
          </button>
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>
  );
}
