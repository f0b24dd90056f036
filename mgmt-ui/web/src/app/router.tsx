import { type AnchorHTMLAttributes, useSyncExternalStore } from 'react';

/** Where the browser is: everything a page needs to show the same again is in here, so that a link can be sent to somebody. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

const listeners = new Set<() => void>();
let place = read();

function read(): Place {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

function changed() {
  place = read();
  listeners.forEach((listener) => listener());
}

window.addEventListener('popstate', changed);

/** Goes to an address inside the pages. With `replace` the back button skips what was. */
export function go(to: string, options?: { replace?: boolean }) {
  if (to === window.location.pathname + window.location.search) {
    return;
  }
  if (options?.replace) {
    window.history.replaceState(null, '', to);
  } else {
    window.history.pushState(null, '', to);
  }
  changed();
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => place,
  );
}

export function currentPlace(): Place {
  return place;
}

/** The address of a page with its parameters; empty ones are left out. `:` and `,` stay readable, as filters use them. */
export function address(path: string, parameters: Record<string, string | number | undefined | null> = {}): string {
  const parts = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${readable(String(value))}`);
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

function readable(value: string): string {
  return encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%2F/g, '/').replace(/%20/g, '+');
}

/** One parameter of the address, and how to change it. */
export function useParameter(name: string): [string, (value: string, options?: { replace?: boolean }) => void] {
  const { query } = usePlace();
  const set = (value: string, options?: { replace?: boolean }) => {
    const now = currentPlace();
    const all: Record<string, string> = Object.fromEntries(now.query);
    all[name] = value;
    go(address(now.path, all), options);
  };
  return [query.get(name) ?? '', set];
}

/** A link inside the pages. */
export function Link({ to, onClick, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0 || rest.target) {
          return;
        }
        event.preventDefault();
        go(to);
      }}
    />
  );
}
