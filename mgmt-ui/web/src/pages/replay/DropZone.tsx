import { useEffect, useReducer, useRef, useState } from 'react';
import type { Schema } from '../../api/client';
import { Icon } from '../../components/Icon';
import { bytes } from '../../components/numbers';
import { FailureNotice, Notice } from '../../components/Notice';
import { Progress } from '../../components/Progress';
import { useText } from '../../i18n/i18n';
import { text } from './text';
import { looksLikeCapture, upload, uploaded, type UploadEvent, type UploadState } from './upload';

/** Takes a capture, dropped or chosen; shows how much is sent, and can be cancelled. */
export function DropZone({ onDone, small }: { onDone: (capture: Schema<'Capture'>) => void; small: boolean }) {
  const t = useText(text);
  const [state, tell] = useReducer(uploaded, { state: 'none' } as UploadState);
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const end = useRef<() => void>(undefined);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => () => end.current?.(), []);

  const take = (file: File | undefined) => {
    if (!file || state.state === 'sending' || state.state === 'taking') {
      return;
    }
    setWrong('');
    if (!looksLikeCapture(file.name)) {
      setWrong(file.name);
      return;
    }
    end.current = upload(file, (event: UploadEvent) => {
      tell(event);
      if (event.type === 'done') {
        done.current(event.capture);
      }
    });
  };

  if (state.state === 'sending' || state.state === 'taking') {
    const sent = state.state === 'sending' ? state.sent : state.size;
    return (
      <div className="drop-zone busy">
        <Progress
          label={t(state.state === 'sending' ? 'sending' : 'taking', { name: state.name })}
          done={state.state === 'sending' ? sent / Math.max(1, state.size) : undefined}
          note={t('sentOf', { sent: bytes(sent), size: bytes(state.size) })}
          onCancel={() => end.current?.()}
        />
      </div>
    );
  }
  return (
    <div className="stack tight">
      <div
        className={`drop-zone${over ? ' over' : ''}${small ? ' small-zone' : ''}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]); }}
      >
        <Icon name="upload" size={small ? 18 : 26} />
        <div className="grow">
          <strong>{t(over ? 'dropNow' : 'drop')}</strong>
          <p className="muted small">{t('dropText')}</p>
        </div>
        <button type="button" className="button" onClick={() => input.current?.click()}>{t('choose')}</button>
        <input ref={input} type="file" className="sr" tabIndex={-1} aria-label={t('choose')} accept=".pcap,.pcapng,.cap,.gz,.zst" onChange={(event) => { take(event.target.files?.[0]); event.target.value = ''; }} />
      </div>
      {wrong !== '' && <Notice tone="warn">{t('notACapture', { name: wrong })}</Notice>}
      {state.state === 'cancelled' && <Notice>{t('cancelled', { name: state.name })}</Notice>}
      {state.state === 'failed' && <FailureNotice failure={state.failure} />}
    </div>
  );
}
