import { useMemo, useState } from 'react';
import { useMedia } from '../../app/media';
import { address, Link, useParameter } from '../../app/router';
import { type Column, DataTable } from '../../components/DataTable';
import { Icon } from '../../components/Icon';
import { compact } from '../../components/numbers';
import { Card, Empty } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { TimeText } from '../../components/TimeText';
import { formatNumber, useText } from '../../i18n/i18n';
import { between } from './Detail';
import { matrixOf, type Relation } from './inventory';
import { text } from './text';

/** Who talks to whom, as a matrix or as a list; every number leads to its messages. */
export function Relations({ relations }: { relations: Relation[] }) {
  const t = useText(text);
  const narrow = useMedia('(max-width: 700px)');
  const [as, setAs] = useParameter('as');
  const [isNew, setNew] = useState(false);
  const [isDenied, setDenied] = useState(false);
  const shown = useMemo(() => relations.filter((one) => (!isNew || one.isNew) && (!isDenied || one.denied > 0)), [relations, isNew, isDenied]);
  const listed = as === 'list' || (narrow && as !== 'matrix');
  if (relations.length === 0) {
    return <Card><Empty icon="traffic" title={t('noRelations')}>{t('noRelationsText')}</Empty></Card>;
  }
  return (
    <Card flush title={t('tabRelations')} aside={
      <>
        <button type="button" className="button small" aria-pressed={isNew} onClick={() => setNew(!isNew)}>{t('newOnly')}</button>
        <button type="button" className="button small" aria-pressed={isDenied} onClick={() => setDenied(!isDenied)}>{t('deniedOnly')}</button>
        <Segments label={t('show')} value={listed ? 'list' : 'matrix'} options={[['matrix', t('asMatrix')], ['list', t('asList')]]} onChange={(value) => setAs(value, { replace: true })} />
      </>
    }>
      {shown.length === 0 ? <Empty icon="search" title={t('noneLeft')} /> : listed ? <List relations={shown} /> : <MatrixTable relations={shown} />}
    </Card>
  );
}

function MatrixTable({ relations }: { relations: Relation[] }) {
  const t = useText(text);
  const matrix = useMemo(() => matrixOf(relations), [relations]);
  return (
    <>
      <p className="muted small matrix-hint">{t('matrixHint')}</p>
      <div className="scroll-x matrix-scroll" tabIndex={0} role="region" aria-label={t('matrixLabel')}>
        <table className="matrix">
          <caption className="sr">{t('matrixLabel')}</caption>
          <thead>
            <tr>
              <td className="matrix-corner"><span className="muted small">{t('asks')} <Icon name="down" size={11} /> {t('answers')} <Icon name="right" size={11} /></span></td>
              {matrix.destinations.map((name) => <th key={name} scope="col"><Link to={address('/assets', { asset: name })}>{name}</Link></th>)}
            </tr>
          </thead>
          <tbody>
            {matrix.sources.map((source) => (
              <tr key={source}>
                <th scope="row"><Link to={address('/assets', { asset: source })}>{source}</Link></th>
                {matrix.destinations.map((destination) => {
                  const cell = matrix.cell(source, destination);
                  return (
                    <td key={destination} className={cell ? (cell.isNew ? 'filled fresh' : 'filled') : undefined}>
                      {cell && (
                        <>
                          <Link className="matrix-count num" to={address('/traffic', { filter: between({ source, destination }) })}>{compact(cell.messages)}<span className="sr"> – {t('cell', { from: source, to: destination, n: cell.messages, denied: cell.denied })}</span></Link>
                          <span className="matrix-notes">
                            <span className="muted">{[...new Set(cell.protocols)].join(', ')}</span>
                            {cell.isNew && <span className="badge warn"><Icon name="info" />{t('isNew')}</span>}
                          </span>
                          {cell.denied > 0 && (
                            <Link className="badge danger" to={address('/traffic', { filter: `${between({ source, destination })} verdict:deny` })}><Icon name="cross" />{t('deniedOf', { n: cell.denied })}</Link>
                          )}
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function List({ relations }: { relations: Relation[] }) {
  const t = useText(text);
  const columns: Column<Relation>[] = [
    { key: 'who', title: t('asks'), width: 'minmax(130px, 1.2fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', sort: (one) => one.source, render: (one) => <><Link className="cut" to={address('/assets', { asset: one.source })}>{one.source}</Link>{one.isNew && <span className="badge warn"><Icon name="info" />{t('isNew')}</span>}</> },
    { key: 'whom', title: t('answers'), width: 'minmax(110px, 1fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', sort: (one) => one.destination, render: (one) => <Link className="cut" to={address('/assets', { asset: one.destination })}>{one.destination}</Link> },
    { key: 'protocol', title: t('protocols'), width: '130px', sort: (one) => one.protocol, render: (one) => one.protocol },
    { key: 'conduit', title: t('conduit'), width: 'minmax(120px, 1fr)', sort: (one) => one.conduit ?? '', render: (one) => (one.conduit ? <Link className="cut" to={address('/policy', { rule: one.conduit })}>{one.conduit}</Link> : <span className="muted">{t('noConduit')}</span>) },
    { key: 'functions', title: t('functions'), width: 'minmax(110px, 1fr)', render: (one) => <span className="cut">{one.functions?.join(', ')}</span> },
    { key: 'messages', title: t('messagesCount'), width: '120px', align: 'right', phone: true, phoneWidth: '112px', sort: (one) => one.messages, render: (one) => <Link to={address('/traffic', { filter: between(one) })}>{formatNumber(one.messages)}</Link> },
    { key: 'denied', title: t('denied'), width: '100px', align: 'right', sort: (one) => one.denied, render: (one) => (one.denied > 0 ? <Link className="badge danger" to={address('/traffic', { filter: `${between(one)} verdict:deny` })}><Icon name="cross" />{formatNumber(one.denied)}</Link> : <span className="muted">0</span>) },
    { key: 'last', title: t('lastSeen'), width: '130px', sort: (one) => one.lastSeen, render: (one) => <TimeText at={one.lastSeen} /> },
  ];
  return <DataTable inline label={t('tabRelations')} columns={columns} rows={relations} rowKey={(one) => `${one.source} ${one.destination} ${one.protocol} ${one.conduit}`} rowHeight={36} defaultSort={{ key: 'messages', down: true }} />;
}
