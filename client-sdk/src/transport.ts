import { ConcordProtocolError, ConcordTransportError, type GraphQLErrorEntry } from './errors.ts';
import type { Surroundings } from './surroundings.ts';

/** Where the hub is, and as whom to come. */
export interface Access {
  /** Of the hub, without `/graphql`. */
  readonly url: string;
  /** A key (`ccd_…`), or a token of the issuer the hub trusts. Null: a page of the hub, which comes by the cookie of its session. */
  readonly apiKey: string | null;
  /** For whom to act, where the person has several memberships. */
  readonly actor?: string | undefined;
}

/** What is sent. */
export interface Operation {
  readonly query: string;
  readonly variables: unknown;
}

/** A request to a path of the hub. @throws {ConcordTransportError} when it cannot be reached or refuses the request */
export async function post(
  { fetch }: Surroundings,
  access: Access,
  path: string,
  operation: Operation,
  { accept, signal }: { readonly accept: string; readonly signal?: AbortSignal | undefined },
): Promise<Response> {
  const response = await fetch(`${access.url.replace(/\/+$/, '')}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept,
      ...headersOf(access),
    },
    body: JSON.stringify(operation),
    ...(signal && { signal }),
  });
  // 400 is how GraphQL over HTTP says that the operation is wrong: its body tells what.
  if (response.ok || response.status === 400) return response;
  throw refused(response, await response.text());
}

/** A file on its way to the hub. */
export interface FileToSend {
  readonly content: Blob | Uint8Array<ArrayBuffer>;
  /** Makes every repetition of it the same intention. */
  readonly key: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a file once. @returns the id of what the hub made of it @throws {ConcordTransportError} */
export async function sendFile(
  { fetch }: Surroundings,
  access: Access,
  path: string,
  { content, key, timeoutMs, signal }: FileToSend,
): Promise<string> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${access.url.replace(/\/+$/, '')}${path}`, {
      method: 'POST',
      headers: {
        ...headersOf(access),
        accept: 'application/json',
        'content-type': 'application/octet-stream',
        'idempotency-key': key,
      },
      body: content,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const body = await response.text();
    const { id } = (parsed(body) ?? {}) as { id?: unknown };
    if (response.ok && typeof id === 'string') return id;
    throw refused(response, body);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ConcordTransportError) throw error;
    throw new ConcordTransportError(`The hub at ${access.url} cannot be reached, or the connection broke.`, {
      cause: error,
    });
  }
}

/**
 * Asks for a file; answers when its first bytes are there. A file may take long, so only its beginning is timed.
 * @throws {ConcordTransportError} when it cannot be reached or refuses, {ConcordProtocolError} when it says what is wrong with the request
 */
export async function download(
  { fetch }: Surroundings,
  access: Access,
  path: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, timeoutMs);
  try {
    const response = await fetch(`${access.url.replace(/\/+$/, '')}${path}`, {
      headers: headersOf(access),
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
    if (response.ok) return response;
    const body = await response.text();
    const errors = (parsed(body) as { errors?: readonly GraphQLErrorEntry[] } | null | undefined)?.errors;
    if (response.status === 400 && errors?.[0]) throw new ConcordProtocolError(errors[0].message, errors);
    throw refused(response, body);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ConcordTransportError || error instanceof ConcordProtocolError) throw error;
    throw new ConcordTransportError(`The hub at ${access.url} cannot be reached, or did not answer in time.`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function refused(response: Response, body: string): ConcordTransportError {
  const { status } = response;
  const message = refusalIn(body) ?? `The hub answered with HTTP status ${String(status)}.`;
  return new ConcordTransportError(message, { status, retryAfterMs: retryAfterOf(response) });
}

function headersOf(access: Access): Record<string, string> {
  return {
    ...(access.apiKey !== null && { authorization: `Bearer ${access.apiKey}` }),
    ...(access.actor !== undefined && { 'concord-actor': access.actor }),
  };
}

/**
 * Sends one operation once. @throws {ConcordTransportError} without a whole answer in time, {ConcordProtocolError} when the
 * answer is not what was asked for, the reason of the caller's signal when that was aborted.
 */
export async function exchange(
  surroundings: Surroundings,
  access: Access,
  operation: Operation,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const response = await post(surroundings, access, '/graphql', operation, {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      signal: either,
    });
    return dataIn(await response.text());
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ConcordTransportError || error instanceof ConcordProtocolError) throw error;
    const message = timeout.aborted
      ? `The hub at ${access.url} did not answer within ${String(timeoutMs)} ms.`
      : `The hub at ${access.url} cannot be reached, or the connection broke.`;
    throw new ConcordTransportError(message, { cause: error });
  }
}

/** The data of a GraphQL answer. @throws {ConcordProtocolError} */
export function dataIn(body: string): unknown {
  const answer = parsed(body);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new ConcordProtocolError('What answers there speaks no GraphQL: is the url that of a Concord hub?');
  }
  const { data, errors } = answer as { data?: unknown; errors?: readonly GraphQLErrorEntry[] };
  if (errors?.[0]) throw new ConcordProtocolError(errors[0].message, errors);
  return data;
}

function refusalIn(body: string): string | undefined {
  const answer = parsed(body) as { errors?: readonly GraphQLErrorEntry[] } | null | undefined;
  return answer?.errors?.[0]?.message;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds; the form with a date is not used by the hub, and clocks differ. */
function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
