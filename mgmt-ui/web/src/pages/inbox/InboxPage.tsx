import { useEffect, useMemo, useRef, useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, Link, useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { useShortcut } from '../../app/shortcuts';
import { useStore } from '../../app/store';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { SeverityMark } from '../../components/Severity';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { alertsSeen } from '../../live/feed';
import { text } from './text';
import './inbox.css';

type Alert = Schema<'Alert'>;
type State = Alert['state'];

const RANK = { high: 2, medium: 1, low: 0 };

/** What somebody should look at, grouped by what it is; each explains itself, leads to its messages, and is archived or escalated. */
export default function InboxPage() {
  const t = useText(text);
  const may = useMay();
  const [state, setState] = useParameter('state');
  const [chosen, choose] = useParameter('alert');
  const seen = useStore(alertsSeen);
  const wanted = (['open', 'escalated', 'archived', 'all'].includes(state) ? state : chosen ? 'all' : 'open') as State | 'all';
  const alerts = useResource(`alerts ${wanted}`, (signal) => call('listAlerts', { query: { state: wanted }, signal }), { every: 15_000 });
  const { reload } = alerts;
  useEffect(() => {
    if (seen > 0) {
      reload();
    }
  }, [seen, reload]);
  const [asking, setAsking] = useState<{ alert: Alert; to: 'archived' | 'escalated' }>();

  const groups = useMemo(() => {
    const all = new Map<Alert['kind'], Alert[]>();
    for (const alert of alerts.data ?? []) {
      all.set(alert.kind, [...(all.get(alert.kind) ?? []), alert]);
    }
    const worst = (list: Alert[]) => Math.max(...list.map((alert) => RANK[alert.severity]));
    return [...all].sort(([, a], [, b]) => worst(b) - worst(a) || b.length - a.length);
  }, [alerts.data]);

  const move = async (moved: Alert[], to: State, note?: string) => {
    await Promise.all(moved.map((alert) => call('moveAlert', { path: { id: alert.id }, body: { state: to, note } })));
    reload();
    const done = t(to === 'archived' ? 'movedArchived' : to === 'escalated' ? 'movedEscalated' : 'movedOpen');
    toast('ok', done, to === 'open' ? undefined : { label: t('undo'), act: () => void move(moved, 'open') });
  };
  const act = useAction(move);

  // j and k go through all alerts in the order of the page; they are links of their own.
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.alert') ?? [])];
    const at = all.findIndex((one) => one.dataset.id === chosen);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) {
      choose(next.dataset.id!, { replace: true });
      next.scrollIntoView({ block: 'nearest' });
      next.focus({ preventScroll: true });
    }
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));

  return (
    <div className="stack inbox" ref={list}>
      <div className="row">
        <Segments label={t('state')} value={wanted} onChange={(value) => setState(value === 'open' ? '' : value)}
          options={[['open', t('open')], ['escalated', t('escalated')], ['archived', t('archived')], ['all', t('all')]]} />
        {alerts.loading && !alerts.data && <span className="spin" />}
      </div>
      <FailureNotice failure={alerts.failure ?? act.failure} onRetry={reload} />
      {alerts.data?.length === 0 && (
        <section className="card"><Empty icon="inbox" title={t(wanted === 'open' ? 'emptyOpen' : 'emptyOther')}>{t(wanted === 'open' ? 'emptyOpenText' : 'emptyOtherText')}</Empty></section>
      )}
      {groups.map(([kind, list]) => (
        <section key={kind} className="card alert-group">
          <header>
            <h2>{t(`kind_${kind}`)}</h2>
            <span className="muted small num">{t('group', { n: list.length })}</span>
            {wanted === 'open' && list.length > 1 && may('moveAlert') && (
              <button type="button" className="button small quiet end" disabled={act.busy} onClick={() => void act.run(list, 'archived')}><Icon name="archive" size={14} />{t('archiveAll', { n: list.length })}</button>
            )}
          </header>
          <ul>
            {list.map((alert) => (
              <li key={alert.id} data-id={alert.id} tabIndex={-1} className={`alert${alert.id === chosen ? ' chosen' : ''}`}>
                <SeverityMark severity={alert.severity} />
                <div className="grow stack tight">
                  <h3 className="wrap-any">{alert.title}</h3>
                  <p className="wrap-any">{alert.explanation}</p>
                  <p className="muted small num">
                    {t('times', { n: alert.count })} · {t('first')} <TimeText at={alert.first} /> · {t('last')} <TimeText at={alert.last} />
                    {alert.movedBy && <> · {t('moved', { state: t(alert.state), who: alert.movedBy })} <TimeText at={alert.movedAt} /></>}
                  </p>
                  {alert.note && <p className="because small wrap-any">{alert.note}</p>}
                  <div className="row">
                    <Link className="button small" to={address('/traffic', { filter: alert.filter })}><Icon name="traffic" size={14} />{t('messages')}</Link>
                    {may('moveAlert') && alert.state !== 'archived' && <button type="button" className="button small" onClick={() => setAsking({ alert, to: 'archived' })}><Icon name="archive" size={14} />{t('archive')}</button>}
                    {may('moveAlert') && alert.state === 'open' && <button type="button" className="button small" onClick={() => setAsking({ alert, to: 'escalated' })}><Icon name="up" size={14} />{t('escalate')}</button>}
                    {may('moveAlert') && alert.state !== 'open' && <button type="button" className="button small" disabled={act.busy} onClick={() => void act.run([alert], 'open')}><Icon name="undo" size={14} />{t('reopen')}</button>}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {asking && <MoveDialog {...asking} onClose={() => setAsking(undefined)} onMove={(note) => move([asking.alert], asking.to, note)} />}
    </div>
  );
}

function MoveDialog({ alert, to, onClose, onMove }: { alert: Alert; to: 'archived' | 'escalated'; onClose: () => void; onMove: (note: string | undefined) => Promise<void> }) {
  const t = useText(text);
  const c = useText(common);
  const [note, setNote] = useState(alert.note ?? '');
  const act = useAction(async () => {
    await onMove(note.trim() || undefined);
    onClose();
  });
  return (
    <Dialog title={t(to === 'archived' ? 'archiveTitle' : 'escalateTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="button" className="button primary" disabled={act.busy} onClick={() => void act.run()}>{t(to === 'archived' ? 'archive' : 'escalate')}</button>
      </>
    }>
      <FailureNotice failure={act.failure} />
      <p><strong>{alert.title}</strong></p>
      <p className="muted">{t(to === 'archived' ? 'archiveText' : 'escalateText')}</p>
      <div className="field">
        <label htmlFor="note">{t('note')} <span className="muted">({c('optional')})</span></label>
        <textarea id="note" className="textarea" maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} aria-describedby="note-hint" />
        <span id="note-hint" className="hint">{t('noteHint')}</span>
      </div>
    </Dialog>
  );
}
