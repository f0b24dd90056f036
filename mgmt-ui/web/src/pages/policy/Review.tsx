import { type ReactNode, useMemo, useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useResource } from '../../app/resource';
import { address, Link } from '../../app/router';
import { useMay } from '../../app/session';
import { useStore } from '../../app/store';
import { Icon } from '../../components/Icon';
import { Card, Empty, FailureNotice, Notice } from '../../components/Notice';
import { useText } from '../../i18n/i18n';
import { status } from '../../live/feed';
import { ApplyDialog } from './Apply';
import { byConduit, type Change, countChanges, grouped } from './changes';
import { useRested } from './draft';
import { Problems } from './Edit';
import { text } from './text';
import { diffLines, withContext } from './textdiff';
import { TryOnCapture } from './TryOnCapture';

/**
 * What a text would newly allow and refuse, in words, beside the texts.
 *
 * @param yaml the draft, or a version that may come back
 * @param against the policy that judges now
 * @param applies whether it is the draft, which can be applied
 */
export function Review({ yaml, against, againstHash, applies, note, title }: { yaml: string; against: string; againstHash: string | undefined; applies: boolean; note?: string; title?: ReactNode }) {
  const t = useText(text);
  const may = useMay();
  const pending = useStore(status)?.pending;
  const [applying, setApplying] = useState(false);
  const rested = useRested(yaml, 300);
  const diff = useResource(`policy diff ${againstHash ?? ''} ${rested}`, (signal) => call('diffPolicy', { body: { yaml: rested }, signal }));
  const errors = diff.data?.problems.filter((problem) => problem.severity === 'error') ?? [];
  const ready = diff.data !== undefined && errors.length === 0 && yaml === rested && !diff.loading;
  return (
    <div className="stack">
      <div className="row review-head">
        <div className="grow">
          {title}
          {diff.data && errors.length === 0 && <Counts diff={diff.data} />}
        </div>
        {applies && may('applyPolicy') && (
          <button type="button" className="button primary" disabled={!ready || pending !== undefined || yaml === against} onClick={() => setApplying(true)} title={pending ? t('onTrialFirst') : undefined}>
            <Icon name="check" />{t('apply')}
          </button>
        )}
      </div>
      {applies && pending && <Notice tone="warn">{t('onTrialFirst')}</Notice>}
      <FailureNotice failure={diff.failure} onRetry={diff.reload} />
      {!diff.data && !diff.failure && <div className="empty"><span className="spin" /><p>{t('comparing')}</p></div>}
      {diff.data && diff.data.problems.length > 0 && (
        <Card title={t(errors.length > 0 ? 'notUsable' : 'usableWarnings', { n: errors.length || diff.data.problems.length })}>
          <Problems problems={diff.data.problems} />
        </Card>
      )}
      <div className="review-columns">
        <div className="stack">
          {diff.data && errors.length === 0 && <Effects diff={diff.data} sameText={yaml === against} />}
          {applies && may('startReplay') && ready && <TryOnCapture yaml={yaml} />}
        </div>
        <Card title={t('textDiff')} flush>
          <TextDiff before={against} after={yaml} />
        </Card>
      </div>
      {applying && diff.data && <ApplyDialog yaml={yaml} note={note} counts={countChanges(diff.data.changes)} onClose={() => setApplying(false)} />}
    </div>
  );
}

function Counts({ diff }: { diff: Schema<'PolicyDiff'> }) {
  const t = useText(text);
  const counts = countChanges(diff.changes);
  return diff.changes.length === 0 ? null : <p className="num">{t('applyCounts', { allowed: counts.allowed, refused: counts.refused, other: counts.other })}</p>;
}

function Effects({ diff, sameText }: { diff: Schema<'PolicyDiff'>; sameText: boolean }) {
  const t = useText(text);
  if (diff.changes.length === 0) {
    return <Notice tone={sameText ? 'info' : 'ok'}>{diff.differs && diff.summary ? diff.summary : t('sameEffect')}</Notice>;
  }
  return (
    <>
      <Effect changes={diff.changes} kind="allowed" title={t('newlyAllowed')} />
      <Effect changes={diff.changes} kind="refused" title={t('newlyRefused')} />
      <Effect changes={diff.changes} kind="other" title={t('otherChanges')} />
    </>
  );
}

function Effect({ changes, kind, title }: { changes: Change[]; kind: Change['kind']; title: string }) {
  const t = useText(text);
  const groups = useMemo(() => grouped(changes, kind), [changes, kind]);
  if (groups.length === 0) {
    return null;
  }
  const count = groups.reduce((sum, group) => sum + group.changes.length, 0);
  return (
    <Card title={<>{title} <span className="muted num">({count})</span></>} className={`effect ${kind}`}>
      <div className="stack">
        {byConduit(groups).map(({ conduit, groups: own }) => (
          <section key={conduit ?? ''} className="stack tight">
            {conduit !== undefined && <h3 className="row"><Link to={address('/policy', { rule: conduit })}>{conduit}</Link></h3>}
            {own.map((group) => (
              <div key={`${group.from} ${group.to}`} className="stack tight">
                {group.from !== '' && (
                  <p className="row">
                    <b className="named">{group.from}</b><Icon name="right" size={13} /><b className="named">{group.to}</b>
                  </p>
                )}
                <ul className="effects">
                  {group.changes.map((change, index) => (
                    <li key={index} className={change.danger ? 'danger' : undefined}>
                      <Icon name={change.danger ? 'danger' : kind === 'allowed' ? 'plus' : kind === 'refused' ? 'cross' : 'info'} size={15} />
                      <span className="grow">
                        <span className="mono wrap-any">{change.what}</span>
                        {change.danger && <strong className="danger-words"> {t('changesDevice')}</strong>}
                        {change.example && change.example !== change.what && <span className="muted small block">{t('example', { what: change.example })}</span>}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Card>
  );
}

/** Both texts, line by line; what is equal and far from a change is folded. */
function TextDiff({ before, after }: { before: string; after: string }) {
  const t = useText(text);
  const parts = useMemo(() => withContext(diffLines(before, after)), [before, after]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const all = useMemo(() => diffLines(before, after), [before, after]);
  if (before === after) {
    return <Empty icon="check" title={t('sameText')} />;
  }
  let at = 0;
  return (
    <div className="text-diff" role="region" aria-label={t('textDiff')} tabIndex={0}>
      <table>
        <tbody>
          {parts.flatMap((part, index) => {
            const from = at;
            at += typeof part === 'number' ? part : part.length;
            if (typeof part === 'number' && !open.has(index)) {
              return [
                <tr key={`fold-${index}`} className="fold">
                  <td colSpan={4}><button type="button" onClick={() => setOpen(new Set([...open, index]))}>{t('leftOut', { n: part })}</button></td>
                </tr>,
              ];
            }
            const lines = typeof part === 'number' ? all.slice(from, from + part) : part;
            return lines.map((line, offset) => (
              <tr key={`${index}-${offset}`} className={line.kind}>
                <td className="number">{line.before}</td>
                <td className="number">{line.after}</td>
                <td className="sign">{line.kind === 'same' ? '' : <><span aria-hidden="true">{line.kind === 'new' ? '+' : '−'}</span><span className="sr">{t(line.kind === 'new' ? 'lineNew' : 'lineGone')}</span></>}</td>
                <td className="code">{line.text || ' '}</td>
              </tr>
            ));
          })}
        </tbody>
      </table>
    </div>
  );
}

export function NothingToReview() {
  const t = useText(text);
  return (
    <Empty icon="policy" title={t('nothingToReview')} actions={<><Link className="button" to="/policy/edit">{t('tabEdit')}</Link><Link className="button" to="/policy/history">{t('tabHistory')}</Link></>}>
      {t('nothingToReviewText')}
    </Empty>
  );
}
