import { store } from '../app/store';
import { common } from '../i18n/common';
import { say } from '../i18n/i18n';
import { OPERATIONS } from './operations';
import type { components, operations } from './schema';

/** Shapes of the contract by their names there: `Schema<'Event'>`. */
export type Schema<N extends keyof components['schemas']> = components['schemas'][N];
export type OperationId = keyof typeof OPERATIONS;
export type Role = Schema<'Role'>;
export type Problem = Schema<'Problem'>;

/** Why a request brought nothing: a code for programs, a sentence for people. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: string,
    readonly problems: Problem[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(sentence);
  }

  static of(error: unknown): Failure {
    return error instanceof Failure ? error : new Failure(0, 'unreachable', say(common, 'notAnswering'));
  }
}

/** Whether the management server answered the last time. */
export const reachable = store(true);

let onSignedOut: () => void = () => undefined;
/** What to do when the server says that nobody is signed in any more. */
export function whenSignedOut(act: () => void) {
  onSignedOut = act;
}

/** Somebody learned that the session is over. */
export function signedOut() {
  onSignedOut();
}

let csrf = '';
/** The value that a change has to carry; the server gives it with the session. */
export function setCsrf(value: string | undefined) {
  csrf = value ?? '';
}

type Operation<O extends OperationId> = O extends keyof operations ? operations[O] : never;
type QueryOf<O extends OperationId> = Operation<O> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
type PathOf<O extends OperationId> = Operation<O> extends { parameters: { path: infer P } } ? P : never;
type BodyOf<O extends OperationId> = Operation<O> extends { requestBody: { content: infer C } } ? (C extends { 'application/json': infer J } ? J : Blob) : never;
type Content<R> = R extends { content: { 'application/json': infer J } } ? J : R extends { content: { [type: string]: infer T } } ? T : undefined;
export type AnswerOf<O extends OperationId> =
  Operation<O> extends { responses: infer R } ? { [C in keyof R]: C extends 200 | 201 | 202 | 204 ? Content<R[C]> : never }[keyof R] : never;

export type CallOptions<O extends OperationId> = {
  signal?: AbortSignal;
} & ([QueryOf<O>] extends [never] ? unknown : Partial<QueryOf<O>> extends QueryOf<O> ? { query?: QueryOf<O> } : { query: QueryOf<O> }) &
  ([PathOf<O>] extends [never] ? unknown : { path: PathOf<O> }) &
  ([BodyOf<O>] extends [never] ? unknown : { body: BodyOf<O> });

type Arguments<O extends OperationId> = Record<never, never> extends CallOptions<O> ? [options?: CallOptions<O>] : [options: CallOptions<O>];

interface Loose {
  signal?: AbortSignal;
  query?: Record<string, unknown>;
  path?: Record<string, unknown>;
  body?: unknown;
}

/** The address of an operation, for links that the browser follows by itself: downloads, the live stream. */
export function addressOf(operation: OperationId, { query, path }: { query?: object; path?: object } = {}): string {
  let address: string = OPERATIONS[operation].path;
  for (const [name, value] of Object.entries(path ?? {})) {
    address = address.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/**
 * Calls an operation of the contract: `await call('listEvents', { query: { filter } })`.
 *
 * @throws Failure whatever is not an answer of the 2xx kind
 */
export async function call<O extends OperationId>(operation: O, ...[options]: Arguments<O>): Promise<AnswerOf<O>> {
  const given = (options ?? {}) as Loose;
  const { method } = OPERATIONS[operation];
  const raw = given.body instanceof Blob;
  let answer: Response;
  try {
    answer = await fetch(addressOf(operation, given), {
      method,
      signal: given.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json, */*;q=0.1',
        ...(given.body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-Sluice-Csrf': csrf }),
      },
      body: given.body === undefined ? undefined : raw ? (given.body as Blob) : JSON.stringify(given.body),
    });
  } catch (error) {
    if (!given.signal?.aborted) {
      reachable.set(false);
    }
    throw error;
  }
  reachable.set(true);
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
  if (!answer.ok) {
    throw failureOf(answer, isJson ? text : '{}');
  }
  return (isJson ? JSON.parse(text) : text === '' ? undefined : text) as AnswerOf<O>;
}

/** The headers that a change carries, for requests that `fetch` cannot make. */
export function changeHeaders(): Record<string, string> {
  return { 'X-Sluice-Csrf': csrf };
}

/** What an answer that is none of the 2xx kind says. */
export function failureOf(answer: { status: number; statusText: string }, text: string): Failure {
  const said = JSON.parse(text) as Partial<Schema<'Refusal'>>;
  if (answer.status === 401 && (said.code === undefined || said.code === 'not-signed-in')) {
    onSignedOut();
  }
  return new Failure(
    answer.status,
    said.code ?? `http-${answer.status}`,
    said.sentence ?? (answer.status === 403 ? say(common, 'forbidden') : `${answer.status} ${answer.statusText}`),
    said.problems ?? [],
    said.retryAfterSeconds,
  );
}
