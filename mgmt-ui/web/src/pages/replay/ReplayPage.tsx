import { useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, currentPlace, go, useParameter } from '../../app/router';
import { useMay, useSession } from '../../app/session';
import { useStore } from '../../app/store';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { bytes } from '../../components/numbers';
import { Card, Empty, FailureNotice, Notice } from '../../components/Notice';
import { Progress } from '../../components/Progress';
import { Segments } from '../../components/Segments';
import { TimeText } from '../../components/TimeText';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import { useDraft } from '../policy/draft';
import { readPolicy } from '../policy/read';
import { DropZone } from './DropZone';
import { useReplay } from './job';
import { Result } from './Result';
import { text } from './text';
import './replay.css';

/** `/replay?capture=ID&run=ID&only=denied|changed&conduit=NAME`: recordings, judged by a policy without touching the line. */
export default function ReplayPage() {
  const t = useText(text);
  const may = useMay();
  const user = useSession()?.user;
  const captures = useResource('captures', (signal) => call('listCaptures', { signal }));
  const [chosenId, choose] = useParameter('capture');
  const [run] = useParameter('run');
  const { draft } = useDraft(may('stageDraft') ? user : undefined);
  const [by, setBy] = useState<'active' | 'draft'>('draft');
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const replay = useReplay(run || undefined);
  const list = captures.data ?? [];
  const capture = list.find((one) => one.id === chosenId) ?? list[0];
  const judgedBy = draft && by === 'draft' ? 'draft' : 'active';
  const { job } = replay;
  const running = job?.state === 'running';

  const start = async () => {
    if (capture) {
      const networks = Object.fromEntries(Object.entries(mapping).filter(([, network]) => network.trim() !== '').map(([zone, network]) => [network.trim(), zone]));
      const id = await replay.start({ capture: capture.id, yaml: judgedBy === 'draft' ? draft?.yaml : undefined, mapping: Object.keys(networks).length > 0 ? networks : undefined });
      if (id) {
        go(address('/replay', { capture: capture.id, run: id, ...(judgedBy === 'draft' ? { only: currentPlace().query.get('only') } : {}) }), { replace: true });
      }
    }
  };
  const taken = (fresh: Schema<'Capture'>) => {
    captures.put([fresh, ...list.filter((one) => one.id !== fresh.id)]);
    captures.reload();
    go(address('/replay', { capture: fresh.id }), { replace: true });
  };
  return (
    <div className="stack">
      <DropZone onDone={taken} small={list.length > 0} />
      <FailureNotice failure={captures.failure} onRetry={captures.reload} />
      {captures.data && list.length === 0 && <Card><Empty icon="replay" title={t('noCaptures')}>{t('noCapturesText')}</Empty></Card>}
      {list.length > 0 && capture && (
        <div className="replay-top">
          <Captures captures={list} chosen={capture.id} onChoose={(id) => choose(id, { replace: true })} onRemoved={captures.reload} />
          <Card title={t('settings')}>
            <div className="stack">
              <div className="field">
                <span className="label">{t('policy')}</span>
                {draft ? <span><Segments label={t('policy')} value={judgedBy} onChange={setBy} options={[['draft', t('policyDraft')], ['active', t('policyActive')]]} /></span>
                  : <span>{t('policyActive')} <span className="muted small">{may('stageDraft') && t('noDraft')}</span></span>}
              </div>
              <Mapping mapping={mapping} onChange={setMapping} yaml={judgedBy === 'draft' ? draft?.yaml : undefined} />
              <FailureNotice failure={replay.failure?.status === 404 ? undefined : replay.failure} />
              {running ? (
                <Progress label={t('running', { name: capture.name })} done={job.done} note={job.sentence} onCancel={() => void replay.cancel()} />
              ) : (
                <button type="button" className="button primary replay-run" onClick={() => void start()}><Icon name="play" />{t(job?.state === 'done' ? 'runAgain' : 'run')}</button>
              )}
            </div>
          </Card>
        </div>
      )}
      {run && replay.failure?.status === 404 && <Notice tone="warn">{t('gone')}</Notice>}
      {job?.state === 'cancelled' && <Notice>{t('cancelledRun')}</Notice>}
      {job?.state === 'failed' && (
        <Notice tone="danger">
          <p>{job.sentence ?? t('failedRun')}</p>
          {job.problems?.map((problem, index) => <p key={index} className="small">{problem.line !== undefined && <span className="mono">{problem.line}:{problem.column ?? 1} </span>}{problem.text}</p>)}
        </Notice>
      )}
      {job?.state === 'done' && job.result && capture && <Result id={job.id} result={job.result} capture={capture.id} yaml={judgedBy === 'draft' ? draft?.yaml : undefined} />}
    </div>
  );
}

function Captures({ captures, chosen, onChoose, onRemoved }: { captures: Schema<'Capture'>[]; chosen: string; onChoose: (id: string) => void; onRemoved: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const may = useMay();
  const [removing, setRemoving] = useState<Schema<'Capture'>>();
  const remove = useAction(async (id: string) => {
    await call('removeCapture', { path: { id } });
    setRemoving(undefined);
    onRemoved();
  });
  return (
    <Card title={t('captures')} flush>
      <ul className="captures" aria-label={t('captures')}>
        {captures.map((one) => (
          <li key={one.id} className={one.id === chosen ? 'chosen' : undefined}>
            <label>
              <input type="radio" name="capture" checked={one.id === chosen} onChange={() => onChoose(one.id)} />
              <span className="grow">
                <strong className="wrap-any">{one.name}</strong>
                <span className="muted small block num">{bytes(one.bytes)} · <TimeText at={one.at} />{one.who && ` · ${one.who}`}</span>
              </span>
            </label>
            {may('removeCapture') && <button type="button" className="button quiet small" aria-label={t('removeOf', { name: one.name })} onClick={() => setRemoving(one)}>{t('remove')}</button>}
          </li>
        ))}
      </ul>
      {removing && (
        <Dialog title={t('removeTitle', { name: removing.name })} onClose={() => setRemoving(undefined)} busy={remove.busy} footer={
          <>
            <button type="button" className="button" onClick={() => setRemoving(undefined)}>{c('cancel')}</button>
            <button type="button" className="button danger" disabled={remove.busy} onClick={() => void remove.run(removing.id)}>{t('remove')}</button>
          </>
        }>
          <p>{t('removeText')}</p>
          <FailureNotice failure={remove.failure} />
        </Dialog>
      )}
    </Card>
  );
}

/** Which network is which zone, where the policy goes by ports. */
function Mapping({ mapping, onChange, yaml }: { mapping: Record<string, string>; onChange: (mapping: Record<string, string>) => void; yaml: string | undefined }) {
  const t = useText(text);
  const may = useMay();
  const hash = useStore(status)?.active?.hash ?? '';
  const active = useResource(`policy active ${hash}`, (signal) => call('getPolicy', { query: { which: 'active' }, signal }), { when: yaml === undefined && may('getPolicy') });
  const zones = readPolicy(yaml ?? active.data?.yaml ?? '')?.zones.filter((zone) => !zone.broker) ?? [];
  return zones.length === 0 ? null : (
    <details className="mapping">
      <summary>{t('mapping')}</summary>
      <p className="muted small">{t('mappingHint')}</p>
      <div className="mapping-fields">
        {zones.map((zone) => (
          <label key={zone.name}>
            <span className="cut">{t('network', { zone: zone.name })}</span>
            <input className="input mono" placeholder={zone.networks[0] ?? ''} value={mapping[zone.name] ?? ''} onChange={(event) => onChange({ ...mapping, [zone.name]: event.target.value })} />
          </label>
        ))}
      </div>
    </details>
  );
}
