/**
 * Puts expectations into a policy's text, under `expect:`, without those that are there. The text stays as it was otherwise:
 * comments, order and form are its writer's.
 *
 * @param lines YAML list entries, with or without the key above them
 */
export function withExpectations(policy: string, lines: string): { yaml: string; added: number } {
  const wanted = lines.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('- '));
  const there = new Set(policy.split('\n').map((line) => plain(line)));
  const added = wanted.filter((line) => !there.has(plain(line)));
  if (added.length === 0) {
    return { yaml: policy, added: 0 };
  }
  const text = policy.endsWith('\n') || policy === '' ? policy : `${policy}\n`;
  const all = text.split('\n');
  const at = all.findIndex((line) => /^expect:/.test(line));
  if (at < 0) {
    return { yaml: `${text}\nexpect:\n${added.map((line) => `  ${line}\n`).join('')}`, added: added.length };
  }
  // `expect: []`, `expect: {}` or `expect: ~` hold nothing that would be lost.
  all[at] = all[at]!.replace(/^expect:\s*(\[\s*\]|\{\s*\}|~|null)/, 'expect:');
  let end = at + 1;
  let indent = '  ';
  for (let i = at + 1; i < all.length && (all[i]!.trim() === '' || /^\s/.test(all[i]!) || /^(- |#)/.test(all[i]!)); i++) {
    const entry = /^(\s*)- /.exec(all[i]!);
    if (entry) {
      indent = entry[1]!;
    }
    if (all[i]!.trim() !== '' && !/^#/.test(all[i]!)) {
      end = i + 1;
    }
  }
  all.splice(end, 0, ...added.map((line) => indent + line));
  return { yaml: all.join('\n'), added: added.length };
}

function plain(line: string): string {
  return line.replace(/["'\s]/g, '');
}
