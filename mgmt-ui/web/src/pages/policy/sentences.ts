import type { Language } from '../../i18n/i18n';
import type { ReadConduit, ReadPolicy, ReadRule, ReadWindow, ReadZone } from './read';

/**
 * A policy in sentences, for somebody who never saw YAML. Names of the plant stand between back quotes, so that a page can set
 * them apart.
 */
interface Voice {
  and: string;
  or: string;
  to: string;
  /** Registers and the like, one and many. */
  spaces: Record<string, [string, string]>;
  addresses: [string, string];
  everything: string;
  whole: (space: string) => string;
  place: (name: string, isZone: boolean) => string;
  may: string;
  never: string;
  verbs: Record<string, string>;
  /** `who may read WHAT of WHOM with VALUES`, in the order of the language. */
  order: (parts: { who: string; may: string; verb: string; what: string; whom: string; values: string; rest: string }) => string;
  of: (whom: string) => string;
  unit: (units: string, many: boolean) => string;
  values: (values: string, many: boolean) => string;
  nodes: (nodes: string[], attribute: string | undefined) => string;
  methods: (methods: string[] | undefined, objects: string[] | undefined) => string;
  fn: (number: string) => string;
  connect: (protocol: string, ports: string | undefined) => string;
  connectVerb: string;
  ping: string;
  frames: (type: string) => string;
  framesVerb: string;
  rate: (n: string, unit: string, burst: string | undefined) => string;
  window: (name: string) => string;
  on: string;
  off: string;
}

const FUNCTIONS: Record<Language, Record<string, string>> = {
  en: { '43/14': 'read device identification', '8/0': 'echo', '43/13': 'CANopen' },
  de: { '43/14': 'Gerätekennung lesen', '8/0': 'Echo', '43/13': 'CANopen' },
};

const VOICES: Record<Language, Voice> = {
  en: {
    and: 'and', or: 'or', to: ' to ',
    spaces: {
      coil: ['coil', 'coils'], discrete: ['discrete input', 'discrete inputs'], input: ['input register', 'input registers'],
      holding: ['holding register', 'holding registers'], file: ['file record', 'file records'], fifo: ['FIFO queue', 'FIFO queues'],
    },
    addresses: ['address', 'addresses'],
    everything: 'everything',
    whole: (space) => `all ${space}`,
    place: (name, isZone) => (isZone ? `everything in zone \`${name}\`` : `\`${name}\``),
    may: 'may', never: 'may never',
    verbs: { read: 'read', write: 'write', browse: 'browse', subscribe: 'subscribe to', call: 'call' },
    order: ({ who, may, verb, what, whom, values, rest }) => `${who} ${may} ${verb}${what && ` ${what}`}${whom && ` ${whom}`}${values && ` ${values}`}${rest}`,
    of: (whom) => `of ${whom}`,
    unit: (units, many) => `${many ? 'units' : 'unit'} ${units}`,
    values: (values, many) => `with ${many ? 'values' : 'the value'} ${values}`,
    nodes: (nodes, attribute) => (attribute ? `the ${attribute} of ` : '') + (nodes.length === 0 ? 'every node' : `${nodes.length === 1 ? 'node' : 'nodes'} ${list(nodes.map(quoted), 'and')}`),
    methods: (methods, objects) => (methods === undefined ? 'every method' : `${methods.length === 1 ? 'method' : 'methods'} ${list(methods.map(quoted), 'and')}`) + (objects === undefined ? '' : ` on ${list(objects.map(quoted), 'and')}`),
    fn: (number) => `use function ${number}${FUNCTIONS.en[number] ? ` (${FUNCTIONS.en[number]})` : ''}`,
    connect: (protocol, ports) => (protocol === 'TCP' ? `open TCP connections${ports ? ` to ${ports}` : ''}` : `send UDP packets${ports ? ` to ${ports}` : ''}`),
    connectVerb: '', ping: 'ping',
    frames: (type) => `exchange ${type} frames`, framesVerb: '',
    rate: (n, unit, burst) => `at most ${n} ${n === '1' ? 'message' : 'messages'} a ${unit === 's' ? 'second' : unit === 'min' ? 'minute' : 'hour'}${burst ? `, ${burst} at once` : ''}`,
    window: (name) => `only during \`${name}\``,
    on: 'on', off: 'off',
  },
  de: {
    and: 'und', or: 'oder', to: ' bis ',
    spaces: {
      coil: ['Spule', 'Spulen'], discrete: ['diskreter Eingang', 'diskrete Eingänge'], input: ['Eingangsregister', 'Eingangsregister'],
      holding: ['Halteregister', 'Halteregister'], file: ['Dateisatz', 'Dateisätze'], fifo: ['FIFO-Warteschlange', 'FIFO-Warteschlangen'],
    },
    addresses: ['Adresse', 'Adressen'],
    everything: 'alles',
    whole: (space) => `alle ${space}`,
    place: (name, isZone) => (isZone ? `alles in Zone \`${name}\`` : `\`${name}\``),
    may: 'darf', never: 'darf nie',
    verbs: { read: 'lesen', write: 'schreiben', browse: 'durchsuchen', subscribe: 'abonnieren', call: 'aufrufen' },
    order: ({ who, may, verb, what, whom, values, rest }) => `${who} ${may}${what && ` ${what}`}${whom && ` ${whom}`}${values && ` ${values}`} ${verb}${rest}`,
    of: (whom) => `von ${whom.replace(/^alles in Zone/, 'allem in Zone')}`,
    unit: (units, many) => `${many ? 'Einheiten' : 'Einheit'} ${units}`,
    values: (values, many) => (many ? `mit Werten ${values.replace(/^(\S+) bis/, 'von $1 bis')}` : `mit dem Wert ${values}`),
    nodes: (nodes, attribute) => (attribute ? `${attribute} von ` : '') + (nodes.length === 0 ? (attribute ? 'jedem Knoten' : 'jeden Knoten') : `${nodes.length === 1 ? 'den Knoten' : 'die Knoten'} ${list(nodes.map(quoted), 'und')}`),
    methods: (methods, objects) => (methods === undefined ? 'jede Methode' : `${methods.length === 1 ? 'die Methode' : 'die Methoden'} ${list(methods.map(quoted), 'und')}`) + (objects === undefined ? '' : ` an ${list(objects.map(quoted), 'und')}`),
    fn: (number) => `Funktion ${number}${FUNCTIONS.de[number] ? ` (${FUNCTIONS.de[number]})` : ''}`,
    connect: (protocol, ports) => (protocol === 'TCP' ? `TCP-Verbindungen${ports ? ` zu ${ports}` : ''}` : `UDP-Pakete${ports ? ` an ${ports}` : ''}`),
    connectVerb: 'aufbauen', ping: 'anpingen',
    frames: (type) => `${type}-Rahmen`, framesVerb: 'austauschen',
    rate: (n, unit, burst) => `höchstens ${n} ${n === '1' ? 'Nachricht' : 'Nachrichten'} je ${unit === 's' ? 'Sekunde' : unit === 'min' ? 'Minute' : 'Stunde'}${burst ? `, ${burst} auf einmal` : ''}`,
    window: (name) => `nur während \`${name}\``,
    on: 'ein', off: 'aus',
  },
};

function quoted(name: string): string {
  return `\`${name}\``;
}

export function list(words: string[], and: string): string {
  return words.length <= 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}

/** 100..119 as 100–119. */
function ranges(values: string[], and: string): string {
  return list(values.map((one) => one.replace('..', '–')), and);
}

function isMany(values: string[]): boolean {
  return values.length > 1 || values[0]?.includes('..') === true;
}

/** What is stated of a field; undefined where it is left out or `any`. */
function stated(rule: ReadRule, field: string): string[] | undefined {
  const values = rule.fields[field];
  return values === undefined || values.length === 0 || values.includes('any') ? undefined : values;
}

/** One rule as sentences, mostly one. */
export function sentencesOf(rule: ReadRule, conduit: ReadConduit, policy: Pick<ReadPolicy, 'zones'>, language: Language): string[] {
  const v = VOICES[language];
  const isZone = (name: string) => policy.zones.some((zone) => zone.name === name);
  const who = v.place(conduit.from, isZone(conduit.from));
  const to = v.place(conduit.to, isZone(conduit.to));
  const may = rule.allow ? v.may : v.never;
  const rest = restOf(rule, v);
  const say = (verb: string, what: string, values = '', whom = v.of(to)) => capital(v.order({ who, may, verb, what, whom, values, rest }));

  const said: string[] = [];
  const plain = rule.does.filter((word) => v.verbs[word]);
  const calls = conduit.protocol === 'opcua' ? plain.filter((word) => word === 'call') : [];
  const others = plain.filter((word) => word !== 'call' || calls.length === 0);
  if (others.length > 0) {
    const verb = list(others.map((word) => v.verbs[word]!), v.and);
    said.push(say(verb, conduit.protocol === 'opcua' ? v.nodes(stated(rule, 'node') ?? [], attribute(rule)) : registers(rule, v), valuesOf(rule, v, others)));
  }
  if (calls.length > 0) {
    said.push(say(v.verbs.call!, v.methods(stated(rule, 'method'), stated(rule, 'object'))));
  }
  for (const word of rule.does) {
    const [first, second] = word.split(/\s+/, 2) as [string, string | undefined];
    const ports = stated(rule, 'port');
    const where = ports && `Port ${ranges(ports, v.and)}`;
    if (first === 'function') {
      const fn = v.fn(second ?? '');
      said.push(language === 'en' ? say(fn, '') : say('benutzen', fn));
    } else if (first === 'tcp' || first === 'udp') {
      const what = v.connect(first.toUpperCase(), language === 'en' ? where?.replace('Port', isMany(ports!) ? 'ports' : 'port') : where);
      said.push(language === 'en' ? say(what, '', '', ports ? v.of(to) : `to ${to}`) : say(first === 'tcp' ? 'aufbauen' : 'senden', what, '', ports ? v.of(to) : `zu ${dative(to)}`));
    } else if (first === 'ping') {
      said.push(say(v.ping, '', '', to));
    } else if (first === 'ethertype') {
      const type = (second ?? '').toUpperCase();
      said.push(language === 'en' ? say(v.frames(type), '', '', `with ${to}`) : say(v.framesVerb, v.frames(type), '', `mit ${dative(to)}`));
    } else if (!v.verbs[first]) {
      said.push(say(`\`${word}\``, ''));
    }
  }
  return said;
}

function dative(whom: string): string {
  return whom.replace(/^alles in Zone/, 'allem in Zone');
}

function attribute(rule: ReadRule): string | undefined {
  const given = stated(rule, 'attribute');
  return given && !(given.length === 1 && given[0] === 'value') ? given.join(', ') : undefined;
}

function registers(rule: ReadRule, v: Voice): string {
  const spaces = stated(rule, 'space');
  const address = stated(rule, 'address');
  if (!spaces) {
    return address ? `${v.addresses[isMany(address) ? 1 : 0]} ${ranges(address, v.and)}` : v.everything;
  }
  const many = !address || isMany(address) || spaces.length > 1;
  const names = list(spaces.map((space) => v.spaces[space]?.[many ? 1 : 0] ?? space), v.and);
  return address ? `${names} ${ranges(address, v.and)}` : v.whole(names);
}

function valuesOf(rule: ReadRule, v: Voice, does: string[]): string {
  const values = stated(rule, 'value');
  if (!values || !does.includes('write')) {
    return '';
  }
  const coil = stated(rule, 'space')?.join() === 'coil';
  const words = values.map((one) => (coil && one === '1' ? `1 (${v.on})` : coil && one === '0' ? `0 (${v.off})` : one.replace('..', v.to)));
  return v.values(list(words, v.or), isMany(values));
}

function restOf(rule: ReadRule, v: Voice): string {
  const parts: string[] = [];
  const unit = stated(rule, 'unit');
  if (unit) {
    parts.push(v.unit(ranges(unit, v.and), isMany(unit)));
  }
  const rate = /^(\d+)\/(s|min|h)(?: burst (\d+))?$/.exec(rule.fields.rate?.[0] ?? '');
  if (rate) {
    parts.push(v.rate(rate[1]!, rate[2]!, rate[3]));
  }
  const window = rule.fields.window?.[0];
  if (window) {
    parts.push(v.window(window));
  }
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const PROTOCOLS: Record<string, string> = { modbus: 'Modbus', opcua: 'OPC UA' };
const PORTS: Record<string, string> = { modbus: '502', opcua: '4840' };

/** What a conduit speaks, such as "Modbus, port 502"; undefined where it is not inspected. */
export function spokenOn(conduit: ReadConduit, language: Language): string | undefined {
  return conduit.protocol && `${PROTOCOLS[conduit.protocol] ?? conduit.protocol}, ${language === 'en' ? 'port' : 'Port'} ${conduit.port ?? PORTS[conduit.protocol] ?? '?'}`;
}

const DAYS: Record<Language, Record<string, string>> = {
  en: { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' },
  de: { mon: 'Montag', tue: 'Dienstag', wed: 'Mittwoch', thu: 'Donnerstag', fri: 'Freitag', sat: 'Samstag', sun: 'Sonntag' },
};

/** When a window is open: "Saturday, 06:00 to 10:00 (Europe/Paris)". */
export function windowSentence(window: ReadWindow, language: Language): string {
  const v = VOICES[language];
  const days = window.days.map((range) => range.split('-').map((day) => DAYS[language][day] ?? day).join(v.to));
  return `${list(days, v.and)}, ${window.hours.replace('-', v.to)}${window.timezone ? ` (${window.timezone})` : ''}`;
}

/** Where a zone begins: "what comes in at port cell". */
export function zoneSentence(zone: ReadZone, language: Language): string {
  const v = VOICES[language];
  if (zone.broker) {
    return language === 'en' ? 'where sessions of remote engineers live' : 'wo Sitzungen von Fernwartern leben';
  }
  const many = zone.ports.length > 1;
  const ports = list(zone.ports.map(quoted), v.and);
  const vlans = zone.vlans.length > 0 ? `, VLAN ${list(zone.vlans, v.and)}` : '';
  const networks = zone.networks.length > 0 ? (language === 'en' ? `, addresses ${list(zone.networks, v.and)}` : `, Adressen ${list(zone.networks, v.and)}`) : '';
  return (language === 'en' ? `what comes in at ${many ? 'ports' : 'port'} ${ports}` : `was an ${many ? 'den Ports' : 'Port'} ${ports} ankommt`) + vlans + networks;
}
