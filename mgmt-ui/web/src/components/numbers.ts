import { formatNumber } from '../i18n/i18n';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function bytes(value: number): string {
  return scaled(value, UNITS);
}

/** Bits a second, as ports are measured. */
export function bits(value: number): string {
  return scaled(value, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s']);
}

function scaled(value: number, units: string[]): string {
  let step = 0;
  let rest = value;
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step++;
  }
  return `${formatNumber(rest >= 100 ? Math.round(rest) : rest)} ${units[step]}`;
}

/** 1 234 as it is, 12 345 as 12.3 k: for places with little room. */
export function compact(value: number): string {
  if (value < 10_000) {
    return formatNumber(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
  }
  return value < 10_000_000 ? `${formatNumber(value / 1000)} k` : `${formatNumber(value / 1_000_000)} M`;
}

/** Nanoseconds or seconds into what a person reads: µs, ms. */
export function latency(seconds: number): string {
  if (seconds < 0.001) {
    return `${formatNumber(seconds * 1e6)} µs`;
  }
  return seconds < 1 ? `${formatNumber(seconds * 1e3)} ms` : `${formatNumber(seconds)} s`;
}

export function percent(part: number, whole: number): string {
  if (whole === 0) {
    return '0 %';
  }
  const value = (part / whole) * 100;
  return value > 0 && value < 0.1 ? '< 0.1 %' : `${formatNumber(value)} %`;
}
