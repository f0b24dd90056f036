import { useStore } from '../../app/store';
import { clockSkew } from '../../app/session';
import { Icon, type IconName } from '../../components/Icon';
import { TimeText, useNow } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import { type Access, clock, clockOf, isLive, type JumpSession, type JumpState, leftOf, WARN_AT } from './sessions';
import { text } from './text';

const STATES: Record<JumpState, [tone: string, icon: IconName]> = {
  pending: ['warn', 'clock'],
  scheduled: ['info', 'clock'],
  open: ['ok', 'key'],
  connected: ['ok', 'link'],
  denied: ['', 'cross'],
  expired: ['', 'clock'],
  withdrawn: ['', 'undo'],
  ended: ['', 'check'],
};

/** How a session stands, in words first. */
export function StateMark({ state }: { state: JumpState }) {
  const t = useText(text);
  const [tone, icon] = STATES[state];
  return <span className={`badge ${tone}`}><Icon name={icon} />{t(state)}</span>;
}

const ACCESS: Record<Access, [tone: string, icon: IconName]> = { read: ['', 'eye'], write: ['warn', 'wand'], rules: ['', 'policy'] };

/** Whether a session may change its device. */
export function AccessMark({ access }: { access: Access }) {
  const t = useText(text);
  const [tone, icon] = ACCESS[access];
  return <span className={`badge ${tone}`}><Icon name={icon} />{t(`access_${access}`)}</span>;
}

/** What runs out next, by the server's clock; from 80 % on it looks like a warning. */
export function Countdown({ session }: { session: JumpSession }) {
  const t = useText(text);
  const now = useNow() + useStore(clockSkew);
  const running = clockOf(session);
  const left = running && leftOf(running.from, running.until, now);
  if (!running || !left) {
    return null;
  }
  const warn = isLive(session) && (session.warning || left.gone >= WARN_AT);
  const label = t(`clock_${running.what}`);
  return (
    <div className={warn ? 'session-clock warned' : 'session-clock'}>
      <div className="row nowrap">
        {warn && <Icon name="warn" size={20} />}
        <span className="countdown-number num" role="timer" aria-label={`${label} ${clock(left.seconds)}`}>{clock(left.seconds)}</span>
        <span className="grow">
          <strong>{label}</strong>
          <span className="muted small session-until"><TimeText at={running.until} absolute /></span>
        </span>
      </div>
      {running.from !== undefined && <progress max={1} value={left.gone} aria-label={label} />}
      {warn && <p className="small">{t('warned')}</p>}
    </div>
  );
}

/** The same in a line of the list. */
export function ShortClock({ session }: { session: JumpSession }) {
  const t = useText(text);
  const now = useNow() + useStore(clockSkew);
  const running = clockOf(session);
  const left = running && leftOf(running.from, running.until, now);
  if (!running || !left) {
    return <TimeText at={session.end?.at ?? session.requestedAt} />;
  }
  const warn = isLive(session) && (session.warning || left.gone >= WARN_AT);
  return (
    <span className={warn ? 'badge warn num' : 'num'} title={t(`clock_${running.what}`)}>
      {warn && <Icon name="warn" />}<span className="sr">{t(`clock_${running.what}`)} </span>{clock(left.seconds)}
    </span>
  );
}

export function peopleAndTargets(session: JumpSession): string {
  return `${session.personName ?? session.person} → ${[...new Set(session.targets.map((one) => one.asset))].join(', ')}`;
}
