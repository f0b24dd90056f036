import { useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { keepPreferences, loadSession, useMay, useSession } from '../../app/session';
import { Dialog } from '../../components/Dialog';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { NewPassword, passwordReady } from '../../components/NewPassword';
import { Card, FailureNotice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { setLanguage, useLanguage, useText } from '../../i18n/i18n';
import { setTheme, useThemeChoice } from '../../theme/theme';
import { EnrolTotp } from './EnrolTotp';
import { Keys } from './keys/Keys';
import { text } from './text';

export function Account() {
  const t = useText(text);
  const session = useSession()!;
  const may = useMay();
  const language = useLanguage();
  const theme = useThemeChoice();
  const roles = session.roles ?? [];
  const [dialog, setDialog] = useState<'password' | 'enrol' | 'remove'>();
  const close = () => setDialog(undefined);
  return (
    <div className="settings-grid">
      <Card title={t('identity')}>
        <dl className="pairs">
          <dt>{t('user')}</dt><dd>{session.user}</dd>
          <dt>{t('name')}</dt><dd>{session.name ?? '–'}</dd>
          <dt>{t('roles')}</dt><dd>{roles.length === 0 ? t('noRoles') : roles.map((role) => t(role)).join(', ')}</dd>
        </dl>
        <div className="row settings-actions"><button type="button" className="button" onClick={() => setDialog('password')}><Icon name="key" />{t('changePassword')}</button></div>
      </Card>
      <Card title={t('totp')}>
        <div className="row nowrap settings-state">
          <span className={`badge ${session.totp ? 'ok' : 'warn'}`}><Icon name={session.totp ? 'check' : 'warn'} />{session.totp ? t('secondFactor') : t('noSecondFactor')}</span>
        </div>
        <p className="muted">{t(session.totp ? 'totpOn' : 'totpOff')}</p>
        <div className="row settings-actions">
          {session.totp
            ? <button type="button" className="button danger" onClick={() => setDialog('remove')}>{t('totpRemove')}</button>
            : <button type="button" className="button primary" onClick={() => setDialog('enrol')}>{t('totpSetUp')}</button>}
        </div>
      </Card>
      <Card title={t('appearance')}>
        <div className="stack">
          <div className="field"><span className="label">{t('language')}</span>
            <div><Segments label={t('language')} value={language} onChange={(value) => { setLanguage(value); keepPreferences({ language: value }); }} options={[['en', <span lang="en">English</span>], ['de', <span lang="de">Deutsch</span>]]} /></div>
          </div>
          <div className="field"><span className="label">{t('theme')}</span>
            <div><Segments label={t('theme')} value={theme} onChange={(value) => { setTheme(value); keepPreferences({ theme: value }); }} options={[['system', t('themeSystem')], ['light', t('themeLight')], ['dark', t('themeDark')]]} /></div>
          </div>
        </div>
      </Card>
      <Sessions />
      {may('listOwnKeys') && !session.totpDemanded && <Keys />}
      {dialog === 'password' && <ChangePassword onClose={close} />}
      {dialog === 'enrol' && <EnrolTotp onClose={close} />}
      {dialog === 'remove' && <RemoveTotp onClose={close} />}
    </div>
  );
}

function Sessions() {
  const t = useText(text);
  const sessions = useResource('own sessions', (signal) => call('listOwnSessions', { signal }));
  const end = useAction(async (session: Schema<'OwnSession'>) => {
    await call('endOwnSession', { path: { id: session.id } });
    toast('ok', t('sessionEnded'));
    sessions.reload();
    if (session.current) {
      await loadSession();
    }
  });
  return (
    <Card title={t('sessions')}>
      <FailureNotice failure={sessions.failure ?? end.failure} onRetry={sessions.reload} />
      <ul className="lines">
        {sessions.data?.map((session) => (
          <li key={session.id} className="row nowrap">
            <div className="grow">
              <div className="row"><strong className="cut">{session.agent ?? session.address}</strong>{session.current && <span className="badge info">{t('sessionHere')}</span>}</div>
              <p className="muted small num">{session.address} · {t('sessionBegun')} <TimeText at={session.begun} /> · {t('sessionSeen')} <TimeText at={session.lastSeen} /></p>
            </div>
            {!session.current && <button type="button" className="button small" disabled={end.busy} onClick={() => void end.run(session)}>{t('sessionEnd')}</button>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const act = useAction(async () => {
    await call('changePassword', { body: { old, new: password } });
    toast('ok', t('passwordChanged'));
    onClose();
  });
  return (
    <Dialog title={t('changePassword')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="change-password" className="button primary" disabled={act.busy || old === '' || !passwordReady(password, again)}>{t('changePassword')}</button>
      </>
    }>
      <form id="change-password" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <FailureNotice failure={act.failure} />
        <Field label={t('oldPassword')} type="password" autoComplete="current-password" autoFocus required maxLength={200} value={old} onChange={(event) => setOld(event.target.value)} />
        <NewPassword password={password} again={again} onPassword={setPassword} onAgain={setAgain} />
      </form>
    </Dialog>
  );
}

function RemoveTotp({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const [password, setPassword] = useState('');
  const act = useAction(async () => {
    await call('removeTotp', { body: { password } });
    await loadSession();
    toast('ok', t('totpRemoved'));
    onClose();
  });
  return (
    <Dialog title={t('totpRemoveTitle')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="remove-totp" className="button danger" disabled={act.busy || password === ''}>{t('totpRemove')}</button>
      </>
    }>
      <form id="remove-totp" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <p>{t('totpRemoveText')}</p>
        <FailureNotice failure={act.failure} />
        <Field label={t('password')} type="password" autoComplete="current-password" autoFocus required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
      </form>
    </Dialog>
  );
}
