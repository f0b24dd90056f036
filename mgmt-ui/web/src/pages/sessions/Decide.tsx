import { useState } from 'react';
import { call } from '../../api/client';
import { useAction } from '../../app/resource';
import { instantOf, localOf } from '../../app/zoned';
import { useStore } from '../../app/store';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { duration, serverZone } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { useText } from '../../i18n/i18n';
import { NoteField } from './Acts';
import { Asked } from './Asked';
import { Countdown, peopleAndTargets } from './Marks';
import { Permissions, Problems, Times } from './Permissions';
import { usePreview } from './preview';
import { approvalOf, asAsked, durations, isNarrowed, type JumpSession, type Narrowing, narrower, narrowedRequest, rulesFit, sameTarget } from './sessions';
import { text } from './text';

/**
 * What an approver has to know before saying yes, on a phone too: who asks for what and why, what it may do and what not, and how to
 * give less than was asked for.
 */
export function Decide({ session, onClose, onDone, onDeny }: { session: JumpSession; onClose: () => void; onDone: (session: JumpSession) => void; onDeny: () => void }) {
  const t = useText(text);
  const [narrowing, setNarrowing] = useState<Narrowing>(() => asAsked(session));
  const [note, setNote] = useState('');
  const narrowed = isNarrowed(session, narrowing);
  const { preview, failure, current } = usePreview(narrowing.targets.length === 0 ? undefined : narrowedRequest(session, narrowing));
  const targets = preview?.targets ?? session.targets;
  const act = useAction(async () => {
    const changed = await call('approveJumpSession', { path: { id: session.id }, body: approvalOf(session, narrowing, note) });
    const missing = changed.approvalsNeeded - changed.approvals.length;
    toast('ok', changed.state === 'pending' ? t('approvedMore', { n: missing }) : t('approved'));
    onDone(changed);
  });
  const usable = narrowing.targets.length > 0 && (preview?.usable ?? true);
  return (
    <Dialog side title={t('decideTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onDeny} disabled={act.busy}><Icon name="cross" />{t('deny')}</button>
        <button type="button" className="button primary session-approve" disabled={act.busy || !usable} onClick={() => void act.run()}>
          {act.busy ? <span className="spin" /> : <Icon name="check" />}{t(narrowed ? 'approveNarrowed' : 'approveAsAsked')}
        </button>
      </>
    }>
      <h3 className="session-title wrap-any">{peopleAndTargets(session)}</h3>
      <Countdown session={session} />
      <Asked session={session} />
      <section className="stack tight" aria-live="polite" aria-busy={!current}>
        <h3>{t(narrowed ? 'narrowedDo' : 'wouldDo')}</h3>
        {preview && <Times preview={preview} />}
        <Permissions targets={targets} />
        {preview && <Problems problems={preview.problems} />}
        <FailureNotice failure={failure} />
      </section>
      <Narrow session={session} narrowing={narrowing} longest={preview?.limits?.durationSeconds} onChange={setNarrowing} />
      <NoteField value={note} onChange={setNote} hint={t('approveNoteHint')} />
      {narrowing.targets.length === 0 && <Notice tone="warn">{t('noTargetLeft')}</Notice>}
      <FailureNotice failure={act.failure} />
    </Dialog>
  );
}

function Narrow({ session, narrowing, longest, onChange }: { session: JumpSession; narrowing: Narrowing; longest: number | undefined; onChange: (narrowing: Narrowing) => void }) {
  const t = useText(text);
  const zone = useStore(serverZone);
  const { asked } = session;
  const most = asked.durationSeconds ?? longest;
  const allowed = narrower(asked.access).filter((one) => one !== 'rules' || rulesFit(narrowing.targets));
  return (
    <fieldset className="boxed session-narrow">
      <legend>{t('narrow')}</legend>
      <p className="muted small">{t('narrowText')}</p>
      {allowed.length > 1 && (
        <div className="field">
          <span className="label">{t('access')}</span>
          <div><Segments label={t('access')} value={narrowing.access} options={allowed.map((one) => [one, t(`access_${one}`)])} onChange={(access) => onChange({ ...narrowing, access })} /></div>
        </div>
      )}
      {narrowing.access === 'rules' && (
        <div className="field">
          <label htmlFor="narrow-rules">{t('rules')}</label>
          <textarea id="narrow-rules" className="textarea mono" spellCheck={false} maxLength={65536} value={narrowing.rules} placeholder={t('rulesExample')} onChange={(event) => onChange({ ...narrowing, rules: event.target.value })} />
        </div>
      )}
      {asked.targets.length > 1 && (
        <div className="field">
          <span className="label">{t('targets')}</span>
          {asked.targets.map((one) => (
            <label key={`${one.conduit} ${one.asset}`} className="check">
              <input type="checkbox" checked={narrowing.targets.some((kept) => sameTarget(kept, one))}
                onChange={(event) => onChange({ ...narrowing, targets: asked.targets.filter((each) => (sameTarget(each, one) ? event.target.checked : narrowing.targets.some((kept) => sameTarget(kept, each)))) })} />
              <span>{one.asset} <span className="muted small">{one.conduit}</span></span>
            </label>
          ))}
        </div>
      )}
      <div className="session-when">
        {most !== undefined && (
          <div className="field">
            <label htmlFor="narrow-duration">{t('duration')}</label>
            <select id="narrow-duration" className="select" value={narrowing.durationSeconds ?? most} onChange={(event) => onChange({ ...narrowing, durationSeconds: Number(event.target.value) === most ? asked.durationSeconds : Number(event.target.value) })}>
              {durations(most).map((seconds) => <option key={seconds} value={seconds}>{duration(seconds)}</option>)}
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor="narrow-start">{t('notBefore')}</label>
          <input id="narrow-start" type="datetime-local" className="input" value={narrowing.start ? localOf(narrowing.start, zone) : ''} onChange={(event) => onChange({ ...narrowing, start: instantOf(event.target.value, zone) })} />
          <span className="hint">{t('notBeforeHint', { zone })}</span>
        </div>
      </div>
    </fieldset>
  );
}
