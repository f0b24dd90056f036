import { useEffect, useMemo, useRef, useState } from 'react';
import { addressOf, call, Failure, type Schema } from '../../api/client';
import { useMedia } from '../../app/media';
import { useResource } from '../../app/resource';
import { address, Link, useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { absoluteTime, TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { verdictOf, VerdictBadge } from '../../components/VerdictBadge';
import { FilterBar } from '../../filter/FilterBar';
import { valueOf } from '../../filter/language';
import { useText } from '../../i18n/i18n';
import { text } from './text';

type JournalEvent = Schema<'Event'>;
const RANGES = { day: 86_400, week: 604_800, month: 2_592_000, ever: 0 } as const;
type Range = keyof typeof RANGES;
const PAGE = 200;

/** The journal's records, those of management unless asked for more. */
export function Journal() {
  const t = useText(text);
  const [given, setGiven] = useParameter('filter');
  const [rangeText, setRange] = useParameter('range');
  const [open, setOpen] = useParameter('event');
  const filter = given === '' ? 'type:management' : given === '*' ? '' : given;
  const range: Range = rangeText in RANGES ? (rangeText as Range) : 'month';
  const set = (wanted: string) => setGiven(wanted === 'type:management' ? '' : wanted === '' ? '*' : wanted);
  const { events, complete, loading, failure, more, retry } = useEvents(filter, RANGES[range]);
  const kind = valueOf(filter, 'type') === 'management' ? 'management' : valueOf(filter, 'verdict') === 'deny' ? 'denials' : filter === '' ? 'everything' : '';
  const columns: Column<JournalEvent>[] = useMemo(() => [
    { key: 'at', title: t('time'), width: '190px', phone: true, phoneWidth: '84px', render: (event) => <TimeCell at={event.at} /> },
    { key: 'person', title: t('person'), width: 'minmax(90px, 0.5fr)', phone: true, phoneWidth: 'minmax(0, 0.4fr)', render: (event) => <span className="cut">{event.person ?? event.source?.name ?? event.source?.address ?? '–'}</span> },
    { key: 'what', title: t('what'), width: 'minmax(240px, 3fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', render: (event) => <>{event.verdict && <VerdictBadge verdict={verdictOf(event)} short />}<span className="cut" title={event.sentence}>{event.sentence ?? event.does ?? event.type}</span></> },
    { key: 'type', title: t('type'), width: '130px', render: (event) => <span className="cut">{event.type}</span> },
    { key: 'id', title: '#', width: '110px', align: 'right', render: (event) => <span className="muted num">{event.id}</span> },
  ], [t]);
  return (
    <section className="card flush journal" aria-label={t('search')}>
      <header>
        <div className="grow"><h2>{t('search')}</h2><p className="muted small">{t('searchText')}</p></div>
        <div className="row">
          <Segments label={t('kinds')} value={kind} options={[['management', t('management')], ['denials', t('denials')], ['everything', t('everything')]]}
            onChange={(value) => set(value === 'management' ? 'type:management' : value === 'denials' ? 'verdict:deny' : '')} />
          <select className="select journal-range" aria-label={t('range')} value={range} onChange={(event) => setRange(event.target.value === 'month' ? '' : event.target.value, { replace: true })}>
            {(Object.keys(RANGES) as Range[]).map((one) => <option key={one} value={one}>{t(one)}</option>)}
          </select>
        </div>
      </header>
      <div className="journal-filter"><FilterBar value={filter} onChange={set} /></div>
      <FailureNotice failure={failure} onRetry={retry} />
      <div className="journal-table">
        <DataTable label={t('search')} columns={columns} rows={events} rowKey={(event) => event.id} selected={open === '' ? undefined : Number(open)} onOpen={(event) => setOpen(String(event.id), { replace: open !== '' })}
          onSelect={open === '' ? undefined : (event) => setOpen(String(event.id), { replace: true })} rowHeight={34} onEnd={more}
          empty={!loading && !failure && <Empty icon="search" title={t('noRecords')} actions={filter !== 'type:management' && <button type="button" className="button" onClick={() => set('type:management')}>{t('clear')}</button>}>{t('noRecordsText')}</Empty>} />
      </div>
      <p className="muted small journal-foot" role="status">
        {loading ? <span className="spin" /> : <>{t('of', { n: events.length })}{complete ? `. ${t('end')}` : ''}</>}
        {!loading && !complete && <button type="button" className="link-button" onClick={more}>{t('more')}</button>}
      </p>
      {/^\d+$/.test(open) && <Record id={Number(open)} onClose={() => setOpen('', { replace: true })} />}
    </section>
  );
}

/** The date and time, as an auditor needs it; where there is no room, how long ago. */
function TimeCell({ at }: { at: string }) {
  return useMedia('(max-width: 640px)') ? <span className="cut"><TimeText at={at} /></span> : <time dateTime={at} title={absoluteTime(Date.parse(at))} className="num cut">{absoluteTime(Date.parse(at), 'date')} {absoluteTime(Date.parse(at), 'time')}</time>;
}

/** Records that a filter names, page by page, the newest first. */
function useEvents(filter: string, seconds: number) {
  const [state, setState] = useState<{ events: JournalEvent[]; complete: boolean; loading: boolean; failure?: Failure }>({ events: [], complete: false, loading: true });
  const [turn, setTurn] = useState(0);
  const run = useRef<{ end: AbortController; since: string | undefined; busy: boolean }>(undefined);
  const load = async (before: number | undefined) => {
    const mine = run.current;
    if (!mine || mine.busy) {
      return;
    }
    mine.busy = true;
    setState((now) => ({ ...now, loading: true, failure: undefined }));
    try {
      const page = await call('listEvents', { query: { filter, since: mine.since, before, limit: PAGE }, signal: mine.end.signal });
      if (!mine.end.signal.aborted) {
        setState((now) => ({ events: before === undefined ? page.events : [...now.events, ...page.events], complete: page.complete || page.events.length === 0, loading: false }));
      }
    } catch (error) {
      if (!mine.end.signal.aborted) {
        setState((now) => ({ ...now, loading: false, failure: Failure.of(error) }));
      }
    }
    mine.busy = false;
  };
  useEffect(() => {
    const end = new AbortController();
    run.current = { end, since: seconds === 0 ? undefined : new Date(Date.now() - seconds * 1000).toISOString(), busy: false };
    setState({ events: [], complete: false, loading: true });
    void load(undefined);
    return () => end.abort();
    // Another filter or period begins anew.
    // eslint-disable-next-line
  }, [filter, seconds, turn]);
  return {
    ...state,
    more: () => {
      if (!state.complete && state.events.length > 0 && !state.failure) {
        void load(state.events.at(-1)!.id);
      }
    },
    retry: () => setTurn((n) => n + 1),
  };
}

function Record({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(text);
  const may = useMay();
  const detail = useResource(`event ${id}`, (signal) => call('getEvent', { path: { id }, signal }));
  const event = detail.data?.event;
  return (
    <Dialog side title={t('detail', { n: String(id) })} onClose={onClose} footer={
      <>
        <button type="button" className="button" onClick={() => void navigator.clipboard?.writeText(window.location.origin + address('/audit', { filter: '*', range: 'ever', event: id })).then(() => toast('ok', t('copied')))}><Icon name="link" />{t('copyLink')}</button>
        <Link className="button" to={address('/traffic', { event: id })}>{t('inTraffic')}</Link>
      </>
    }>
      <FailureNotice failure={detail.failure} onRetry={detail.reload} />
      {event && (
        <>
          <p><strong>{event.sentence ?? event.does}</strong></p>
          <dl className="pairs">
            <dt>{t('time')}</dt><dd><TimeText at={event.at} absolute /></dd>
            {event.person && <><dt>{t('person')}</dt><dd>{event.person}</dd></>}
            <dt>{t('type')}</dt><dd>{event.type}</dd>
          </dl>
          {may('proveEvent') && (
            <section className="stack tight">
              <h3>{t('proof')}</h3>
              <p className="muted small">{t('proofText')}</p>
              <a className="button audit-copy" href={addressOf('proveEvent', { path: { id } })} download={`sluice-record-${id}.proof`}><Icon name="download" />{t('proofGet')}</a>
            </section>
          )}
          <section className="stack tight">
            <h3>{t('record')}</h3>
            <pre className="journal-record" tabIndex={0}>{JSON.stringify(detail.data!.record, null, 2)}</pre>
          </section>
        </>
      )}
    </Dialog>
  );
}
