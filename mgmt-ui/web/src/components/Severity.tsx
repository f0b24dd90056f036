import { texts, useText } from '../i18n/i18n';
import { Icon } from './Icon';

export const text = texts({ low: 'low', medium: 'medium', high: 'high' }, { low: 'niedrig', medium: 'mittel', high: 'hoch' });

/** How pressing an alert is: a word, a shape, and only then a colour. */
export function SeverityMark({ severity }: { severity: 'low' | 'medium' | 'high' }) {
  const t = useText(text);
  return (
    <span className={`badge ${severity === 'high' ? 'danger' : severity === 'medium' ? 'warn' : ''}`}>
      <Icon name={severity === 'high' ? 'danger' : severity === 'medium' ? 'warn' : 'info'} />
      {t(severity)}
    </span>
  );
}
