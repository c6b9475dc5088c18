import { Concord, ConcordProblemError } from '../client-sdk/src/index.ts';
import { openFaultHub } from './hub/hub.ts';
import { drawing } from './hub/random.ts';
import type { Finding, Run } from './promise.ts';

const CLIENTS = 16;
const LISTS = 5;

/** All write for one party, so that all may change its records: what its key may spend is not what is tried here. */
const UNBOUNDED = { COST_PER_MINUTE: '1000000000', COST_PER_HOUR: '1000000000' };

/** What a client saw of a list: at which version it held what. */
interface Seen {
  readonly list: string;
  readonly version: number;
  readonly items: readonly string[];
  readonly startedAt: number;
  readonly endedAt: number;
}

interface Append extends Seen {
  readonly item: string;
}

/**
 * As Elle does: clients append to lists by reading one and writing it back with one item more, under the version that they read. The
 * hub promises that such histories are serialisable. Every operation is about one record, so it is enough that each record's own
 * history is: its versions are the order, and linearisability is local.
 */
export async function listappend({ seed, smoke, say }: Run): Promise<Finding> {
  const [appendsEach, races] = smoke ? [15, 20] : [60, 100];
  const hub = await openFaultHub();
  try {
    const [party] = await hub.parties(1);
    const server = await hub.startServer({ env: UNBOUNDED });
    const client = new Concord({ url: server.url, apiKey: party?.key ?? '' });
    const lists = await Promise.all(
      Array.from({ length: LISTS }, (_, at) =>
        client.programmes.register({ name: `Example list ${String(at)}`, description: 'start' }),
      ),
    );
    const read = async (list: string): Promise<Seen> => {
      const startedAt = performance.now();
      const { node } = await client.query<{ node: { version: number; description: string } }>(
        `query { node(id: "${list}") { ... on Programme { version description } } }` as never,
      );
      return {
        list,
        version: node.version,
        items: node.description.split(' ').slice(1),
        startedAt,
        endedAt: performance.now(),
      };
    };
    const reads: Seen[] = [];
    const appends: Append[] = [];
    let refused = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, at) => {
        const draw = drawing(`${String(seed)} ${String(at)}`);
        for (let number = 0; number < appendsEach;) {
          const { id } = draw.of(lists);
          const seen = await read(id);
          reads.push(seen);
          const item = `${String(at)}.${String(number)}`;
          const startedAt = performance.now();
          try {
            const description = ['start', ...seen.items, item].join(' ');
            const { version } = await client.programmes.revise({ id, expectedVersion: seen.version, description });
            appends.push({
              list: id,
              version,
              item,
              items: [...seen.items, item],
              startedAt,
              endedAt: performance.now(),
            });
            number += 1;
          } catch (error) {
            if (!(error instanceof ConcordProblemError && error.code === 'STALE_VERSION')) throw error;
            refused += 1;
          }
        }
      }),
    );
    const finals = await Promise.all(lists.map(({ id }) => read(id)));
    const anomalies = [
      ...finals.flatMap((final) => anomaliesOf(final, reads, appends)),
      ...(await skewed(client, races)),
    ];
    for (const anomaly of anomalies.slice(0, 20)) say(anomaly);
    return {
      id: 'R7',
      command: 'listappend',
      demanded: 'appends and reads are serialisable, no write skew: 0 anomalies',
      measured: `${String(anomalies.length)} anomalies in ${String(appends.length)} appends (${String(refused)} refused as stale), ${String(reads.length)} reads, ${String(2 * races)} races of parent and child`,
      seed,
      kept: anomalies.length === 0 && refused > 0,
    };
  } finally {
    await hub.close();
  }
}

/** Where a history is not that of one list that only grows, each append after what it read, nothing read older than what was confirmed before. */
function anomaliesOf(final: Seen, reads: readonly Seen[], appends: readonly Append[]): string[] {
  const found: string[] = [];
  const mine = appends.filter(({ list }) => list === final.list);
  const say = (what: string): void => {
    found.push(`${final.list}: ${what}`);
  };
  for (const { item, version } of mine) {
    const times = final.items.filter((one) => one === item).length;
    if (times !== 1) say(`${item} was confirmed, and is there ${String(times)} times`);
    if (final.items[version - 2] !== item) say(`${item} was version ${String(version)}, and stands elsewhere`);
  }
  if (final.items.length !== mine.length) say(`${String(mine.length)} appends, ${String(final.items.length)} items`);
  for (const seen of [...reads.filter(({ list }) => list === final.list), ...mine]) {
    const prefix = final.items.slice(0, seen.version - 1);
    if (prefix.join() !== seen.items.join())
      say(`version ${String(seen.version)} was seen as ${seen.items.join()}, was ${prefix.join()}`);
    const confirmed = Math.max(
      1,
      ...mine.filter(({ endedAt }) => endedAt < seen.startedAt).map(({ version }) => version),
    );
    if (seen.version < confirmed)
      say(`version ${String(seen.version)} was seen after ${String(confirmed)} was confirmed`);
  }
  return found;
}

/** Two people act on a whole and on a part of it at once: no part may live on in what was given up. */
async function skewed(client: Concord, races: number): Promise<string[]> {
  const found: string[] = [];
  for (let race = 0; race < races; race += 1) {
    const programme = await client.programmes.register({ name: `Example race ${String(race)}` });
    const [, planned] = await Promise.allSettled([
      client.programmes.withdraw(programme),
      client.campaigns.plan({ name: `Example race ${String(race)}`, programme: programme.id }),
    ]);
    const [over, part] = [
      await client.programmes.get(programme.id),
      planned.status === 'fulfilled' ? planned.value.id : null,
    ];
    const living = part === null ? null : await client.campaigns.get(part);
    if (over?.status === 'WITHDRAWN' && living !== null && living.status !== 'CANCELLED')
      found.push(`campaign ${living.id} lives in ${over.id}, which is withdrawn`);

    const campaign = await client.campaigns.plan({ name: `Example race ${String(race)}` });
    const days = { start: '2027-03-01', end: '2027-03-02' };
    const [, added] = await Promise.allSettled([
      client.campaigns.cancel(campaign),
      client.calendar.add({
        name: `Example race ${String(race)}`,
        campaign: campaign.id,
        kind: 'OUTREACH',
        footprint: { days },
      }),
    ]);
    const [off, entry] = [
      await client.campaigns.get(campaign.id),
      added.status === 'fulfilled' ? added.value.id : null,
    ];
    const alive = entry === null ? null : await client.calendar.get(entry);
    if (off?.status === 'CANCELLED' && alive !== null && alive.status !== 'CANCELLED')
      found.push(`entry ${alive.id} lives in ${off.id}, which is cancelled`);
  }
  return found;
}
