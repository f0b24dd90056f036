import { useState } from 'react';
import { call } from '../api/client';
import { useAction } from '../app/resource';
import { useMay } from '../app/session';
import { useStore } from '../app/store';
import { Dialog } from '../components/Dialog';
import { Icon } from '../components/Icon';
import { FailureNotice } from '../components/Notice';
import { toast } from '../components/Toast';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { liveOf, remote } from '../live/remote';
import { text } from './text';

/** On every page, always in the same place: the way out for everybody who works from afar. It says how many there are. */
export function EndAllButton({ onOpen }: { onOpen: () => void }) {
  const t = useText(text);
  const may = useMay();
  const live = liveOf(useStore(remote));
  if (!may('endAllJumpSessions')) {
    return null;
  }
  const label = live > 0 ? `${t('endAll')}: ${t('remoteOpen', { n: live })}` : t('endAll');
  return (
    <button type="button" className={live > 0 ? 'button danger end-all' : 'button quiet icon end-all idle'} aria-label={live > 0 ? undefined : label} title={label} onClick={onOpen}>
      <Icon name="unplug" />
      {live > 0 && <><span className="end-all-words">{t('endAllShort')}</span><span className="num">{live}</span></>}
    </button>
  );
}

export function EndAllDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const open = (useStore(remote) ?? []).filter((one) => one.state === 'open' || one.state === 'connected' || one.state === 'scheduled');
  const [note, setNote] = useState('');
  const act = useAction(async () => {
    const { ended } = await call('endAllJumpSessions', { body: { note: note.trim() || undefined } });
    remote.update((now) => now?.filter((one) => !open.includes(one)));
    toast('ok', t('endedAll', { n: ended }));
    onClose();
  });
  return (
    <Dialog title={t('endAllTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose} disabled={act.busy}>{c('cancel')}</button>
        <button type="submit" form="end-all" className="button danger primary" disabled={act.busy}>{act.busy ? <span className="spin" /> : <Icon name="unplug" />}{t('endAllNow')}</button>
      </>
    }>
      <form id="end-all" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <p>{t('endAllText')}</p>
        {open.length > 0 && (
          <ul className="end-all-list">
            {open.map((one) => (
              <li key={one.id}><strong>{one.personName ?? one.person}</strong> → {one.targets.map((target) => target.asset).join(', ')} <span className="muted small">{t(one.state === 'connected' ? 'remoteConnected' : one.state === 'open' ? 'remoteNotConnected' : 'remoteComing')}</span></li>
            ))}
          </ul>
        )}
        <div className="field">
          <label htmlFor="end-all-note">{t('endAllNote')} <span className="muted">({c('optional')})</span></label>
          <input id="end-all-note" className="input" maxLength={1000} autoFocus value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
        <FailureNotice failure={act.failure} />
        <p className="muted small">{t('endAllElse')} <code>sluice sessions end --all</code></p>
      </form>
    </Dialog>
  );
}
