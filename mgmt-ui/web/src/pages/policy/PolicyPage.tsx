import { useEffect, useState } from 'react';
import { call } from '../../api/client';
import { useResource } from '../../app/resource';
import { go, Link, usePlace } from '../../app/router';
import { useMay, useSession } from '../../app/session';
import { useStore } from '../../app/store';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Empty, FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { Tabs } from '../../components/Tabs';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { say, useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import { dropDraft, setDraft, useDraft } from './draft';
import { Edit } from './Edit';
import { History } from './History';
import { Reading } from './Reading';
import { NothingToReview, Review } from './Review';
import { text } from './text';
import './policy.css';

/**
 * `/policy` shows the policy in words (`?which=active|pending|draft|HASH`, to begin with `&rule=ID` or
 * `&line=N`), `/policy/edit` as YAML (`?line=N`),
 * `/policy/review` what the draft changes (`?which=HASH`: what a version would), `/policy/history` who changed it.
 */
export default function PolicyPage() {
  const t = useText(text);
  const may = useMay();
  const session = useSession();
  const { path, query } = usePlace();
  const live = useStore(status);
  const mayWrite = may('stageDraft');
  const { draft, loaded, keeping, failure: draftFailure } = useDraft(mayWrite ? session?.user : undefined);
  const active = useResource(`policy active ${live?.active?.hash ?? ''}`, (signal) => call('getPolicy', { query: { which: 'active' }, signal }));
  const which = query.get('which') ?? '';
  const pending = useResource(`policy pending ${live?.pending?.hash ?? ''}`, (signal) => call('getPolicy', { query: { which: 'pending' }, signal }), { when: live?.pending !== undefined });
  const isOld = /^[0-9a-f]{64}$/.test(which);
  const old = useResource(`policy ${which}`, (signal) => call('getPolicy', { query: { which }, signal }), { when: isOld });
  const [dropping, setDropping] = useState(false);

  const activeYaml = active.data?.yaml;
  const part = path.split('/')[2] ?? '';
  const changed = draft !== undefined && draft.yaml !== activeYaml;

  // What was a draft is in force now: it is no draft any more.
  const inForce = draft !== undefined && draft.yaml === activeYaml && keeping === 'kept' && live?.pending === undefined && draft.base !== undefined && draft.base !== live?.active?.hash;
  useEffect(() => {
    if (inForce) {
      void dropDraft();
      toast('ok', say(text, 'draftInForce'));
    }
  }, [inForce]);

  const edit = (yaml: string) => setDraft(yaml === activeYaml ? undefined : { ...draft, yaml, base: draft?.base ?? live?.active?.hash ?? active.data?.info?.hash });
  const noActive = active.failure?.status === 404;
  const tabs = [
    { to: '/policy', current: part === '', words: t('tabRead') },
    { to: '/policy/edit', current: part === 'edit', words: <>{t('tabEdit')}{changed && <span className="badge info">{t('whichDraft')}</span>}</> },
    { to: '/policy/review', current: part === 'review', words: t('tabReview') },
    { to: '/policy/history', current: part === 'history', words: t('tabHistory') },
  ];
  return (
    <div className="stack">
      <Tabs label={t('parts')} tabs={tabs}>
        {mayWrite && draft && part !== 'history' && (
          <>
            <span className="muted small" role="status">
              {t(keeping === 'failed' ? 'changed' : keeping)}
            </span>
            <button type="button" className="button small" onClick={() => setDropping(true)}>{t('drop')}</button>
            {part !== 'review' && <Link className="button small primary" to="/policy/review">{t('review')}</Link>}
          </>
        )}
      </Tabs>
      {draftFailure && <Notice tone="warn">{t('notKept', { why: draftFailure.sentence })}</Notice>}
      {changed && draft.base && live?.active && draft.base !== live.active.hash && <Notice tone="warn">{t('baseMoved')}</Notice>}
      {!noActive && <FailureNotice failure={active.failure} onRetry={active.reload} />}
      {part === 'history' ? (
        <History draft={changed ? draft : undefined} activeHash={live?.active?.hash ?? active.data?.info?.hash} />
      ) : part === 'edit' ? (
        (loaded || !mayWrite) && (activeYaml !== undefined || noActive) && (
          <>
            {mayWrite && !changed && <p className="muted">{t('noDraft')}</p>}
            <Edit yaml={draft?.yaml ?? activeYaml ?? ''} onChange={edit} readOnly={!mayWrite} />
          </>
        )
      ) : part === 'review' ? (
        isOld ? (
          old.data && activeYaml !== undefined && (
            <Review yaml={old.data.yaml} against={activeYaml} againstHash={live?.active?.hash} applies={false}
              title={<h2>{t('whichOld', { hash: which.slice(0, 8) })} <span className="muted">– {t('compareHint')}</span></h2>} />
          )
        ) : changed && (activeYaml !== undefined || noActive) ? (
          <Review yaml={draft.yaml} against={activeYaml ?? ''} againstHash={live?.active?.hash} applies note={draft.note}
            title={<h2>{t('whichDraft')} <span className="muted">– {t('compareWith')} {t('comparedActive')}</span></h2>} />
        ) : (
          (loaded || !mayWrite) && <NothingToReview />
        )
      ) : (
        words()
      )}
      {isOld && <FailureNotice failure={old.failure} onRetry={old.reload} />}
      {dropping && <DropDialog onClose={() => setDropping(false)} />}
    </div>
  );

  function words() {
    const options = [
      ['active', t('whichActive')] as const,
      ...(live?.pending ? [['pending', t('whichPending')] as const] : []),
      ...(changed ? [['draft', t('whichDraft')] as const] : []),
      ...(isOld ? [[which, t('whichOld', { hash: which.slice(0, 8) })] as const] : []),
    ];
    const shown = options.some(([one]) => one === which) ? which : 'active';
    const source = shown === 'draft' ? { yaml: draft!.yaml, info: undefined } : shown === 'pending' ? pending.data : shown === 'active' ? active.data : old.data;
    const info = shown === 'active' ? (live?.active ?? source?.info) : source?.info;
    if (shown === 'active' && noActive) {
      return <Empty icon="policy" title={t('noPolicy')} actions={mayWrite && <Link className="button primary" to="/policy/edit">{t('edit')}</Link>}>{t('noPolicyText')}</Empty>;
    }
    return source === undefined ? null : (
      <Reading
        yaml={source.yaml}
        rule={query.get('rule') ?? undefined}
        line={Number(query.get('line')) || undefined}
        aside={
          <div className="row">
            {options.length > 1 && <Segments label={t('showing')} value={shown} options={options} onChange={(value) => go(value === 'active' ? '/policy' : `/policy?which=${value}`, { replace: true })} />}
            {mayWrite && <Link className="button" to="/policy/edit"><Icon name="policy" />{t(changed ? 'editDraft' : 'edit')}</Link>}
          </div>
        }
        notes={info && (
          <p className="muted small row policy-info">
            {info.since && <span>{t('activeSince')} <TimeText at={info.since} /></span>}
            {info.who && <span>{t('by', { who: info.who })}</span>}
            <span>{t('hash')} <button type="button" className="link-button mono" title={t('copyHash')} onClick={() => void copy(info.hash)}>{info.hash.slice(0, 12)}</button></span>
          </p>
        )}
      />
    );
  }
}

async function copy(words: string) {
  await navigator.clipboard?.writeText(words);
  toast('info', say(common, 'copied'));
}

function DropDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  return (
    <Dialog title={t('dropTitle')} onClose={onClose} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="button" className="button danger" onClick={() => { void dropDraft(); onClose(); }}>{t('drop')}</button>
      </>
    }>
      <p>{t('dropText')}</p>
    </Dialog>
  );
}
