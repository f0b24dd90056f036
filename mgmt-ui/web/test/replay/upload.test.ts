import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/api/client';
import { looksLikeCapture, uploaded, type UploadEvent, type UploadState } from '../../src/pages/replay/upload';

const after = (...events: UploadEvent[]): UploadState => events.reduce(uploaded, { state: 'none' } as UploadState);
const begin: UploadEvent = { type: 'begin', name: 'a.pcap', size: 100 };
const capture = { id: 'c1', name: 'a.pcap', bytes: 100, at: '2026-11-27T10:00:00.000Z' };

describe('an upload', () => {
  test('goes from sending to taking to done', () => {
    expect(after(begin)).toEqual({ state: 'sending', name: 'a.pcap', sent: 0, size: 100 });
    expect(after(begin, { type: 'progress', sent: 40 })).toMatchObject({ state: 'sending', sent: 40 });
    expect(after(begin, { type: 'progress', sent: 100 })).toMatchObject({ state: 'taking' });
    expect(after(begin, { type: 'progress', sent: 100 }, { type: 'done', capture })).toEqual({ state: 'done', capture });
  });
  test('never goes back in what was sent', () => {
    expect(after(begin, { type: 'progress', sent: 60 }, { type: 'progress', sent: 20 })).toMatchObject({ sent: 60 });
  });
  test('that was cancelled hears no more of it', () => {
    expect(after(begin, { type: 'cancelled' }, { type: 'progress', sent: 70 }, { type: 'done', capture })).toEqual({ state: 'cancelled', name: 'a.pcap' });
  });
  test('that failed says why, and another can begin', () => {
    const failure = new Failure(413, 'too-large', 'the capture is larger than 2 GB');
    expect(after(begin, { type: 'failed', failure })).toEqual({ state: 'failed', name: 'a.pcap', failure });
    expect(after(begin, { type: 'failed', failure }, begin)).toMatchObject({ state: 'sending' });
  });
  test('is not cleared away while it runs', () => {
    expect(after(begin, { type: 'clear' })).toMatchObject({ state: 'sending' });
    expect(after(begin, { type: 'cancelled' }, { type: 'clear' })).toEqual({ state: 'none' });
  });
});

describe('a file', () => {
  test.each(['a.pcap', 'line 3.pcapng', 'x.CAP', 'day.pcapng.gz', 'day.pcap.zst', 'capture'])('%s may be a capture', (name) => expect(looksLikeCapture(name)).toBe(true));
  test.each(['photo.jpg', 'policy.yaml', 'backup.zip', 'notes.gz'])('%s is none', (name) => expect(looksLikeCapture(name)).toBe(false));
});
