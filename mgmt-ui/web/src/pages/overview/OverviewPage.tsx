import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { call, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { address, Link, useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { useStore } from '../../app/store';
import { useMedia } from '../../app/media';
import { type Column, DataTable } from '../../components/DataTable';
import { Icon } from '../../components/Icon';
import { bits, bytes, compact, latency, percent } from '../../components/numbers';
import { Card, Empty, FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { TimeText } from '../../components/TimeText';
import { formatNumber, useText } from '../../i18n/i18n';
import { status as liveStatus } from '../../live/feed';
import { Attention } from './Attention';
import { usePoints } from './series';
import { Tasks } from './Tasks';
import { attempts } from './layout';
import { text } from './text';
import { trafficOf, ZoneMap } from './ZoneMap';
import './overview.css';

const loadChart = () => import('../../components/Chart');
const Chart = lazy(loadChart);
loadChart().catch(() => undefined); // on its way while the figures are asked for

const RANGES = { '15m': 900, '1h': 3600, '24h': 86_400 } as const;
type Range = keyof typeof RANGES;

export default function OverviewPage() {
  const t = useText(text);
  const may = useMay();
  const live = useStore(liveStatus);
  const asked = useResource('status', (signal) => call('getStatus', { signal }), { when: live === undefined });
  const status = live ?? asked.data;
  const [chosen, choose] = useParameter('range');
  const range: Range = chosen in RANGES ? (chosen as Range) : '1h';
  const map = useResource(`map ${range}`, (signal) => call('getMap', { query: { since: new Date(Date.now() - RANGES[range] * 1000).toISOString() }, signal }), { every: range === '24h' ? 30_000 : 5_000, when: may('getMap') });
  const points = usePoints(may('getSeries'));
  const phone = useMedia('(max-width: 700px)');

  return (
    <div className="stack">
      <FailureNotice failure={status ? undefined : asked.failure} onRetry={asked.reload} />
      {status && !status.reachable && <Notice tone="danger"><strong>{t('firewallAway')}.</strong> {t('firewallAwayText')}</Notice>}
      <Figures points={points} status={status} />
      <div className="overview-columns">
        <div className="stack">
          <Card title={t('map')} aside={<Segments label={t('range')} value={range} onChange={(value) => choose(value === '1h' ? '' : value, { replace: true })} options={[['15m', t('range15m')], ['1h', t('range1h')], ['24h', t('range24h')]]} />}>
            <FailureNotice failure={map.failure} onRetry={map.reload} />
            {map.data && map.data.zones.length === 0 && (
              <Empty icon="overview" title={t('mapEmpty')} actions={<Link className="button" to="/policy">{t('toPolicy')}</Link>}>{t('mapEmptyText')}</Empty>
            )}
            {map.data && map.data.zones.length > 0 && (
              <>
                {!phone && <p className="muted small map-hint">{t('mapHint')}</p>}
                {!phone && <ZoneMap map={map.data} ports={status?.ports ?? []} range={range} />}
                <Conduits map={map.data} range={range} />
              </>
            )}
            {!map.data && !map.failure && <div className="skeleton map-waits" />}
          </Card>
          <Card title={t('charts')}>
            {points.length > 1 ? (
              <Suspense fallback={<div className="skeleton charts-wait" />}><Charts points={points} /></Suspense>
            ) : <p className="muted">{t('chartWaiting')}</p>}
          </Card>
        </div>
        <div className="stack">
          {status && <Attention status={status} />}
          {status && <Ports ports={status.ports} />}
          {status && <Drops status={status} />}
          {status?.tasks && status.tasks.some((task) => !task.done) && <Tasks tasks={status.tasks} />}
        </div>
      </div>
    </div>
  );
}

function Figures({ points, status }: { points: Schema<'Point'>[]; status: Schema<'Status'> | undefined }) {
  const t = useText(text);
  const last = points[points.length - 1];
  const drops = points.reduce((sum, point, index) => sum + point.dropsPerSecond * (index === 0 ? 0 : (Date.parse(point.at) - Date.parse(points[index - 1]!.at)) / 1000), 0);
  const per = (value: number | undefined) => (value === undefined ? '–' : <>{compact(value)}<small>{t('perSecond')}</small></>);
  return (
    <ul className="figures">
      <Figure to={address('/traffic', { filter: 'verdict:allow,deny since:15m' })} label={t('messages')} value={per(last && last.allowedPerSecond + last.deniedPerSecond)} />
      <Figure to={address('/traffic', { filter: 'verdict:deny since:15m' })} label={t('denied')} value={per(last?.deniedPerSecond)} warn={last !== undefined && last.deniedPerSecond >= 0.05} />
      <Figure to="#ports" label={t('throughput')} value={last ? bits(last.bitsPerSecond) : '–'} sub={last && `${compact(last.framesPerSecond)} ${t('frames')}${t('perSecond')}`} />
      <Figure to="#charts" label={t('latency')} value={last?.latencyP50Micros === undefined ? '–' : latency(last.latencyP50Micros / 1e6)}
        sub={last?.latencyP999Micros === undefined ? t('latencySub') : `p99.9 ${latency(last.latencyP999Micros / 1e6)}`} />
      <Figure to={address('/traffic', { filter: 'type:drop since:15m' })} label={t('drops')} value={points.length > 1 ? compact(drops) : '–'} sub={t('dropsSub')} />
      <Figure to={address('/traffic', { filter: 'type:flow since:1h' })} label={t('flows')} value={status?.flows ? formatNumber(status.flows.live) : '–'} sub={status?.flows && t('flowsSub', { limit: status.flows.limit })} />
    </ul>
  );
}

function Figure({ label, value, sub, to, warn }: { label: string; value: ReactNode; sub?: ReactNode; to: string; warn?: boolean }) {
  return (
    <li>
      <Link to={to} className="figure card" onClick={to.startsWith('#') ? (event) => { event.preventDefault(); document.getElementById(to.slice(1))?.scrollIntoView({ block: 'center' }); } : undefined}>
        <span className="figure-label">{label}{warn && <Icon name="cross" size={12} />}</span>
        <span className="figure-value num">{value}</span>
        <span className="figure-sub num">{sub ?? ' '}</span>
      </Link>
    </li>
  );
}

type Line = { name?: string; from: string; to: string; fromAddress?: string; toAddress?: string; mode: 'enforce' | 'monitor' | 'learn'; allowed: number; denied: number; protocol?: string };

/** An end by its name and, of a zone, the one address that it was. */
function EndCell({ name, at }: { name: string; at: string | undefined }) {
  const t = useText(text);
  return <span className="cut" title={at}>{name === '' ? <em>{t('several')}</em> : name}{at !== undefined && at !== name && <span className="muted small"> {at}</span>}</span>;
}

function Conduits({ map, range }: { map: Schema<'ZoneMap'>; range: string }) {
  const t = useText(text);
  const lines: Line[] = useMemo(() => [...map.conduits, ...attempts(map)], [map]);
  const columns: Column<Line>[] = useMemo(() => [
    {
      key: 'name', title: t('conduit'), width: 'minmax(150px, 1.4fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', sort: (line) => line.name ?? '',
      render: (line) => <Link className="cut" to={trafficOf(line, range)}>{line.name ?? <em>{t('noConduit')}</em>}</Link>,
    },
    { key: 'from', title: t('from'), width: 'minmax(80px, 1fr)', sort: (line) => line.from, render: (line) => <EndCell name={line.from} at={line.fromAddress} /> },
    { key: 'to', title: t('to'), width: 'minmax(80px, 1fr)', sort: (line) => line.to, render: (line) => <EndCell name={line.to} at={line.toAddress} /> },
    { key: 'mode', title: t('mode'), width: '96px', render: (line) => line.name && <Mode mode={line.mode} /> },
    { key: 'allowed', title: t('allowed'), width: '92px', phone: true, phoneWidth: '76px', align: 'right', sort: (line) => line.allowed, render: (line) => <Link to={trafficOf(line, range, 'allow')}>{compact(line.allowed)}</Link> },
    {
      key: 'denied', title: t('deniedColumn'), width: '92px', phone: true, phoneWidth: '84px', align: 'right', sort: (line) => line.denied,
      render: (line) => <Link className={line.denied === 0 ? undefined : line.mode === 'enforce' ? 'denied-count' : 'denied-count only-watched'} to={trafficOf(line, range, 'deny')}>{line.denied > 0 && <Icon name={line.mode === 'enforce' ? 'cross' : 'eye'} size={12} />}{compact(line.denied)}</Link>,
    },
    { key: 'share', title: t('share'), width: '110px', align: 'right', sort: (line) => (line.denied === 0 ? 0 : line.denied / (line.allowed + line.denied)), render: (line) => percent(line.denied, line.allowed + line.denied) },
  ], [t, range]);
  return <DataTable inline label={t('conduitsOf')} columns={columns} rows={lines} rowKey={(line) => line.name ?? `${line.from} ${line.to}`} />;
}

function Mode({ mode }: { mode: 'enforce' | 'monitor' | 'learn' }) {
  const t = useText(text);
  return mode === 'enforce' ? <span>{t('modeEnforce')}</span> : <span className="badge warn"><Icon name="eye" />{t(mode === 'monitor' ? 'modeMonitor' : 'modeLearn')}</span>;
}

function Charts({ points }: { points: Schema<'Point'>[] }) {
  const t = useText(text);
  const data = useMemo(() => {
    const times = points.map((point) => Date.parse(point.at) / 1000);
    const of = (value: (point: Schema<'Point'>) => number | undefined) => points.map((point) => value(point) ?? null);
    return {
      messages: [times, of((point) => point.allowedPerSecond), of((point) => point.deniedPerSecond)],
      throughput: [times, of((point) => point.bitsPerSecond)],
      latency: [times, of((point) => point.latencyP50Micros), of((point) => point.latencyP999Micros)],
    };
  }, [points]);
  return (
    <div className="charts" id="charts">
      <Chart label={t('chartMessages')} sync="overview" data={data.messages} format={compact}
        series={[{ label: t('chartAllowed'), colour: '--series-1', fill: true }, { label: t('chartDenied'), colour: '--danger', dash: [4, 3] }]} />
      <Chart label={t('chartThroughput')} sync="overview" data={data.throughput} format={bits} series={[{ label: t('chartFrames'), colour: '--series-1', fill: true }]} />
      <Chart label={t('chartLatency')} sync="overview" data={data.latency} format={(value) => latency(value / 1e6)}
        series={[{ label: t('chartP50'), colour: '--series-1' }, { label: t('chartP999'), colour: '--series-2', dash: [6, 3] }]} />
    </div>
  );
}

function Ports({ ports }: { ports: Schema<'Port'>[] }) {
  const t = useText(text);
  return (
    <Card title={t('ports')} flush>
      {ports.length === 0 ? <p className="muted pad">{t('noPorts')}</p> : (
        <div className="scroll-x" id="ports" tabIndex={0} role="region" aria-label={t('ports')}>
          <table className="plain">
            <thead><tr><th>{t('port')}</th><th>{t('link')}</th><th className="right">{t('received')}</th><th className="right">{t('sent')}</th></tr></thead>
            <tbody>
              {ports.map((port) => (
                <tr key={port.name}>
                  <td><Link to={address('/traffic', { filter: `iface:${port.name} since:15m` })}><strong>{port.name}</strong></Link><div className="muted small nowrap" title={port.why}>{port.interface} · {port.backend}{port.mirror && ` · ${t('mirror')}`}</div>{(port.lost ?? 0) > 0 && <div className="small port-lost"><Icon name="warn" size={12} /> {t('lostFrames', { n: port.lost! })}</div>}</td>
                  <td><LinkState link={port.link} /></td>
                  <td className="right nowrap" title={`${formatNumber(port.received)} ${t('frames')}`}>{bytes(port.receivedBytes ?? 0)}</td>
                  <td className="right nowrap" title={`${formatNumber(port.sent)} ${t('frames')}`}>{bytes(port.sentBytes ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function LinkState({ link }: { link: 'up' | 'down' | 'missing' }) {
  const t = useText(text);
  return link === 'up' ? <span className="badge ok"><Icon name="check" />{t('up')}</span> : <span className="badge danger"><Icon name="broken" />{t(link)}</span>;
}

function Drops({ status }: { status: Schema<'Status'> }) {
  const t = useText(text);
  return (
    <Card title={t('dropCauses')} flush={status.drops.length > 0} aside={status.started && <span className="muted small"><TimeText at={status.started} /></span>}>
      {status.drops.length === 0 ? <p className="muted">{t('noDrops')}</p> : (
        <table className="plain">
          <thead><tr><th>{t('cause')}</th><th className="right">{t('frames')}</th></tr></thead>
          <tbody>
            {status.drops.map((drop) => (
              <tr key={drop.cause}>
                <td><code>{drop.cause}</code></td>
                <td className="right"><Link to={address('/traffic', { filter: `type:drop reason:${drop.cause}` })}>{formatNumber(drop.frames)}</Link></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
