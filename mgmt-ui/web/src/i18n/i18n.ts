import { useSyncExternalStore } from 'react';
import { stored } from '../app/stored';

export type Language = 'en' | 'de';
export const LANGUAGES: readonly Language[] = ['en', 'de'];

const browser: Language = typeof navigator !== 'undefined' && navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
const language = stored<Language>('language', browser, LANGUAGES);

export const setLanguage = (wanted: Language) => language.set(wanted);
export const currentLanguage = language.get;
export const onLanguage = language.subscribe;

export function useLanguage(): Language {
  return useSyncExternalStore(language.subscribe, language.get);
}

/** The texts of one page in both languages. The type demands that German has the keys of English. */
export interface Texts<K extends string> {
  en: Record<K, string>;
  de: Record<K, string>;
}

export function texts<const E extends Record<string, string>>(en: E, de: Record<keyof E & string, string>): Texts<keyof E & string> {
  return { en: en as Record<keyof E & string, string>, de };
}

export type Values = Record<string, string | number>;

/**
 * A text with its values filled in: `{name}`. `{n|one message|{n} messages}` chooses by the number n between one and many.
 */
export function fill(text: string, values: Values | undefined, tongue: Language): string {
  if (!values) {
    return text;
  }
  const chosen = text.replace(/\{(\w+)\|((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}/g, (_, name: string, one: string, many: string) =>
    Number(values[name]) === 1 ? one : many,
  );
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(value, tongue) : value;
  });
}

export type Translate<K extends string> = (key: K, values?: Values) => string;

/** `const t = useText(text)`, then `t('title')`. */
export function useText<K extends string>(source: Texts<K>): Translate<K> {
  const tongue = useLanguage();
  return (key, values) => fill(source[tongue][key], values, tongue);
}

/** Outside of components. */
export function say<K extends string>(source: Texts<K>, key: K, values?: Values): string {
  return fill(source[language.get()][key], values, language.get());
}

const numbers: Record<Language, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
  de: new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 }),
};

export function formatNumber(value: number, tongue: Language = language.get()): string {
  return numbers[tongue].format(value);
}
