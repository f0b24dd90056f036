import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { addressOf, call, Failure } from '../../api/client';
import { useAction } from '../../app/resource';
import { go, usePlace } from '../../app/router';
import { type Session, take } from '../../app/session';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { Menu } from '../../components/Menu';
import { NewPassword, passwordReady } from '../../components/NewPassword';
import { FailureNotice, Notice } from '../../components/Notice';
import { useNow } from '../../components/TimeText';
import { setLanguage, useLanguage, useText } from '../../i18n/i18n';
import { text as shellText } from '../../shell/text';
import { setTheme, useThemeChoice } from '../../theme/theme';
import { text } from './text';
import './door.css';

/** What is seen without being signed in: signing in, its second step, the first set-up, and setting a password by a link. */
export default function Door({ session }: { session: Session }) {
  const { path } = usePlace();
  const [done, setDone] = useState(false);
  useEffect(() => {
    document.title = 'Sluice';
  }, []);
  if (session.setupNeeded) {
    return <Frame><SetUp /></Frame>;
  }
  if (path === '/password' && !done) {
    return <Frame><PasswordByLink onDone={() => { setDone(true); go('/', { replace: true }); }} /></Frame>;
  }
  if (path === '/setup') {
    go('/', { replace: true });
  }
  return <Frame>{session.codeNeeded ? <SecondStep /> : <SignIn providers={session.providers} passwordSet={done} />}</Frame>;
}

/** The token of a one-time link, which stands behind `#`: so it reaches no server's log and no proxy's. */
function tokenOfAddress(): string {
  const behind = window.location.hash.replace(/^#/, '');
  return new URLSearchParams(behind).get('token') ?? (behind || (new URLSearchParams(window.location.search).get('token') ?? ''));
}

function Frame({ children }: { children: ReactNode }) {
  const t = useText(text);
  const s = useText(shellText);
  const language = useLanguage();
  const theme = useThemeChoice();
  return (
    <div className="door">
      <div className="door-corner">
        <Menu label={s('appearance')} trigger={<Icon name="globe" />} items={[
          ...(['en', 'de'] as const).map((one) => ({ label: <span lang={one}>{s(one === 'en' ? 'languageEn' : 'languageDe')}</span>, checked: language === one, act: () => setLanguage(one) })),
          ...(['system', 'light', 'dark'] as const).map((one, index) => ({
            label: s(one === 'system' ? 'themeSystem' : one === 'light' ? 'themeLight' : 'themeDark'), checked: theme === one, separator: index === 0, act: () => setTheme(one),
          })),
        ]} />
      </div>
      <main className="door-card card">
        <div className="door-brand">
          <img src="/icon.svg" alt="" width="40" height="40" />
          <div>
            <p className="door-name">Sluice</p>
            <p className="muted small">{t('tagline')}</p>
          </div>
        </div>
        {children}
      </main>
    </div>
  );
}

function Refused({ failure }: { failure: Failure | undefined }) {
  const t = useText(text);
  const now = useNow();
  const [until, setUntil] = useState(0);
  useEffect(() => setUntil(failure?.retryAfterSeconds ? Date.now() + failure.retryAfterSeconds * 1000 : 0), [failure]);
  const left = Math.ceil((until - now) / 1000);
  return (
    <>
      <FailureNotice failure={failure} />
      {until > 0 && left > 0 && <p className="muted num">{t('retryIn', { time: left < 90 ? `${left} s` : `${Math.ceil(left / 60)} min` })}</p>}
    </>
  );
}

function SignIn({ providers, passwordSet }: { providers: string[]; passwordSet: boolean }) {
  const t = useText(text);
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const act = useAction(async () => {
    try {
      take(await call('signIn', { body: { user: user.trim(), password } }));
    } finally {
      setPassword('');
    }
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <h1>{t('signIn')}</h1>
      {passwordSet && <Notice tone="ok">{t('linkDone')}</Notice>}
      <Refused failure={act.failure} />
      <Field label={t('user')} autoComplete="username" autoCapitalize="none" autoFocus required maxLength={100} value={user} onChange={(event) => setUser(event.target.value)} />
      <Field label={t('password')} type="password" autoComplete="current-password" required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
      <button type="submit" className="button primary" disabled={act.busy || user === '' || password === ''}>{act.busy && <span className="spin" />}{t('signIn')}</button>
      {providers.length > 0 && <p className="door-or muted small"><span>{t('or')}</span></p>}
      {providers.map((provider) => (
        <a key={provider} className="button" href={addressOf('signInByProvider')}><Icon name="key" />{t('signInBy', { provider })}</a>
      ))}
    </form>
  );
}

function SecondStep() {
  const t = useText(text);
  const [code, setCode] = useState('');
  const act = useAction(async () => {
    try {
      take(await call('signInWithCode', { body: { code: code.replace(/\s/g, '') } }));
    } finally {
      setCode('');
    }
  });
  const back = useAction(async () => {
    await call('signOut').catch(() => undefined);
    take(await call('getSession'));
  });
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
      <h1>{t('codeTitle')}</h1>
      <Refused failure={act.failure} />
      <Field label={t('code')} hint={t('codeHint')} className="code" inputMode="numeric" autoComplete="one-time-code" autoFocus required maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
      <button type="submit" className="button primary" disabled={act.busy || code.trim() === ''}>{act.busy && <span className="spin" />}{t('continue')}</button>
      <button type="button" className="link-button small" onClick={() => void back.run()}>{t('otherUser')}</button>
    </form>
  );
}

function SetUp() {
  const t = useText(text);
  const [token, setToken] = useState(tokenOfAddress);
  const [given] = useState(token !== '');
  const [user, setUser] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const act = useAction(async () => {
    take(await call('setUp', { body: { token: token.trim(), user, name: name.trim() || undefined, password } }));
    go('/', { replace: true });
  });
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
      <h1>{t('setUpTitle')}</h1>
      <p className="muted">{given ? t('setUpIntro') : t('setUpNoToken')}</p>
      <FailureNotice failure={act.failure} />
      {!given && <Field label={t('token')} hint={t('tokenHint')} required maxLength={100} autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />}
      <Field label={t('user')} hint={t('userHint')} autoComplete="username" autoCapitalize="none" required pattern="[a-z0-9][a-z0-9._@\-]{0,63}" maxLength={64} value={user} onChange={(event) => setUser(event.target.value)} />
      <Field label={t('name')} hint={t('nameHint')} autoComplete="name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <NewPassword password={password} again={again} onPassword={setPassword} onAgain={setAgain} />
      <button type="submit" className="button primary" disabled={act.busy || token === '' || user === '' || !passwordReady(password, again)}>{act.busy && <span className="spin" />}{t('make')}</button>
    </form>
  );
}

function PasswordByLink({ onDone }: { onDone: () => void }) {
  const t = useText(text);
  const [token] = useState(tokenOfAddress);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const act = useAction(async () => {
    await call('setPasswordByLink', { body: { token, password } });
    onDone();
  });
  if (token === '') {
    return <><h1>{t('linkTitle')}</h1><Notice tone="warn">{t('linkBroken')}</Notice></>;
  }
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
      <h1>{t('linkTitle')}</h1>
      <p className="muted">{t('linkIntro')}</p>
      <FailureNotice failure={act.failure} />
      <NewPassword password={password} again={again} onPassword={setPassword} onAgain={setAgain} />
      <button type="submit" className="button primary" disabled={act.busy || !passwordReady(password, again)}>{t('set')}</button>
    </form>
  );
}
