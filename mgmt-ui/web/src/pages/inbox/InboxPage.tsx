import { useEffect, useMemo, useState } from 'react';
import { call } from '../../api/client';
import { useMedia } from '../../app/media';
import { useAction, useResource } from '../../app/resource';
import { address, Link, useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { useShortcut } from '../../app/shortcuts';
import { useStore } from '../../app/store';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { SeverityMark } from '../../components/Severity';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { useText } from '../../i18n/i18n';
import { alertsSeen, status } from '../../live/feed';
import { type Alert, type Grouping, inGroups } from './groups';
import { text } from './text';
import './inbox.css';

type State = 'open' | 'escalated' | 'archived' | 'all';
type T = ReturnType<typeof useText<keyof (typeof text)['en']>>;

const KINDS: Record<Alert['kind'], keyof (typeof text)['en']> = {
  'new-device': 'kind_newDevice', 'new-relation': 'kind_newRelation', 'new-function': 'kind_newFunction', scan: 'kind_scan', 'value-out-of-range': 'kind_value',
  'rate-jump': 'kind_rate', spoofing: 'kind_spoofing', 'repeated-denials': 'kind_denials', firewall: 'kind_firewall',
};

/** `/inbox?state=escalated&alert=ID&by=kind`: what somebody should look at, until somebody has. */
export default function InboxPage() {
  const t = useText(text);
  const may = useMay();
  const [stateText, setState] = useParameter('state');
  const state: State = stateText === 'escalated' || stateText === 'archived' || stateText === 'all' ? stateText : 'open';
  const [byText, setBy] = useParameter('by');
  const by: Grouping = byText === 'kind' || byText === 'device' ? byText : 'none';
  const [chosen, choose] = useParameter('alert');
  const seen = useStore(alertsSeen);
  const alerts = useResource(`alerts ${state}`, (signal) => call('listAlerts', { query: { state }, signal }), { every: 15_000 });
  // A link leads to an alert wherever it was moved to.
  const elsewhere = useResource('alerts all', (signal) => call('listAlerts', { query: { state: 'all' }, signal }), { when: chosen !== '' && state !== 'all' && alerts.data !== undefined && !alerts.data.some((one) => one.id === chosen) });
  const narrow = useMedia('(max-width: 860px)');
  const { reload } = alerts;
  useEffect(() => {
    if (seen > 0) {
      reload();
    }
  }, [seen, reload]);

  const groups = useMemo(() => inGroups(alerts.data ?? [], by), [alerts.data, by]);
  const list = groups.flatMap(([, all]) => all);
  const shown = list.find((one) => one.id === chosen) ?? elsewhere.data?.find((one) => one.id === chosen);
  const select = (id: string) => choose(id, { replace: true });
  const step = (by: number) => {
    const at = list.findIndex((one) => one.id === chosen);
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    if (next) {
      select(next.id);
      document.getElementById(`alert-${next.id}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  const move = useAction(async (moved: Alert[], to: Alert['state'], note?: string) => {
    for (const one of moved) {
      await call('moveAlert', { path: { id: one.id }, body: { state: to, note: note?.trim() || undefined } });
    }
    status.update((now) => now && { ...now, openAlerts: Math.max(0, now.openAlerts + moved.reduce((sum, one) => sum + Number(to === 'open') - Number(one.state === 'open'), 0)) });
    if (state !== 'all') {
      const after = list.findIndex((one) => one.id === moved[0]!.id);
      const rest = list.filter((one) => !moved.includes(one));
      choose(narrow ? '' : (rest[Math.min(after, rest.length - 1)]?.id ?? ''), { replace: true });
    }
    const before = moved.map((one) => one.state);
    toast('ok', t(to === 'archived' ? 'nowArchived' : to === 'escalated' ? 'nowEscalated' : 'nowOpen'), {
      label: t('undo'),
      act: () => void Promise.all(moved.map((one, index) => call('moveAlert', { path: { id: one.id }, body: { state: before[index]!, note: one.note } }))).then(reload, reload),
    });
    reload();
  });
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));
  useShortcut('e', () => shown && void move.run([shown], 'archived'), may('moveAlert') && shown !== undefined && shown.state !== 'archived');
  useShortcut('Escape', () => select(''), chosen !== '');

  return (
    <div className="stack">
      <div className="row">
        <Segments label={t('state')} value={state} options={[['open', t('open')], ['escalated', t('escalated')], ['archived', t('archived')], ['all', t('all')]]} onChange={(value) => setState(value === 'open' ? '' : value, { replace: true })} />
        <span className="row end inbox-by">
          <span className="muted small">{t('groupBy')}</span>
          <Segments label={t('groupBy')} value={by} options={[['none', t('byNothing')], ['kind', t('byKind')], ['device', t('byDevice')]]} onChange={(value) => setBy(value === 'none' ? '' : value, { replace: true })} />
        </span>
      </div>
      <FailureNotice failure={alerts.failure} onRetry={alerts.reload} />
      <FailureNotice failure={move.failure} />
      {alerts.data && list.length === 0 && !shown ? (
        <div className="card"><Empty icon="inbox" title={t(state === 'all' ? 'empty_open' : `empty_${state}`)}>{t(state === 'all' ? 'emptyText_open' : `emptyText_${state}`)}</Empty></div>
      ) : alerts.data && (
        <div className="inbox">
          {!(narrow && shown) && (
            <div className="card inbox-list" role="region" aria-label={t('list')}>
              {groups.map(([key, all]) => (
                <section key={key} aria-label={by === 'none' ? undefined : headingOf(t, by, key)}>
                  {by !== 'none' && (
                    <header className="inbox-group">
                      <h2>{headingOf(t, by, key)} <span className="muted num">({all.length})</span></h2>
                      {may('moveAlert') && state !== 'archived' && all.length > 1 && <button type="button" className="button quiet small end" disabled={move.busy} onClick={() => void move.run(all.filter((one) => one.state !== 'archived'), 'archived')}>{t('archiveGroup', { n: all.length })}</button>}
                    </header>
                  )}
                  <ul>
                    {all.map((alert) => (
                      <li key={alert.id} id={`alert-${alert.id}`}>
                        <button type="button" className={alert.id === chosen ? 'inbox-item selected' : 'inbox-item'} aria-current={alert.id === chosen || undefined} onClick={() => select(alert.id)}>
                          <span className="row nowrap"><SeverityMark severity={alert.severity} /><span className="muted small cut">{t(KINDS[alert.kind])}</span><span className="muted small end"><TimeText at={alert.last} /></span></span>
                          <strong>{alert.title}</strong>
                          {alert.state !== 'open' && state === 'all' && <span className="muted small">{t(alert.state)}</span>}
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
              <p className="muted small inbox-keys">{t('keys')}</p>
            </div>
          )}
          {(!narrow || shown) && (
            <div className="card inbox-detail">
              {narrow && <button type="button" className="button quiet" onClick={() => select('')}><Icon name="left" />{t('backToList')}</button>}
              {shown ? <Detail key={shown.id} alert={shown} busy={move.busy} onMove={(to, note) => void move.run([shown], to, note)} /> : <Empty icon="inbox" title={chosen !== '' && elsewhere.data ? t('gone') : t('choose')} />}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function headingOf(t: T, by: Grouping, key: string): string {
  return by === 'kind' ? t(KINDS[key as Alert['kind']]) : by === 'device' ? key || t('noDevice') : t('list');
}

function Detail({ alert, busy, onMove }: { alert: Alert; busy: boolean; onMove: (to: Alert['state'], note: string) => void }) {
  const t = useText(text);
  const may = useMay();
  const [note, setNote] = useState(alert.note ?? '');
  return (
    <article className="stack" aria-labelledby="alert-title">
      <header className="stack tight">
        <div className="row"><SeverityMark severity={alert.severity} /><span className="muted">{t(KINDS[alert.kind])}</span>{alert.state !== 'open' && <span className="badge">{t(alert.state)}</span>}</div>
        <h2 id="alert-title" className="inbox-title">{alert.title}</h2>
      </header>
      <p className="inbox-words">{alert.explanation}</p>
      <div className="row">
        <Link className="button primary" to={address('/traffic', { filter: alert.filter })}><Icon name="traffic" />{t('messages')}</Link>
        {may('moveAlert') && alert.state !== 'archived' && <button type="button" className="button" disabled={busy} title={t('archiveHint')} onClick={() => onMove('archived', note)}><Icon name="archive" />{t('archive')}</button>}
        {may('moveAlert') && alert.state !== 'escalated' && <button type="button" className="button" disabled={busy} title={t('escalateHint')} onClick={() => onMove('escalated', note)}><Icon name="up" />{t('escalate')}</button>}
        {may('moveAlert') && alert.state !== 'open' && <button type="button" className="button" disabled={busy} onClick={() => onMove('open', note)}><Icon name="undo" />{t('reopen')}</button>}
      </div>
      {may('moveAlert') ? (
        <div className="field">
          <label htmlFor="alert-note">{t('note')}</label>
          <textarea id="alert-note" className="textarea" maxLength={1000} placeholder={t('noteHint')} value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
      ) : alert.note && <p>{t('note')}: {alert.note}</p>}
      <dl className="pairs">
        {(alert.source || alert.destination) && (
          <>
            <dt>{t('device')}</dt>
            <dd className="row">
              {alert.source && <Link to={address('/assets', { asset: alert.source })} aria-label={t('toAsset', { name: alert.source })}>{alert.source}</Link>}
              {alert.source && alert.destination && <Icon name="right" size={13} />}
              {alert.destination && <Link to={address('/assets', { asset: alert.destination })} aria-label={t('toAsset', { name: alert.destination })}>{alert.destination}</Link>}
            </dd>
          </>
        )}
        <dt>{t('howOften')}</dt><dd><Link className="num" to={address('/traffic', { filter: alert.filter })}>{t('times', { n: alert.count })}</Link></dd>
        <dt>{t('first')}</dt><dd><TimeText at={alert.first} /></dd>
        <dt>{t('last')}</dt><dd><TimeText at={alert.last} /></dd>
        {alert.movedBy && <><dt>{t('moved', { who: alert.movedBy })}</dt><dd><TimeText at={alert.movedAt} /></dd></>}
      </dl>
    </article>
  );
}
