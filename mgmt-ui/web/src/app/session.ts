import { call, type OperationId, type Role, type Schema, setCsrf, whenSignedOut } from '../api/client';
import { OPERATIONS } from '../api/operations';
import { serverZone } from '../components/TimeText';
import { type Language, setLanguage } from '../i18n/i18n';
import { remote } from '../live/remote';
import { setTheme } from '../theme/theme';
import { forgetResources } from './resource';
import { store, useStore } from './store';

export type Session = Schema<'Session'>;

/** Who is signed in; undefined until the server has said it. */
export const session = store<Session | undefined>(undefined);

/** The server's clock less the browser's, in milliseconds. */
export const clockSkew = store(0);

/** Takes a session as the server gave it. */
export function take(given: Session) {
  setCsrf(given.csrf);
  serverZone.set(given.timeZone);
  clockSkew.set(Date.parse(given.serverTime) - Date.now());
  const before = session.get();
  if (before?.user !== given.user) {
    forgetResources();
    remote.set(undefined);
  }
  if (given.signedIn && !before?.signedIn) {
    if (given.preferences?.language) {
      setLanguage(given.preferences.language);
    }
    if (given.preferences?.theme) {
      setTheme(given.preferences.theme);
    }
  }
  session.set(given);
}

export async function loadSession(): Promise<void> {
  take(await call('getSession'));
}

export async function signOut(): Promise<void> {
  await call('signOut');
  await loadSession();
}

whenSignedOut(() => {
  const now = session.get();
  if (now?.signedIn) {
    forgetResources();
    remote.set(undefined);
    session.set({ ...now, signedIn: false, codeNeeded: false, roles: [], user: undefined });
    void loadSession().catch(() => undefined);
  }
});

export function useSession(): Session | undefined {
  return useStore(session);
}

/** Whether one of these roles permits an operation, as the contract says. The server decides; this only spares people a refusal. */
export function rolesPermit(roles: readonly string[] | undefined, operation: OperationId): boolean {
  const needed: readonly string[] = OPERATIONS[operation].roles;
  return needed.includes('anyone') || needed.includes('signed-in') || needed.some((role) => roles?.includes(role as Role) === true);
}

/** `const may = useMay(); may('applyPolicy')`. */
export function useMay(): (operation: OperationId) => boolean {
  const roles = useSession()?.roles;
  return (operation) => rolesPermit(roles, operation);
}

/** Keeps language and appearance with the account, too. */
export function keepPreferences(change: { language?: Language; theme?: 'system' | 'light' | 'dark' }) {
  const now = session.get();
  if (now?.signedIn) {
    const preferences = { ...now.preferences, ...change };
    session.set({ ...now, preferences });
    void call('setPreferences', { body: preferences }).catch(() => undefined);
  }
}
