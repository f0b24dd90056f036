import type { ReactNode } from 'react';
import { call, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { address, Link } from '../../app/router';
import { useMay } from '../../app/session';
import { useStore } from '../../app/store';
import { SeverityMark } from '../../components/Severity';
import { Icon } from '../../components/Icon';
import { Named } from '../../components/Named';
import { Card } from '../../components/Notice';
import { TimeText } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import { alertsSeen } from '../../live/feed';
import { text } from './text';

/** Of the open alerts; there may be thousands, and the rest is a page away. */
const SHOWN = 5;

/** What somebody should look at now: alarms of the firewall, trouble of journal and index, and open alerts. */
export function Attention({ status }: { status: Schema<'Status'> }) {
  const t = useText(text);
  const may = useMay();
  const seen = useStore(alertsSeen);
  const alerts = useResource(`alerts open ${seen} ${status.openAlerts}`, (signal) => call('listAlerts', { query: { state: 'open', order: 'severity', limit: SHOWN }, signal }), { when: may('listAlerts') });
  const lines: ReactNode[] = status.alarms.map((alarm) => <Line key={alarm} tone="danger"><Named text={alarm} /></Line>);
  if (status.journal?.state === 'stopped') {
    lines.push(<Line key="journal" tone="danger">{t('journalStopped', { why: status.journal.trouble ?? '–' })}</Line>);
  }
  if (status.journal && status.journal.lost > 0) {
    lines.push(<Line key="lost" tone="warn">{t('journalLost', { n: status.journal.lost })}</Line>);
  }
  if (status.index.state === 'stopped') {
    lines.push(<Line key="index" tone="warn">{t('indexStopped', { why: status.index.trouble ?? '–' })}</Line>);
  } else if (status.index.behind > 5000) {
    lines.push(<Line key="behind" tone="warn">{t('indexBehind', { n: status.index.behind })}</Line>);
  }
  const quiet = lines.length === 0 && status.openAlerts === 0;
  return (
    <Card title={t('attention')} aside={status.openAlerts > 0 && <Link className="small" to="/inbox">{t('allAlerts')} ({status.openAlerts})</Link>}>
      {quiet ? (
        <div className="attention-line ok"><Icon name="check" /><div><strong>{t('nothing')}</strong><p className="muted small">{t('nothingText')}</p></div></div>
      ) : (
        <ul className="attention">
          {lines}
          {(alerts.data ?? []).map((alert) => (
            <li key={alert.id} className="attention-line">
              <SeverityMark severity={alert.severity} />
              <div className="grow">
                <Link to={address('/inbox', { alert: alert.id })}>{alert.title}</Link>
                <p className="muted small num"><TimeText at={alert.last} /> · {t('alertCount', { n: alert.count })}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ tone, children }: { tone: 'danger' | 'warn'; children: ReactNode }) {
  return <li className={`attention-line ${tone}`}><Icon name={tone === 'danger' ? 'danger' : 'warn'} /><div className="grow">{children}</div></li>;
}
