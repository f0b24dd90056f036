import { useMemo, useState } from 'react';
import { call, type Role, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { useSession } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Dialog } from '../../components/Dialog';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { Card, FailureNotice, Notice } from '../../components/Notice';
import { absoluteTime, TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { common } from '../../i18n/common';
import { useText } from '../../i18n/i18n';
import { ROLES } from './roles';
import { text } from './text';

type User = Schema<'User'>;
type Doing = { what: 'add' } | { what: 'change'; user: User } | { what: 'remove'; user: User } | { what: 'link'; user: string; link: Schema<'OneTimeLink'> };

export function Users() {
  const t = useText(text);
  const users = useResource('users', (signal) => call('listUsers', { signal }), { every: 30_000 });
  const [doing, setDoing] = useState<Doing>();
  const done = () => {
    setDoing(undefined);
    users.reload();
  };
  const columns: Column<User>[] = useMemo(() => [
    {
      key: 'user', title: t('user'), width: 'minmax(170px, 1.3fr)', phone: true, phoneWidth: 'minmax(0, 1fr)', sort: (user) => user.user,
      render: (user) => <span className="two-lines"><strong className="cut">{user.name || user.user}</strong><span className="muted small cut">{user.user}{user.origin === 'oidc' && ` · ${t('fromProvider')}`}</span></span>,
    },
    { key: 'roles', title: t('roles'), width: 'minmax(160px, 1.6fr)', render: (user) => <span className="cut">{user.roles.map((role) => t(role)).join(', ') || '–'}</span> },
    { key: 'status', title: t('status'), width: 'minmax(220px, 1.4fr)', phone: true, phoneWidth: '150px', render: (user) => <UserState user={user} /> },
    { key: 'last', title: t('lastSignIn'), width: '130px', sort: (user) => user.lastSignIn ?? '', render: (user) => (user.lastSignIn ? <TimeText at={user.lastSignIn} /> : <span className="muted">{t('never')}</span>) },
  ], [t]);
  return (
    <Card title={t('users')} flush aside={<button type="button" className="button primary" onClick={() => setDoing({ what: 'add' })}><Icon name="plus" />{t('addUser')}</button>}>
      <FailureNotice failure={users.failure} onRetry={users.reload} />
      <DataTable inline label={t('users')} columns={columns} rows={users.data ?? []} rowKey={(user) => user.user} rowHeight={48} onOpen={(user) => setDoing({ what: 'change', user })} onSelect={() => undefined} defaultSort={{ key: 'user', down: false }} />
      {doing?.what === 'add' && <AddUser onClose={() => setDoing(undefined)} onAdded={(user, link) => { users.reload(); setDoing({ what: 'link', user, link }); }} />}
      {doing?.what === 'change' && <ChangeUser user={doing.user} onClose={done} onLink={(link) => setDoing({ what: 'link', user: doing.user.user, link })} onRemove={() => setDoing({ what: 'remove', user: doing.user })} />}
      {doing?.what === 'remove' && <RemoveUser user={doing.user} onClose={done} />}
      {doing?.what === 'link' && <LinkDialog user={doing.user} link={doing.link} onClose={done} />}
    </Card>
  );
}

function UserState({ user }: { user: User }) {
  const t = useText(text);
  return (
    <span className="row">
      {!user.enabled ? <span className="badge"><Icon name="cross" />{t('disabled')}</span>
        : user.lockedUntil && Date.parse(user.lockedUntil) > Date.now() ? <span className="badge warn"><Icon name="key" />{t('locked', { time: absoluteTime(Date.parse(user.lockedUntil), 'time').slice(0, 5) })}</span>
        : user.passwordSet === false && user.origin === 'local' ? <span className="badge warn"><Icon name="clock" />{t('noPassword')}</span>
        : <span className="badge ok"><Icon name="check" />{t('enabled')}</span>}
      {user.enabled && user.origin === 'local' && !user.totp && user.passwordSet !== false && <span className="muted small">{t('noSecondFactor')}</span>}
    </span>
  );
}

function RoleChecks({ roles, onChange }: { roles: Role[]; onChange: (roles: Role[]) => void }) {
  const t = useText(text);
  return (
    <fieldset className="roles">
      <legend>{t('roles')}</legend>
      {ROLES.map(([role, words]) => (
        <label key={role} className="check">
          <input type="checkbox" checked={roles.includes(role)} onChange={(event) => onChange(event.target.checked ? [...roles, role] : roles.filter((one) => one !== role))} />
          <span><strong>{t(role)}</strong> <span className="muted small">{t(words)}</span></span>
        </label>
      ))}
    </fieldset>
  );
}

function AddUser({ onClose, onAdded }: { onClose: () => void; onAdded: (user: string, link: Schema<'OneTimeLink'>) => void }) {
  const t = useText(text);
  const c = useText(common);
  const [user, setUser] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>(['viewer']);
  const act = useAction(async () => onAdded(user, await call('addUser', { body: { user, name: name.trim() || undefined, roles } })));
  return (
    <Dialog title={t('addUser')} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="add-user" className="button primary" disabled={act.busy || user === ''}>{t('addUser')}</button>
      </>
    }>
      <form id="add-user" className="stack" onSubmit={(event) => { event.preventDefault(); void act.run(); }}>
        <p className="muted">{t('addUserText')}</p>
        <FailureNotice failure={act.failure} />
        <Field label={t('user')} hint={t('userHint')} autoFocus required autoCapitalize="none" autoComplete="off" pattern="[a-z0-9][a-z0-9._@\-]{0,63}" maxLength={64} value={user} onChange={(event) => setUser(event.target.value)} />
        <Field label={t('name')} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <RoleChecks roles={roles} onChange={setRoles} />
      </form>
    </Dialog>
  );
}

function ChangeUser({ user, onClose, onLink, onRemove }: { user: User; onClose: () => void; onLink: (link: Schema<'OneTimeLink'>) => void; onRemove: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const own = useSession()?.user === user.user;
  const [name, setName] = useState(user.name);
  const [roles, setRoles] = useState(user.roles);
  const [enabled, setEnabled] = useState(user.enabled);
  const change = useAction(async () => {
    await call('changeUser', { path: { user: user.user }, body: { name, roles, enabled } });
    toast('ok', t('changed', { user: user.user }));
    onClose();
  });
  const unlock = useAction(async () => {
    await call('changeUser', { path: { user: user.user }, body: { unlock: true } });
    toast('ok', t('unlocked', { user: user.user }));
    onClose();
  });
  const link = useAction(async () => onLink(await call('makePasswordLink', { path: { user: user.user } })));
  const busy = change.busy || unlock.busy || link.busy;
  const locked = user.lockedUntil !== undefined && Date.parse(user.lockedUntil) > Date.now();
  return (
    <Dialog title={t('changeUser', { user: user.user })} onClose={onClose} busy={busy} footer={
      <>
        {!own && <button type="button" className="button danger" disabled={busy} onClick={onRemove}>{t('removeUser')}</button>}
        <span className="grow" />
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="submit" form="change-user" className="button primary" disabled={busy}>{c('save')}</button>
      </>
    }>
      <form id="change-user" className="stack" onSubmit={(event) => { event.preventDefault(); void change.run(); }}>
        <FailureNotice failure={change.failure ?? unlock.failure ?? link.failure} />
        <Field label={t('name')} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <RoleChecks roles={roles} onChange={setRoles} />
        <label className="check"><input type="checkbox" checked={enabled} disabled={own} onChange={(event) => setEnabled(event.target.checked)} /><span>{t('mayEnable')}</span></label>
        {user.origin === 'local' && (
          <>
            <hr />
            <div className="row">
              {locked && <button type="button" className="button" disabled={busy} onClick={() => void unlock.run()}>{t('unlock')}</button>}
              <button type="button" className="button" disabled={busy} onClick={() => void link.run()}><Icon name="link" />{t('newLink')}</button>
            </div>
            <p className="muted small">{t('newLinkText', { user: user.user })}</p>
          </>
        )}
      </form>
    </Dialog>
  );
}

function RemoveUser({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  const act = useAction(async () => {
    await call('removeUser', { path: { user: user.user } });
    toast('ok', t('removed', { user: user.user }));
    onClose();
  });
  return (
    <Dialog title={t('removeUserTitle', { user: user.user })} onClose={onClose} busy={act.busy} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('cancel')}</button>
        <button type="button" className="button danger primary" disabled={act.busy} onClick={() => void act.run()}>{t('removeUser')}</button>
      </>
    }>
      <FailureNotice failure={act.failure} />
      <p>{t('removeUserText')}</p>
    </Dialog>
  );
}

function LinkDialog({ user, link, onClose }: { user: string; link: Schema<'OneTimeLink'>; onClose: () => void }) {
  const t = useText(text);
  const c = useText(common);
  return (
    <Dialog title={t('linkTitle')} onClose={onClose} footer={
      <>
        <button type="button" className="button" onClick={onClose}>{c('close')}</button>
        <button type="button" className="button primary" onClick={() => void navigator.clipboard.writeText(link.link).then(() => toast('ok', t('linkCopied')))}><Icon name="copy" />{t('copyLink')}</button>
      </>
    }>
      <Notice tone="info">{t('linkText', { user, time: absoluteTime(Date.parse(link.expires)) })}</Notice>
      <pre className="record wrapped" tabIndex={0}>{link.link}</pre>
    </Dialog>
  );
}
