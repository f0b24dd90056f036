import { useMemo } from 'react';
import { call } from '../../api/client';
import { useResource } from '../../app/resource';
import { absoluteTime } from '../../components/TimeText';
import { valueOf } from '../../filter/language';
import { formatNumber, useText } from '../../i18n/i18n';
import { useNews } from './paced';
import { hourAgo } from './period';
import { text } from './text';

const HEIGHT = 38;

/** Bars of allowed and denied messages over the time of the filter; a bar narrows the filter to its time. */
export function Histogram({ filter, seen, onPeriod }: { filter: string; seen: number; onPeriod: (since: string, until: string) => void }) {
  const t = useText(text);
  const counts = useResource(`histogram ${filter}`, (signal) => call('countEventsByTime', { query: { filter, buckets: 80, ...hourAgo(filter) }, signal }), { every: valueOf(filter, 'until') === '' ? 10_000 : undefined });
  useNews(seen, counts.reload);
  const data = counts.data;
  const bars = useMemo(() => {
    if (!data || data.buckets.length === 0) {
      return [];
    }
    const most = Math.max(1, ...data.buckets.map((bucket) => bucket.allowed + bucket.denied));
    const begin = Date.parse(data.from);
    return data.buckets.map((bucket, index) => {
      const scale = (n: number) => (n === 0 ? 0 : Math.max(2, (n / most) * HEIGHT));
      return { ...bucket, from: begin + index * data.stepSeconds * 1000, to: begin + (index + 1) * data.stepSeconds * 1000, high: scale(bucket.allowed), low: scale(bucket.denied) };
    });
  }, [data]);
  if (!data || bars.length === 0) {
    return <div className="histogram" />;
  }
  const step = 100 / bars.length;
  const long = data.stepSeconds * bars.length > 86_400;
  const clock = (at: number) => (long ? absoluteTime(at).slice(5, 16) : absoluteTime(at, 'time'));
  return (
    <figure className="histogram" aria-label={t('histogram')}>
      <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('histogram')}>
        {bars.map((bar, index) => (
          <g key={index} className="bar" onClick={() => onPeriod(new Date(bar.from).toISOString(), new Date(bar.to).toISOString())}>
            <title>{t('histogramBar', { from: clock(bar.from), to: clock(bar.to), allowed: formatNumber(bar.allowed), denied: formatNumber(bar.denied) })}</title>
            <rect className="hit" x={index * step} y="0" width={step} height={HEIGHT} />
            <rect className="allowed" x={index * step + step * 0.12} y={HEIGHT - Math.min(HEIGHT, bar.high + bar.low)} width={step * 0.76} height={bar.high} />
            <rect className="denied" x={index * step + step * 0.12} y={HEIGHT - bar.low} width={step * 0.76} height={bar.low} />
          </g>
        ))}
      </svg>
      <div className="histogram-axis num muted"><span>{clock(bars[0]!.from)}</span><span>{clock((bars[0]!.from + bars[bars.length - 1]!.to) / 2)}</span><span>{clock(bars[bars.length - 1]!.to)}</span></div>
    </figure>
  );
}
