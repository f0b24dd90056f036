import { useState } from 'react';
import { call, type Schema } from '../../../api/client';
import { useAction, useResource } from '../../../app/resource';
import { Dialog } from '../../../components/Dialog';
import { Field } from '../../../components/Field';
import { Icon } from '../../../components/Icon';
import { Card, FailureNotice } from '../../../components/Notice';
import { TimeText } from '../../../components/TimeText';
import { toast } from '../../../components/Toast';
import { common } from '../../../i18n/common';
import { useText } from '../../../i18n/i18n';
import { text } from './text';

type Key = Schema<'SshKey'>;

/** Own SSH public keys, by which a jump session is connected instead of a one-time password. */
export function Keys() {
  const t = useText(text);
  const keys = useResource('own keys', (signal) => call('listOwnKeys', { signal }));
  const [doing, setDoing] = useState<'add' | Key>();
  const done = () => {
    setDoing(undefined);
    keys.reload();
  };
  return (
    <Card title={t('title')} aside={<button type="button" className="button" onClick={() => setDoing('add')}><Icon name="plus" />{t('add')}</button>}>
      <FailureNotice failure={keys.failure} onRetry={keys.reload} />
      <p className="muted">{t(keys.data?.length === 0 ? 'none' : 'intro')}</p>
      {keys.data && keys.data.length > 0 && (
        <ul className="lines">
          {keys.data.map((key) => (
            <li key={key.id} className="row nowrap">
              <div className="grow">
                <div className="row"><strong className="cut">{key.name}</strong><span className="tag">{key.type}</span></div>
                <p className="small mono wrap-any">{key.fingerprint}</p>
                <p className="muted small">{t('added')} <TimeText at={key.added} /> · {key.lastUsed ? <>{t('used')} <TimeText at={key.lastUsed} /></> : t('neverUsed')}</p>
              </div>
              <button type="button" className="button small" aria-label={t('removeOf', { name: key.name })} onClick={() => setDoing(key)}>{t('remove')}</button>
            </li>
          ))}
        </ul>
      )}
      {doing === 'add' && <AddKey onClose={() => setDoing(undefined)} onAdded={done} />}
      {doing && doing !== 'add' && <RemoveKey of={doing} onClose={() => setDoing(undefined)} onRemoved={done} />}
    </Card>
  );
}

function AddKey({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const isPrivate = key.includes('PRIVATE KEY');
  const act = useAction(async () => {
    await call('addOwnKey', { body: { key: key.trim(), name: name.trim() || undefined, password: password || undefined } });
    toast('ok', t('addedDone'));
    onAdded();
  });
  return (
    <Dialog title={t('add')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="add-key" className="button primary" disabled={act.busy || key.trim() === '' || isPrivate}>{t('add')}</button>
      </>
    }>
      <form id="add-key" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <FailureNotice failure={act.failure} />
        <div className="field">
          <label htmlFor="add-key-text">{t('key')}</label>
          <textarea id="add-key-text" className="textarea mono" autoFocus required spellCheck={false} maxLength={8192} value={key} placeholder="ssh-ed25519 AAAAC3Nz… name@computer" aria-describedby="add-key-hint" aria-invalid={isPrivate || undefined} onChange={(event) => setKey(event.target.value)} />
          <span id="add-key-hint" className={isPrivate ? 'problem' : 'hint'}>{isPrivate && <Icon name="warn" size={14} />}{t(isPrivate ? 'privateKey' : 'keyHint')}</span>
        </div>
        <Field label={t('name')} hint={t('nameHint')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <Field label={t('password')} hint={t('passwordHint')} type="password" autoComplete="current-password" maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
      </form>
    </Dialog>
  );
}

function RemoveKey({ of, onClose, onRemoved }: { of: Key; onClose: () => void; onRemoved: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const act = useAction(async () => {
    await call('removeOwnKey', { path: { id: of.id } });
    toast('ok', t('removed'));
    onRemoved();
  });
  return (
    <Dialog title={t('removeTitle', { name: of.name })} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="button" className="button danger" disabled={act.busy} onClick={() => void act.run()}>{t('remove')}</button>
      </>
    }>
      <p>{t('removeText')}</p>
      <p className="small mono wrap-any">{of.fingerprint}</p>
      <FailureNotice failure={act.failure} />
    </Dialog>
  );
}
