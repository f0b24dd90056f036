import { Dialog } from '../components/Dialog';
import { useText } from '../i18n/i18n';
import { text } from './text';

const KEYS: [string[], 'keyFilter' | 'keyNext' | 'keyPrevious' | 'keyOpen' | 'keyClose' | 'keyPause' | 'keyHelp'][] = [
  [['/'], 'keyFilter'],
  [['j', '↓'], 'keyNext'],
  [['k', '↑'], 'keyPrevious'],
  [['Enter'], 'keyOpen'],
  [['p'], 'keyPause'],
  [['Esc'], 'keyClose'],
  [['?'], 'keyHelp'],
];

export function Help({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  return (
    <Dialog title={t('help')} onClose={onClose}>
      <p className="muted">{t('helpIntro')}</p>
      <dl className="pairs help-keys">
        {KEYS.map(([keys, what]) => [
          <dt key={what}>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>,
          <dd key={`${what}-text`}>{t(what)}</dd>,
        ])}
      </dl>
    </Dialog>
  );
}
