import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from '../app/router';
import './tabs.css';

/** Parts of a page, each with an address of its own. */
export function Tabs({ label, tabs, children }: {
  label: string;
  tabs: { to: string; current: boolean; words: ReactNode }[];
  children?: ReactNode;
}) {
  const nav = useRef<HTMLElement>(null);
  const here = tabs.find((tab) => tab.current)?.to;
  // Where they do not all fit, the one that is shown is in view.
  useEffect(() => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [here]);
  return (
    <div className="tabs">
      <nav ref={nav} aria-label={label}>
        {tabs.map((tab) => (
          <Link key={tab.to} to={tab.to} aria-current={tab.current ? 'page' : undefined}>{tab.words}</Link>
        ))}
      </nav>
      {children && <div className="tabs-aside row">{children}</div>}
    </div>
  );
}
