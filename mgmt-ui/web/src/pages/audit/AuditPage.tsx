import { Empty } from '../../components/Notice';
import { useText } from '../../i18n/i18n';
import { text } from './text';

export default function AuditPage() {
  const t = useText(text);
  return <Empty title={t('title')} />;
}
