import type { ComponentType } from 'react';
import type { OperationId } from '../../api/client';
import { Link, usePlace } from '../../app/router';
import { useMay } from '../../app/session';
import { useText } from '../../i18n/i18n';
import { Account } from './Account';
import { Exports, Ports, Roles, Server } from './Facts';
import { text } from './text';
import { Users } from './Users';
import './settings.css';

const SECTIONS: { id: 'account' | 'users' | 'roles' | 'ports' | 'exports' | 'server'; needs: OperationId; Component: ComponentType }[] = [
  { id: 'account', needs: 'listOwnSessions', Component: Account },
  { id: 'users', needs: 'listUsers', Component: Users },
  { id: 'roles', needs: 'listOwnSessions', Component: Roles },
  { id: 'ports', needs: 'getStatus', Component: Ports },
  { id: 'exports', needs: 'getSettings', Component: Exports },
  { id: 'server', needs: 'getSettings', Component: Server },
];

export default function SettingsPage() {
  const t = useText(text);
  const may = useMay();
  const { path } = usePlace();
  const open = SECTIONS.filter((section) => may(section.needs));
  const here = open.find((section) => path === `/settings/${section.id}`) ?? open[0]!;
  return (
    <div className="stack settings">
      <nav className="tabs" aria-label={t('sections')}>
        {open.map((section) => (
          <Link key={section.id} to={`/settings/${section.id}`} aria-current={section === here ? 'page' : undefined}>{t(section.id)}</Link>
        ))}
      </nav>
      <here.Component />
    </div>
  );
}
