import type { ReadPolicy } from './read';

/** Where the caret stands in a policy: under which keys, and whether a key or a value is being written. */
export interface Spot {
  /** Keys from the root; `[]` for an entry of a list. */
  path: string[];
  /** The key whose value it is; undefined while a key is written. */
  key: string | undefined;
  /** What of the word is there already. */
  start: string;
  /** Where the word begins. */
  from: number;
  /** Keys that stand beside it already. */
  present: string[];
}

export interface Suggestion {
  word: string;
  note?: string;
  /** Keys are followed by a colon. */
  isKey: boolean;
}

const KEY = /^(\s*)(- +)?(?:"([^"]*)"|([A-Za-z0-9._-]+))\s*:(?=\s|$)/;

/** Reads the lines above by their indentation, and the line itself by its braces: works while the text is unfinished. */
export function spotAt(text: string, caret: number): Spot | undefined {
  const lineFrom = text.lastIndexOf('\n', caret - 1) + 1;
  const line = text.slice(lineFrom, caret);
  if (/(^|\s)#/.test(line)) {
    return undefined;
  }
  const above = text.slice(0, lineFrom).split('\n').slice(0, -1);
  const block = /^(\s*)((?:- +)*)(?:([A-Za-z0-9._-]+)\s*:(\s+|$))?/.exec(line)!;
  const indent = block[1]!.length;
  const dash = block[2] !== '';
  const inside = indent + block[2]!.length;
  const path = parents(above, indent, dash);
  if (dash) {
    path.push('[]');
  }
  const rest = line.slice(block[0].length);
  const key = block[3];
  if (key !== undefined && !/^[{[]/.test(rest)) {
    return { path, key, start: rest, from: lineFrom + block[0].length, present: [] };
  }
  if (key !== undefined) {
    path.push(key);
  }
  const flow = key === undefined ? line.slice(inside) : rest;
  if (/^[{[]/.test(flow)) {
    return inFlow(flow, caret - flow.length, path, text, caret);
  }
  return { path, key: undefined, start: flow, from: caret - flow.length, present: siblings(text, lineFrom, indent) };
}

/** The keys under which a line of this indentation stands. */
function parents(above: string[], indent: number, dash: boolean): string[] {
  const path: string[] = [];
  let limit = indent;
  let first = dash;
  for (let i = above.length - 1; i >= 0 && (limit > 0 || first); i--) {
    const match = KEY.exec(above[i]!);
    if (!match) {
      continue;
    }
    const own = match[1]!.length;
    const key = match[3] ?? match[4]!;
    const keyAt = own + (match[2]?.length ?? 0);
    // An entry of a list may stand as deep as the key that it belongs to.
    if (keyAt < limit || (first && keyAt === limit && !match[2])) {
      path.unshift(...(match[2] ? ['[]', key] : [key]));
    } else if (match[2] && own < limit) {
      path.unshift('[]');
    } else {
      continue;
    }
    limit = own;
    first = match[2] !== undefined;
  }
  return path;
}

function siblings(text: string, lineFrom: number, indent: number): string[] {
  const found: string[] = [];
  const lines = text.split('\n');
  const own = text.slice(0, lineFrom).split('\n').length - 1;
  for (const step of [-1, 1]) {
    for (let i = own + step; i >= 0 && i < lines.length; i += step) {
      const match = KEY.exec(lines[i]!);
      const at = /^\s*/.exec(lines[i]!)![0].length;
      if (lines[i]!.trim() !== '' && at < indent) {
        break;
      }
      if (match && match[1]!.length + (match[2]?.length ?? 0) === indent) {
        found.push(match[3] ?? match[4]!);
      }
    }
  }
  return found;
}

/** Inside braces and brackets that stand on one line. */
function inFlow(flow: string, at: number, path: string[], text: string, caret: number): Spot | undefined {
  interface Level {
    list: boolean;
    key: string | undefined;
    present: string[];
    wordFrom: number;
  }
  const levels: Level[] = [];
  let word = 0;
  for (let i = 0; i < flow.length; i++) {
    const char = flow[i]!;
    const top = levels.at(-1);
    if (char === '"' || char === "'") {
      const close = flow.indexOf(char, i + 1);
      if (close < 0) {
        break;
      }
      i = close;
    } else if (char === '{' || char === '[') {
      levels.push({ list: char === '[', key: undefined, present: [], wordFrom: i + 1 });
      word = i + 1;
    } else if (char === '}' || char === ']') {
      levels.pop();
      word = i + 1;
    } else if (char === ',' && top) {
      top.key = undefined;
      word = i + 1;
    } else if (char === ':' && top && !top.list && top.key === undefined && /\s|$/.test(flow[i + 1] ?? '')) {
      top.key = flow.slice(word, i).trim();
      top.present.push(top.key);
      word = i + 1;
    }
  }
  const top = levels.at(-1);
  if (!top) {
    return undefined;
  }
  const whole = [...path];
  for (const level of levels.slice(0, -1)) {
    if (level.key !== undefined) {
      whole.push(level.key);
    }
    if (level.list) {
      whole.push('[]');
    }
  }
  const start = flow.slice(word).trimStart();
  const from = at + flow.length - start.length;
  if (top.list) {
    // A value in a list: the key is the one before the bracket, if there is one.
    const outer = levels.at(-2)?.key ?? path.at(-1);
    return { path: whole.slice(0, -1), key: outer, start, from, present: [] };
  }
  // Keys behind the caret count, too.
  const behind = /^[^}\n]*/.exec(text.slice(caret))![0];
  const later = [...behind.matchAll(/(?:^|[,\s])([A-Za-z_]+)\s*:/g)].map((match) => match[1]!);
  return { path: whole, key: top.key, start, from, present: [...top.present, ...(top.key === undefined ? later : [])] };
}

type Json = Record<string, unknown>;

/** The parts of the schema that speak of a path. */
function at(schema: Json, path: string[]): Json[] {
  let now = open(schema, schema);
  for (const step of path) {
    now = now.flatMap((one) => {
      const next = step === '[]' ? one.items : ((one.properties as Json | undefined)?.[step] ?? one.additionalProperties);
      return next && typeof next === 'object' ? open(schema, next as Json) : [];
    });
  }
  return now;
}

/** A part with what it refers to and its alternatives, all as one list. */
function open(schema: Json, part: Json): Json[] {
  const found: Json[] = [part];
  if (typeof part.$ref === 'string') {
    const target = part.$ref.replace(/^#\//, '').split('/').reduce<unknown>((from, step) => (from as Json | undefined)?.[step], schema);
    if (target) {
      found.push(...open(schema, target as Json));
    }
  }
  for (const kind of ['anyOf', 'oneOf', 'allOf'] as const) {
    for (const one of (part[kind] as Json[] | undefined) ?? []) {
      found.push(...open(schema, one));
    }
  }
  return found;
}

const DOES: Record<string, string[]> = {
  modbus: ['read', 'write', 'function 43/14', 'function 8/0'],
  opcua: ['browse', 'read', 'write', 'call', 'subscribe'],
  plain: ['tcp', 'udp', 'ping', 'ethertype profinet'],
};

/** What may stand at a spot: keys of the schema that are not there yet, its words, and names that the policy gives. */
export function suggestions(schema: Json, spot: Spot, policy: ReadPolicy | undefined, ports: string[] = []): Suggestion[] {
  if (spot.key === undefined) {
    const found = new Map<string, Suggestion>();
    const forbidden = new Set<string>();
    for (const part of at(schema, spot.path)) {
      for (const [word, value] of Object.entries((part.properties as Json | undefined) ?? {})) {
        if (value === false) {
          forbidden.add(word);
        } else {
          const note = (value as Json).description ?? open(schema, value as Json).find((one) => one.description)?.description;
          found.set(word, { word, note: (note as string | undefined) ?? found.get(word)?.note, isKey: true });
        }
      }
    }
    return [...found.values()].filter(({ word }) => !forbidden.has(word) && !spot.present.includes(word));
  }
  const words = new Map<string, string | undefined>();
  const add = (word: unknown, note?: string) => words.set(String(word), note ?? words.get(String(word)));
  for (const part of at(schema, [...spot.path, spot.key]).flatMap((one) => [one, ...(one.items ? open(schema, one.items as Json) : [])])) {
    if (part.const !== undefined) {
      add(part.const);
    }
    for (const one of (part.enum as unknown[] | undefined) ?? []) {
      add(one);
    }
    for (const one of (part.examples as unknown[] | undefined) ?? []) {
      add(one);
    }
  }
  const inConduit = spot.path[0] === 'conduits' ? policy?.conduits.find((one) => one.name === spot.path[1]) : undefined;
  switch (spot.key) {
    case 'from':
    case 'to':
      policy?.assets.forEach((asset) => add(asset.name, asset.addresses.join(', ')));
      policy?.zones.forEach((zone) => add(zone.name, zone.broker ? 'broker' : zone.ports.join(', ')));
      break;
    case 'zone':
      policy?.zones.forEach((zone) => add(zone.name, zone.ports.join(', ')));
      break;
    case 'window':
      policy?.windows.forEach((window) => add(window.name, window.hours));
      break;
    case 'ports':
      ports.forEach((port) => add(port));
      break;
    case 'do':
      (DOES[inConduit ? (inConduit.protocol ?? 'plain') : ''] ?? Object.values(DOES).flat()).forEach((word) => add(word));
      break;
    case 'then':
      add('deny default');
      policy?.conduits.forEach((conduit) => conduit.rules.forEach((rule) => add(`${rule.allow ? 'allow' : 'deny'} ${rule.id}`, conduit.name)));
      break;
  }
  return [...words].map(([word, note]) => ({ word, note, isKey: false }));
}
