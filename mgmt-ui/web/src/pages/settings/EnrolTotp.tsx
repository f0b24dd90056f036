import { lazy, Suspense, useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction } from '../../app/resource';
import { loadSession } from '../../app/session';
import { Dialog } from '../../components/Dialog';
import { Field } from '../../components/Field';
import { FailureNotice, Notice } from '../../components/Notice';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { text } from './text';

const QrCode = lazy(() => import('../../qr/QrCode').then((module) => ({ default: module.QrCode })));

/** Three steps: the password, the key into the app and a code of it back, and the recovery codes to keep. */
export function EnrolTotp({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const [password, setPassword] = useState('');
  const [secret, setSecret] = useState<Schema<'TotpSecret'>>();
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<string[]>();
  const begin = useAction(async () => {
    setSecret(await call('beginTotp', { body: { password } }));
    setPassword('');
  });
  const confirm = useAction(async () => {
    const answer = await call('confirmTotp', { body: { code: code.replace(/\s/g, '') } });
    setCodes(answer.codes);
    await loadSession();
    toast('ok', t('totpDone'));
  });
  if (codes) {
    return (
      <Dialog title={t('totpCodesTitle')} onClose={onClose} footer={<button type="button" className="button primary" onClick={onClose}>{t('totpKept')}</button>}>
        <Notice tone="warn">{t('totpCodes')}</Notice>
        <ul className="recovery">{codes.map((one) => <li key={one}><code>{one}</code></li>)}</ul>
      </Dialog>
    );
  }
  const act = secret ? confirm : begin;
  return (
    <Dialog title={t('totpTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="enrol-totp" className="button primary" disabled={act.busy || (secret ? code.trim() === '' : password === '')}>{t('continue')}</button>
      </>
    }>
      <form id="enrol-totp" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <p>{t(secret ? 'totpStepScan' : 'totpStepPassword')}</p>
        <FailureNotice failure={act.failure} />
        {secret ? (
          <>
            <div className="totp-code"><Suspense><QrCode text={secret.uri} label={t('totpQr')} /></Suspense></div>
            <div className="field"><span className="label">{t('totpKey')}</span><code className="wrap-any">{secret.secret.match(/.{1,4}/g)?.join(' ')}</code></div>
            <Field key="code" label={t('code')} className="code" inputMode="numeric" autoComplete="one-time-code" autoFocus required maxLength={10} value={code} onChange={(event) => setCode(event.target.value)} />
          </>
        ) : (
          <Field key="password" label={t('password')} type="password" autoComplete="current-password" autoFocus required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
        )}
      </form>
    </Dialog>
  );
}
