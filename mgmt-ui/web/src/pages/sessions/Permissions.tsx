import type { Schema } from '../../api/client';
import { useStore } from '../../app/store';
import { Icon } from '../../components/Icon';
import { Named } from '../../components/Named';
import { absoluteTime, serverZone } from '../../components/TimeText';
import { useText } from '../../i18n/i18n';
import { text } from './text';

/** What a session may do at each target, and what it can not do although somebody may expect it. */
export function Permissions({ targets }: { targets: Schema<'JumpPermissions'>[] }) {
  const t = useText(text);
  return (
    <div className="stack">
      {targets.map((one) => (
        <section key={`${one.conduit} ${one.asset}`} className="permissions" aria-label={one.asset}>
          <h3>{one.asset} <span className="muted small">{one.protocol} · {one.port} · {one.conduit}</span></h3>
          <div className="permissions-lists">
            <Sentences icon="check" title={t('may')} none={t('mayNothing')} sentences={one.may} />
            <Sentences icon="cross" title={t('mayNot')} none={t('mayNotNothing')} sentences={one.mayNot} />
          </div>
        </section>
      ))}
    </div>
  );
}

function Sentences({ icon, title, none, sentences }: { icon: 'check' | 'cross'; title: string; none: string; sentences: string[] }) {
  return (
    <div className={icon === 'check' ? 'sentences granted' : 'sentences'}>
      <h4>{title}</h4>
      {sentences.length === 0 ? <p className="muted">{none}</p> : (
        <ul>{sentences.map((sentence) => <li key={sentence}><Icon name={icon} size={14} /><span className="wrap-any"><Named text={sentence} /></span></li>)}</ul>
      )}
    </div>
  );
}

/** When it would run, in the server's zone, or what the server says of it. */
export function Times({ preview }: { preview: Schema<'JumpPreview'> }) {
  const t = useText(text);
  const zone = useStore(serverZone);
  const { starts, ends, sentence } = preview;
  if (starts === undefined || ends === undefined) {
    return sentence === undefined ? null : <p><Named text={sentence} /></p>;
  }
  return <p className="num">{t('wouldRun', { from: absoluteTime(Date.parse(starts), 'full', zone), until: absoluteTime(Date.parse(ends), 'full', zone) })}</p>;
}

/** What is wrong with a request, each with its place in the rules where it has one. */
export function Problems({ problems }: { problems: Schema<'Problem'>[] }) {
  return problems.length === 0 ? null : (
    <ul className="session-problems">
      {problems.map((one, index) => (
        <li key={index} className={one.severity === 'error' ? 'wrong' : undefined}>
          <Icon name={one.severity === 'error' ? 'cross' : 'warn'} size={14} />
          <span>{one.line !== undefined && one.line > 0 && <span className="mono">{one.line}:{one.column ?? 1} </span>}<Named text={one.text} /></span>
        </li>
      ))}
    </ul>
  );
}
