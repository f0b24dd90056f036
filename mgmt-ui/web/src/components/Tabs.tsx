import type { ReactNode } from 'react';
import { Link } from '../app/router';
import './tabs.css';

/** Parts of a page, each with an address of its own. */
export function Tabs({ label, tabs, children }: {
  label: string;
  tabs: { to: string; current: boolean; words: ReactNode }[];
  children?: ReactNode;
}) {
  return (
    <div className="tabs">
      <nav aria-label={label}>
        {tabs.map((tab) => (
          <Link key={tab.to} to={tab.to} aria-current={tab.current ? 'page' : undefined}>{tab.words}</Link>
        ))}
      </nav>
      {children && <div className="tabs-aside row">{children}</div>}
    </div>
  );
}
