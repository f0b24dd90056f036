import { useText } from '../i18n/i18n';
import { text } from '../pages/door/text';
import { Field } from './Field';

/** The server decides what a good password is; the page only spares people the obvious refusals. */
export const PASSWORD_LEAST = 12;

export function passwordReady(password: string, again: string): boolean {
  return [...password].length >= PASSWORD_LEAST && password === again;
}

/** Two fields for a new password. */
export function NewPassword({ password, again, onPassword, onAgain }: {
  password: string;
  again: string;
  onPassword: (value: string) => void;
  onAgain: (value: string) => void;
}) {
  const t = useText(text);
  const missing = PASSWORD_LEAST - [...password].length;
  return (
    <>
      <Field label={t('password')} type="password" autoComplete="new-password" required maxLength={200} value={password}
        hint={password !== '' && missing > 0 ? t('passwordShort', { n: missing }) : t('passwordHint')} onChange={(event) => onPassword(event.target.value)} />
      <Field label={t('passwordAgain')} type="password" autoComplete="new-password" required maxLength={200} value={again}
        problem={again !== '' && !password.startsWith(again) && again !== password ? t('passwordDiffers') : undefined} onChange={(event) => onAgain(event.target.value)} />
    </>
  );
}
