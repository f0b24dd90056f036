import { useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction } from '../../app/resource';
import { clockSkew } from '../../app/session';
import { useStore } from '../../app/store';
import { Copy } from '../../components/Copy';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { useNow } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import { clock, type JumpSession, leftOf } from './sessions';
import { text } from './text';

/** The command, its one-time password and what to compare. Nothing of it is kept: who closes it asks for a new password. */
export function Connect({ session, onClose }: { session: JumpSession; onClose: () => void }) {
  const t = useText(text);
  const [command, setCommand] = useState<Schema<'JumpCommand'>>();
  const [madeAt, setMadeAt] = useState(0);
  const make = useAction(async () => {
    setCommand(await call('connectJumpSession', { path: { id: session.id } }));
    setMadeAt(Date.now() + clockSkew.get());
  });
  const [begun, setBegun] = useState(false);
  if (!begun) {
    setBegun(true);
    void make.run();
  }
  // A second of grace, as the two clocks are only about the same.
  const connected = session.connections.some((one) => one.until === undefined && Date.parse(one.since) > madeAt - 1000);
  return (
    <section className="connect" aria-labelledby="connect-title">
      <header className="row">
        <h3 id="connect-title">{t('connectTitle')}</h3>
        <button type="button" className="button quiet icon small end" aria-label={t('connectClose')} onClick={onClose}><Icon name="cross" /></button>
      </header>
      <FailureNotice failure={make.failure} onRetry={() => void make.run()} />
      {!command && make.busy && <span className="spin" />}
      {command && (
        <>
          {connected && <Notice tone="ok">{t('connectedNow')}</Notice>}
          <ol className="connect-steps">
            <li>
              <h4>{t('stepCommand')}</h4>
              <p className="muted small">{t('stepCommandText')}</p>
              <pre className="record wrapped connect-command" tabIndex={0}>{command.command}</pre>
              <div className="row">
                <Copy text={command.command} primary>{t('copyCommand')}</Copy>
                <button type="button" className="button" onClick={() => save(command)}><Icon name="download" />{t('saveCmd')}</button>
              </div>
            </li>
            <li>
              <h4>{t('stepFingerprint')}</h4>
              <p className="muted small">{t('stepFingerprintText')}</p>
              <code className="wrap-any connect-fingerprint">{command.fingerprint}</code>
            </li>
            <li>
              <h4>{t('stepPassword')}</h4>
              <Password command={command} used={connected} busy={make.busy} onNew={() => void make.run()} />
            </li>
            <li>
              <h4>{t('stepTool')}</h4>
              <p className="muted small">{t('stepToolText')}</p>
              <ul className="connect-doors">
                {command.doors.map((door) => (
                  <li key={`${door.asset} ${door.port}`} className="row">
                    <strong>{door.asset}</strong><span className="muted small">{door.protocol}</span>
                    <Icon name="right" size={13} />
                    <code>{door.localAddress}:{door.localPort}</code>
                    <Copy text={`${door.localAddress}:${door.localPort}`} small label={t('copyDoor', { asset: door.asset })} />
                  </li>
                ))}
              </ul>
              {command.hosts.length > 0 && (
                <>
                  <p className="muted small">{t('hosts')}</p>
                  <pre className="record" tabIndex={0}>{command.hosts.join('\n')}</pre>
                  <div className="row"><Copy text={command.hosts.join('\n')} small>{t('copyHosts')}</Copy></div>
                </>
              )}
            </li>
          </ol>
          {command.notes.length > 0 && <Notice>{command.notes.map((note) => <p key={note}>{note}</p>)}</Notice>}
        </>
      )}
    </section>
  );
}

/** Shown once: until it is used, until its time is over, or until another is made. */
function Password({ command, used, busy, onNew }: { command: Schema<'JumpCommand'>; used: boolean; busy: boolean; onNew: () => void }) {
  const t = useText(text);
  const now = useNow() + useStore(clockSkew);
  const left = leftOf(undefined, command.expires, now)!.seconds;
  const another = <button type="button" className="button small" disabled={busy} onClick={onNew}>{t('newPassword')}</button>;
  if (used || left === 0) {
    return <div className="row"><span className="muted">{t(used ? 'passwordUsed' : 'passwordOver')}</span>{another}</div>;
  }
  return (
    <>
      <div className="row">
        <code className="connect-password">{command.password}</code>
        <Copy text={command.password} small label={t('copyPassword')} />
      </div>
      <p className="muted small num">{t('passwordText', { time: clock(left) })} {another}</p>
    </>
  );
}

function save(command: Schema<'JumpCommand'>) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([command.file], { type: 'application/octet-stream' }));
  link.download = command.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
