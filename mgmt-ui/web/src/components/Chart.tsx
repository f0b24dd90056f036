import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../i18n/i18n';
import { colour, useTheme } from '../theme/theme';
import { absoluteTime } from './TimeText';
import './chart.css';

export interface ChartSeries {
  label: string;
  /** Name of a colour of the theme, such as `--series-1`. */
  colour: string;
  dash?: number[];
  fill?: boolean;
}

/**
 * Lines over time, painted on a canvas in the colours of the theme.
 *
 * @param data times in seconds, then the values of each series; null where there is none
 */
export default function Chart({ label, series, data, format, height = 150, sync }: {
  label: string;
  series: ChartSeries[];
  data: (number | null)[][];
  format: (value: number) => string;
  height?: number;
  /** Charts of the same name show the same time under the pointer. */
  sync?: string;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(data);
  latest.current = data;
  const theme = useTheme();
  const tongue = useLanguage();
  const key = series.map((one) => one.label + one.colour).join();

  useEffect(() => {
    const element = frame.current!;
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(document.body).fontFamily}` };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [8, 8, 0, 0],
        cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false }, ...(sync ? { sync: { key: sync } } : {}) },
        legend: { show: false },
        scales: { x: { time: true }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.15 : 1] } },
        axes: [
          { ...axis, space: 70, values: (_, times) => times.map((time) => absoluteTime(time * 1000, 'time').slice(0, 5)) },
          { ...axis, size: 62, space: 34, values: (_, values) => values.map(format) },
        ],
        series: [
          {},
          ...series.map((one) => ({
            label: one.label, stroke: colour(one.colour), width: 1.6, dash: one.dash, points: { show: false }, spanGaps: false,
            ...(one.fill ? { fill: `${colour(one.colour)}22` } : {}),
          })),
        ],
        hooks: { setCursor: [(self) => tell(self)] },
      },
      latest.current as uPlot.AlignedData,
      element,
    );
    const hint = document.createElement('div');
    hint.className = 'chart-hint';
    hint.hidden = true;
    chart.over.appendChild(hint);
    function tell(self: uPlot) {
      const index = self.cursor.idx;
      const at = self.cursor.left ?? -1;
      if (!hint || index === null || index === undefined || at < 0) {
        if (hint) {
          hint.hidden = true;
        }
        return;
      }
      hint.hidden = false;
      hint.textContent = [absoluteTime(self.data[0][index]! * 1000, 'time'), ...series.map((one, i) => {
        const value = self.data[i + 1]?.[index];
        return `${one.label} ${value === null || value === undefined ? '–' : format(value)}`;
      })].join('  ·  ');
      hint.style.left = at > self.over.clientWidth / 2 ? '' : '8px';
      hint.style.right = at > self.over.clientWidth / 2 ? '8px' : '';
    }
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = undefined;
    };
    // The chart is made anew where its colours or words change, and only fed where its data do.
  }, [theme, tongue, key, height, sync]);

  useEffect(() => {
    plot.current?.setData(data as uPlot.AlignedData);
  }, [data]);

  const words = series.map((one, index) => {
    const values = data[index + 1];
    const value = values?.[values.length - 1];
    return `${one.label} ${value === null || value === undefined ? '–' : format(value)}`;
  });
  return (
    <figure className="chart">
      <figcaption className="row">
        <h3>{label}</h3>
        <span className="row end small muted chart-key">
          {series.map((one, index) => (
            <span key={one.label} className="row nowrap">
              <svg width="16" height="4" aria-hidden="true"><line x1="0" y1="2" x2="16" y2="2" stroke={`var(${one.colour})`} strokeWidth="2.5" strokeDasharray={one.dash?.join(' ')} /></svg>
              <span className="num">{words[index]}</span>
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={frame} className="chart-frame" role="img" aria-label={`${label}: ${words.join(', ')}`} />
    </figure>
  );
}
