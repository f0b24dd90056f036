import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { Icon } from './Icon';

/** What became of a message: allowed, denied, or denied in words only where the policy monitors. */
export type Verdict = 'allow' | 'deny' | 'would-deny';

export function verdictOf(event: { verdict?: string | null; enforced?: boolean | null }): Verdict | undefined {
  if (event.verdict === 'allow') {
    return 'allow';
  }
  if (event.verdict === 'would-deny') {
    return 'would-deny';
  }
  return event.verdict === 'deny' ? (event.enforced === false ? 'would-deny' : 'deny') : undefined;
}

/** Says it in a word and a mark; the colour only helps. */
export function VerdictBadge({ verdict, short }: { verdict: Verdict | undefined; short?: boolean }) {
  const t = useText(common);
  switch (verdict) {
    case 'allow':
      return <span className="badge plain" title={t('allowedHint')}><Icon name="check" />{short ? <span className="sr">{t('allowed')}</span> : t('allowed')}</span>;
    case 'deny':
      return <span className="badge danger" title={t('deniedHint')}><Icon name="cross" />{short ? <span className="sr">{t('denied')}</span> : t('denied')}</span>;
    case 'would-deny':
      return <span className="badge warn" title={t('wouldDenyHint')}><Icon name="eye" />{short ? <span className="sr">{t('wouldDeny')}</span> : t('wouldDeny')}</span>;
    case undefined:
      return <span className="muted">–</span>;
  }
}
