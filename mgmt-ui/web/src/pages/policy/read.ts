import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** A policy as far as it can be read, for people. Whether it is right, the server says. */
export interface ReadPolicy {
  name: string;
  mode: string;
  unsure: [cause: string, action: string][];
  zones: ReadZone[];
  assets: ReadAsset[];
  windows: ReadWindow[];
  conduits: ReadConduit[];
  expectations: ReadExpectation[];
}

interface Placed {
  /** From 1. */
  line: number;
}
export interface ReadZone extends Placed {
  name: string;
  ports: string[];
  vlans: string[];
  networks: string[];
  broker: boolean;
}
export interface ReadAsset extends Placed {
  name: string;
  zone: string;
  addresses: string[];
  mac?: string;
  certificate?: string;
}
export interface ReadWindow extends Placed {
  name: string;
  days: string[];
  hours: string;
  timezone?: string;
}
export interface ReadConduit extends Placed {
  name: string;
  from: string;
  to: string;
  protocol?: string;
  port?: string;
  onDeny: string;
  mode?: string;
  until?: string;
  channel: [name: string, values: string[]][];
  rules: ReadRule[];
}
export interface ReadRule extends Placed {
  id: string;
  allow: boolean;
  does: string[];
  /** Everything else of the rule: unit, space, address, value, node … */
  fields: Record<string, string[]>;
}
export interface ReadExpectation extends Placed {
  from: string;
  to: string;
  does: string;
  then: string;
}

/** Undefined where the text is no YAML at all, or no mapping. */
export function readPolicy(text: string): ReadPolicy | undefined {
  const lines = new LineCounter();
  // Every scalar stays the text that it is in the file: 06:00-10:00, 0x10, 20.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent', strict: false });
  const root = document.contents as Node | null;
  if (!isMap(root)) {
    return undefined;
  }
  const lineOf = (node: unknown) => {
    const range = (node as Node | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const named = <T>(key: string, read: (name: string, map: YAMLMap | undefined, line: number) => T): T[] =>
    entries(get(root, key)).map(([name, value, at]) => read(name, isMap(value) ? value : undefined, lineOf(at)));

  const rules = (map: YAMLMap | undefined, key: 'allow' | 'deny'): ReadRule[] =>
    items(get(map, key)).filter(isMap).map((rule) => {
      const fields: Record<string, string[]> = {};
      for (const [name, value] of entries(rule)) {
        if (name !== 'id' && name !== 'do') {
          fields[name] = words(value);
        }
      }
      return { id: text1(rule, 'id'), allow: key === 'allow', does: words(get(rule, 'do')), fields, line: lineOf(rule) };
    });

  return {
    name: text1(root, 'policy'),
    mode: text1(root, 'mode') || 'enforce',
    unsure: entries(get(root, 'when_unsure')).map(([cause, action]) => [cause, words(action)[0] ?? '']),
    zones: named('zones', (name, map, line) => ({
      name, line, ports: words(get(map, 'ports')), vlans: words(get(map, 'vlan')), networks: words(get(map, 'networks')), broker: text1(map, 'broker') === 'true',
    })),
    assets: named('assets', (name, map, line) => ({
      name, line, zone: text1(map, 'zone'), addresses: words(get(map, 'address')), mac: text1(map, 'mac') || undefined, certificate: text1(map, 'certificate') || undefined,
    })),
    windows: named('windows', (name, map, line) => ({
      name, line, days: words(get(map, 'days')), hours: text1(map, 'hours'), timezone: text1(map, 'timezone') || text1(root, 'timezone') || undefined,
    })),
    conduits: named('conduits', (name, map, line) => {
      const protocol = get(map, 'protocol');
      const [service, settings] = isMap(protocol) ? [entries(protocol)[0]?.[0], entries(protocol)[0]?.[1]] : [words(protocol)[0], undefined];
      const mode = get(map, 'mode');
      const [weaker, until] = isMap(mode) ? [entries(mode)[0]?.[0], words(entries(mode)[0]?.[1])[0]] : [words(mode)[0], undefined];
      return {
        name, line, from: text1(map, 'from'), to: text1(map, 'to'), protocol: service, port: isMap(settings) ? text1(settings, 'port') || undefined : undefined,
        onDeny: text1(map, 'on_deny') || 'reply', mode: weaker, until: until?.replace(/^until\s+/, ''),
        channel: entries(get(map, 'channel')).map(([what, value]) => [what, words(value)]),
        rules: [...rules(map, 'allow'), ...rules(map, 'deny')],
      };
    }),
    expectations: items(get(root, 'expect')).filter(isMap).map((map) => ({
      from: text1(map, 'from'), to: text1(map, 'to'), does: text1(map, 'does'), then: text1(map, 'then'), line: lineOf(map),
    })),
  };
}

function get(map: unknown, key: string): unknown {
  return isMap(map) ? map.get(key, true) : undefined;
}
function entries(map: unknown): [name: string, value: unknown, key: unknown][] {
  return isMap(map) ? map.items.filter(isPair).map((pair) => [isScalar(pair.key) ? String(pair.key.value ?? '') : '', pair.value, pair.key]) : [];
}
function items(seq: unknown): unknown[] {
  return isSeq(seq) ? seq.items : [];
}
function text1(map: unknown, key: string): string {
  return words(get(map, key))[0] ?? '';
}
/** One scalar, or several. */
function words(value: unknown): string[] {
  if (isSeq(value)) {
    return value.items.flatMap(words);
  }
  return isScalar(value) && value.value !== null && value.value !== '' ? [String(value.value)] : [];
}
