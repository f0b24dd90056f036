/** A preference that this browser keeps; where it keeps nothing, it holds until the page is left. */
export interface Stored<T extends string> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (changed: () => void) => () => void;
}

export function stored<T extends string>(name: string, otherwise: T, allowed: readonly T[]): Stored<T> {
  const key = `sluice.${name}`;
  const listeners = new Set<() => void>();
  let value = otherwise;
  try {
    const kept = localStorage.getItem(key) as T | null;
    if (kept !== null && allowed.includes(kept)) {
      value = kept;
    }
  } catch {
    // Storage is switched off: the preference lasts as long as the page.
  }
  return {
    get: () => value,
    set: (wanted) => {
      value = wanted;
      try {
        localStorage.setItem(key, wanted);
      } catch {
        // As above.
      }
      listeners.forEach((listener) => listener());
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
