import { useEffect, useMemo } from 'react';
import { call } from '../../api/client';
import { useMedia } from '../../app/media';
import { useResource } from '../../app/resource';
import { Link, useParameter, usePlace } from '../../app/router';
import { useMay } from '../../app/session';
import { useShortcut } from '../../app/shortcuts';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice } from '../../components/Notice';
import { Tabs } from '../../components/Tabs';
import { useText } from '../../i18n/i18n';
import { remote } from '../../live/remote';
import { Detail } from './Detail';
import { AccessMark, peopleAndTargets, ShortClock, StateMark } from './Marks';
import { RequestForm } from './RequestForm';
import { inParts, isOver, type JumpSession, type Part } from './sessions';
import { text } from './text';
import './sessions.css';

/** `/sessions?session=ID` is what waits, is open or comes, `/sessions/over` what was, `/sessions/request?asset=NAME` asks for one. */
export default function SessionsPage() {
  const t = useText(text);
  const may = useMay();
  const { path } = usePlace();
  const part = path === '/sessions/request' && may('requestJumpSession') ? 'request' : path === '/sessions/over' ? 'over' : 'now';
  return (
    <div className="stack">
      <Tabs label={t('parts')} tabs={[
        { to: '/sessions', current: part === 'now', words: t('tabNow') },
        { to: '/sessions/over', current: part === 'over', words: t('tabOver') },
        ...(may('requestJumpSession') ? [{ to: '/sessions/request', current: part === 'request', words: <><Icon name="plus" size={14} />{t('tabRequest')}</> }] : []),
      ]} />
      {part === 'request' ? <RequestForm /> : <Sessions key={part} over={part === 'over'} />}
    </div>
  );
}

function Sessions({ over }: { over: boolean }) {
  const t = useText(text);
  const may = useMay();
  const [chosen, choose] = useParameter('session');
  const narrow = useMedia('(max-width: 960px)');
  const sessions = useResource(over ? 'jump over' : 'jump now', (signal) => call('listJumpSessions', { query: { over }, signal }), { every: over ? 15_000 : 3000 });
  const { data } = sessions;
  useEffect(() => {
    if (data && !over) {
      remote.set(data);
    }
  }, [data, over]);
  const parts = useMemo(() => inParts((data ?? []).filter((one) => isOver(one) === over)), [data, over]);
  const list = parts.flatMap(([, all]) => all);
  // A link leads to a session wherever it stands by now.
  const listed = data?.find((one) => one.id === chosen);
  const single = useResource(`jump ${chosen}`, (signal) => call('getJumpSession', { path: { id: chosen }, signal }), { when: chosen !== '' && data !== undefined && !listed, every: 5000 });
  const shown = chosen === '' ? undefined : (listed ?? single.data);

  const select = (id: string) => choose(id, { replace: !narrow || id === '' });
  const step = (by: number) => {
    const at = list.findIndex((one) => one.id === chosen);
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    if (next) {
      choose(next.id, { replace: true });
      document.getElementById(`session-${next.id}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));
  useShortcut('Escape', () => select(''), chosen !== '');

  const changed = (session: JumpSession) => {
    if (data && listed) {
      sessions.put(data.map((one) => (one.id === session.id ? session : one)));
    } else {
      single.put(session);
    }
    sessions.reload();
  };
  return (
    <>
      <FailureNotice failure={sessions.failure} onRetry={sessions.reload} />
      {data && list.length === 0 && chosen === '' ? (
        <div className="card">
          <Empty icon="sessions" title={t(over ? 'emptyOver' : 'emptyNow')} actions={!over && may('requestJumpSession') && <Link className="button primary" to="/sessions/request"><Icon name="plus" />{t('ask')}</Link>}>
            {t(over ? 'emptyOverText' : may('requestJumpSession') ? 'emptyNowAsk' : 'emptyNowText')}
          </Empty>
        </div>
      ) : data && (
        <div className="sessions">
          {!(narrow && chosen !== '') && (
            <div className="card session-list" role="region" aria-label={t(over ? 'tabOver' : 'tabNow')}>
              {parts.map(([part, all]) => <Group key={part} part={part} sessions={all} chosen={chosen} onChoose={select} headed={!over} />)}
              {list.length === 0 && <p className="muted session-hint">{t(over ? 'emptyOver' : 'emptyNow')}</p>}
              <p className="muted small session-keys">{t('keys')}</p>
            </div>
          )}
          {(!narrow || chosen !== '') && (
            <div className="card session-detail">
              {narrow && <button type="button" className="button quiet session-back" onClick={() => select('')}><Icon name="left" />{t('backToList')}</button>}
              <FailureNotice failure={listed ? undefined : single.failure} onRetry={single.reload} />
              {shown ? <Detail key={shown.id} session={shown} onChanged={changed} /> : chosen === '' && <Empty icon="sessions" title={t('choose')} />}
            </div>
          )}
        </div>
      )}
    </>
  );
}

function Group({ part, sessions, chosen, onChoose, headed }: { part: Part; sessions: JumpSession[]; chosen: string; onChoose: (id: string) => void; headed: boolean }) {
  const t = useText(text);
  return (
    <section aria-label={t(`part_${part}`)}>
      {headed && <h2 className="session-group">{t(`part_${part}`)} <span className="muted num">({sessions.length})</span></h2>}
      <ul>
        {sessions.map((one) => (
          <li key={one.id} id={`session-${one.id}`}>
            <button type="button" className={one.id === chosen ? 'session-item selected' : 'session-item'} aria-current={one.id === chosen || undefined} onClick={() => onChoose(one.id)}>
              <span className="row nowrap"><StateMark state={one.state} /><AccessMark access={one.access} /><span className="muted small end"><ShortClock session={one} /></span></span>
              <strong className="wrap-any">{peopleAndTargets(one)}</strong>
              {one.reason && <span className="muted small cut">{one.reason}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
