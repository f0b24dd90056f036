import { useMemo } from 'react';
import { qr } from './qr';

/** A QR code, dark on white in both themes, since many cameras read no other. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [path, size] = useMemo(() => {
    const grid = qr(text);
    return [grid.flatMap((row, r) => row.map((dark, c) => (dark ? `M${c + 4},${r + 4}h1v1h-1z` : ''))).join(''), grid.length + 8] as const;
  }, [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="196" height="196" role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
