import { useSyncExternalStore } from 'react';
import { stored } from '../app/stored';

/** Light, dark, or as the system has it. Kept in this browser only. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const choice = stored<ThemeChoice>('theme', 'system', ['system', 'light', 'dark']);
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function resolved(): 'light' | 'dark' {
  const wanted = choice.get();
  return wanted === 'system' ? (dark.matches ? 'dark' : 'light') : wanted;
}

function show() {
  document.documentElement.dataset.theme = resolved();
}

choice.subscribe(show);
dark.addEventListener('change', show);
show();

export const setTheme = choice.set;

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(choice.subscribe, choice.get);
}

/** The theme that is shown, for what is painted on a canvas. */
export function useTheme(): 'light' | 'dark' {
  return useSyncExternalStore((changed) => {
    const end = choice.subscribe(changed);
    dark.addEventListener('change', changed);
    return () => {
      end();
      dark.removeEventListener('change', changed);
    };
  }, resolved);
}

/** A colour of the theme by its name, such as `--accent`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
