import { type ComponentType, lazy } from 'react';
import type { OperationId } from '../api/client';
import type { IconName } from '../components/Icon';
import type { text } from '../shell/text';

export interface Page {
  path: string;
  name: keyof (typeof text)['en'];
  icon: IconName;
  /** Who may call this may open the page. */
  needs: OperationId;
  /** Fills the height by itself instead of scrolling with the window. */
  fills?: boolean;
  Component: ComponentType;
  preload: () => Promise<unknown>;
}

function page(path: string, name: Page['name'], icon: IconName, needs: OperationId, load: () => Promise<{ default: ComponentType }>, fills = false): Page {
  return { path, name, icon, needs, fills, Component: lazy(load), preload: load };
}

/** All pages, in the order of the navigation. Each is a bundle of its own that is fetched when it is opened. */
export const PAGES: Page[] = [
  page('/', 'overview', 'overview', 'getStatus', () => import('./overview/OverviewPage')),
  page('/traffic', 'traffic', 'traffic', 'listEvents', () => import('./traffic/TrafficPage'), true),
  page('/policy', 'policy', 'policy', 'getPolicy', () => import('./policy/PolicyPage')),
  page('/replay', 'replay', 'replay', 'listCaptures', () => import('./replay/ReplayPage')),
  page('/assets', 'assets', 'assets', 'listAssets', () => import('./assets/AssetsPage')),
  page('/inbox', 'inbox', 'inbox', 'listAlerts', () => import('./inbox/InboxPage')),
  page('/sessions', 'sessions', 'sessions', 'listJumpSessions', () => import('./sessions/SessionsPage')),
  page('/audit', 'audit', 'audit', 'getVerification', () => import('./audit/AuditPage')),
  page('/settings', 'settings', 'settings', 'listOwnSessions', () => import('./settings/SettingsPage')),
];

export function pageOf(path: string): Page | undefined {
  return PAGES.find((one) => (one.path === '/' ? path === '/' : path === one.path || path.startsWith(`${one.path}/`)));
}
