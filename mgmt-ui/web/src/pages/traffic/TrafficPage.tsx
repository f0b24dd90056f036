import { useEffect, useMemo, useRef, useState } from 'react';
import type { Schema } from '../../api/client';
import { useMedia } from '../../app/media';
import { useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { useShortcut } from '../../app/shortcuts';
import { stored } from '../../app/stored';
import { type Column, DataTable, type TableHandle } from '../../components/DataTable';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { absoluteTime, serverZone, TimeText } from '../../components/TimeText';
import { verdictOf, VerdictBadge } from '../../components/VerdictBadge';
import { FilterBar, FilterCell } from '../../filter/FilterBar';
import { valueOf, withClause, withKey } from '../../filter/language';
import { formatNumber, useText } from '../../i18n/i18n';
import { useStore } from '../../app/store';
import { EventDetail, useLinkedEvent, useReason } from './EventDetail';
import { Facets } from './Facets';
import { Histogram } from './Histogram';
import { text } from './text';
import { useHold } from './useHold';
import { useTraffic } from './useTraffic';
import './traffic.css';

type TrafficEvent = Schema<'Event'>;

const facetsShown = stored<'yes' | 'no'>('facets', 'yes', ['yes', 'no']);

/** An event's own key: live ones may share a number until they are in the journal's files. */
const keyOf = (event: TrafficEvent) => (event.id >= 0 ? event.id : `${event.id} ${event.at} ${event.flow ?? ''}`);

export default function TrafficPage() {
  const t = useText(text);
  const may = useMay();
  const [filter, setFilter] = useParameter('filter');
  const [linked, setLinked] = useParameter('event');
  const traffic = useTraffic(filter);
  const { log, version } = traffic;
  const hold = useHold(log, traffic.pause, traffic.follow);
  const stopped = log.paused && !hold.held;
  const pause = () => {
    hold.keep();
    traffic.pause();
  };
  const [open, setOpen] = useState<TrafficEvent>();
  const fromLink = useLinkedEvent(open && String(open.id) === linked ? '' : linked);
  const shown = open ?? fromLink.event;
  const [facets, setFacets] = useState(facetsShown.get() === 'yes');
  const wide = useMedia('(min-width: 1200px)');
  const roomy = useMedia('(min-width: 1000px)');
  const phone = useMedia('(max-width: 640px)');
  const table = useRef<TableHandle>(null);
  const columns = useColumns(filter, setFilter, phone);
  // The version says when; the rows are read from the log.
  // eslint-disable-next-line
  const rows = useMemo(() => log.rows(), [log, version]);

  const select = (event: TrafficEvent) => {
    pause();
    setOpen(event);
    setLinked(event.id >= 0 ? String(event.id) : '', { replace: true });
  };
  const close = () => {
    setOpen(undefined);
    setLinked('', { replace: true });
  };
  const resume = () => {
    close();
    hold.keep();
    table.current?.scrollToTop();
    traffic.follow();
  };
  const toggle = () => (stopped ? resume() : pause());
  useShortcut('p', toggle);
  useShortcut('Escape', close, shown !== undefined && roomy);
  useEffect(() => setOpen(undefined), [filter]);

  const detail = shown && <EventDetail event={shown} onClose={close} onFilter={(key, value, negated) => setFilter(withClause(filter, key, value, negated))} />;
  const verdict = valueOf(filter, 'verdict');
  return (
    <div className="traffic">
      <div className="traffic-bar">
        <FilterBar value={filter} onChange={setFilter} />
        <div className="row nowrap traffic-tools">
          <Segments label={t('quick')} value={verdict === 'deny' || verdict === 'allow' ? verdict : 'all'} onChange={(value) => setFilter(withKey(filter, 'verdict', value === 'all' ? '' : value))}
            options={[['all', t('all')], ['allow', t('onlyAllowed')], ['deny', t('onlyDenied')]]} />
          <button type="button" className="button" aria-pressed={valueOf(filter, 'do') === 'write'} onClick={() => setFilter(withKey(filter, 'do', valueOf(filter, 'do') === 'write' ? '' : 'write'))}>{t('onlyWrites')}</button>
          {traffic.feed !== 'past' && (
            <button type="button" className={`button follow${stopped ? '' : ' on'}`} onClick={toggle} title="p">
              <Icon name={stopped ? 'play' : 'pause'} size={14} />{t(stopped ? 'follow' : 'pause')}
            </button>
          )}
          {wide && (
            <button type="button" className="button icon" aria-pressed={facets} aria-label={t(facets ? 'hideCounts' : 'showCounts')} title={t(facets ? 'hideCounts' : 'showCounts')}
              onClick={() => { setFacets(!facets); facetsShown.set(facets ? 'no' : 'yes'); }}><Icon name="menu" /></button>
          )}
        </div>
      </div>
      {may('countEventsByTime') && <Histogram filter={filter} seen={log.seen} onPeriod={(since, until) => setFilter(withKey(withKey(filter, 'since', time(since)), 'until', time(until)))} />}
      <div className="traffic-state small" aria-live="off">
        <FeedBadge feed={traffic.feed} paused={stopped} held={hold.held} />
        {stopped && log.waiting > 0 && <button type="button" className="link-button num" onClick={resume}>{t('newOnes', { n: log.waiting })}</button>}
        {traffic.oldest && log.complete && <span className="muted">{t('indexReaches', { when: absoluteTime(Date.parse(traffic.oldest)) })}</span>}
        {traffic.loadingOlder && <span className="muted row nowrap"><span className="spin" />{t('loadingOlder')}</span>}
      </div>
      {log.lost > 0 && <Notice tone="warn">{t('lost', { n: log.lost })}</Notice>}
      <FailureNotice failure={traffic.failure ?? fromLink.failure} onRetry={traffic.failure && traffic.retry} />
      <div className="traffic-main" onPointerMove={hold.onPointerMove} onPointerLeave={hold.onPointerLeave}>
        {wide && facets && may('countEventsByField') && <Facets filter={filter} seen={log.seen} onFilter={setFilter} />}
        <DataTable
          handle={table}
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          rowHeight={phone ? 54 : 30}
          onOpen={select}
          selected={shown && keyOf(shown)}
          rowClass={rowClass}
          onScrolled={(top) => {
            if (top > 40) {
              pause();
            }
          }}
          onEnd={traffic.older}
          empty={!traffic.loaded ? undefined : filter === '' ? <Empty icon="traffic" title={t('emptyTitle')}>{t('emptyText')}</Empty> : (
            <Empty icon="filter" title={t('noneTitle')} actions={<button type="button" className="button" onClick={() => setFilter('')}>{t('clearFilter')}</button>}>{t('noneText')}</Empty>
          )}
        />
        {roomy && detail}
      </div>
      {!roomy && detail && <Dialog side title={t('detail')} onClose={close}>{detail}</Dialog>}
    </div>
  );
}

/** As the filter language takes it: UTC, to the second. */
function time(iso: string): string {
  return iso.slice(0, 19);
}

function rowClass(event: TrafficEvent): string | undefined {
  return event.verdict === 'deny' ? (event.enforced === false ? 'watched' : 'refused') : undefined;
}

function FeedBadge({ feed, paused, held }: { feed: string; paused: boolean; held: boolean }) {
  const t = useText(text);
  if (feed === 'past') {
    return <span className="badge"><Icon name="clock" />{t('past')}</span>;
  }
  if (feed === 'lost') {
    return <span className="badge warn"><Icon name="broken" />{t('reconnecting')}</span>;
  }
  if (held) {
    return <span className="badge info" title={t('heldHint')}><Icon name="pause" />{t('held')}</span>;
  }
  return paused ? <span className="badge"><Icon name="pause" />{t('paused')}</span> : <span className="badge info"><Icon name="play" />{t('following')}</span>;
}

function useColumns(filter: string, setFilter: (filter: string) => void, phone: boolean): Column<TrafficEvent>[] {
  const t = useText(text);
  const reason = useReason();
  const zone = useStore(serverZone);
  // Columns stay the same while the filter does not change, so that rows are not drawn anew.
  const current = useRef(filter);
  current.current = filter;
  return useMemo((): Column<TrafficEvent>[] => {
    const cell = (key: string, value: string | undefined, shown?: string) => value !== undefined && value !== '' && (
      <FilterCell label={`${key}:${value}`} onFilter={(negated) => setFilter(withClause(current.current, key, value, negated))}>{shown ?? value}</FilterCell>
    );
    const today = absoluteTime(Date.now(), 'date', zone);
    const when = (event: TrafficEvent) => {
      const at = Date.parse(event.at);
      const day = absoluteTime(at, 'date', zone);
      return <span className="num" title={absoluteTime(at, 'full', zone)}>{day === today ? '' : <span className="muted">{day.slice(5)} </span>}{absoluteTime(at, 'millis', zone)}</span>;
    };
    const count = (event: TrafficEvent) => event.count !== undefined && event.count > 1 && <span className="badge" title={t('timesHint', { n: event.count })}>{t('times', { n: formatNumber(event.count) })}</span>;
    const name = (end: Schema<'End'> | undefined) => end?.name ?? end?.address;
    if (phone) {
      return [
        {
          key: 'all', title: t('title'), width: 'minmax(0, 1fr)', phone: true,
          render: (event) => (
            <span className="traffic-phone">
              <span className="row nowrap"><VerdictBadge verdict={verdictOf(event)} short /><span className="cut grow"><strong>{name(event.source)}</strong> → <strong>{name(event.destination)}</strong></span><span className="muted small"><TimeText at={event.at} /></span></span>
              <span className="cut muted small mono">{event.does ?? event.sentence}</span>
            </span>
          ),
        },
      ];
    }
    return [
      { key: 'time', title: t('time'), width: '128px', render: when },
      { key: 'verdict', title: t('verdict'), width: '156px', render: (event) => <VerdictBadge verdict={verdictOf(event)} /> },
      { key: 'source', title: t('source'), width: 'minmax(84px, 0.8fr)', render: (event) => cell('src', name(event.source)) },
      { key: 'destination', title: t('destination'), width: 'minmax(84px, 0.8fr)', render: (event) => cell('dst', name(event.destination)) },
      { key: 'does', title: t('does'), width: 'minmax(180px, 2.4fr)', render: (event) => <>{event.does ? <code className="cut" title={event.does}>{event.does}</code> : <span className="cut" title={event.sentence}>{event.sentence}</span>}{count(event)}</> },
      { key: 'protocol', title: t('protocol'), width: '82px', render: (event) => cell('proto', event.protocol) },
      { key: 'conduit', title: t('conduit'), width: 'minmax(90px, 1fr)', render: (event) => cell('conduit', event.conduit) },
      {
        key: 'rule', title: t('rule'), width: 'minmax(80px, 1fr)',
        render: (event) => (event.rule ? cell('rule', event.rule) : event.verdict === 'deny' && event.reason ? <span className="cut muted" title={reason(event.reason)}>{cell('reason', event.reason)}</span> : null),
      },
    ];
    // eslint-disable-next-line
  }, [t('time'), zone, phone, setFilter]);
}
