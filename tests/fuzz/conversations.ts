import { WebSocket } from 'ws';
import type { Chooser } from '../support/registry-steps.ts';
import { NAUGHTY_STRINGS, NAUGHTY_VALUES } from './naughty-strings.ts';

/** What somebody sends over one WebSocket, and how that may end: `alive` when the server goes on to answer pings. */
export interface Conversation {
  readonly kind: string;
  /** Null: it asks for none. */
  readonly protocol: string | null;
  /** Whether it begins as it should, with a good key. */
  readonly signsIn: boolean;
  readonly frames: readonly (string | Uint8Array)[];
  readonly ends: readonly (number | 'alive')[];
}

export interface Ending {
  readonly end: number | 'alive' | 'silent';
  readonly reason: string;
  /** From the last frame to the end. */
  readonly ms: number;
}

const PROTOCOL = 'graphql-transport-ws';
const HANGS_AFTER_MS = 15_000;
const QUERY = '{ viewer { label } }';
const SUBSCRIPTION = 'subscription { suggestionChanged { id } }';
const INIT = '{"type":"connection_init"}';
const subscribe = (id: unknown, query: unknown = QUERY): string =>
  JSON.stringify({ id, type: 'subscribe', payload: { query } });

/** Draws conversations of all kinds, the same for the same chooser. */
export function drawConversation(choose: Chooser): Conversation {
  const naughty = (): unknown => choose.oneOf<unknown>([...NAUGHTY_STRINGS, ...NAUGHTY_VALUES]);
  const of = (kind: string, frames: Conversation['frames'], ends: Conversation['ends']): Conversation => ({
    kind,
    protocol: PROTOCOL,
    signsIn: true,
    frames,
    ends,
  });
  const kinds: readonly (() => Conversation)[] = [
    () => of('no JSON', [choose.oneOf(['', '{', 'null', '[]', '7', 'x', '{"type"', "{'type':'ping'}"])], [4400]),
    () => of('type unknown', [JSON.stringify({ type: `no-${String(choose.below(99))}`, id: 'a' })], [4400]),
    () => of('type odd', [JSON.stringify({ type: naughty() })], [4400]),
    () => of('id odd', [subscribe(choose.oneOf<unknown>([null, 7, '', {}, [], true]))], [4400]),
    () => of('payload odd', [JSON.stringify({ id: 'a', type: 'subscribe', payload: naughty() })], [4400]),
    () => of('query odd', [subscribe('a', choose.oneOf<unknown>([null, 7, {}, [], true]))], [4400]),
    () => of('query naughty', [subscribe('a', choose.oneOf(NAUGHTY_STRINGS))], ['alive']),
    () => of('bytes', [Uint8Array.from({ length: 1 + choose.below(500) }, () => choose.below(256))], [4400, 1007]),
    () => of('huge', ['x'.repeat(100_001 + choose.below(1_000_000))], [1009]),
    () => of('large id', [subscribe('i'.repeat(90_000))], ['alive']),
    // Whether it can be written depends on the stack.
    () => of('deep', [`{"type":"ping","payload":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`], ['alive', 4400]),
    () => of('same id twice', [subscribe('a', SUBSCRIPTION), subscribe('a', SUBSCRIPTION)], [4409]),
    () => of('second init', [INIT], [4429]),
    () => of('complete of nothing', ['{"id":"x","type":"complete"}', '{"type":"pong"}'], ['alive']),
    () =>
      of(
        'pings',
        Array.from({ length: 200 }, () => '{"type":"ping"}'),
        ['alive'],
      ),
    () =>
      of(
        'flood of subscriptions',
        Array.from({ length: 5 + choose.below(200) }, (_, at) => subscribe(String(at), SUBSCRIPTION)),
        ['alive'],
      ),
    () =>
      of(
        'flood of queries',
        Array.from({ length: 5 + choose.below(100) }, (_, at) => subscribe(String(at))),
        ['alive'],
      ),
    () => ({ ...of('before init', [subscribe('a')], [4401]), signsIn: false }),
    () => ({
      ...of('wrong key', [JSON.stringify({ type: 'connection_init', payload: { authorization: naughty() } })], [4403]),
      signsIn: false,
    }),
    () => ({ ...of('init odd', [JSON.stringify({ type: 'connection_init', payload: 7 })], [4400]), signsIn: false }),
    // Whom none of the protocols it asked for is given fails by itself (RFC 6455, 4.1), before it reads why.
    () => ({ ...of('protocol unknown', [INIT], [1006]), protocol: 'graphql-ws', signsIn: false }),
    () => ({ ...of('no protocol', [INIT], [4406]), protocol: null, signsIn: false }),
  ];
  return choose.oneOf(kinds)();
}

/** Holds one conversation and takes what comes of it. */
export function hold(url: string, authorization: string, { protocol, signsIn, frames, ends }: Conversation) {
  return new Promise<Ending>((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol ?? []);
    let sentAt = performance.now();
    const done = (end: Ending['end'], reason = ''): void => {
      clearTimeout(hanging);
      resolve({ end, reason, ms: performance.now() - sentAt });
      socket.terminate();
    };
    const hanging = setTimeout(() => done('silent'), HANGS_AFTER_MS);
    const talk = (): void => {
      sentAt = performance.now();
      // Bytes as text: what is no UTF-8 is the library's to refuse.
      for (const frame of frames) socket.send(frame, { binary: false });
      if (ends.includes('alive')) socket.send('{"type":"ping","payload":{"last":true}}');
    };
    socket.on('open', () => {
      if (signsIn) socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
      else talk();
    });
    socket.on('message', (message: Buffer) => {
      const text = message.toString();
      if (text.startsWith('{"type":"connection_ack"')) talk();
      if (text === '{"type":"pong","payload":{"last":true}}') done('alive');
    });
    socket.on('close', (code, reason) => done(code, reason.toString()));
    socket.on('error', () => undefined);
  });
}
