import { useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, go, Link } from '../../app/router';
import { useMay } from '../../app/session';
import { useStore } from '../../app/store';
import { Dialog } from '../../components/Dialog';
import { Icon, type IconName } from '../../components/Icon';
import { Card, Empty, FailureNotice } from '../../components/Notice';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import { type Draft, keepNow, setDraft } from './draft';
import { text } from './text';

type PolicyChange = Schema<'PolicyChange'>;
const ICONS: Record<PolicyChange['why'], IconName> = { seed: 'policy', apply: 'check', confirm: 'check', rollback: 'undo', pending: 'clock', expired: 'undo', recovered: 'info' };

/** What was in force when, by whom; any version can be looked at, compared, and be made the draft. */
export function History({ draft, activeHash }: { draft: Draft | undefined; activeHash: string | undefined }) {
  const t = useText(text);
  const c = useText(common);
  const may = useMay();
  const pending = useStore(status)?.pending;
  const history = useResource(`policy history ${activeHash ?? ''} ${pending?.hash ?? ''}`, (signal) => call('listPolicyHistory', { signal }), { every: 15_000 });
  const [replacing, setReplacing] = useState<string>();
  const [goingBack, setGoingBack] = useState(false);
  const load = useAction(async (hash: string) => {
    const version = await call('getPolicy', { query: { which: hash } });
    setDraft({ yaml: version.yaml, base: activeHash });
    await keepNow();
    setReplacing(undefined);
    toast('info', t('loaded', { hash: hash.slice(0, 8) }));
    go('/policy/review');
  });
  const back = useAction(async () => {
    const active = await call('rollBackPolicy');
    status.update((now) => now && { ...now, active, pending: undefined });
    setGoingBack(false);
    toast('ok', t('goneBack'));
    history.reload();
  });
  const ask = (hash: string) => (draft ? setReplacing(hash) : void load.run(hash));
  if (history.data?.length === 0) {
    return <Empty icon="clock" title={t('historyEmpty')}>{t('historyEmptyText')}</Empty>;
  }
  return (
    <div className="stack">
      <FailureNotice failure={history.failure} onRetry={history.reload} />
      <FailureNotice failure={load.failure ?? back.failure} />
      {history.data && (
        <Card flush title={t('tabHistory')} aside={may('rollBackPolicy') && !pending && <button type="button" className="button small" onClick={() => setGoingBack(true)}><Icon name="undo" />{t('goBack')}</button>}>
          <div className="scroll-x">
            <table className="plain history">
              <thead>
                <tr><th scope="col">{t('when')}</th><th scope="col">{t('what')}</th><th scope="col">{t('who')}</th><th scope="col">{t('whyGiven')}</th><th scope="col">{t('version')}</th><th scope="col"><span className="sr">{t('load')}</span></th></tr>
              </thead>
              <tbody>
                {history.data.map((change, index) => (
                  <tr key={`${change.at}-${index}`}>
                    <td><TimeText at={change.at} /></td>
                    <td><span className="row nowrap"><Icon name={ICONS[change.why]} size={14} />{t(`why_${change.why}`)}</span></td>
                    <td>{change.who}</td>
                    <td className="wrap-any">{change.note}</td>
                    <td>
                      <span className="row nowrap">
                        <span className="mono" title={change.hash}>{change.hash.slice(0, 8)}</span>
                        {change.name && <span className="muted">{change.name}</span>}
                        {change.hash === activeHash && <span className="badge ok"><Icon name="check" />{t('inForceNow')}</span>}
                      </span>
                    </td>
                    <td>
                      <span className="row nowrap history-acts">
                        <Link className="button small" to={address('/policy', { which: change.hash })}>{t('view')}</Link>
                        {change.hash !== activeHash && <Link className="button small" to={address('/policy/review', { which: change.hash })} title={t('compareHint')}>{t('compare')}</Link>}
                        {may('stageDraft') && change.hash !== activeHash && <button type="button" className="button small" disabled={load.busy} onClick={() => ask(change.hash)}>{t('load')}</button>}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {replacing && (
        <Dialog title={t('loadTitle')} onClose={() => setReplacing(undefined)} busy={load.busy} footer={
          <>
            <button type="button" className="button" onClick={() => setReplacing(undefined)}>{c('cancel')}</button>
            <button type="button" className="button primary" disabled={load.busy} onClick={() => void load.run(replacing)}>{t('load')}</button>
          </>
        }>
          <p>{t('loadText')}</p>
        </Dialog>
      )}
      {goingBack && (
        <Dialog title={t('goBackTitle')} onClose={() => setGoingBack(false)} busy={back.busy} footer={
          <>
            <button type="button" className="button" onClick={() => setGoingBack(false)}>{c('cancel')}</button>
            <button type="button" className="button danger" disabled={back.busy} onClick={() => void back.run()}><Icon name="undo" />{t('goBack')}</button>
          </>
        }>
          <p>{t('goBackText')}</p>
          <FailureNotice failure={back.failure} />
        </Dialog>
      )}
    </div>
  );
}
