/** Bytes as a person reads them: offset, sixteen in hexadecimal, and as characters. */
export function HexView({ hex }: { hex: string }) {
  const clean = hex.replace(/[^0-9a-fA-F]/g, '');
  const lines: string[] = [];
  for (let at = 0; at < clean.length; at += 32) {
    const pairs = clean.slice(at, at + 32).match(/../g) ?? [];
    const text = pairs.map((pair) => {
      const code = parseInt(pair, 16);
      return code >= 32 && code < 127 ? String.fromCharCode(code) : '·';
    });
    const left = pairs.slice(0, 8).join(' ').padEnd(23);
    const right = pairs.slice(8).join(' ').padEnd(23);
    lines.push(`${(at / 2).toString(16).padStart(4, '0')}  ${left}  ${right}  ${text.join('')}`);
  }
  return <pre className="record" tabIndex={0}>{lines.join('\n')}</pre>;
}
