import { useEffect } from 'react';
import { store, useStore } from '../app/store';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { Icon, type IconName } from './Icon';
import './toast.css';

export type Tone = 'info' | 'ok' | 'warn' | 'danger';
export interface ToastText {
  id: number;
  tone: Tone;
  text: string;
  action?: { label: string; act: () => void };
}

const ICONS: Record<Tone, IconName> = { info: 'info', ok: 'check', warn: 'warn', danger: 'danger' };
const toasts = store<ToastText[]>([]);
let next = 1;

/** Says something in passing. What is wrong stays until it is closed; what went well goes by itself. */
export function toast(tone: Tone, text: string, action?: ToastText['action']) {
  toasts.update((all) => [...all.slice(-3), { id: next++, tone, text, action }]);
}

function close(id: number) {
  toasts.update((all) => all.filter((one) => one.id !== id));
}

export function Toasts() {
  const all = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {all.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </div>
  );
}

function OneToast({ toast: { id, tone, text, action } }: { toast: ToastText }) {
  const t = useText(common);
  useEffect(() => {
    if (tone === 'ok' || tone === 'info') {
      const timer = setTimeout(() => close(id), 6000);
      return () => clearTimeout(timer);
    }
  }, [id, tone]);
  return (
    <div className={`toast ${tone}`}>
      <Icon name={ICONS[tone]} />
      <span className="grow">{text}</span>
      {action && (
        <button type="button" className="button small" onClick={() => { close(id); action.act(); }}>
          {action.label}
        </button>
      )}
      <button type="button" className="button quiet icon small" aria-label={t('close')} onClick={() => close(id)}>
        <Icon name="cross" />
      </button>
    </div>
  );
}
