import type { ComponentType } from 'react';
import type { OperationId } from '../../api/client';
import { usePlace } from '../../app/router';
import { useMay } from '../../app/session';
import { Tabs } from '../../components/Tabs';
import { useText } from '../../i18n/i18n';
import { Account } from './Account';
import { Exports, Ports, Roles, Server, Thresholds } from './Facts';
import { text } from './text';
import { Users } from './Users';
import './settings.css';

const SECTIONS: { id: 'account' | 'users' | 'roles' | 'ports' | 'exports' | 'thresholds' | 'server'; needs: OperationId; Component: ComponentType }[] = [
  { id: 'account', needs: 'listOwnSessions', Component: Account },
  { id: 'users', needs: 'listUsers', Component: Users },
  { id: 'roles', needs: 'listOwnSessions', Component: Roles },
  { id: 'ports', needs: 'getStatus', Component: Ports },
  { id: 'exports', needs: 'getSettings', Component: Exports },
  { id: 'thresholds', needs: 'getSettings', Component: Thresholds },
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
      <Tabs label={t('sections')} tabs={open.map((section) => ({ to: `/settings/${section.id}`, current: section === here, words: t(section.id) }))} />
      <here.Component />
    </div>
  );
}
