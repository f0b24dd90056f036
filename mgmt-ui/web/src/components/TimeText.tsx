import { useSyncExternalStore } from 'react';
import { store, useStore } from '../app/store';
import { type Language, formatNumber, useLanguage } from '../i18n/i18n';

/** The zone in which the server's times are shown; it says which. Until it has, UTC. */
export const serverZone = store('UTC');

/** One clock for all relative times: it ticks each second, only while somebody looks. */
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
function follow(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((l) => l());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export function useNow(): number {
  return useSyncExternalStore(follow, () => now);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const relatives = new Map<Language, Intl.RelativeTimeFormat>();
const absolutes = new Map<string, Intl.DateTimeFormat>();

/** Such as "3 minutes ago"; below two seconds "now". */
export function relativeTime(at: number, from: number, tongue: Language): string {
  let format = relatives.get(tongue);
  if (!format) {
    relatives.set(tongue, (format = new Intl.RelativeTimeFormat(tongue, { numeric: 'auto', style: 'short' })));
  }
  const seconds = (at - from) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size * (unit === 'second' ? 2 : 1)) {
      return format.format(Math.trunc(seconds / size), unit);
    }
  }
  return format.format(0, 'second');
}

type Detail = 'full' | 'time' | 'millis' | 'date';

function formatter(detail: Detail, zone: string): Intl.DateTimeFormat {
  const key = detail + zone;
  let format = absolutes.get(key);
  if (!format) {
    const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      ...(detail === 'full' ? { ...date, ...time, timeZoneName: 'short' } : detail === 'date' ? date : time),
      ...(detail === 'millis' ? { fractionalSecondDigits: 3 } : {}),
    });
    absolutes.set(key, format);
  }
  return format;
}

/** Year first and 24 hours in both languages, in the server's zone: what a log says, too. */
export function absoluteTime(at: number, detail: Detail = 'full', zone: string = serverZone.get()): string {
  return formatter(detail, zone).format(at).replace(',', '.');
}

/** How long ago; the absolute time on hover. */
export function TimeText({ at, absolute }: { at: string | number | null | undefined; absolute?: boolean }) {
  const tongue = useLanguage();
  const zone = useStore(serverZone);
  const current = useNow();
  if (at === null || at === undefined) {
    return <span className="muted">–</span>;
  }
  const time = typeof at === 'number' ? at : Date.parse(at);
  const full = absoluteTime(time, 'full', zone);
  return (
    <time dateTime={new Date(time).toISOString()} title={full} className="num">
      {absolute ? full : relativeTime(time, current, tongue)}
    </time>
  );
}

/** Seconds as a person says them: 45 s, 12 min, 3.5 h, 2 d. */
export function duration(seconds: number): string {
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${formatNumber(seconds / 3600)} h` : `${formatNumber(seconds / 86_400)} d`;
}
