import { useState } from 'react';
import { addressOf, call, type Schema } from '../../api/client';
import { useAction } from '../../app/resource';
import { address, Link, useParameter } from '../../app/router';
import { useMay } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Menu } from '../../components/Menu';
import { Card, Empty, FailureNotice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { absoluteTime, TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { VerdictBadge } from '../../components/VerdictBadge';
import { common } from '../../i18n/common';
import { formatNumber, useText } from '../../i18n/i18n';
import { keepNow, setDraft } from '../policy/draft';
import { withExpectations } from './expectations';
import { usePaged } from './paged';
import { text } from './text';

type Message = Schema<'ReplayMessages'>['messages'][number];
type Only = 'all' | 'denied' | 'changed';

/** What came of a replay: every number is a filter of the list below it. */
export function Result({ id, result, capture, yaml }: { id: string; result: Schema<'ReplayResult'>; capture: string; yaml: string | undefined }) {
  const t = useText(text);
  const may = useMay();
  const [onlyText, setOnly] = useParameter('only');
  const [conduit, setConduit] = useParameter('conduit');
  const only: Only = onlyText === 'denied' || onlyText === 'changed' ? onlyText : 'all';
  const [saving, setSaving] = useState(false);
  const show = (what: Only, of = '') => {
    setConduit(of, { replace: true });
    setOnly(what === 'all' ? '' : what, { replace: true });
    document.getElementById('replay-list')?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  };
  const allowed = result.messages - (result.denied ?? 0);
  return (
    <>
      <section className="stack" aria-label={t('result')}>
        <div className="row">
          <h2 className="grow">{t('result')}</h2>
          <Menu label={`${t('report')}: ${t('reportHint')}`} className="button" trigger={<><Icon name="audit" />{t('report')}</>} items={(['en', 'de'] as const).map((language) => ({
            label: t(language === 'en' ? 'reportEn' : 'reportDe'),
            act: () => window.open(addressOf('getReplayReport', { path: { id }, query: { language } }), '_blank', 'noopener'),
          }))} />
          {may('saveExpectation') && <button type="button" className="button" onClick={() => setSaving(true)}><Icon name="archive" />{t('expectation')}</button>}
          {may('stageDraft') && <Link className="button" to="/policy/edit"><Icon name="policy" />{t('tune')}</Link>}
        </div>
        <div className="replay-figures">
          <Figure label={t('messages')} value={result.messages} note={`${formatNumber(result.frames)} ${t('frames')}`} onClick={() => show('all')} />
          <Figure label={t('allowed')} value={allowed} onClick={() => show('all')} />
          <Figure label={t('denied')} value={result.denied ?? 0} onClick={() => show('denied')} />
          <Figure label={t('changed')} value={result.changed} note={t('changedHint')} strong={result.changed > 0} onClick={() => show('changed')} />
        </div>
        {result.first && result.last && <p className="muted small">{t('span')}: <TimeText at={result.first} absolute /> – {absoluteTime(Date.parse(result.last), 'time')}</p>}
      </section>
      <div className="replay-columns">
        <Card title={t('byConduit')} flush>
          <div className="scroll-x">
            <table className="plain">
              <thead><tr><th scope="col">{t('conduit')}</th><th scope="col" className="right">{t('allowed')}</th><th scope="col" className="right">{t('denied')}</th><th scope="col" className="right">{t('changed')}</th></tr></thead>
              <tbody>
                {result.conduits.map((one) => {
                  const name = one.conduit || t('noConduit');
                  return (
                    <tr key={one.conduit}>
                      <th scope="row">{one.conduit ? <Link to={address('/policy', { rule: one.conduit })}>{name}</Link> : name}</th>
                      <td className="right"><Count n={one.allowed} label={`${name}: ${t('allowed')}`} onClick={() => show('all', one.conduit)} /></td>
                      <td className="right"><Count n={one.denied} label={`${name}: ${t('denied')}`} onClick={() => show('denied', one.conduit)} /></td>
                      <td className="right"><Count n={one.changed} strong label={`${name}: ${t('changed')}`} onClick={() => show('changed', one.conduit)} /></td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </Card>
        {result.rules && result.rules.length > 0 && (
          <Card title={t('byRule')} flush>
            <div className="scroll-x replay-rules">
              <table className="plain">
                <thead><tr><th scope="col">{t('rule')}</th><th scope="col">{t('conduit')}</th><th scope="col" className="right">{t('messages')}</th></tr></thead>
                <tbody>
                  {result.rules.map((one) => (
                    <tr key={`${one.conduit} ${one.rule}`}>
                      <th scope="row"><Link className="mono" to={address('/policy', { rule: one.rule })}>{one.rule}</Link></th>
                      <td>{one.conduit}</td>
                      <td className="right">{formatNumber(one.messages)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
        )}
        <Card title={t('anomalies')} flush>
          {!result.anomalies || result.anomalies.length === 0 ? <p className="muted padded">{t('noAnomalies')}</p> : (
            <div className="scroll-x replay-rules">
              <table className="plain">
                <thead><tr><th scope="col">{t('anomaly')}</th><th scope="col" className="right">{t('count')}</th><th scope="col">{t('example')}</th></tr></thead>
                <tbody>{result.anomalies.map((one) => <tr key={one.what}><th scope="row">{one.what}</th><td className="right">{formatNumber(one.count)}</td><td className="muted">{one.example}</td></tr>)}</tbody>
              </table>
            </div>
          )}
          {result.notes && result.notes.length > 0 && (
            <div className="padded muted small"><strong>{t('notes')}</strong>{result.notes.map((note) => <p key={note}>{note}</p>)}</div>
          )}
        </Card>
      </div>
      <section id="replay-list" className="card flush replay-list" aria-label={t('list')}>
        <header>
          <h2>{t('list')}</h2>
          <div className="row end">
            <select className="select replay-conduit" aria-label={t('conduit')} value={conduit} onChange={(event) => setConduit(event.target.value, { replace: true })}>
              <option value="">{t('allConduits')}</option>
              {result.conduits.filter((one) => one.conduit !== '').map((one) => <option key={one.conduit} value={one.conduit}>{one.conduit}</option>)}
            </select>
            <Segments label={t('only')} value={only} onChange={(value) => setOnly(value === 'all' ? '' : value, { replace: true })}
              options={[['all', t('onlyAll')], ['denied', t('onlyDenied')], ['changed', t('onlyChanged')]]} />
          </div>
        </header>
        <Messages id={id} only={only} conduit={conduit} total={result.messages} />
      </section>
      {saving && <Expectations capture={capture} yaml={yaml} onClose={() => setSaving(false)} />}
    </>
  );
}

function Figure({ label, value, note, strong, onClick }: { label: string; value: number; note?: string; strong?: boolean; onClick: () => void }) {
  return (
    <button type="button" className={`card replay-figure${strong ? ' strong' : ''}`} onClick={onClick}>
      <span className="muted small">{label}</span>
      <span className="replay-value num">{formatNumber(value)}</span>
      <span className="muted small">{note}</span>
    </button>
  );
}

function Count({ n, label, strong, onClick }: { n: number; label: string; strong?: boolean; onClick: () => void }) {
  return n === 0 ? <span className="muted">0</span> : (
    <button type="button" className="link-button num" onClick={onClick}><span className="sr">{label}: </span>{strong ? <strong>{formatNumber(n)}</strong> : formatNumber(n)}</button>
  );
}

function Messages({ id, only, conduit, total }: { id: string; only: Only; conduit: string; total: number }) {
  const t = useText(text);
  const [open, setOpen] = useState<Message>();
  const { rows, loaded, failure } = usePaged<Message>(`${id} ${only} ${conduit}`, async (offset, limit, signal) => {
    const page = await call('listReplayMessages', { path: { id }, query: { only, conduit: conduit || undefined, offset, limit }, signal });
    return { rows: page.messages, total: page.total };
  });
  const of = (row: Message | 'waiting', show: (message: Message) => React.ReactNode) => (row === 'waiting' ? <span className="skeleton replay-waits" /> : show(row));
  const columns: Column<Message | 'waiting'>[] = [
    { key: 'frame', title: t('frame'), width: '84px', align: 'right', render: (row) => of(row, (m) => formatNumber(m.frame)) },
    { key: 'at', title: t('time'), width: '120px', mono: true, render: (row) => of(row, (m) => (m.at === undefined ? '–' : absoluteTime(Date.parse(m.at), 'millis'))) },
    { key: 'verdict', title: t('verdict'), width: '200px', phone: true, phoneWidth: '40px', render: (row) => of(row, (m) => <Verdict message={m} />) },
    { key: 'does', title: t('does'), width: 'minmax(220px, 2fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', mono: true, render: (row) => of(row, (m) => <span className="cut" title={m.does}>{m.does}</span>) },
    { key: 'source', title: t('from'), width: 'minmax(90px, 1fr)', render: (row) => of(row, (m) => <span className="cut">{m.source}</span>) },
    { key: 'destination', title: t('to'), width: 'minmax(90px, 1fr)', render: (row) => of(row, (m) => <span className="cut">{m.destination}</span>) },
    { key: 'conduit', title: t('conduit'), width: 'minmax(110px, 1fr)', render: (row) => of(row, (m) => <span className="cut">{m.conduit}</span>) },
    { key: 'why', title: t('why'), width: 'minmax(80px, 0.7fr)', render: (row) => of(row, (m) => <span className="cut mono">{m.rule ?? m.reason}</span>) },
  ];
  return (
    <>
      <FailureNotice failure={failure} />
      <div className="replay-table">
        <DataTable label={t('list')} columns={columns} rows={rows} rowKey={(row) => (row === 'waiting' ? `w${Math.random()}` : keyOf(row))}
          onOpen={(row) => row !== 'waiting' && setOpen(row)} selected={open && keyOf(open)}
          empty={loaded && <Empty icon="search" title={total === 0 ? t('noneAtAll') : only === 'changed' ? t('nothingChanged') : t('noMessages')}>{total > 0 && only !== 'changed' && t('noMessagesText')}</Empty>} />
      </div>
      {open && (
        <Dialog side title={t('detail', { frame: open.frame })} onClose={() => setOpen(undefined)}>
          <dl className="pairs">
            <dt>{t('does')}</dt><dd className="mono">{open.does}</dd>
            <dt>{t('verdict')}</dt><dd><Verdict message={open} long /></dd>
            <dt>{t('time')}</dt><dd><TimeText at={open.at} absolute /></dd>
            <dt>{t('from')}</dt><dd>{open.source ?? '–'}</dd>
            <dt>{t('to')}</dt><dd>{open.destination ?? '–'}</dd>
            <dt>{t('conduit')}</dt><dd>{open.conduit ? <Link to={address('/policy', { rule: open.conduit })}>{open.conduit}</Link> : t('noConduit')}</dd>
            {open.rule && <><dt>{t('rule')}</dt><dd><Link className="mono" to={address('/policy', { rule: open.rule })}>{open.rule}</Link></dd></>}
            {open.reason && <><dt>{t('why')}</dt><dd>{open.reason}</dd></>}
          </dl>
          {open.detail && <p className="wrap-any">{open.detail}</p>}
        </Dialog>
      )}
    </>
  );
}

/** A frame may hold several messages. */
function keyOf(message: Message): string {
  return `${message.frame} ${message.does} ${message.at}`;
}

function Verdict({ message, long }: { message: Message; long?: boolean }) {
  const t = useText(text);
  const changed = message.before !== undefined && message.before !== message.verdict;
  return (
    <span className="row nowrap">
      <VerdictBadge verdict={message.verdict} />
      {changed && <span className={long ? 'muted' : 'muted small replay-before'}>{t(message.before === 'allow' ? 'wasAllowed' : 'wasDenied')}</span>}
    </span>
  );
}

function Expectations({ capture, yaml, onClose }: { capture: string; yaml: string | undefined; onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const may = useMay();
  const [lines, setLines] = useState<string>();
  const load = useAction(async () => {
    const policy = yaml ?? (await call('getPolicy', { query: { which: 'active' } })).yaml;
    setLines(String(await call('saveExpectation', { path: { id: capture }, body: { yaml: policy } })));
  });
  const into = useAction(async () => {
    const [draft, active] = await Promise.all([call('getDraft'), call('getPolicy', { query: { which: 'active' } })]);
    const done = withExpectations(draft.yaml ?? active.yaml, lines ?? '');
    if (done.added > 0) {
      setDraft({ yaml: done.yaml, base: draft.base ?? active.info?.hash, note: draft.note });
      await keepNow();
    }
    toast('ok', t(done.added > 0 ? 'intoDraftDone' : 'inDraftAlready'));
    onClose();
  });
  const [begun, setBegun] = useState(false);
  if (!begun) {
    setBegun(true);
    void load.run();
  }
  return (
    <Dialog wide title={t('expectationTitle')} onClose={onClose} footer={
      <>
        <button type="button" className="button" disabled={!lines} onClick={() => void navigator.clipboard?.writeText(lines!).then(() => toast('info', c('copied')))}><Icon name="copy" />{c('copy')}</button>
        {may('stageDraft') && <button type="button" className="button primary" disabled={!lines || into.busy} onClick={() => void into.run()}>{t('intoDraft')}</button>}
      </>
    }>
      <p>{t('expectationText')}</p>
      <FailureNotice failure={load.failure ?? into.failure} />
      {lines === undefined ? load.busy && <span className="spin" /> : <pre className="yaml-lines" tabIndex={0}>{lines}</pre>}
    </Dialog>
  );
}
