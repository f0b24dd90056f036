import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Schema } from '../../api/client';
import { address, Link } from '../../app/router';
import { compact } from '../../components/numbers';
import { useText } from '../../i18n/i18n';
import { BOX, type Edge, filterOf, layout } from './layout';
import { text } from './text';

/** Zones with their assets, and conduits between them with what passed and what was refused. */
export function ZoneMap({ map, ports, range }: { map: Schema<'ZoneMap'>; ports: Schema<'Port'>[]; range: string }) {
  const t = useText(text);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setWidth(Math.max(320, element.clientWidth - 4));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const drawn = useMemo(() => layout(map, width), [map, width]);
  const [over, setOver] = useState<string>();
  const label = (edge: Edge) => edge.name === undefined
    ? t('unrelatedLabel', { from: edge.from, to: edge.to, denied: edge.denied })
    : t('conduitLabel', { name: edge.name, mode: t(edge.mode === 'enforce' ? 'modeEnforce' : edge.mode === 'monitor' ? 'modeMonitor' : 'modeLearn'), allowed: edge.allowed, denied: edge.denied });

  return (
    <div ref={frame} className="zone-map">
      <svg width={drawn.width} height={drawn.height} viewBox={`-2 -2 ${drawn.width + 4} ${drawn.height + 2}`} role="group" aria-label={t('map')}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
            <path d="M0,0 L8,4 L0,8 z" className="arrow" />
          </marker>
        </defs>
        {drawn.edges.map((edge) => (
          <path key={edge.key} d={edge.path} className={`edge ${kind(edge)}${over === edge.key ? ' over' : ''}`} strokeWidth={thickness(edge)} markerEnd="url(#arrow)" />
        ))}
        {drawn.zones.map(({ zone, x, y, height, assets, more }) => {
          const links = ports.filter((port) => zone.ports?.includes(port.name));
          return (
            <g key={zone.name} className="zone">
              <rect x={x} y={y} width={BOX.width} height={height} rx="8" />
              <text x={x + 12} y={y + 22} className="zone-name">{shorten(zone.name, 16)}</text>
              <text x={x + BOX.width - 12} y={y + 22} textAnchor="end" className={`zone-port${links.some((port) => port.link !== 'up') ? ' away' : ''}`}>
                {zone.broker ? t('broker') : links.map((port) => (port.link === 'up' ? port.name : `${port.name} ${t(port.link)}`)).join(', ')}
              </text>
              {assets.map((asset) => (
                <Link key={asset.name} to={address('/assets', { asset: asset.name })} className="asset">
                  <rect x={asset.x + 6} y={asset.y + 1} width={BOX.width - 12} height={BOX.row - 3} rx="5" />
                  <text x={asset.x + 16} y={asset.y + 17}>{shorten(asset.name, 23)}</text>
                </Link>
              ))}
              {more > 0 && <text x={x + 16} y={y + height - 14} className="zone-more">{t('moreAssets', { n: more })}</text>}
            </g>
          );
        })}
        {drawn.edges.map((edge) => (
          <Link key={edge.key} to={trafficOf(edge, range)} className={`edge-label ${kind(edge)}`}
            onPointerEnter={() => setOver(edge.key)} onPointerLeave={() => setOver(undefined)} onFocus={() => setOver(edge.key)} onBlur={() => setOver(undefined)}>
            <title>{label(edge)}</title>
            <g aria-hidden="true"><EdgeLabel edge={edge} /></g>
          </Link>
        ))}
      </svg>
    </div>
  );
}

/** How much passed, and how much did not, with marks that need no colour. */
function EdgeLabel({ edge }: { edge: Edge }) {
  const allowed = edge.allowed > 0 || edge.denied === 0 ? `${compact(edge.allowed)}` : '';
  const denied = edge.denied > 0 ? `${edge.mode === 'enforce' ? '✕' : '◌'} ${compact(edge.denied)}` : '';
  const gap = allowed && denied ? 10 : 0;
  const width = 18 + allowed.length * 6.6 + denied.length * 7 + gap;
  const left = edge.labelX - width / 2;
  return (
    <>
      <rect x={left} y={edge.labelY - 10} width={width} height={20} rx="10" />
      {allowed && <text x={left + 9} y={edge.labelY + 4}>{allowed}</text>}
      {denied && <text x={left + width - 9} y={edge.labelY + 4} textAnchor="end" className="denied">{denied}</text>}
    </>
  );
}

function shorten(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}

function kind(edge: Edge): string {
  if (edge.name === undefined) {
    return 'unrelated';
  }
  if (edge.allowed + edge.denied === 0) {
    return 'idle';
  }
  return edge.denied === 0 ? 'quiet' : edge.mode === 'enforce' ? 'refusing' : 'watching';
}

/** By powers of ten: one message is a thin line, a million a thick one. */
function thickness(edge: Edge): number {
  return 1.2 + Math.min(6, Math.log10(1 + edge.allowed + edge.denied)) * 0.4;
}

export function trafficOf(edge: { name?: string; from: string; to: string }, range: string, only?: 'allow' | 'deny'): string {
  return address('/traffic', { filter: filterOf(edge, range, only) });
}
