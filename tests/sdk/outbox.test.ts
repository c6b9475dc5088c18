import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Concord, memoryStorage, Outbox, type OutboxStorage, webStorage } from '@concord/client-sdk';
import { badLine, type BadLine } from '../support/bad-line.ts';
import { type TestHub, testHub } from '../support/hub.ts';

let hub: TestHub;
let line: BadLine;
let key: string;
let online: Concord;

beforeAll(async () => {
  hub = await testHub();
  line = await badLine(hub.url, 'outbox');
  key = (await hub.as('editor', await hub.actor())).key;
  online = new Concord({ url: hub.url, apiKey: key });
});
afterAll(async () => {
  await line.close();
  await hub.close();
});
afterEach(() => {
  line.mend();
  line.breakUp(0);
});

/** A client on the bad line, as a program that has just been started finds it. */
const started = (outbox?: OutboxStorage): Concord => new Concord({ url: line.url, apiKey: key, outbox, retries: 1 });

async function namesLike(search: string): Promise<string[]> {
  return (await online.programmes.list({ filter: { search } }).all()).map(({ name }) => name);
}

describe('the outbox', () => {
  test('keeps what is written without a line, and sends it in order when the line returns', async () => {
    const storage = memoryStorage();
    line.cut();
    const { outbox } = started(storage);
    for (const name of ['Box a', 'Box b', 'Box c']) await outbox.add({ action: 'registerProgramme', input: { name } });
    const without = await outbox.flush();
    expect(without).toMatchObject({ sent: [], refused: [], interrupted: { name: 'ConcordTransportError' } });
    expect(without.waiting).toHaveLength(3);

    line.mend();
    const { sent, waiting, interrupted } = await started(storage).outbox.flush();
    expect(sent.map(({ record }) => record.name)).toEqual(['Box a', 'Box b', 'Box c']);
    expect([waiting, interrupted]).toEqual([[], null]);
    expect(await namesLike('Box ')).toEqual(['Box a', 'Box b', 'Box c']);
    expect((await outbox.flush()).sent).toEqual([]);
  });

  test('lets a draft refer to one that the hub does not know yet', async () => {
    const { outbox } = started();
    const programme = await outbox.add({ action: 'registerProgramme', input: { name: 'Parent' } });
    const campaign = await outbox.add({
      action: 'planCampaign',
      input: { name: 'Child', programme: Outbox.reference(programme) },
    });
    const days = { start: '2031-05-01', end: '2031-05-01' };
    await outbox.add({
      action: 'addCalendarEntry',
      input: { name: 'Grandchild', campaign: Outbox.reference(campaign), footprint: { days } },
    });
    const { sent } = await outbox.flush();
    const [parent, child, grandchild] = sent.map(({ record }) => record);
    expect(child).toMatchObject({ programme: { id: parent?.id } });
    expect(grandchild).toMatchObject({ campaign: { id: child?.id } });
  });

  test('keeps what is refused and what depends on it, and sends the rest', async () => {
    const { outbox } = started();
    const refused = await outbox.add({
      action: 'registerProgramme',
      input: { name: 'Refused', footprint: { places: ['XX'] } },
    });
    await outbox.add({ action: 'planCampaign', input: { name: 'Depends', programme: Outbox.reference(refused) } });
    await outbox.add({ action: 'registerProgramme', input: { name: 'Fine' } });
    const report = await outbox.flush();
    expect(report.sent.map(({ record }) => record.name)).toEqual(['Fine']);
    expect(report.refused).toMatchObject([{ id: refused.id, refused: { __typename: 'InvalidInput' } }]);
    expect(report.waiting.map(({ draft }) => draft.input)).toMatchObject([{ name: 'Depends' }]);
    expect((await outbox.flush()).refused).toEqual([]);

    await outbox.amend(refused.id, { action: 'registerProgramme', input: { name: 'Amended' } });
    const { sent } = await outbox.flush();
    expect(sent.map(({ record }) => record.name)).toEqual(['Amended', 'Depends']);
    expect(await outbox.entries()).toEqual([]);
  });

  test('reports a change to something that has changed meanwhile, and loses neither', async () => {
    const { id } = await online.programmes.register({ name: 'Contested' });
    const { outbox } = started();
    const entry = await outbox.add({ action: 'reviseProgramme', input: { id, expectedVersion: 1, name: 'Mine' } });
    await online.programmes.revise({ id, expectedVersion: 1, name: 'Theirs' });
    const { refused } = await outbox.flush();
    expect(refused).toMatchObject([{ id: entry.id, refused: { __typename: 'StaleVersion', stored: 2 } }]);
    expect((await online.programmes.get(id))?.name).toBe('Theirs');
    await outbox.amend(entry.id, { action: 'reviseProgramme', input: { id, expectedVersion: 2, name: 'Mine' } });
    await outbox.flush();
    expect((await online.programmes.get(id))?.name).toBe('Mine');
    const given = await outbox.add({ action: 'reviseProgramme', input: { id, expectedVersion: 1, name: 'No' } });
    await outbox.discard(given.id);
    expect((await outbox.flush()).refused).toEqual([]);
  });

  test('makes 60 drafts 60 records, whatever breaks and however often the program is started anew', async () => {
    const storage = memoryStorage();
    for (let index = 0; index < 60; index += 1) {
      await started(storage).outbox.add({ action: 'registerProgramme', input: { name: `Many ${String(index)}` } });
    }
    line.breakUp(1 / 2);
    let flushes = 0;
    for (let left = 60; left > 0; flushes += 1) left = (await started(storage).outbox.flush()).waiting.length;
    line.breakUp(0);
    process.stdout.write(`60 drafts were sent in ${String(flushes)} flushes\n`);
    expect(flushes).toBeGreaterThan(1);
    const names = await namesLike('Many ');
    expect([names.length, new Set(names).size]).toEqual([60, 60]);
  }, 60_000);

  test('sends each draft once when it is flushed twice at the same time', async () => {
    const { outbox } = started();
    for (const name of ['Twice a', 'Twice b']) await outbox.add({ action: 'registerProgramme', input: { name } });
    const reports = await Promise.all([outbox.flush(), outbox.flush()]);
    expect(reports.map(({ sent }) => sent.length)).toEqual([2, 0]);
  });

  test('keeps its drafts in a browser, apart from those of others', async () => {
    const kept = new Map([['something else', 'x']]);
    const browser = {
      get length() {
        return kept.size;
      },
      key: (index: number) => [...kept.keys()][index] ?? null,
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    };
    const mine = started(webStorage(browser, 'mine.')).outbox;
    const others = started(webStorage(browser, 'others.')).outbox;
    await mine.add({ action: 'registerProgramme', input: { name: 'In a browser' } });
    await others.add({ action: 'registerProgramme', input: { name: 'Of others' } });
    const { sent } = await started(webStorage(browser, 'mine.')).outbox.flush();
    expect(sent.map(({ record }) => record.name)).toEqual(['In a browser']);
    expect(await others.entries()).toHaveLength(1);
    expect(kept.get('something else')).toBe('x');
  });
});
