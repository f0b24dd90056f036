import type { ReactNode } from 'react';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { Icon } from './Icon';
import { toast } from './Toast';

/** Puts a text where the person can paste it from, and says whether that worked. */
export function Copy({ text, children, label, small, primary }: { text: string; children?: ReactNode; label?: string; small?: boolean; primary?: boolean }) {
  const c = useText(common);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast('ok', c('copied'));
    } catch {
      toast('warn', c('copyFailed'));
    }
  };
  return (
    <button type="button" className={`button${primary ? ' primary' : ''}${small ? ' small' : ''}${children ? '' : ' quiet icon'}`} aria-label={label} title={label} onClick={() => void copy()}>
      <Icon name="copy" />{children}
    </button>
  );
}
