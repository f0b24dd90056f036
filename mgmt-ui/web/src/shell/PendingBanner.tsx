import { useEffect, useState } from 'react';
import { call, type Schema } from '../api/client';
import { useAction } from '../app/resource';
import { useMay } from '../app/session';
import { useStore } from '../app/store';
import { Icon } from '../components/Icon';
import { FailureNotice } from '../components/Notice';
import { toast } from '../components/Toast';
import { useText } from '../i18n/i18n';
import { status } from '../live/feed';
import { text } from './text';

/** On every page while a policy is on trial: how long it has, and the two ways out. */
export function PendingBanner() {
  const pending = useStore(status)?.pending;
  return pending ? <Banner key={pending.hash} pending={pending} /> : null;
}

function Banner({ pending }: { pending: Schema<'PolicyInfo'> }) {
  const t = useText(text);
  const may = useMay();
  const left = useCountdown(pending);
  const confirm = useAction(async () => {
    const active = await call('confirmPolicy', { body: { hash: pending.hash } });
    settled(active);
    toast('ok', t('confirmed'));
  });
  const back = useAction(async () => {
    settled(await call('rollBackPolicy'));
    toast('ok', t('rolledBack'));
  });
  const busy = confirm.busy || back.busy;
  return (
    <section className="pending" aria-label={t('pendingTitle', { name: pending.name })}>
      <div className="row">
        <Icon name="clock" />
        <div className="grow">
          <strong>{t('pendingTitle', { name: pending.name })}</strong>{' '}
          <span>{left > 0 ? t('pendingText', { time: clock(left) }) : t('pendingOver')}</span>{' '}
          {pending.who && <span className="muted">{t('pendingBy', { who: pending.who })}</span>}
        </div>
        <span className="countdown num" role="timer" aria-label={t('pendingText', { time: clock(left) })}>{clock(left)}</span>
        {may('confirmPolicy') && (
          <div className="row">
            <button type="button" className="button" disabled={busy || left <= 0} onClick={() => void back.run()}><Icon name="undo" />{t('rollBack')}</button>
            <button type="button" className="button primary" disabled={busy || left <= 0} onClick={() => void confirm.run()}><Icon name="check" />{t('confirm')}</button>
          </div>
        )}
      </div>
      <FailureNotice failure={confirm.failure ?? back.failure} />
    </section>
  );
}

/** Shows at once what the next status will say. */
function settled(active: Schema<'PolicyInfo'>) {
  status.update((now) => now && { ...now, active, pending: undefined });
}

/** Seconds left: counted here between two messages of the server, and set right by each of them. */
function useCountdown(pending: Schema<'PolicyInfo'>): number {
  const [end, setEnd] = useState(() => performance.now() + (pending.confirmWithinSeconds ?? 0) * 1000);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setEnd(performance.now() + (pending.confirmWithinSeconds ?? 0) * 1000);
  }, [pending]);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((end - now) / 1000));
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
