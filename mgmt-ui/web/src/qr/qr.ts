/**
 * A QR code (ISO/IEC 18004) of a short text: byte mode, error correction M, versions 1 to 12. Enough for an otpauth address, and
 * no secret leaves the page for a picture of it.
 */

/** For each version: error correction words of a block, blocks of the first size and their data words, blocks of the second size (one word more). */
const BLOCKS: [number, number, number, number][] = [
  [10, 1, 16, 0], [16, 1, 28, 0], [26, 1, 44, 0], [18, 2, 32, 0], [24, 2, 43, 0], [16, 4, 27, 0],
  [18, 4, 31, 0], [22, 2, 38, 2], [22, 3, 36, 2], [26, 4, 43, 1], [30, 1, 50, 4], [22, 6, 36, 2],
];
const ALIGNED: number[][] = [
  [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50], [6, 30, 54], [6, 32, 58],
];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}
const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : EXP[LOG[a]! + LOG[b]!]!);

/** The remainder of data · xⁿ by the generator polynomial of n words. */
function correction(data: number[], n: number): number[] {
  let generator = [1];
  for (let i = 0; i < n; i++) {
    const next = new Array<number>(generator.length + 1).fill(0);
    generator.forEach((coefficient, j) => {
      next[j]! ^= coefficient;
      next[j + 1]! ^= times(coefficient, EXP[i]!);
    });
    generator = next;
  }
  const rest = [...data, ...new Array<number>(n).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i]!;
    if (factor !== 0) {
      generator.forEach((coefficient, j) => (rest[i + j]! ^= times(coefficient, factor)));
    }
  }
  return rest.slice(data.length);
}

function wordsOf(bytes: Uint8Array): { version: number; words: number[] } {
  const version = BLOCKS.findIndex(([, first, size, second], index) => first * size + second * (size + 1) >= bytes.length + 2 + (index + 1 >= 10 ? 1 : 0)) + 1;
  if (version === 0) {
    throw new RangeError(`a text of ${bytes.length} bytes is too long for a QR code here`);
  }
  const [ec, first, size, second] = BLOCKS[version - 1]!;
  const capacity = first * size + second * (size + 1);
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) {
      bits.push((value >> i) & 1);
    }
  };
  put(4, 4);
  put(bytes.length, version >= 10 ? 16 : 8);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8 !== 0) {
    bits.push(0);
  }
  const data: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  }
  for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) {
    data.push(pad);
  }
  const blocks: number[][] = [];
  for (let i = 0, at = 0; i < first + second; i++) {
    const length = size + (i >= first ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const checks = blocks.map((block) => correction(block, ec));
  const words: number[] = [];
  for (let i = 0; i <= size; i++) {
    blocks.forEach((block) => block[i] !== undefined && words.push(block[i]!));
  }
  for (let i = 0; i < ec; i++) {
    checks.forEach((check) => words.push(check[i]!));
  }
  return { version, words };
}

type Grid = (boolean | undefined)[][];

function patterns(version: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
  const set = (row: number, column: number, dark: boolean) => {
    if (row >= 0 && column >= 0 && row < size && column < size) {
      grid[row]![column] = dark;
    }
  };
  for (const [row, column] of [[0, 0], [0, size - 7], [size - 7, 0]] as const) {
    for (let r = -1; r <= 7; r++) {
      for (let c = -1; c <= 7; c++) {
        const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
        set(row + r, column + c, ring !== 2 && ring !== 4);
      }
    }
  }
  const centres = ALIGNED[version - 1]!;
  const last = centres[centres.length - 1];
  for (const row of centres) {
    for (const column of centres) {
      if ((row === 6 && (column === 6 || column === last)) || (row === last && column === 6)) {
        continue;
      }
      for (let r = -2; r <= 2; r++) {
        for (let c = -2; c <= 2; c++) {
          set(row + r, column + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
        }
      }
    }
  }
  for (let i = 8; i < size - 8; i++) {
    grid[6]![i] = grid[i]![6] = i % 2 === 0;
  }
  if (version >= 7) {
    let rest = version << 12;
    for (let i = 17; i >= 12; i--) {
      if ((rest >> i) & 1) {
        rest ^= 0x1f25 << (i - 12);
      }
    }
    const code = (version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const dark = ((code >> i) & 1) === 1;
      const [a, b] = [Math.floor(i / 3), size - 11 + (i % 3)];
      grid[a]![b] = grid[b]![a] = dark;
    }
  }
  format(grid, 0);
  return grid;
}

/** Which mask is used, and the level M, twice. */
function format(grid: Grid, mask: number) {
  const size = grid.length;
  const data = mask; // level M is 00
  let rest = data << 10;
  for (let i = 14; i >= 10; i--) {
    if ((rest >> i) & 1) {
      rest ^= 0x537 << (i - 10);
    }
  }
  const code = ((data << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const dark = ((code >> i) & 1) === 1;
    // Along the column 8, from the top, and at the bottom.
    if (i < 6) {
      grid[i]![8] = dark;
    } else if (i < 8) {
      grid[i + 1]![8] = dark;
    } else {
      grid[size - 15 + i]![8] = dark;
    }
    // Along the row 8, from the right, and at the left.
    if (i < 8) {
      grid[8]![size - 1 - i] = dark;
    } else if (i === 8) {
      grid[8]![7] = dark;
    } else {
      grid[8]![14 - i] = dark;
    }
  }
  grid[size - 8]![8] = true;
}

const MASKS: ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (_, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0, (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** How badly a grid reads: long runs, squares, what looks like a corner, and uneven darkness. */
function penalty(grid: boolean[][]): number {
  const size = grid.length;
  let sum = 0;
  let dark = 0;
  for (let i = 0; i < size; i++) {
    for (const line of [grid[i]!, grid.map((row) => row[i]!)]) {
      let run = 1;
      for (let j = 1; j <= size; j++) {
        if (j < size && line[j] === line[j - 1]) {
          run++;
        } else {
          sum += run >= 5 ? run - 2 : 0;
          run = 1;
        }
      }
      const text = line.map((one) => (one ? '1' : '0')).join('');
      for (const corner of ['10111010000', '00001011101']) {
        for (let at = text.indexOf(corner); at >= 0; at = text.indexOf(corner, at + 1)) {
          sum += 40;
        }
      }
    }
    for (let j = 0; j < size; j++) {
      dark += grid[i]![j] ? 1 : 0;
      if (i > 0 && j > 0 && grid[i]![j] === grid[i - 1]![j] && grid[i]![j] === grid[i]![j - 1] && grid[i]![j] === grid[i - 1]![j - 1]) {
        sum += 3;
      }
    }
  }
  return sum + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

/** Rows of modules, true for dark, without the quiet zone of four modules around. */
export function qr(text: string): boolean[][] {
  const { version, words } = wordsOf(new TextEncoder().encode(text));
  const fixed = patterns(version);
  const size = fixed.length;
  const bits = words.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => (word >> i) & 1));
  let best: boolean[][] = [];
  let least = Infinity;
  MASKS.forEach((masked, number) => {
    const grid: Grid = fixed.map((row) => [...row]);
    let next = 0;
    for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
      right -= right === 6 ? 1 : 0;
      for (let i = 0; i < size; i++) {
        const row = up ? size - 1 - i : i;
        for (const column of [right, right - 1]) {
          if (fixed[row]![column] === undefined) {
            grid[row]![column] = ((bits[next++] ?? 0) === 1) !== masked(row, column);
          }
        }
      }
    }
    format(grid, number);
    const whole = grid as boolean[][];
    const cost = penalty(whole);
    if (cost < least) {
      [best, least] = [whole, cost];
    }
  });
  return best;
}
