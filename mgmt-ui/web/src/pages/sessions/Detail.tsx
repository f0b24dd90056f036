import { useState } from 'react';
import type { Schema } from '../../api/client';
import { address, Link } from '../../app/router';
import { useMay, useSession } from '../../app/session';
import { Icon } from '../../components/Icon';
import { Named } from '../../components/Named';
import { Notice } from '../../components/Notice';
import { TimeText } from '../../components/TimeText';
import { formatNumber, useText } from '../../i18n/i18n';
import { ConfirmDialog, StepDialog } from './Acts';
import { Asked } from './Asked';
import { Connect } from './Connect';
import { Decide } from './Decide';
import { AccessMark, Countdown, peopleAndTargets, StateMark } from './Marks';
import { Operations } from './Operations';
import { Permissions } from './Permissions';
import { isLive, isOver, type JumpSession } from './sessions';
import { text } from './text';

type Doing = 'decide' | 'deny' | 'withdraw' | 'end' | 'step-up' | 'step-down' | 'connect';

/** One session: how it stands, who asks for what and why, what it may do, what it does, and what can be done with it. */
export function Detail({ session, onChanged }: { session: JumpSession; onChanged: (session: JumpSession) => void }) {
  const t = useText(text);
  const may = useMay();
  const own = useSession()?.user === session.person;
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const can = (what: JumpSession['may'][number]) => session.may.includes(what);
  const done = (changed: JumpSession) => {
    close();
    onChanged(changed);
  };
  return (
    <article className="stack" aria-labelledby="session-title">
      <header className="stack tight">
        <div className="row"><StateMark state={session.state} /><AccessMark access={session.access} /><span className="tag">{session.id}</span></div>
        <h2 id="session-title" className="session-title wrap-any">{peopleAndTargets(session)}</h2>
        <p className="session-words">{session.sentence}</p>
      </header>
      {session.trouble && <Notice tone="warn"><Named text={session.trouble} /></Notice>}
      <Countdown session={session} />
      {session.may.length > 0 && (
        <div className="row session-acts">
          {can('approve') && <button type="button" className="button primary" onClick={() => setDoing('decide')}><Icon name="check" />{t('review')}</button>}
          {can('connect') && doing !== 'connect' && <button type="button" className="button primary" onClick={() => setDoing('connect')}><Icon name="link" />{t('connect')}</button>}
          {can('step-up') && <button type="button" className="button" onClick={() => setDoing('step-up')}><Icon name="up" />{t('stepUp')}</button>}
          {can('step-down') && <button type="button" className="button" onClick={() => setDoing('step-down')}><Icon name="down" />{t('stepDown')}</button>}
          {can('deny') && <button type="button" className="button" onClick={() => setDoing('deny')}><Icon name="cross" />{t('deny')}</button>}
          {can('withdraw') && <button type="button" className="button" onClick={() => setDoing('withdraw')}><Icon name="undo" />{t('withdraw')}</button>}
          {can('end') && <button type="button" className="button danger" onClick={() => setDoing('end')}><Icon name="broken" />{t('end')}</button>}
        </div>
      )}
      {doing === 'connect' && can('connect') && <Connect session={session} onClose={close} />}
      <Asked session={session} />
      <section className="stack tight">
        <h3>{t(session.state === 'pending' ? 'wouldDo' : isOver(session) ? 'couldDo' : 'effective')}</h3>
        <Permissions targets={session.targets} />
      </section>
      {(isLive(session) || session.connections.length > 0) && <Connections connections={session.connections} live={isLive(session)} />}
      {(isLive(session) || session.operations.allowed + session.operations.refused > 0) && (
        <section className="stack tight">
          <div className="row">
            <h3>{t('operations')}</h3>
            {may('listEvents') && <Link className="end small" to={address('/traffic', { filter: session.filter })}>{t('inTraffic')}</Link>}
          </div>
          <Counts session={session} linked={may('listEvents')} />
          {isLive(session) && may('followLive') && <Operations filter={session.filter} />}
        </section>
      )}
      {doing === 'decide' && <Decide session={session} onClose={close} onDone={done} onDeny={() => setDoing('deny')} />}
      {(doing === 'deny' || doing === 'withdraw' || doing === 'end') && <ConfirmDialog what={doing} session={session} onClose={close} onDone={done} />}
      {(doing === 'step-up' || doing === 'step-down') && <StepDialog session={session} up={doing === 'step-up'} own={own} onClose={close} onDone={done} />}
    </article>
  );
}

function Connections({ connections, live }: { connections: Schema<'JumpConnection'>[]; live: boolean }) {
  const t = useText(text);
  return (
    <section className="stack tight">
      <h3>{t('connections')}</h3>
      {connections.length === 0 ? <p className="muted">{t(live ? 'connectionsNone' : 'connectionsNever')}</p> : (
        <ul className="session-connections">
          {connections.map((one) => (
            <li key={one.id} className="row">
              <Icon name={one.until ? 'broken' : 'link'} />
              <span className="mono">{one.from}</span>
              <span className="muted small">{t(one.by === 'key' ? 'byKey' : 'byPassword')} · <TimeText at={one.since} />{one.until && <> – <TimeText at={one.until} /></>}</span>
              {one.doors && one.doors.length > 0 && <span className="end row">{one.doors.map((door) => <span key={door} className="tag">{door}</span>)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many operations, each number leading to them. */
function Counts({ session, linked }: { session: JumpSession; linked: boolean }) {
  const t = useText(text);
  const { operations, filter } = session;
  const counts: [string, number, string][] = [[t('countAllowed'), operations.allowed, 'verdict:allow'], [t('countWrites'), operations.writes, 'verdict:allow do:write'], [t('countRefused'), operations.refused, 'verdict:deny']];
  return (
    <dl className="session-counts">
      {counts.map(([label, n, more]) => (
        <div key={more}>
          <dt>{label}</dt>
          <dd className="num">{linked ? <Link to={address('/traffic', { filter: `${filter} ${more}` })}>{formatNumber(n)}</Link> : formatNumber(n)}</dd>
        </div>
      ))}
      <div><dt>{t('lastOne')}</dt><dd><TimeText at={operations.lastAt} /></dd></div>
    </dl>
  );
}
