import type { ReactNode } from 'react';
import { call, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { address, Link } from '../../app/router';
import { useSession } from '../../app/session';
import { useStore } from '../../app/store';
import { Icon } from '../../components/Icon';
import { bytes } from '../../components/numbers';
import { Card, Empty, FailureNotice } from '../../components/Notice';
import { TimeText } from '../../components/TimeText';
import { formatNumber, useText } from '../../i18n/i18n';
import { status as liveStatus } from '../../live/feed';
import { ROLES } from './roles';
import { text } from './text';

/** What each role may do, and which are yours. */
export function Roles() {
  const t = useText(text);
  const own = useSession()?.roles ?? [];
  return (
    <Card title={t('roles')}>
      <p className="muted settings-intro">{t('rolesText')}</p>
      <ul className="lines">
        {ROLES.map(([role, words]) => (
          <li key={role} className="row nowrap">
            <strong className="role-name">{t(role)}</strong>
            <span className="grow">{t(words)}</span>
            {own.includes(role) && <span className="badge info"><Icon name="user" />{t('yourRole')}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Ports() {
  const t = useText(text);
  const live = useStore(liveStatus);
  const asked = useResource('status', (signal) => call('getStatus', { signal }), { when: live === undefined });
  const ports = (live ?? asked.data)?.ports;
  return (
    <Card title={t('ports')} flush>
      <p className="muted pad">{t('portsText')}</p>
      <FailureNotice failure={asked.failure} onRetry={asked.reload} />
      {ports && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('ports')}>
          <table className="plain">
            <thead><tr><th>{t('name')}</th><th>{t('interface')}</th><th>{t('link')}</th><th>{t('backend')}</th><th className="right">{t('received')}</th><th className="right">{t('sent')}</th><th className="right">{t('lost')}</th></tr></thead>
            <tbody>
              {ports.map((port) => (
                <tr key={port.name}>
                  <td><Link to={address('/traffic', { filter: `iface:${port.name} since:15m` })}><strong>{port.name}</strong></Link>{port.mirror && <> <span className="badge">{t('mirror')}</span></>}</td>
                  <td className="mono">{port.interface}</td>
                  <td>{port.link === 'up' ? <span className="badge ok"><Icon name="check" />{t('up')}</span> : <span className="badge danger"><Icon name="broken" />{t(port.link)}</span>}</td>
                  <td>{port.backend}<div className="muted small">{port.why}</div></td>
                  <td className="right">{bytes(port.receivedBytes ?? 0)}<div className="muted small">{t('frames', { n: port.received })}</div></td>
                  <td className="right">{bytes(port.sentBytes ?? 0)}<div className="muted small">{t('frames', { n: port.sent })}</div></td>
                  <td className="right">{formatNumber(port.lost ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function useSettings() {
  return useResource('settings', (signal) => call('getSettings', { signal }), { every: 10_000 });
}

export function Exports() {
  const t = useText(text);
  const settings = useSettings();
  const list = settings.data?.exports;
  return (
    <Card title={t('exports')} flush>
      <FailureNotice failure={settings.failure} onRetry={settings.reload} />
      {list?.length === 0 ? <Empty icon="upload" title={t('exportsEmpty')}>{t('exportsEmptyText')}</Empty> : <p className="muted pad">{t('exportsText')}</p>}
      {list && list.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('exports')}>
          <table className="plain">
            <thead><tr><th>{t('name')}</th><th>{t('kind')}</th><th>{t('status')}</th><th>{t('target')}</th><th>{t('filter')}</th><th className="right">{t('sentCount')}</th><th className="right">{t('lostCount')}</th></tr></thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.name}>
                  <td><strong>{one.name}</strong></td>
                  <td>{one.kind}</td>
                  <td><ExportState export={one} /></td>
                  <td className="mono wrap-any">{one.target}</td>
                  <td>{one.filter ? <Link to={address('/traffic', { filter: one.filter })}><code>{one.filter}</code></Link> : <span className="muted">{t('everything')}</span>}</td>
                  <td className="right">{formatNumber(one.sent)}</td>
                  <td className="right">{formatNumber(one.lost)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function ExportState({ export: { state, trouble } }: { export: Schema<'Export'> }) {
  const t = useText(text);
  return (
    <>
      <span className={`badge ${state === 'working' ? 'ok' : state === 'waiting' ? 'warn' : ''}`}><Icon name={state === 'working' ? 'check' : state === 'waiting' ? 'clock' : 'cross'} />{t(state)}</span>
      {trouble && <div className="small wrap-any">{trouble}</div>}
    </>
  );
}

/** From when on the inbox calls something unusual. */
export function Thresholds() {
  const t = useText(text);
  const settings = useSettings();
  const list = settings.data?.alerts;
  return (
    <Card title={t('thresholds')} flush>
      <FailureNotice failure={settings.failure} onRetry={settings.reload} />
      <p className="muted pad">{t('thresholdsText')} <Link to="/inbox">{t('thresholdsInbox')}</Link></p>
      {list && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('thresholds')}>
          <table className="plain">
            <thead><tr><th scope="col">{t('setting')}</th><th scope="col">{t('value')}</th><th scope="col">{t('meaning')}</th></tr></thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.key}>
                  <td><code>{one.key}</code></td>
                  <td className="num"><span className="row nowrap">{one.value}{!one.standard && <span className="badge info">{t('setHere')}</span>}</span></td>
                  <td>{meaningOf(t, one.key)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function meaningOf(t: (key: keyof typeof text.en) => string, key: string): string {
  const known = `threshold_${key}`;
  return known in text.en ? t(known as keyof typeof text.en) : '';
}

export function Server() {
  const t = useText(text);
  const settings = useSettings();
  const session = useSession();
  const data = settings.data;
  const rows: [string, ReactNode][] = data ? [
    [t('version'), session?.version],
    [t('listen'), <code>{data.listen}</code>],
    [t('yourTime'), session?.timeZone],
    [t('certificate'), data.certificate.generated ? <span className="row nowrap from-top"><Icon name="warn" size={14} /><span>{t('certificateGenerated')}</span></span> : t('certificateOwn')],
    [t('certificateNames'), data.certificate.names?.join(', ')],
    [t('certificateUntil'), <TimeText at={data.certificate.notAfter} absolute />],
    [t('fingerprint'), <code className="wrap-any">{data.certificate.fingerprint}</code>],
    [t('database'), data.database],
    [t('controlSocket'), data.controlSocket && <code>{data.controlSocket}</code>],
    [t('journal'), data.journal && <code>{data.journal}</code>],
    [t('dataFolder'), data.data && <code>{data.data}</code>],
    [t('sessionsLast'), data.sessionIdle && t('sessionsLastText', { idle: data.sessionIdle, longest: data.sessionLongest ?? '' })],
    [t('largestCapture'), data.largestCapture !== undefined && bytes(data.largestCapture)],
    [t('metrics'), data.metrics !== undefined && t(data.metrics ? 'metricsOn' : 'metricsOff')],
    [t('oidc'), data.oidc?.issuer ? <>{data.oidc.issuer} <span className="muted">({data.oidc.client})</span></> : t('oidcNone')],
    [t('oidcGroups'), data.oidc?.groups && data.oidc.groups.length > 0 && <ul className="lines">{data.oidc.groups.map((one) => <li key={one.group}><code>{one.group}</code>: {one.roles.join(', ')}</li>)}</ul>],
    [t('demanded'), t(data.totpDemanded ? 'demandedYes' : 'demandedNo')],
    [t('identification'), t(data.activeIdentification ? 'identificationYes' : 'identificationNo')],
  ] : [];
  return (
    <Card title={t('server')}>
      <FailureNotice failure={settings.failure} onRetry={settings.reload} />
      <p className="muted settings-intro">{t('serverText')}</p>
      <dl className="pairs">{rows.filter(([, value]) => value).map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}</dl>
    </Card>
  );
}
