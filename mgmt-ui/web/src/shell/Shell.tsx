import { Suspense, useEffect, useRef, useState } from 'react';
import { call, reachable } from '../api/client';
import { useResource } from '../app/resource';
import { go, Link, usePlace } from '../app/router';
import { keepPreferences, loadSession, signOut, useMay, useSession } from '../app/session';
import { useShortcut } from '../app/shortcuts';
import { useStore } from '../app/store';
import { Icon } from '../components/Icon';
import { Menu } from '../components/Menu';
import { Empty, Notice } from '../components/Notice';
import { toast, Toasts } from '../components/Toast';
import { setLanguage, useLanguage, useText } from '../i18n/i18n';
import { feedState, followState, onAlert, status } from '../live/feed';
import { remote, waitingOf } from '../live/remote';
import { PAGES, pageOf } from '../pages/pages';
import { setTheme, useThemeChoice } from '../theme/theme';
import { Boundary } from './Boundary';
import { FirewallState, ServerClock } from './Connection';
import { EndAllButton, EndAllDialog } from './EndAll';
import { Help } from './Help';
import { PendingBanner } from './PendingBanner';
import { text } from './text';
import './shell.css';

/** What stands around every page once somebody is signed in. */
export function Shell() {
  const t = useText(text);
  const { path } = usePlace();
  const session = useSession();
  const may = useMay();
  const page = pageOf(path);
  const [help, setHelp] = useState(false);
  const [nav, setNav] = useState(false);
  const [endAll, setEndAll] = useState(false);
  const main = useRef<HTMLElement>(null);
  const follows = may('followLive') && !session?.totpDemanded;

  useEffect(() => {
    if (follows) {
      return followState();
    }
    feedState.set('off');
  }, [follows]);
  // Administrators see no traffic, and so follow no stream, but how the firewall stands.
  const asked = useResource('status', (signal) => call('getStatus', { signal }), { when: !follows && may('getStatus') && !session?.totpDemanded, every: 5000 });
  useEffect(() => {
    if (asked.data && !follows) {
      status.set(asked.data);
    }
  }, [asked.data, follows]);
  // The stream tells nothing of why it ended; the session may have.
  const lost = useStore(feedState) === 'lost';
  useEffect(() => {
    if (lost) {
      void loadSession().catch(() => undefined);
    }
  }, [lost]);
  useEffect(() => onAlert((alert) => {
    if (alert.state === 'open' && alert.severity === 'high') {
      toast('warn', t('newAlert', { title: alert.title }), { label: t('inbox'), act: () => go(`/inbox?alert=${alert.id}`) });
    }
  }), [t]);
  useRemote(may('listJumpSessions') && !session?.totpDemanded);
  // Who may not see the overview begins at the first page that is there.
  const first = path === '/' && page && !may(page.needs) ? PAGES.find((one) => may(one.needs)) : undefined;
  useEffect(() => {
    if (first) {
      go(first.path, { replace: true });
    }
  }, [first]);
  useShortcut('?', () => setHelp(true));
  useEffect(() => {
    setNav(false);
    document.title = page ? `${t(page.name)} · Sluice` : 'Sluice';
  }, [page, t]);

  // A page that is opened by the navigation begins at its top, and readers of the screen are told.
  const firstPath = useRef(path);
  useEffect(() => {
    if (firstPath.current !== path) {
      firstPath.current = path;
      main.current?.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [path]);

  const fills = page?.fills === true;
  return (
    <div className={`shell${nav ? ' nav-open' : ''}`}>
      <a className="skip" href="#page" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('skip')}</a>
      <Navigation onClose={() => setNav(false)} onEndAll={() => { setNav(false); setEndAll(true); }} />
      {nav && <div className="shade" onClick={() => setNav(false)} />}
      <header className="top">
        <button type="button" className="button quiet icon nav-button" aria-label={t('openNavigation')} aria-expanded={nav} onClick={() => setNav(!nav)}>
          <Icon name="menu" />
        </button>
        <h1 className="cut">{page ? t(page.name) : 'Sluice'}</h1>
        <div className="top-right">
          {may('getStatus') && <FirewallState />}
          <ServerClock />
          <EndAllButton onOpen={() => setEndAll(true)} />
          <InboxButton />
          <Appearance />
          <button type="button" className="button quiet icon help-button" aria-label={t('help')} title={`${t('help')} (?)`} onClick={() => setHelp(true)}>
            <Icon name="help" />
          </button>
          <Account />
        </div>
      </header>
      <div className="notices">
        <ServerNotice />
        {session?.totpDemanded && (
          <Notice tone="warn" actions={<Link className="button small primary" to="/settings/account">{t('totpSetUp')}</Link>}>{t('totpDemanded')}</Notice>
        )}
        <PendingBanner />
      </div>
      <main id="page" ref={main} tabIndex={-1} className={fills ? 'page fills' : 'page'}>
        <Boundary key={page?.path ?? path}>
          <Suspense fallback={<Waiting />}>
            {!page ? (
              <Empty icon="search" title={t('noPage')} actions={<Link className="button" to="/">{t('toOverview')}</Link>}>{t('noPageText')}</Empty>
            ) : may(page.needs) ? (
              <page.Component />
            ) : (
              <Empty icon="key" title={t('notPermitted')}>{t('notPermittedText', { roles: session?.roles?.join(', ') || t('noRoles') })}</Empty>
            )}
          </Suspense>
        </Boundary>
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
      {endAll && <EndAllDialog onClose={() => setEndAll(false)} />}
      <Toasts />
    </div>
  );
}

/** Keeps up to date who works from afar, and says when somebody waits for a decision. */
function useRemote(when: boolean) {
  const t = useText(text);
  const asked = useResource('jump now', (signal) => call('listJumpSessions', { query: { over: false }, signal }), { when, every: 10_000 });
  useEffect(() => {
    if (asked.data) {
      remote.set(asked.data);
    }
  }, [asked.data]);
  const told = useRef<Set<string>>(undefined);
  const sessions = useStore(remote);
  useEffect(() => {
    const waiting = (when && sessions ? sessions : []).filter((one) => one.may.includes('approve'));
    for (const one of told.current ? waiting : []) {
      if (!told.current!.has(one.id)) {
        toast('warn', t('newRequest', { who: one.personName ?? one.person, what: one.targets.map((target) => target.asset).join(', ') }), { label: t('look'), act: () => go(`/sessions?session=${one.id}`) });
      }
    }
    if (sessions) {
      told.current = new Set([...(told.current ?? []), ...waiting.map((one) => one.id)]);
    }
  }, [sessions, when, t]);
}

/** Nothing for a moment, then a sign that something comes: a flicker would be worse than a short wait. */
function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return late ? <div className="empty"><span className="spin" /></div> : null;
}

function Navigation({ onClose, onEndAll }: { onClose: () => void; onEndAll: () => void }) {
  const t = useText(text);
  const { path } = usePlace();
  const may = useMay();
  const open = useStore(status)?.openAlerts ?? 0;
  const waiting = waitingOf(useStore(remote));
  const here = pageOf(path);
  const version = useSession()?.version;
  return (
    <nav className="nav" aria-label={t('navigation')} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Link to="/" className="brand" aria-label="Sluice">
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>Sluice</span>
      </Link>
      <ul>
        {PAGES.filter((page) => may(page.needs)).map((page) => (
          <li key={page.path}>
            <Link to={page.path} aria-current={page === here ? 'page' : undefined} onPointerEnter={() => void page.preload()}>
              <Icon name={page.icon} />
              <span>{t(page.name)}</span>
              {page.path === '/inbox' && open > 0 && <span className="count num">{open > 99 ? '99+' : open}</span>}
              {page.path === '/sessions' && waiting > 0 && <span className="count num" title={t('sessionsCount', { n: waiting })}>{waiting}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {may('endAllJumpSessions') && <button type="button" className="button quiet nav-end-all" onClick={onEndAll}><Icon name="unplug" />{t('endAll')}</button>}
      {version && <p className="version">{version}</p>}
    </nav>
  );
}

function InboxButton() {
  const t = useText(text);
  const may = useMay();
  const open = useStore(status)?.openAlerts ?? 0;
  if (!may('listAlerts')) {
    return null;
  }
  const label = t('inboxCount', { n: open });
  return (
    <Link to="/inbox" className="button quiet icon inbox-button" aria-label={label} title={label}>
      <Icon name="inbox" />
      {open > 0 && <span className="dot num" aria-hidden="true">{open > 99 ? '99+' : open}</span>}
    </Link>
  );
}

function Appearance() {
  const t = useText(text);
  const language = useLanguage();
  const theme = useThemeChoice();
  return (
    <Menu
      label={t('appearance')}
      trigger={<Icon name="globe" />}
      items={[
        ...(['en', 'de'] as const).map((one) => ({
          label: <span lang={one}>{t(one === 'en' ? 'languageEn' : 'languageDe')}</span>,
          checked: language === one,
          act: () => { setLanguage(one); keepPreferences({ language: one }); },
        })),
        ...(['system', 'light', 'dark'] as const).map((one, index) => ({
          label: t(one === 'system' ? 'themeSystem' : one === 'light' ? 'themeLight' : 'themeDark'),
          checked: theme === one,
          separator: index === 0,
          act: () => { setTheme(one); keepPreferences({ theme: one }); },
        })),
      ]}
    />
  );
}

function Account() {
  const t = useText(text);
  const session = useSession();
  const name = session?.name || session?.user || '';
  return (
    <Menu
      label={t('account', { name })}
      className="button quiet account"
      trigger={<><Icon name="user" /><span className="cut account-name">{name}</span></>}
      items={[
        { label: <><Icon name="settings" />{t('ownAccount')}</>, act: () => go('/settings/account') },
        { label: <><Icon name="exit" />{t('signOut')}</>, act: () => void signOut(), separator: true },
      ]}
    />
  );
}

function ServerNotice() {
  const t = useText(text);
  const answers = useStore(reachable);
  const feed = useStore(feedState);
  const state = useStore(status);
  return (
    <>
      {(!answers || feed === 'lost') && <Notice tone="warn">{t('serverAwayLong')}</Notice>}
      {answers && state && !state.reachable && <Notice tone="danger">{state.sentence}</Notice>}
    </>
  );
}
