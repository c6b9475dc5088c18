import {
  Concord,
  ConcordProblemError,
  ConcordTransportError,
  isProblem,
  type OutboxStorage,
  type Suggestion,
} from '@concord/client-sdk';

/** A hub, and two who plan in two countries of one corridor. */
export interface Visit {
  readonly url: string;
  readonly keys: readonly [string, string];
  readonly storage?: OutboxStorage;
}

/** What was seen on the way, the same in every runtime. */
export type Seen = Readonly<Record<string, unknown>>;

const FOOTPRINT = {
  days: { start: '2031-03-01', end: '2031-03-31' },
  corridors: ['rohingya_andaman'],
  audiences: ['refugee_in_camp'],
  themes: ['people_smuggling'],
};

/** Whatever of the client depends on the platform: fetch, streams, randomness, timers, signals, storage. */
export async function tour({ url, keys, storage }: Visit): Promise<Seen> {
  const [first, second] = keys.map((apiKey) => new Concord({ url, apiKey, ...(storage && { outbox: storage }) }));
  if (!first || !second) throw new Error('two keys are needed');
  const { role } = await first.viewer();
  const tried = await first.programmes.tryRegister({ name: '' });
  const verdicts = await first.programmes.registerMany([{ name: 'Row 1' }, { name: '' }, { name: 'Row 3' }]);
  const names: string[] = [];
  for await (const { name } of first.programmes.list({ first: 1, filter: { search: 'Row ' } })) names.push(name);
  await first.outbox.add({ action: 'registerProgramme', input: { name: 'Written on the boat' } });
  const { sent, waiting } = await first.outbox.flush();
  return {
    role,
    problem: isProblem(tried) && tried.code,
    thrown: await failureOf(first.programmes.register({ name: '' })),
    unreachable: await failureOf(new Concord({ url: 'http://127.0.0.1:9', apiKey: 'x', retries: 0 }).viewer()),
    wrongKey: await failureOf(new Concord({ url, apiKey: 'ccd_wrong' }).viewer()),
    aborted: await failureOf(first.viewer({ signal: AbortSignal.abort(new Error('by the caller')) })),
    verdicts: verdicts.map(({ kind }) => kind),
    names,
    outbox: [sent.length, waiting.length],
    event: await nextSuggestion(first, async () => {
      await first.campaigns.plan({ name: 'Here', footprint: { ...FOOTPRINT, places: ['BD'] } });
      await second.campaigns.plan({ name: 'There', footprint: { ...FOOTPRINT, places: ['MY'] } });
    }),
  };
}

async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (error instanceof ConcordProblemError) return error.code;
    if (error instanceof ConcordTransportError) return `status ${String(error.status)}`;
    return error instanceof Error ? error.message : String(error);
  }
}

/** The kind of the first suggestion that is told of over a line, once that is open and something was done. */
async function nextSuggestion(hub: Concord, act: () => Promise<void>): Promise<Suggestion['kind'] | null> {
  let acted: Promise<void> | undefined;
  const onLine = (isOpen: boolean): void => {
    if (isOpen) acted ??= act();
  };
  for await (const { kind } of hub.suggestions.watch({ onLine, addressedToMe: true })) {
    await acted;
    return kind;
  }
  return null;
}
