import { reachable } from '../api/client';
import { clockSkew } from '../app/session';
import { useStore } from '../app/store';
import { Icon, type IconName } from '../components/Icon';
import { absoluteTime, serverZone, useNow } from '../components/TimeText';
import { useText } from '../i18n/i18n';
import { feedState, status } from '../live/feed';
import { text } from './text';

/** How server and firewall stand, in a few words. */
export function FirewallState() {
  const t = useText(text);
  const answers = useStore(reachable);
  const feed = useStore(feedState);
  const state = useStore(status);
  let tone = 'ok';
  let icon: IconName = 'check';
  let words = t('firewallUp');
  if (!answers || feed === 'lost') {
    [tone, icon, words] = ['warn', 'broken', t('serverAway')];
  } else if (!state) {
    [tone, icon, words] = ['', 'clock', t('connecting')];
  } else if (!state.reachable) {
    [tone, icon, words] = ['danger', 'danger', t('firewallAway')];
  } else if (state.draining) {
    [tone, icon, words] = ['warn', 'warn', t('firewallDraining')];
  } else {
    const mode = (state.pending ?? state.active)?.mode;
    if (mode === 'monitor' || mode === 'learn') {
      [tone, icon, words] = ['warn', 'eye', t(mode === 'monitor' ? 'firewallMonitors' : 'firewallLearns')];
    }
  }
  return (
    <span className={`badge ${tone} state`} role="status" title={state?.sentence}>
      <Icon name={icon} />
      <span className="state-words">{words}</span>
    </span>
  );
}

export function ServerClock() {
  const t = useText(text);
  const zone = useStore(serverZone);
  const skew = useStore(clockSkew);
  const now = useNow() + skew;
  return (
    <time className="clock num" title={`${absoluteTime(now, 'full', zone)}\n${t('serverTime', { zone })}`} dateTime={new Date(now).toISOString()}>
      {absoluteTime(now, 'time', zone)}
      <span className="zone">{zone.split('/').pop()!.replace('_', ' ')}</span>
    </time>
  );
}
