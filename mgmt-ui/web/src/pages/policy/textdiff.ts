/** A line of a comparison: in both, only before, or only after. Numbers are those of the lines, from 1. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new';
  text: string;
  before?: number;
  after?: number;
}
/** Lines that follow one another, or how many equal ones are left out between them. */
export type DiffPart = DiffLine[] | number;

/** The shortest way from one text to the other, line by line (Myers, "An O(ND) Difference Algorithm", 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = split(before);
  const b = split(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
  }
  const same = (index: number, other: number): DiffLine => ({ kind: 'same', text: a[index]!, before: index + 1, after: other + 1 });
  const lines: DiffLine[] = [];
  for (let i = 0; i < start; i++) {
    lines.push(same(i, i));
  }
  for (const step of middle(a.slice(start, a.length - end), b.slice(start, b.length - end))) {
    lines.push({
      ...step,
      ...(step.before === undefined ? {} : { before: step.before + start }),
      ...(step.after === undefined ? {} : { after: step.after + start }),
    });
  }
  for (let i = 0; i < end; i++) {
    lines.push(same(a.length - end + i, b.length - end + i));
  }
  return lines;
}

function split(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

/** Beyond so many differences the rest is said to be replaced as a whole: two texts that have little in common need no finer answer. */
const MOST = 2000;

function middle(a: string[], b: string[]): DiffLine[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MOST); d++) {
    trail.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest.set(k, x);
      if (x >= a.length && y >= b.length) {
        return walkBack(a, b, trail);
      }
    }
  }
  return [
    ...a.map((text, i): DiffLine => ({ kind: 'gone', text, before: i + 1 })),
    ...b.map((text, i): DiffLine => ({ kind: 'new', text, after: i + 1 })),
  ];
}

function walkBack(a: string[], b: string[], trail: Map<number, number>[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trail.length - 1; d >= 0; d--) {
    const furthest = trail[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (furthest.get(fromK) ?? 0);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      x--;
      y--;
      lines.push({ kind: 'same', text: a[x]!, before: x + 1, after: y + 1 });
    }
    if (d > 0) {
      if (down) {
        y--;
        lines.push({ kind: 'new', text: b[y]!, after: y + 1 });
      } else {
        x--;
        lines.push({ kind: 'gone', text: a[x]!, before: x + 1 });
      }
    }
  }
  return lines.reverse();
}

/** Only what changed, with some lines around it; a number stands for so many equal lines. */
export function withContext(lines: DiffLine[], around = 3): DiffPart[] {
  const near = new Array<boolean>(lines.length).fill(false);
  lines.forEach((line, index) => {
    if (line.kind !== 'same') {
      near.fill(true, Math.max(0, index - around), Math.min(lines.length, index + around + 1));
    }
  });
  const parts: DiffPart[] = [];
  for (let at = 0; at < lines.length; ) {
    let to = at;
    while (to < lines.length && near[to] === near[at]) {
      to++;
    }
    parts.push(near[at] ? lines.slice(at, to) : to - at);
    at = to;
  }
  return parts;
}
