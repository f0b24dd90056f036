import { useState } from 'react';
import { call, type Problem } from '../../api/client';
import { useAction } from '../../app/resource';
import { Dialog } from '../../components/Dialog';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import type { ChangeCounts } from './changes';
import { keepNow } from './draft';
import { Problems } from './Edit';
import { text } from './text';

const TIMES = [30, 60, 180, 600];

/** Puts the draft in force on trial. What newly allows to change a device has to be acknowledged. */
export function ApplyDialog({ yaml, note, counts, onClose }: { yaml: string; note?: string; counts: ChangeCounts; onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const [within, setWithin] = useState(60);
  const [why, setWhy] = useState(note ?? '');
  const [read, setRead] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const act = useAction(async () => {
    setProblems([]);
    await keepNow();
    const done = await call('applyPolicy', { body: { yaml, confirmWithinSeconds: within, note: why.trim() || undefined } });
    if (!done.applied) {
      setProblems(done.problems);
      return;
    }
    // Shows the countdown at once; the next status says the same.
    status.update((now) => now && { ...now, pending: now.pending ?? done.applied });
    toast('info', t('applied') + (done.flowsEnded ? ` ${t('appliedFlows', { n: done.flowsEnded })}` : ''));
    onClose();
  });
  return (
    <Dialog title={t('applyTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose} disabled={act.busy}>{c('cancel')}</button>
        <button type="button" className="button primary" disabled={act.busy || (counts.dangerous > 0 && !read)} onClick={() => void act.run()}>
          {act.busy ? <span className="spin" /> : <Icon name="check" />}{t('applyNow')}
        </button>
      </>
    }>
      <p>{t('applyText')}</p>
      <p className="num"><strong>{t('applyCounts', { allowed: counts.allowed, refused: counts.refused, other: counts.other })}</strong></p>
      {counts.dangerous > 0 && (
        <Notice tone="danger">
          <label className="check">
            <input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />
            <span>{t('dangerCheck', { n: counts.dangerous })}</span>
          </label>
        </Notice>
      )}
      <div className="field">
        <label htmlFor="apply-within">{t('confirmWithin')}</label>
        <select id="apply-within" className="select" value={within} onChange={(event) => setWithin(Number(event.target.value))}>
          {TIMES.map((seconds) => <option key={seconds} value={seconds}>{seconds < 60 ? t('seconds', { n: seconds }) : t('minutes', { n: seconds / 60 })}</option>)}
        </select>
      </div>
      <Field label={t('why')} hint={t('whyHint')} maxLength={1000} value={why} onChange={(event) => setWhy(event.target.value)} />
      {problems.length > 0 && <Notice tone="danger"><strong>{t('notApplied')}</strong><Problems problems={problems} /></Notice>}
      <FailureNotice failure={act.failure} />
    </Dialog>
  );
}
