import { useMemo, useState } from 'react';
import { addressOf, call } from '../../api/client';
import { useResource } from '../../app/resource';
import { Link, useParameter, usePlace } from '../../app/router';
import { useShortcut } from '../../app/shortcuts';
import { type Column, DataTable } from '../../components/DataTable';
import { Icon } from '../../components/Icon';
import { Card, Empty, FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { Tabs } from '../../components/Tabs';
import { TimeText } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import { Detail } from './Detail';
import { addressOrder, type Asset, found, type Grouping, inGroups, nameOf, ordered } from './inventory';
import { Relations } from './Relations';
import { text } from './text';
import './assets.css';

/** `/assets?asset=ID&find=WORDS&by=zone|group` is the inventory, `/assets/relations` who talks to whom. */
export default function AssetsPage() {
  const t = useText(text);
  const { path } = usePlace();
  const [open, setOpen] = useParameter('asset');
  const assets = useResource('assets', (signal) => call('listAssets', { signal }), { every: 10_000 });
  const relations = useResource('relations', (signal) => call('listRelations', { signal }), { every: 10_000 });
  const isRelations = path === '/assets/relations';
  const all = assets.data?.assets;
  const asset = all?.find((one) => one.id === open || one.name === open);
  return (
    <div className="stack">
      <Tabs label={t('parts')} tabs={[
        { to: '/assets', current: !isRelations, words: t('tabInventory') },
        { to: '/assets/relations', current: isRelations, words: t('tabRelations') },
      ]}>
        <a className="button small" href={addressOf('exportAssets', { query: { format: 'csv' } })} download="assets.csv" title={t('exportCsv')} aria-label={t('exportCsv')}><Icon name="download" />CSV</a>
        <a className="button small" href={addressOf('exportAssets', { query: { format: 'json' } })} download="assets.json" title={t('exportJson')} aria-label={t('exportJson')}><Icon name="download" />JSON</a>
      </Tabs>
      <FailureNotice failure={isRelations ? relations.failure : assets.failure} onRetry={isRelations ? relations.reload : assets.reload} />
      {isRelations ? relations.data && <Relations relations={relations.data} /> : all && <Inventory assets={all} leftOut={assets.data?.leftOut ?? 0} open={asset?.id} onOpen={(id) => setOpen(id, { replace: open !== '' })} />}
      {open !== '' && (
        <Detail key={open} id={asset?.id ?? open} asset={asset} relations={relations.data ?? []} onClose={() => setOpen('', { replace: true })}
          onChanged={(changed) => assets.data && assets.put({ ...assets.data, assets: assets.data.assets.map((one) => (one.id === changed.id ? { ...one, ...changed } : one)) })} />
      )}
    </div>
  );
}

function Inventory({ assets, leftOut, open, onOpen }: { assets: Asset[]; leftOut: number; open: string | undefined; onOpen: (id: string) => void }) {
  const t = useText(text);
  const [wanted, setWanted] = useParameter('find');
  const [byText, setBy] = useParameter('by');
  const [unknownOnly, setUnknownOnly] = useState(false);
  const by: Grouping = byText === 'zone' || byText === 'group' ? byText : 'none';
  useShortcut('/', () => document.getElementById('assets-find')?.focus());
  const unknown = assets.filter((asset) => !asset.known).length;
  const shown = useMemo(() => ordered(found(unknownOnly ? assets.filter((asset) => !asset.known) : assets, wanted)), [assets, wanted, unknownOnly]);
  const columns: Column<Asset>[] = useMemo(() => [
    {
      key: 'name', title: t('name'), width: 'minmax(170px, 1.4fr)', phone: true, phoneWidth: 'minmax(0, 1.3fr)', sort: nameOf,
      render: (asset) => (
        <>
          <button type="button" className="link-button cut" onClick={() => onOpen(asset.id)}>{nameOf(asset)}</button>
          {!asset.known && <span className="badge warn"><Icon name="warn" />{t('unknown')}</span>}
        </>
      ),
    },
    { key: 'address', title: t('address'), width: 'minmax(120px, 1fr)', mono: true, sort: (asset) => addressOrder(asset.addresses[0]), render: (asset) => <span className="cut" title={asset.addresses.join(', ')}>{asset.addresses.join(', ')}</span> },
    { key: 'zone', title: t('zone'), width: 'minmax(80px, 0.7fr)', phone: true, phoneWidth: 'minmax(0, 0.7fr)', sort: (asset) => asset.zone ?? '', render: (asset) => <span className="cut">{asset.zone ?? '–'}</span> },
    { key: 'vendor', title: t('vendor'), width: 'minmax(110px, 1fr)', sort: (asset) => asset.vendor ?? '', render: (asset) => <span className="cut">{asset.vendor ?? '–'}</span> },
    { key: 'protocols', title: t('protocols'), width: 'minmax(100px, 0.9fr)', sort: (asset) => asset.protocols.join(), render: (asset) => <span className="cut" title={asset.protocols.join(', ')}>{asset.protocols.join(', ') || '–'}</span> },
    { key: 'roles', title: t('roles'), width: '130px', sort: (asset) => asset.roles?.join() ?? '', render: (asset) => asset.roles?.map((role) => t(role)).join(', ') || '–' },
    { key: 'group', title: t('group'), width: 'minmax(80px, 0.7fr)', sort: (asset) => asset.group ?? '', render: (asset) => <span className="cut">{asset.group || '–'}</span> },
    { key: 'firstSeen', title: t('firstSeen'), width: '120px', sort: (asset) => asset.firstSeen ?? '', render: (asset) => <TimeText at={asset.firstSeen} /> },
    { key: 'lastSeen', title: t('lastSeen'), width: '120px', phone: true, phoneWidth: '92px', sort: (asset) => asset.lastSeen ?? '', render: (asset) => <TimeText at={asset.lastSeen} /> },
  ], [t, onOpen]);
  if (assets.length === 0) {
    return <Card><Empty icon="assets" title={t('noAssets')} actions={<Link className="button" to="/policy">{t('toPolicy')}</Link>}>{t('noAssetsText')}</Empty></Card>;
  }
  return (
    <>
      {unknown > 0 && (
        <Notice tone="warn">
          <div className="row nowrap assets-unknown">
            <span className="grow">{t('unknownText', { n: unknown })}</span>
            <button type="button" className="button small" aria-pressed={unknownOnly} onClick={() => setUnknownOnly(!unknownOnly)}>{t(unknownOnly ? 'all' : 'unknownOnly')}</button>
          </div>
        </Notice>
      )}
      {leftOut > 0 && <Notice tone="warn">{t('leftOut', { n: leftOut })}</Notice>}
      <div className="row">
        <input id="assets-find" type="search" className="input assets-find" placeholder={t('find')} aria-label={t('find')} value={wanted} onChange={(event) => setWanted(event.target.value, { replace: true })} />
        <span className="row end">
          <span className="muted small">{t('groupBy')}</span>
          <Segments label={t('groupBy')} value={by} options={[['none', t('byNothing')], ['zone', t('byZone')], ['group', t('byGroup')]]} onChange={(value) => setBy(value === 'none' ? '' : value, { replace: true })} />
        </span>
      </div>
      {shown.length === 0 ? <Card><Empty icon="search" title={t('nothingFound', { what: wanted })} /></Card> : inGroups(shown, by).map(([name, rows]) => (
        <Card key={name} flush title={by === 'none' ? undefined : <>{name || t(by === 'zone' ? 'noZone' : 'noGroup')} <span className="muted num">({rows.length})</span></>} className="assets-card">
          {by === 'none' && rows.length > 60 ? (
            <div className="assets-fill"><DataTable label={t('tabInventory')} columns={columns} rows={rows} rowKey={(asset) => asset.id} selected={open} onOpen={(asset) => onOpen(asset.id)} rowHeight={36} /></div>
          ) : (
            <DataTable inline label={name || t('tabInventory')} columns={columns} rows={rows} rowKey={(asset) => asset.id} selected={open} onOpen={(asset) => onOpen(asset.id)} rowHeight={36} />
          )}
        </Card>
      ))}
    </>
  );
}
