import type { ReactNode } from 'react';
import type { Failure } from '../api/client';
import { common } from '../i18n/common';
import { useText } from '../i18n/i18n';
import { Icon, type IconName } from './Icon';
import type { Tone } from './Toast';

const ICONS: Record<Tone, IconName> = { info: 'info', ok: 'check', warn: 'warn', danger: 'danger' };

/** Something to read before going on. */
export function Notice({ tone = 'info', children, actions }: { tone?: Tone; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className="grow">{children}</div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}

/** What the server said about a request that failed, with every problem and its place. */
export function FailureNotice({ failure, onRetry }: { failure: Failure | undefined; onRetry?: () => void }) {
  const t = useText(common);
  if (!failure) {
    return null;
  }
  return (
    <Notice
      tone={failure.code === 'unreachable' ? 'warn' : 'danger'}
      actions={onRetry && <button type="button" className="button small" onClick={onRetry}>{t('retry')}</button>}
    >
      <p>{failure.sentence}</p>
      {failure.problems.length > 0 && (
        <ul className="small">
          {failure.problems.map((problem, index) => (
            <li key={index}>
              {problem.line !== undefined && <span className="mono">{problem.line}:{problem.column ?? 1} </span>}
              {problem.text}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** In place of rows that are not there: why, and what to do. */
export function Empty({ icon = 'info', title, children, actions }: { icon?: IconName; title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}

/** A card with a title. `flush`: what is inside reaches the edges, as tables do. */
export function Card({ title, aside, children, flush, className, level = 2 }: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  className?: string;
  level?: 2 | 3;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={`card${flush ? ' flush' : ''}${className ? ` ${className}` : ''}`}>
      {(title || aside) && (
        <header>
          {title && <Heading>{title}</Heading>}
          {aside && <div className="row end">{aside}</div>}
        </header>
      )}
      <div className="body">{children}</div>
    </section>
  );
}
