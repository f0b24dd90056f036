import { Icon } from '../../components/Icon';
import { absoluteTime } from '../../components/TimeText';
import { verdictOf, VerdictBadge } from '../../components/VerdictBadge';
import { address, Link } from '../../app/router';
import { FailureNotice } from '../../components/Notice';
import { useText } from '../../i18n/i18n';
import { useTraffic } from '../traffic/useTraffic';
import { text } from './text';

const SHOWN = 12;

/** The last operations of a session, as they happen. */
export function Operations({ filter }: { filter: string }) {
  const t = useText(text);
  const traffic = useTraffic(filter);
  const rows = traffic.log.rows();
  const shown = Array.from({ length: Math.min(SHOWN, rows.length) }, (_, index) => rows.at(index)!);
  return (
    <div className="stack tight">
      <FailureNotice failure={traffic.failure} onRetry={traffic.retry} />
      <p className="muted small row nowrap">
        <span className={`badge ${traffic.feed === 'open' ? 'info' : ''}`}><Icon name={traffic.feed === 'open' ? 'play' : 'clock'} />{t(traffic.feed === 'open' ? 'following' : 'reconnecting')}</span>
        {traffic.loaded && shown.length === 0 && t('operationsNone')}
      </p>
      {shown.length > 0 && (
        <ol className="session-operations" aria-label={t('operations')}>
          {shown.map((event) => (
            <li key={`${event.id} ${event.at}`}>
              <time className="num muted" dateTime={event.at} title={absoluteTime(Date.parse(event.at))}>{absoluteTime(Date.parse(event.at), 'time')}</time>
              <VerdictBadge verdict={verdictOf(event)} short />
              <span className="cut grow mono" title={event.does ?? event.sentence}>{event.does ?? event.sentence}</span>
              {event.id >= 0 && <Link className="small" to={address('/traffic', { filter, event: event.id })} aria-label={t('openOperation', { what: event.does ?? event.type })}>{t('why')}</Link>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
