import { call } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { useMay } from '../../app/session';
import { Icon } from '../../components/Icon';
import { Card, FailureNotice, Notice } from '../../components/Notice';
import { Progress } from '../../components/Progress';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { formatNumber, useText } from '../../i18n/i18n';
import { Journal } from './Journal';
import { text } from './text';
import './audit.css';

/** `/audit?filter=…&range=day|week|month|ever&event=N`: whether the journal can be believed, and what is in it. */
export default function AuditPage() {
  const t = useText(text);
  const may = useMay();
  return (
    <div className="stack">
      <Verification />
      {may('listEvents') ? <Journal /> : <Notice>{t('notPermitted')}</Notice>}
    </div>
  );
}

function Verification() {
  const t = useText(text);
  const state = useResource('verification', (signal) => call('getVerification', { signal }));
  const running = state.data?.state === 'running';
  // While one runs, its progress is asked for.
  useResource('verification progress', async (signal) => {
    const now = await call('getVerification', { signal });
    state.put(now);
    return now;
  }, { when: running, every: 700 });
  const start = useAction(async () => state.put(await call('verifyJournal')));
  const cancel = useAction(async () => state.put(await call('cancelVerification')));
  const { data } = state;
  return (
    <div className="audit-top">
      <Card title={t('chain')} aside={!running && (
        <button type="button" className="button primary" disabled={start.busy || !data} onClick={() => void start.run()}><Icon name="check" />{t(data && data.state !== 'never' ? 'verifyAgain' : 'verify')}</button>
      )}>
        <div className="stack">
          <p className="muted">{t('chainText')}</p>
          <FailureNotice failure={start.failure ?? cancel.failure ?? state.failure} onRetry={state.failure && state.reload} />
          {data?.state === 'running' && <Progress label={t('running')} done={data.done === undefined || data.done <= 0 ? undefined : data.done} note={t('runningNote')} onCancel={() => void cancel.run()} />}
          {data?.state === 'never' && <p>{t('never')}</p>}
          {data?.state === 'cancelled' && <Notice>{t('cancelled')}</Notice>}
          {data && (data.state === 'intact' || data.state === 'broken' || data.state === 'failed') && (
            <Notice tone={data.state === 'intact' ? 'ok' : 'danger'}>
              <p><strong>{t(data.state === 'failed' ? 'failedState' : data.state)}.</strong> {data.sentence}</p>
              {data.state === 'broken' && <p>{t('brokenText')}</p>}
            </Notice>
          )}
          {data && data.entries !== undefined && (
            <dl className="pairs">
              <dt>{t('entries')}</dt><dd className="num">{formatNumber(data.entries)}</dd>
              {data.checkpoints !== undefined && <><dt>{t('checkpoints')}</dt><dd className="num">{formatNumber(data.checkpoints)}</dd></>}
              <dt>{t('verifiedAt')}</dt><dd><TimeText at={data.at} /></dd>
            </dl>
          )}
          {data?.findings && data.findings.length > 0 && (
            <section className="stack tight">
              <h3>{t('findings')}</h3>
              <ul className="findings">{data.findings.map((finding, index) => <li key={index} className="wrap-any">{finding}</li>)}</ul>
            </section>
          )}
        </div>
      </Card>
      <Card title={t('keyTitle')}>
        <div className="stack">
          <p className="muted">{t('keyText')}</p>
          {data?.key ? (
            <>
              <code className="verifier-key">{data.key}</code>
              <button type="button" className="button audit-copy" onClick={() => void navigator.clipboard?.writeText(data.key!).then(() => toast('ok', t('copied')))}><Icon name="copy" />{t('copyKey')}</button>
            </>
          ) : <p>{t('keyMissing')}</p>}
        </div>
      </Card>
    </div>
  );
}
