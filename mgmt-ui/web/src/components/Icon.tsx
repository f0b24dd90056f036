/** Line icons of 16 by 16, drawn for these pages. They are decoration: what they mean is said in words beside them. */
const paths = {
  overview: 'M2.5 2.5h4.5v5h-4.5zM9 2.5h4.5v3H9zM9 8h4.5v5.5H9zM2.5 10H7v3.5H2.5z',
  traffic: 'M2 5h10M9 2l3 3-3 3M14 11H4M7 8l-3 3 3 3',
  policy: 'M8 1.8l5.2 2v4c0 3.2-2.2 5.3-5.2 6.4-3-1.1-5.2-3.2-5.2-6.4v-4zM5.8 8l1.6 1.6 3-3.2',
  replay: 'M2.5 8a5.5 5.5 0 1 0 1.7-4M2.5 2v3h3M6.8 5.8v4.4L10.4 8z',
  assets: 'M5.5 2h5v3.5h-5zM2 10.5h4V14H2zM10 10.5h4V14h-4zM8 5.5V8M4 10.5V8h8v2.5',
  sessions: 'M1.8 3h7.4v5.2H1.8zM4 11h3M5.5 8.2V11M11.5 6.5h2.7v7H6.8M9.3 11.2l-2.5 2.3 2.5 2.2',
  audit: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3M5.8 8h4.4M5.8 10.7h4.4',
  settings: 'M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
  inbox: 'M2 9l1.8-6h8.4L14 9v4.5H2zM2 9h3.5l1 2h3l1-2H14',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  warn: 'M8 2l6.5 11.5h-13zM8 6.2v3.6M8 11.4v.3',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.8v.3',
  danger: 'M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v4M8 10.9v.3',
  pause: 'M5 3v10M11 3v10',
  play: 'M4.5 2.8v10.4L13 8z',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  right: 'M6 3.5L10.5 8 6 12.5',
  left: 'M10 3.5L5.5 8l4.5 4.5',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4L14 14',
  filter: 'M2 3h12l-4.6 5.5V13L6.6 11.5v-3z',
  user: 'M8 2.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8zM2.5 14c.5-3 2.7-4.3 5.5-4.3S13 11 13.5 14',
  menu: 'M2 4h12M2 8h12M2 12h12',
  help: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6 6.2c.2-2.4 4-2.2 4 0 0 1.5-2 1.5-2 3M8 11.3v.3',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M3 13l1.2-1.2M11.8 4.2L13 3',
  moon: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.5V8l2.4 1.6',
  link: 'M6.5 9.5l3-3M7 4.5l1.3-1.3a3 3 0 0 1 4.4 4.4L11.5 9M9 11.5l-1.3 1.3a3 3 0 0 1-4.4-4.4L4.5 7',
  broken: 'M7 4.5l1.3-1.3a3 3 0 0 1 4.4 4.4L11.5 9M9 11.5l-1.3 1.3a3 3 0 0 1-4.4-4.4L4.5 7M2 2l12 12',
  unplug: 'M5 2v3M11 2v3M3.5 5h9v2.5a4.5 4.5 0 0 1-9 0zM8 12v2.5M1.5 14.5l13-13',
  key: 'M10.5 1.8a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4zM7.8 8.2L2 14M4 12l2 2',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  upload: 'M8 10.5v-8M4.5 6L8 2.5 11.5 6M2.5 13.5h11',
  archive: 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 8.5h3',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  wand: 'M2.5 13.5l7-7M11 2v3M9.5 3.5h3M13 7v2M12 8h2M5 2.5v2M4 3.5h2',
  undo: 'M3 6.5h7a3.5 3.5 0 0 1 0 7H6M6 3.5l-3 3 3 3',
  exit: 'M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3',
  globe: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM1.8 8h12.4M8 1.8c4.4 4 4.4 8.4 0 12.4M8 1.8c-4.4 4-4.4 8.4 0 12.4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
