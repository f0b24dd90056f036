import { useState } from 'react';
import { call } from '../../api/client';
import { useAction } from '../../app/resource';
import { Dialog } from '../../components/Dialog';
import { FailureNotice, Notice } from '../../components/Notice';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { peopleAndTargets } from './Marks';
import { Permissions, Problems } from './Permissions';
import { usePreview } from './preview';
import { isLive, type JumpSession, stepOf } from './sessions';
import { text } from './text';

interface Props {
  session: JumpSession;
  onClose: () => void;
  onDone: (session: JumpSession) => void;
}

/** Denies, takes back or ends, with a word on why. */
export function ConfirmDialog({ what, session, onClose, onDone }: Props & { what: 'deny' | 'withdraw' | 'end' }) {
  const t = useText(text);
  const c = useText(common);
  const [note, setNote] = useState('');
  const act = useAction(async () => {
    const path = { id: session.id };
    const body = { note: note.trim() || undefined };
    const changed = what === 'deny' ? await call('denyJumpSession', { path, body }) : what === 'end' ? await call('endJumpSession', { path, body }) : await call('withdrawJumpSession', { path });
    toast('ok', t(`${what}Done`));
    onDone(changed);
  });
  return (
    <Dialog title={t(`${what}Title`)} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose} disabled={act.busy}>{c('cancel')}</button>
        <button type="submit" form="session-confirm" className={what === 'end' ? 'button danger primary' : 'button primary'} disabled={act.busy}>{act.busy && <span className="spin" />}{t(what)}</button>
      </>
    }>
      <form id="session-confirm" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <p><strong className="wrap-any">{peopleAndTargets(session)}</strong></p>
        <p>{t(what === 'end' && !isLive(session) ? 'endTextComing' : `${what}Text`)}</p>
        {what !== 'withdraw' && <NoteField value={note} onChange={setNote} hint={t(what === 'deny' ? 'denyNoteHint' : 'noteHint')} />}
        <FailureNotice failure={act.failure} />
      </form>
    </Dialog>
  );
}

export function NoteField({ value, onChange, hint }: { value: string; onChange: (value: string) => void; hint: string }) {
  const t = useText(text);
  const c = useText(common);
  return (
    <div className="field">
      <label htmlFor="session-note">{t('note')} <span className="muted">({c('optional')})</span></label>
      <textarea id="session-note" className="textarea short" maxLength={1000} value={value} aria-describedby="session-note-hint" onChange={(event) => onChange(event.target.value)} />
      <span id="session-note-hint" className="hint">{hint}</span>
    </div>
  );
}

/** From reading to what was approved, or back, while its connections go on. */
export function StepDialog({ session, up, own, onClose, onDone }: Props & { up: boolean; own: boolean }) {
  const t = useText(text);
  const c = useText(common);
  const [note, setNote] = useState('');
  const access = stepOf(session, up, own);
  const rules = session.asked.rules;
  const { preview, failure } = usePreview({ rule: session.rule, targets: session.targets.map(({ conduit, asset }) => ({ conduit, asset })), access, ...(access === 'rules' && rules ? { rules } : {}) });
  const act = useAction(async () => {
    const changed = await call('changeJumpAccess', { path: { id: session.id }, body: { access, note: note.trim() || undefined } });
    toast('ok', t(up ? 'stepUpDone' : 'stepDownDone'));
    onDone(changed);
  });
  return (
    <Dialog title={t(up ? 'stepUpTitle' : 'stepDownTitle', { access: t(`access_${access}`) })} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose} disabled={act.busy}>{c('cancel')}</button>
        <button type="button" className="button primary" disabled={act.busy} onClick={() => void act.run()}>{act.busy && <span className="spin" />}{t(up ? 'stepUp' : 'stepDown')}</button>
      </>
    }>
      {up ? <Notice tone="warn">{t(own ? 'stepUpText' : 'stepUpTextOther')}</Notice> : <p>{t('stepDownText')}</p>}
      {preview && <><Problems problems={preview.problems} /><Permissions targets={preview.targets} /></>}
      <NoteField value={note} onChange={setNote} hint={t('noteHint')} />
      <FailureNotice failure={act.failure ?? failure} />
    </Dialog>
  );
}
