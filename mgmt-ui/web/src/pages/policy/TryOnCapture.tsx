import { useState } from 'react';
import { call } from '../../api/client';
import { useResource } from '../../app/resource';
import { address, Link } from '../../app/router';
import { Card, FailureNotice } from '../../components/Notice';
import { Progress } from '../../components/Progress';
import { useText } from '../../i18n/i18n';
import { useReplay } from '../replay/job';
import { text } from './text';

/** What the draft would make of a recording, next to what it changes on paper. */
export function TryOnCapture({ yaml }: { yaml: string }) {
  const t = useText(text);
  const captures = useResource('captures', (signal) => call('listCaptures', { signal }));
  const [chosen, setChosen] = useState('');
  const [id, setId] = useState<string>();
  const [ranFor, setRanFor] = useState('');
  const replay = useReplay(id);
  const capture = chosen || captures.data?.[0]?.id || '';
  const result = ranFor === yaml ? replay.job?.result : undefined;
  const running = replay.job?.state === 'running';
  if (captures.data?.length === 0) {
    return <Card title={t('tryCapture')}><p>{t('tryCaptureNone')} <Link to="/replay">{t('toReplay')}</Link></p></Card>;
  }
  return (
    <Card title={t('tryCapture')}>
      <div className="stack">
        <p className="muted">{t('tryCaptureText')}</p>
        <FailureNotice failure={captures.failure ?? replay.failure} />
        {running ? (
          <Progress label={replay.job?.sentence ?? t('tryCapture')} done={replay.job?.done} onCancel={() => void replay.cancel()} />
        ) : (
          <div className="row nowrap">
            <select className="select" aria-label={t('capture')} value={capture} onChange={(event) => setChosen(event.target.value)}>
              {captures.data?.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </select>
            <button type="button" className="button" disabled={!capture} onClick={() => { setRanFor(yaml); void replay.start({ capture, yaml }).then((job) => job && setId(job)); }}>{t('run')}</button>
          </div>
        )}
        {replay.job?.state === 'failed' && <p role="alert">{replay.job.sentence}</p>}
        {result && (
          <p>
            <strong>{result.changed > 0 ? t('replayDone', { changed: result.changed, all: result.messages }) : t('replayNone', { all: result.messages })}</strong>{' '}
            <Link to={address('/replay', { run: id, only: result.changed > 0 ? 'changed' : '' })}>{t('replayMore')}</Link>
          </p>
        )}
      </div>
    </Card>
  );
}
