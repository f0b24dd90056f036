import { duration, TimeText } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import type { JumpSession } from './sessions';
import { text } from './text';

/** Who asked for what, when and why, and who allowed it. */
export function Asked({ session }: { session: JumpSession }) {
  const t = useText(text);
  const { asked, end } = session;
  return (
    <dl className="pairs">
      <dt>{t('person')}</dt><dd>{session.personName && session.personName !== session.person ? <>{session.personName} <span className="muted">({session.person})</span></> : session.person}</dd>
      <dt>{t('reason')}</dt><dd className="session-reason">{session.reason || '–'}</dd>
      {session.ticket && <><dt>{t('ticket')}</dt><dd>{session.ticket}</dd></>}
      <dt>{t('askedFor')}</dt>
      <dd>
        {t(`access_${asked.access}`)}
        {asked.durationSeconds !== undefined && <> · {duration(asked.durationSeconds)}</>}
        {asked.start && <> · {t('from')} <TimeText at={asked.start} absolute /></>}
        <> · <TimeText at={session.requestedAt} /></>
      </dd>
      <dt>{t('rule')}</dt><dd>{session.rule}</dd>
      <dt>{t('approvals')}</dt>
      <dd>
        {session.approvals.length === 0 ? t('approvalsNone', { n: session.approvalsNeeded }) : (
          <ul>
            {session.approvals.map((one) => (
              <li key={`${one.who} ${one.at}`}>
                {one.who} · <TimeText at={one.at} />
                {one.narrowed && <> · {t('narrowedTo')} {[one.access && t(`access_${one.access}`), one.durationSeconds !== undefined && duration(one.durationSeconds)].filter(Boolean).join(', ') || t('less')}</>}
                {one.note && <span className="session-note">{one.note}</span>}
              </li>
            ))}
            {session.approvals.length < session.approvalsNeeded && <li className="muted">{t('approvalsMore', { n: session.approvalsNeeded - session.approvals.length })}</li>}
          </ul>
        )}
      </dd>
      {session.starts && <><dt>{t('starts')}</dt><dd><TimeText at={session.starts} absolute /></dd></>}
      {session.ends && <><dt>{t('endsAtLatest')}</dt><dd><TimeText at={session.ends} absolute /></dd></>}
      {end && <><dt>{t('over')}</dt><dd>{end.sentence} · <TimeText at={end.at} />{end.note && <span className="session-note">{end.note}</span>}</dd></>}
    </dl>
  );
}
