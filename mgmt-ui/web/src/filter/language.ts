/**
 * The filter language as far as a page has to know it: where its clauses are, and how to add and take away one. What keys there
 * are, which values occur and what is wrong with a filter, the server says.
 *
 * A clause is `key:value`, or a word alone, or either with `-` before it. Values with spaces stand in quotes; several values are
 * separated by commas.
 */
export interface Clause {
  from: number;
  to: number;
  negated: boolean;
  /** Undefined for a word alone. */
  key: string | undefined;
  /** Without quotes. */
  value: string;
}

const CLAUSE = /(-?)(?:([A-Za-z][A-Za-z0-9_.-]*):)?((?:"(?:[^"\\]|\\.)*"?|[^\s"])*)/y;

export function clauses(text: string): Clause[] {
  const found: Clause[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    CLAUSE.lastIndex = at;
    const match = CLAUSE.exec(text);
    if (!match || match[0] === '') {
      at++;
      continue;
    }
    found.push({ from: at, to: at + match[0].length, negated: match[1] === '-', key: match[2], value: unquote(match[3]!) });
    at += match[0].length;
  }
  return found;
}

function unquote(value: string): string {
  return value.replace(/"((?:[^"\\]|\\.)*)"?/g, (_, inside: string) => inside.replace(/\\(.)/g, '$1'));
}

/** A value as it stands in a filter: in quotes where it has to. */
export function quote(value: string): string {
  return value === '' || /[\s",*()]/.test(value) || value.startsWith('-') ? `"${value.replace(/(["\\])/g, '\\$1')}"` : value;
}

export function clause(key: string, value: string, negated = false): string {
  return `${negated ? '-' : ''}${key}:${quote(value)}`;
}

/** The filter with one more clause; its opposite is taken out, and what is there already is not said twice. */
export function withClause(text: string, key: string, value: string, negated = false): string {
  const rest = clauses(text).filter((one) => !(one.key === key && one.value === value));
  return [...rest.map((one) => text.slice(one.from, one.to)), clause(key, value, negated)].join(' ');
}

export function withoutClause(text: string, gone: Clause): string {
  return clauses(text)
    .filter((one) => one.from !== gone.from)
    .map((one) => text.slice(one.from, one.to))
    .join(' ');
}

/** The filter with every clause of a key taken out, and another put in its place unless the value is empty. */
export function withKey(text: string, key: string, value: string): string {
  const rest = clauses(text)
    .filter((one) => one.key !== key)
    .map((one) => text.slice(one.from, one.to));
  return (value === '' ? rest : [...rest, clause(key, value)]).join(' ');
}

export function valueOf(text: string, key: string): string {
  return clauses(text).find((one) => one.key === key && !one.negated)?.value ?? '';
}

/** What is to be completed at the caret: a key, or a value of a key; from where to where it stands. */
export interface Completing {
  key: string | undefined;
  start: string;
  from: number;
  to: number;
}

export function completingAt(text: string, caret: number): Completing {
  const at = clauses(text).find((one) => one.from <= caret && caret <= one.to);
  if (!at) {
    return { key: undefined, start: '', from: caret, to: caret };
  }
  const word = text.slice(at.from, at.to);
  const sign = at.negated ? 1 : 0;
  if (at.key === undefined) {
    return { key: undefined, start: text.slice(at.from + sign, caret), from: at.from + sign, to: at.to };
  }
  const values = at.from + sign + at.key.length + 1;
  if (caret < values) {
    return { key: undefined, start: text.slice(at.from + sign, caret), from: at.from + sign, to: values };
  }
  // Of several values the one that the caret is in.
  const comma = text.lastIndexOf(',', caret - 1);
  const from = comma >= values ? comma + 1 : values;
  const end = word.indexOf(',', caret - at.from);
  return { key: at.key, start: unquote(text.slice(from, caret)), from, to: end < 0 ? at.to : at.from + end };
}

/** Puts a completion in place, and says where the caret goes. */
export function complete(text: string, { key, from, to }: Completing, word: string): { text: string; caret: number } {
  const put = key === undefined ? `${word.replace(/:$/, '')}:` : quote(word);
  const behind = text.slice(to);
  const gap = key !== undefined && !behind.startsWith(' ') && !behind.startsWith(',') ? ' ' : '';
  return { text: text.slice(0, from) + put + gap + behind, caret: from + put.length + (key === undefined ? 0 : 1) };
}
