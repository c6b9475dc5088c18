import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Concord, ConcordProtocolError, ConcordTransportError, type Suggestion } from '@concord/client-sdk';
import { badLine, type BadLine } from '../support/bad-line.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let line: BadLine;
let client: Concord;
let coordinatorKey: string;
let year = 2031;

beforeAll(async () => {
  hub = await workingHub();
  line = await badLine(hub.url, 'watch');
  const { key } = await hub.as('coordinator');
  coordinatorKey = key;
  client = new Concord({ url: line.url, apiKey: key });
});
afterAll(async () => {
  await line.close();
  await hub.close();
});

/** Two campaigns that would do the same work, in days of their own: one suggestion and at least one overlap more. */
async function makeTwins(): Promise<void> {
  year += 1;
  const footprint = {
    days: { start: `${String(year)}-03-01`, end: `${String(year)}-03-31` },
    places: ['NZ'],
    audiences: ['student'],
    themes: ['child_protection'],
    channels: ['radio'],
  };
  for (const name of ['One', 'Two']) {
    const editor = await hub.as('editor', await hub.actor({ name: `Example ${name} ${String(year)}` }));
    await idOf(mutate(editor, 'planCampaign', { name: `${name} ${String(year)}`, footprint }));
  }
  await hub.workers.quiet();
}

/** What a watcher is told about its line, to be waited for. */
function lineStates(): { onLine: (isOpen: boolean) => void; until(isOpen: boolean): Promise<void> } {
  const told: boolean[] = [];
  let wake = (): void => undefined;
  return {
    onLine: (isOpen) => {
      told.push(isOpen);
      wake();
    },
    until: async (isOpen) => {
      while (told.at(-1) !== isOpen) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The next suggestion of a year; those that only changed on the way are passed over. */
async function nextOf(suggestions: AsyncGenerator<Suggestion>, start: number): Promise<Suggestion> {
  for (;;) {
    const { done, value } = await suggestions.next();
    if (done === true) throw new Error('watching has ended');
    if (value.window?.start.startsWith(String(start)) === true) return value;
  }
}

describe('watching suggestions', () => {
  test('delivers what happens, and after a break what happened meanwhile, each once', async () => {
    const states = lineStates();
    const abort = new AbortController();
    const watched = client.suggestions.watch({ onLine: states.onLine, signal: abort.signal });
    const first = nextOf(watched, year + 1);
    await states.until(true);
    await makeTwins();
    const live = await first;
    expect(live).toMatchObject({ kind: 'AVOID_DUPLICATION', status: 'OPEN' });

    const second = nextOf(watched, year + 1);
    line.cut();
    await states.until(false);
    await makeTwins();
    line.mend();
    const missed = await second;
    expect(missed.kind).toBe('AVOID_DUPLICATION');
    expect(missed.id).not.toBe(live.id);

    // Nothing of before comes again: the next is what is made next.
    const third = watched.next();
    await states.until(true);
    await makeTwins();
    expect((await third).value?.window?.start).toBe(`${String(year)}-03-01`);
    const waiting = watched.next();
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  }, 60_000);

  test('from a change token on begins with what was written since', async () => {
    const { changeToken } = await client.suggestions.list({ first: 1 }).page();
    await makeTwins();
    const watched = client.suggestions.watch({ changedAfter: changeToken });
    expect((await watched.next()).value?.window?.start).toBe(`${String(year)}-03-01`);
    await watched.return();
  });

  test('of a corridor that is none says so', async () => {
    const watched = client.suggestions.watch({ corridor: 'no_such_corridor' });
    await expect(watched.next()).rejects.toThrow(ConcordProtocolError);
  });

  test('ends when the key opens nothing any more', async () => {
    const own = await hub.as('coordinator');
    const states = lineStates();
    const watched = new Concord({ url: hub.url, apiKey: own.key }).suggestions.watch({ onLine: states.onLine });
    const next = watched.next();
    next.catch(() => undefined);
    await states.until(true);
    const { apiKeys } = await own.query<{ apiKeys: { nodes: { id: string }[] } }>(
      '{ apiKeys(first: 1) { nodes { id } } }',
    );
    const coordinator = new Concord({ url: hub.url, apiKey: coordinatorKey });
    await coordinator.query('mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }', {
      input: { id: apiKeys.nodes[0]?.id },
    });
    await expect(next).rejects.toMatchObject({ name: 'ConcordTransportError', status: 401 });
  });
});

describe('watching overlaps', () => {
  test('delivers those of an actor', async () => {
    const of = await hub.actor({ name: 'Example Watched' });
    const states = lineStates();
    const watched = client.overlaps.watch({ of, onLine: states.onLine });
    onTestFinished(async () => {
      await watched.return();
    });
    const next = watched.next();
    await states.until(true);
    await makeTwins();
    const editor = await hub.as('editor', of);
    const days = { start: `${String(year)}-03-01`, end: `${String(year)}-03-31` };
    const footprint = { days, places: ['NZ'], audiences: ['student'] };
    await idOf(mutate(editor, 'planCampaign', { name: 'Watched', footprint }));
    const { value } = await next;
    expect(value?.sides.some(({ actor }) => actor?.id === of)).toBe(true);
  });

  test('on a hub that is not there says so only when waiting does not help', async () => {
    const nowhere = new Concord({ url: 'http://127.0.0.1:1', apiKey: 'k', retries: 0 });
    await expect(nowhere.overlaps.watch().next()).rejects.toThrow(ConcordTransportError);
  });
});
