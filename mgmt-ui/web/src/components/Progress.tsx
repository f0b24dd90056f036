import { type ReactNode, useId } from 'react';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';

/** Something long that runs: how far it is, and a way to end it. `done` from 0 to 1; undefined where nobody knows. */
export function Progress({ label, done, note, onCancel }: { label: ReactNode; done: number | undefined; note?: ReactNode; onCancel?: () => void }) {
  const t = useText(common);
  const id = useId();
  return (
    <div className="stack tight">
      <div className="row nowrap">
        <span id={id} className="grow cut">{label}</span>
        <span className="num muted" aria-live="off">{done === undefined ? '' : `${Math.floor(done * 100)} %`}</span>
        {onCancel && <button type="button" className="button small" onClick={onCancel}>{t('cancel')}</button>}
      </div>
      <progress aria-labelledby={id} max={1} value={done} />
      {note && <p className="muted small">{note}</p>}
    </div>
  );
}
