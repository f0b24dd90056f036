import { addressOf, changeHeaders, Failure, failureOf, type Schema } from '../../api/client';
import { common } from '../../i18n/common';
import { say } from '../../i18n/i18n';

/** How an upload stands. `taking`: all bytes are there, and the server looks at them. */
export type UploadState =
  | { state: 'none' }
  | { state: 'sending'; name: string; sent: number; size: number }
  | { state: 'taking'; name: string; size: number }
  | { state: 'done'; capture: Schema<'Capture'> }
  | { state: 'failed'; name: string; failure: Failure }
  | { state: 'cancelled'; name: string };

export type UploadEvent =
  | { type: 'begin'; name: string; size: number }
  | { type: 'progress'; sent: number }
  | { type: 'done'; capture: Schema<'Capture'> }
  | { type: 'failed'; failure: Failure }
  | { type: 'cancelled' }
  | { type: 'clear' };

/** What an event makes of an upload; what comes after its end is not heard any more. */
export function uploaded(now: UploadState, event: UploadEvent): UploadState {
  if (event.type === 'begin') {
    return { state: 'sending', name: event.name, sent: 0, size: event.size };
  }
  if (event.type === 'clear') {
    return now.state === 'sending' || now.state === 'taking' ? now : { state: 'none' };
  }
  if (now.state !== 'sending' && now.state !== 'taking') {
    return now;
  }
  switch (event.type) {
    case 'progress': {
      const sent = Math.max(now.state === 'sending' ? now.sent : now.size, Math.min(event.sent, now.size));
      return sent >= now.size ? { state: 'taking', name: now.name, size: now.size } : { state: 'sending', name: now.name, sent, size: now.size };
    }
    case 'done':
      return { state: 'done', capture: event.capture };
    case 'failed':
      return { state: 'failed', name: now.name, failure: event.failure };
    case 'cancelled':
      return { state: 'cancelled', name: now.name };
  }
}

const NAMES = /\.(pcap|pcapng|cap)(\.(gz|zst|xz|bz2|lz4))?$/i;

/** A file that is surely none is refused before gigabytes of it are sent; the server looks at the bytes. */
export function looksLikeCapture(name: string): boolean {
  return NAMES.test(name) || !/\.[a-z0-9]{1,5}$/i.test(name);
}

/** Sends a capture; what it returns ends it. `fetch` tells nothing of how much is sent, so this is the older way. */
export function upload(file: File, tell: (event: UploadEvent) => void): () => void {
  const request = new XMLHttpRequest();
  request.open('POST', addressOf('uploadCapture', { query: { name: file.name.slice(-200) } }));
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('accept', 'application/json');
  for (const [name, value] of Object.entries(changeHeaders())) {
    request.setRequestHeader(name, value);
  }
  request.upload.onprogress = (event) => tell({ type: 'progress', sent: event.loaded });
  request.upload.onload = () => tell({ type: 'progress', sent: file.size });
  request.onload = () => {
    if (request.status >= 200 && request.status < 300) {
      tell({ type: 'done', capture: JSON.parse(request.responseText) as Schema<'Capture'> });
    } else {
      tell({ type: 'failed', failure: failureOf(request, request.getResponseHeader('content-type')?.includes('json') ? request.responseText : '{}') });
    }
  };
  request.onerror = () => tell({ type: 'failed', failure: new Failure(0, 'unreachable', say(common, 'notAnswering')) });
  request.onabort = () => tell({ type: 'cancelled' });
  tell({ type: 'begin', name: file.name, size: file.size });
  request.send(file);
  return () => request.abort();
}
