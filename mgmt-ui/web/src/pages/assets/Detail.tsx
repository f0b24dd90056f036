import { useState } from 'react';
import { call } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, Link } from '../../app/router';
import { useMay } from '../../app/session';
import { Dialog } from '../../components/Dialog';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { formatNumber, useText } from '../../i18n/i18n';
import { clause } from '../../filter/language';
import { type Asset, nameOf, type Relation } from './inventory';
import { text } from './text';

/** One device: what it is, what it does, with whom it talks, and what people noted of it. */
export function Detail({ id, asset, relations, onClose, onChanged }: { id: string; asset: Asset | undefined; relations: Relation[]; onClose: () => void; onChanged: (asset: Asset) => void }) {
  const t = useText(text);
  const may = useMay();
  const whole = useResource(`asset ${id}`, (signal) => call('getAsset', { path: { id }, signal }));
  const [asking, setAsking] = useState(false);
  const shown = whole.data ?? asset;
  const name = shown ? nameOf(shown) : id;
  const own = relations.filter((one) => one.source === id || one.destination === id);
  const host = shown?.name ?? shown?.addresses[0] ?? id;
  return (
    <Dialog side title={name} onClose={onClose} footer={
      <>
        {shown?.name && may('requestJumpSession') && <Link className="button" to={address('/sessions/request', { asset: shown.name })}>{t('requestSession')}</Link>}
        {shown?.name && <Link className="button" to={`/policy?rule=${encodeURIComponent(shown.name)}`}>{t('inPolicy')}</Link>}
        <Link className="button primary" to={address('/traffic', { filter: clause('host', host) })}>{t('messagesOf', { name })}</Link>
      </>
    }>
      <FailureNotice failure={whole.failure} onRetry={whole.reload} />
      {shown && (
        <>
          {!shown.known && <Notice tone="warn">{t('unknownText', { n: 1 })}</Notice>}
          <dl className="pairs">
            <dt>{t('zone')}</dt><dd>{shown.zone ?? '–'}</dd>
            <dt>{t('addresses')}</dt><dd className="mono">{shown.addresses.join(', ')}</dd>
            {shown.macs && shown.macs.length > 0 && <><dt>{t('macs')}</dt><dd className="mono">{shown.macs.join(', ')}</dd></>}
            {shown.vendor && <><dt>{t('vendor')}</dt><dd>{shown.vendor}</dd></>}
            <dt>{t('protocols')}</dt><dd>{shown.protocols.join(', ') || '–'}</dd>
            <dt>{t('firstSeen')}</dt><dd>{shown.firstSeen ? <TimeText at={shown.firstSeen} /> : t('never')}</dd>
            <dt>{t('lastSeen')}</dt><dd>{shown.lastSeen ? <TimeText at={shown.lastSeen} /> : t('never')}</dd>
          </dl>
          <section className="stack tight">
            <div className="row"><h3 className="grow">{t('identification')}</h3>{may('identifyAsset') && <button type="button" className="button small" onClick={() => setAsking(true)}>{t('identify')}</button>}</div>
            {shown.identification?.values && Object.keys(shown.identification.values).length > 0 ? (
              <>
                <dl className="pairs">
                  {Object.entries(shown.identification.values).map(([what, value]) => [<dt key={what}>{what}</dt>, <dd key={`${what}-value`}>{value}</dd>])}
                </dl>
                <p className="muted small">{t(HOW[shown.identification.how])} <TimeText at={shown.identification.at} /></p>
              </>
            ) : <p className="muted">{t('identificationNone')}</p>}
          </section>
          <section className="stack tight">
            <h3>{t('uses')}</h3>
            {!shown.uses || shown.uses.length === 0 ? <p className="muted">{t('usesNone')}</p> : (
              <div className="scroll-x">
                <table className="plain">
                  <thead><tr><th scope="col">{t('function')}</th><th scope="col">{t('as')}</th><th scope="col" className="right">{t('count')}</th><th scope="col">{t('last')}</th></tr></thead>
                  <tbody>
                    {shown.uses.map((use, index) => (
                      <tr key={index}>
                        <td><span className="mono wrap-any">{use.does}</span><div className="muted small">{use.protocol}</div></td>
                        <td>{use.role ? t(use.role === 'server' ? 'server' : 'client') : '–'}</td>
                        <td className="right"><Link to={address('/traffic', { filter: usedBy(host, use) })}>{formatNumber(use.count)}</Link></td>
                        <td><TimeText at={use.lastSeen} /></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </section>
          <section className="stack tight">
            <h3>{t('relations')}</h3>
            {own.length === 0 ? <p className="muted">{t('relationsNone')}</p> : (
              <ul className="asset-relations">
                {own.map((one) => (
                  <li key={`${one.source} ${one.destination} ${one.protocol}`} className="row">
                    <span>{one.source === id ? <><Icon name="right" size={13} /> {one.destination}</> : <><Icon name="left" size={13} /> {one.source}</>}</span>
                    <span className="muted small">{one.protocol}</span>
                    {one.isNew && <span className="badge warn"><Icon name="info" />{t('isNew')}</span>}
                    <span className="end row">
                      {one.denied > 0 && <Link className="badge danger" to={address('/traffic', { filter: `${between(one)} verdict:deny` })}><Icon name="cross" />{t('deniedOf', { n: one.denied })}</Link>}
                      <Link className="num" to={address('/traffic', { filter: between(one) })}>{formatNumber(one.messages)}</Link>
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {may('annotateAsset') && <Notes key={id} asset={shown} onSaved={(changed) => { whole.put(changed); onChanged(changed); }} />}
          {!may('annotateAsset') && shown.note && <section className="stack tight"><h3>{t('notes')}</h3><p>{shown.note}</p></section>}
        </>
      )}
      {asking && shown && <Identify asset={shown} onClose={() => setAsking(false)} onDone={(changed) => { whole.put(changed); onChanged(changed); }} />}
    </Dialog>
  );
}

const HOW = { passive: 'how_passive', 'modbus-43-14': 'how_modbus', 'opcua-get-endpoints': 'how_opcua' } as const;

export function between(one: { source: string; destination: string }): string {
  return `${clause('src', one.source)} ${clause('dst', one.destination)}`;
}

/** The messages of a use: by its first word, where that is one of the filter language. */
function usedBy(host: string, use: { does: string; protocol: string; role?: string }): string {
  const word = /^(read|write|call|browse|subscribe|function)\b/.exec(use.does)?.[1];
  const proto = /^[a-z0-9]+$/.test(use.protocol) ? ` ${clause('proto', use.protocol)}` : '';
  return clause(use.role === 'server' ? 'dst' : use.role === 'client' ? 'src' : 'host', host) + proto + (word && word !== 'function' ? ` ${clause('do', word)}` : '');
}

function Notes({ asset, onSaved }: { asset: Asset; onSaved: (asset: Asset) => void }) {
  const t = useText(text);
  const c = useText(common);
  const [group, setGroup] = useState(asset.group ?? '');
  const [note, setNote] = useState(asset.note ?? '');
  const [known, setKnown] = useState(asset.known);
  const changed = group !== (asset.group ?? '') || note !== (asset.note ?? '') || known !== asset.known;
  const save = useAction(async () => {
    await call('annotateAsset', { path: { id: asset.id }, body: { group, note, known } });
    onSaved({ ...asset, group, note, known });
    toast('ok', t('saved'));
  });
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); void save.run(); }}>
      <h3>{t('notes')}</h3>
      {asset.name && asset.known ? <p className="muted small">{t('knownByPolicy')}</p> : (
        <label className="check">
          <input type="checkbox" checked={known} onChange={(event) => setKnown(event.target.checked)} />
          <span>{t('known')} <span className="muted small">{t('knownHint')}</span></span>
        </label>
      )}
      <Field label={t('group')} hint={t('groupHint')} maxLength={100} value={group} onChange={(event) => setGroup(event.target.value)} />
      <div className="field">
        <label htmlFor="asset-note">{t('note')}</label>
        <textarea id="asset-note" className="textarea" maxLength={1000} placeholder={t('noteHint')} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
      <FailureNotice failure={save.failure} />
      <button type="submit" className="button asset-save" disabled={!changed || save.busy}>{save.busy && <span className="spin" />}{c('save')}</button>
    </form>
  );
}

function Identify({ asset, onClose, onDone }: { asset: Asset; onClose: () => void; onDone: (asset: Asset) => void }) {
  const t = useText(text);
  const c = useText(common);
  const name = nameOf(asset);
  const ask = useAction(async () => {
    const identification = await call('identifyAsset', { path: { id: asset.id } });
    onDone({ ...asset, identification });
    toast('ok', t('identified', { name }));
    onClose();
  });
  return (
    <Dialog title={t('identifyTitle', { name })} onClose={onClose} busy={ask.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose} disabled={ask.busy}>{c('cancel')}</button>
        <button type="button" className="button danger" onClick={() => void ask.run()} disabled={ask.busy}>{ask.busy && <span className="spin" />}{t('identifyNow')}</button>
      </>
    }>
      <p>{t('identifyText')}</p>
      <Notice tone="warn">{t('identifyWarn')}</Notice>
      <FailureNotice failure={ask.failure} />
    </Dialog>
  );
}
