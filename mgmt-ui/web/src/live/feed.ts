import { addressOf, type Schema, signedOut } from '../api/client';
import { store } from '../app/store';

export type Stream = 'events' | 'status' | 'alerts' | 'points';
/** `off`: these roles may not follow. */
export type FeedState = 'connecting' | 'open' | 'lost' | 'off';

export interface FeedHandlers {
  /** Several at a time where many come. */
  events?: (events: Schema<'Event'>[]) => void;
  /** This browser was too slow for so many. */
  lost?: (events: number) => void;
  status?: (status: Schema<'Status'>) => void;
  alert?: (alert: Schema<'Alert'>) => void;
  point?: (point: Schema<'Point'>) => void;
  state?: (state: FeedState) => void;
}

const AGAIN_MS = [500, 1000, 2000, 5000];

/** Follows what happens, by server-sent events, and connects anew when the connection breaks. Call what it returns to end it. */
export function follow(streams: Stream[], handlers: FeedHandlers, filter = ''): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const connect = () => {
    handlers.state?.(failures === 0 ? 'connecting' : 'lost');
    source = new EventSource(addressOf('followLive', { query: { filter, streams: streams.join(',') } }));
    source.onopen = () => {
      failures = 0;
      handlers.state?.('open');
    };
    source.onerror = () => {
      // The browser would try for ever at its own pace, and not at all after an answer other than 200.
      source?.close();
      if (!ended) {
        handlers.state?.('lost');
        timer = setTimeout(connect, AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]);
      }
    };
    const on = <T>(name: string, act: ((data: T) => void) | undefined) => {
      if (act) {
        source!.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as T));
      }
    };
    on<Schema<'Event'>[]>('events', handlers.events);
    on<{ events: number }>('lost', handlers.lost && ((said) => handlers.lost!(said.events)));
    on('status', handlers.status);
    on('alert', handlers.alert);
    on('point', handlers.point);
    // The session is over: what follows would only be refused.
    source.addEventListener('signed-out', signedOut);
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
  };
}

/** How the firewall stands, kept up to date for every page; undefined until it was said. */
export const status = store<Schema<'Status'> | undefined>(undefined);
export const feedState = store<FeedState>('off');
/** Counts alerts as they come, so that lists of them know that they are old. */
export const alertsSeen = store(0);

/** Points of the charts as they come. */
const pointListeners = new Set<(point: Schema<'Point'>) => void>();
export function onPoint(listener: (point: Schema<'Point'>) => void): () => void {
  pointListeners.add(listener);
  return () => pointListeners.delete(listener);
}

const alertListeners = new Set<(alert: Schema<'Alert'>) => void>();
export function onAlert(listener: (alert: Schema<'Alert'>) => void): () => void {
  alertListeners.add(listener);
  return () => alertListeners.delete(listener);
}

/** One connection for what all pages show; Traffic has another for its events. */
export function followState(): () => void {
  return follow(['status', 'alerts', 'points'], {
    status: status.set,
    state: feedState.set,
    alert: (alert) => {
      alertsSeen.update((n) => n + 1);
      alertListeners.forEach((listener) => listener(alert));
    },
    point: (point) => pointListeners.forEach((listener) => listener(point)),
  });
}
