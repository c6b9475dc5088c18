import { type Agent, request } from 'node:http';
import type { Input } from './inputs.ts';

export interface Outcome {
  /** 0: the line was cut, by us or by the server. */
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** Much longer than anything may take: an answer that has not come by then never comes. */
const HANGS_AFTER_MS = 15_000;
/** A stream that opened is an answer; nothing more of it is waited for. */
const STREAM = 'text/event-stream';

/** Sends one input and takes what comes. @throws when nothing comes */
export function send(
  url: string,
  auth: Readonly<Record<string, string>>,
  input: Input,
  agent: Agent,
): Promise<Outcome> {
  const started = performance.now();
  const { method, path, cutAfter } = input;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const done = (status: number, text: string): void => {
      clearTimeout(hanging);
      resolve({ status, text, ms: performance.now() - started });
    };
    const hanging = setTimeout(() => {
      reject(new Error('no answer'));
    }, HANGS_AFTER_MS);
    const headers = {
      ...auth,
      ...(cutAfter === undefined && { 'content-length': input.body.length }),
      ...input.headers,
    };
    const sending = request({ hostname, port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (response.headers['content-type']?.startsWith(STREAM)) response.destroy();
      });
      response.once('close', () => done(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
    });
    // The server may answer and close before it has taken everything.
    sending.once('error', () => done(0, ''));
    if (cutAfter === undefined) sending.end(input.body);
    else sending.write(input.body.subarray(0, cutAfter), () => setTimeout(() => sending.destroy(), 20));
  });
}
