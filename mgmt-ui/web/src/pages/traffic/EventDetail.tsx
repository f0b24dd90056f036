import { type ReactNode, useEffect, useState } from 'react';
import { call, Failure, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, go, Link } from '../../app/router';
import { useMay } from '../../app/session';
import { Dialog } from '../../components/Dialog';
import { HexView } from '../../components/HexView';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { absoluteTime, TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { verdictOf, VerdictBadge } from '../../components/VerdictBadge';
import { FilterCell } from '../../filter/FilterBar';
import { clause } from '../../filter/language';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { text } from './text';

type TrafficEvent = Schema<'Event'>;

/**
 * A live event is shown before it is in the journal's files; then its number is negative. This finds its record by what is
 * known of it, trying for some seconds.
 */
async function recordOf(event: TrafficEvent, signal: AbortSignal): Promise<TrafficEvent | undefined> {
  for (let i = 0; i < 8 && !signal.aborted; i++) {
    const since = new Date(Date.parse(event.at) - 1).toISOString();
    const until = new Date(Date.parse(event.at) + 2).toISOString();
    const filter = event.flow === undefined ? '' : clause('flow', event.flow);
    const page = await call('listEvents', { query: { filter, since, until, limit: 100 }, signal });
    const found = page.events.find((one) => one.at === event.at && one.does === event.does && one.type === event.type);
    if (found) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 700));
  }
  return undefined;
}

/** Everything about one message: what it is, why it was judged so, its fields and bytes, and the rule that would allow it. */
export function EventDetail({ event, onFilter, onClose }: {
  event: TrafficEvent;
  onFilter: (key: string, value: string, negated: boolean) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const may = useMay();
  const [found, setFound] = useState<TrafficEvent | 'none' | undefined>(event.id >= 0 ? event : undefined);
  const [proposing, setProposing] = useState(false);
  const key = `${event.id} ${event.at} ${event.flow ?? ''} ${event.does ?? ''}`;
  useEffect(() => {
    if (event.id >= 0) {
      setFound(event);
      return;
    }
    setFound(undefined);
    const end = new AbortController();
    recordOf(event, end.signal).then((one) => !end.signal.aborted && setFound(one ?? 'none'), () => !end.signal.aborted && setFound('none'));
    return () => end.abort();
    // An event is known by what it says, not by the object.
    // eslint-disable-next-line
  }, [key]);
  const id = typeof found === 'object' ? found.id : undefined;
  const judged = event.verdict !== undefined && (event.type === 'alert' || event.type === 'modbus' || event.type === 'opcua' || event.type === 'flow');
  const detail = useResource(`event ${id}`, (signal) => call('getEvent', { path: { id: id! }, signal }), { when: id !== undefined });
  const why = useResource(`why ${id}`, (signal) => call('explainEvent', { path: { id: id! }, signal }), { when: id !== undefined && judged });
  const refused = event.verdict === 'deny';
  return (
    <section className="detail" aria-label={t('detail')}>
      <header>
        <VerdictBadge verdict={verdictOf(event)} />
        <h2 className="cut">{t('detail')}</h2>
        <button type="button" className="button quiet icon end" aria-label={t('closeDetail')} title={`${t('closeDetail')} (Esc)`} onClick={onClose}><Icon name="cross" /></button>
      </header>
      <div className="detail-body">
        <p className="detail-sentence wrap-any">{event.sentence ?? event.does}</p>
        <div className="row">
          {refused && judged && may('proposeRule') && (
            <button type="button" className="button primary" disabled={id === undefined} onClick={() => setProposing(true)}><Icon name="wand" />{t('makeRule')}</button>
          )}
          {event.flow !== undefined && <button type="button" className="button" onClick={() => onFilter('flow', event.flow!, false)}><Icon name="filter" />{t('connection')}</button>}
          {id !== undefined && (
            <button type="button" className="button quiet" onClick={() => {
              void navigator.clipboard.writeText(window.location.origin + address('/traffic', { event: id })).then(() => toast('ok', t('linkCopied')));
            }}><Icon name="copy" />{t('copyLink')}</button>
          )}
        </div>
        {found === undefined && <p className="muted row"><span className="spin" />{t('notYet')}</p>}
        {found === 'none' && <Notice tone="warn">{t('notFound')}</Notice>}
        <Facts event={typeof found === 'object' ? found : event} onFilter={onFilter} />
        {judged && (
          <section className="stack tight">
            <h3>{t('why')}</h3>
            <FailureNotice failure={why.failure} onRetry={why.reload} />
            {why.data && <Why why={why.data} />}
            {why.loading && !why.data && id !== undefined && <span className="spin" />}
          </section>
        )}
        <FailureNotice failure={detail.failure} onRetry={detail.reload} />
        {detail.data && <Decoded detail={detail.data} />}
      </div>
      {proposing && id !== undefined && <RuleDialog id={id} onClose={() => setProposing(false)} />}
    </section>
  );
}

function Facts({ event, onFilter }: { event: TrafficEvent; onFilter: (key: string, value: string, negated: boolean) => void }) {
  const t = useText(text);
  const reason = useReason();
  const cell = (key: string, value: string | undefined, shown: ReactNode = value) => value !== undefined && value !== '' && (
    <FilterCell label={`${key}:${value}`} onFilter={(negated) => onFilter(key, value, negated)}>{shown}</FilterCell>
  );
  const end = (one: Schema<'End'> | undefined) => one && (one.name ?? one.address) + (one.name && one.address && one.name !== one.address ? ` (${one.address}${one.port ? `:${one.port}` : ''})` : one.port ? `:${one.port}` : '');
  const rows: [string, ReactNode][] = [
    [t('time'), <><span className="num">{absoluteTime(Date.parse(event.at), 'full')}</span> <span className="muted">(<TimeText at={event.at} />)</span></>],
    [t('source'), cell('src', event.source?.name ?? event.source?.address, end(event.source))],
    [t('destination'), cell('dst', event.destination?.name ?? event.destination?.address, end(event.destination))],
    [t('does'), event.does && <code className="wrap-any">{event.does}</code>],
    [t('function'), event.function && cell('function', event.function)],
    [t('protocol'), cell('proto', event.protocol)],
    [t('conduit'), cell('conduit', event.conduit)],
    [t('rule'), cell('rule', event.rule)],
    [t('reason'), event.reason && <>{cell('reason', event.reason, reason(event.reason))}{event.enforced === false && <span className="muted small"> {t('enforcedNo')}</span>}</>],
    [t('person'), cell('user', event.person)],
    [t('session'), cell('session', event.session)],
    [t('flow'), event.flow && <span className="num">{event.flow}</span>],
    [t('number'), event.id >= 0 && <span className="num">{event.id}</span>],
  ];
  return (
    <dl className="pairs">
      {rows.filter(([, value]) => value).map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
    </dl>
  );
}

/** A reason in words, where the page knows some. */
export function useReason(): (reason: string) => string {
  const t = useText(text);
  return (reason) => {
    const key = `reason_${reason}`;
    return key in text.en ? t(key as keyof typeof text.en) : reason;
  };
}

function Why({ why }: { why: Schema<'Explanation'> }) {
  const t = useText(text);
  return (
    <div className="why">
      <p><strong>{why.sentence}</strong></p>
      {why.because && <p className="because">{t('whyBecause', { because: why.because })}</p>}
      <ol>{why.steps.map((step, index) => <li key={index}>{step}</li>)}</ol>
      {why.closest && <p>{t('whyClosest', { rule: why.closest })}</p>}
      <p className="row small">
        {why.line !== undefined && <Link to={whereItStands(why)}>{t('whyLine', { line: why.line })}</Link>}
        {why.policyIsCurrent === false && <span className="badge warn"><Icon name="clock" />{t('whyOld')}</span>}
      </p>
    </div>
  );
}

/** The rule in words; what no rule decided, and a policy that is not in force any more, at their line or as a whole. */
function whereItStands(why: Schema<'Explanation'>): string {
  const which = why.policyIsCurrent === false ? why.policy : undefined;
  return why.rule === undefined && which === undefined ? address('/policy/edit', { line: why.line }) : address('/policy', { rule: why.rule, which });
}

function Decoded({ detail }: { detail: Schema<'EventDetail'> }) {
  const t = useText(text);
  return (
    <>
      {detail.fields && detail.fields.length > 0 && (
        <section className="stack tight">
          <h3>{t('decode')}</h3>
          <table className="plain decoded">
            <tbody>{detail.fields.map((field, index) => <tr key={index}><th scope="row">{field.name}</th><td className="mono wrap-any">{field.value}</td><td className="muted wrap-any">{field.note}</td></tr>)}</tbody>
          </table>
        </section>
      )}
      {detail.hex && <section className="stack tight"><h3>{t('bytes')}</h3><HexView hex={detail.hex} />{detail.hexCut && <p className="muted small">{t('bytesCut')}</p>}</section>}
      <details>
        <summary>{t('record')}</summary>
        <pre className="record" tabIndex={0}>{JSON.stringify(detail.record, null, 2)}</pre>
      </details>
    </>
  );
}

const introOf = { rule: 'makeRuleIntro', conduit: 'makeConduitIntro', rate: 'makeRateIntro' } as const;

function RuleDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const proposal = useResource(`rule ${id}`, (signal) => call('proposeRule', { path: { id }, signal }));
  const stage = useAction(async () => {
    const given = proposal.data!;
    await call('stageDraft', { body: { yaml: given.yaml, note: given.rule } });
    toast('ok', t('staged'));
    onClose();
    go('/policy/review');
  });
  const { data } = proposal;
  return (
    <Dialog title={t('makeRuleTitle')} onClose={onClose} busy={stage.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="button" className="button primary" disabled={!data || stage.busy} onClick={() => void stage.run()}>{stage.busy && <span className="spin" />}{t('stage')}</button>
      </>
    }>
      <FailureNotice failure={proposal.failure ?? stage.failure} onRetry={proposal.failure && proposal.reload} />
      {!data && proposal.loading && <span className="spin" />}
      {data && (
        <>
          <p>{t(introOf[data.kind], { conduit: data.conduit, line: data.line })}</p>
          <pre className="record wrapped">{data.rule}</pre>
          {data.note && <Notice tone="warn">{data.note}</Notice>}
        </>
      )}
    </Dialog>
  );
}

/** The failure of asking for one event by its number, as an address may. */
export function useLinkedEvent(id: string): { event: TrafficEvent | undefined; failure: Failure | undefined } {
  const wanted = /^\d+$/.test(id);
  const linked = useResource(`event ${id}`, (signal) => call('getEvent', { path: { id: Number(id) }, signal }), { when: wanted });
  return { event: wanted ? linked.data?.event : undefined, failure: wanted ? linked.failure : undefined };
}
