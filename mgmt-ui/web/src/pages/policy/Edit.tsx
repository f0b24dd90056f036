import { lazy, Suspense, useEffect, useRef } from 'react';
import { call, type Problem, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { Link, useParameter } from '../../app/router';
import { useStore } from '../../app/store';
import { Icon } from '../../components/Icon';
import { FailureNotice, Notice } from '../../components/Notice';
import { useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import type { EditorHandle } from './Editor';
import { useRested } from './draft';
import { text } from './text';

const Editor = lazy(() => import('./Editor'));
const NONE: Problem[] = [];

/** What the server finds in a policy, a moment after the last change. */
export function useCheck(yaml: string): { check: Schema<'PolicyCheck'> | undefined; checking: boolean; failure: ReturnType<typeof useResource>['failure']; retry: () => void } {
  const rested = useRested(yaml, 350);
  const asked = useResource(`policy check ${rested}`, (signal) => call('checkPolicy', { body: { yaml: rested }, signal }), { when: rested !== '' });
  const last = useRef<Schema<'PolicyCheck'>>(undefined);
  if (asked.data) {
    last.current = asked.data;
  }
  // What was found before stays until the next is known, so that marks do not flicker while somebody types.
  return { check: asked.data ?? last.current, checking: asked.loading || rested !== yaml, failure: asked.failure, retry: asked.reload };
}

/** The YAML, with problems in place and below. */
export function Edit({ yaml, onChange, readOnly }: { yaml: string; onChange: (yaml: string) => void; readOnly: boolean }) {
  const t = useText(text);
  const editor = useRef<EditorHandle>(null);
  const schema = useResource('policy schema', (signal) => call('getPolicySchema', { signal }));
  const ports = useStore(status)?.ports.map((port) => port.name) ?? [];
  const { check, checking, failure, retry } = useCheck(yaml);
  const [line] = useParameter('line');
  const problems = check?.problems ?? NONE;

  // A link to a line: once the editor is there.
  useEffect(() => {
    const wanted = Number(line);
    if (wanted > 0) {
      let tries = 0;
      const timer = setInterval(() => {
        if (editor.current || ++tries > 40) {
          editor.current?.jump(wanted);
          clearInterval(timer);
        }
      }, 50);
      return () => clearInterval(timer);
    }
  }, [line]);

  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const remarks = problems.length - errors;
  return (
    <div className="stack policy-edit">
      {readOnly && <Notice>{t('editorReadOnly')}</Notice>}
      <div className="editor-frame">
        <Suspense fallback={<pre className="editor-waits mono">{yaml}</pre>}>
          <Editor value={yaml} onChange={readOnly ? undefined : onChange} problems={problems} schema={schema.data as Record<string, unknown> | undefined} ports={ports} readOnly={readOnly} handle={editor} label={t('editorLabel')} />
        </Suspense>
      </div>
      <FailureNotice failure={failure} onRetry={retry} />
      <section aria-label={t('problems')} className="problems">
        <p className="row" role="status">
          {check && <Icon name={check.usable ? (remarks > 0 ? 'warn' : 'check') : 'danger'} />}
          <strong>{!check ? t('checking') : !check.usable ? t('notUsable', { n: Math.max(1, errors) }) : remarks > 0 ? t('usableWarnings', { n: remarks }) : t('usable')}</strong>
          {check && checking && <span className="muted small">{t('checking')}</span>}
          <span className="muted small end editor-hint">{t('editorHint')}</span>
        </p>
        <Problems problems={problems} onJump={(problem) => editor.current?.jump(problem.line ?? 1, problem.column)} />
      </section>
    </div>
  );
}

/** A list of problems; a click goes to the place. Without `onJump` it leads to the editor. */
export function Problems({ problems, onJump }: { problems: Problem[]; onJump?: (problem: Problem) => void }) {
  const t = useText(text);
  if (problems.length === 0) {
    return null;
  }
  return (
    <ul className="problem-list">
      {problems.map((problem, index) => {
        const words = (
          <>
            <Icon name={problem.severity === 'error' ? 'danger' : 'warn'} size={14} />
            <span className="sr">{t(problem.severity === 'error' ? 'error' : 'warning')}: </span>
            {problem.line !== undefined && <span className="mono muted">{problem.line}:{problem.column ?? 1}</span>}
            <span className="wrap-any">{problem.text}</span>
          </>
        );
        return (
          <li key={index} className={problem.severity}>
            {onJump ? <button type="button" onClick={() => onJump(problem)}>{words}</button>
              : <Link to={`/policy/edit${problem.line === undefined ? '' : `?line=${problem.line}`}`}>{words}</Link>}
          </li>
        );
      })}
    </ul>
  );
}
