import { setTimeout as delay } from 'node:timers/promises';
import {
  Concord,
  ConcordProblemError,
  ConcordProtocolError,
  ConcordTransportError,
} from '../../client-sdk/src/index.ts';
import { drawDays, drawFootprint } from '../hub/footprints.ts';
import type { Party } from '../hub/hub.ts';
import type { Draw } from '../hub/random.ts';

/** A record as its writer knows it to be: what the hub has confirmed. */
export interface Written {
  readonly kind: 'programme' | 'campaign' | 'calendar_entry';
  readonly id: string;
  name: string;
  version: number;
}

/** What all writers share. */
export interface Ledger {
  /** Mutations that the hub has confirmed. */
  acknowledged: number;
  /** Answers that never came or told of a fault: sent again with the same key, or looked up. */
  unanswered: number;
  /** Changes whose answer was lost although they were made. */
  foundMade: number;
  readonly records: Written[];
  readonly keys: { readonly actorId: string; readonly key: string; readonly id: string }[];
}

export const newLedger = (): Ledger => ({ acknowledged: 0, unanswered: 0, foundMade: 0, records: [], keys: [] });

const ATTEMPT_MS = 10_000;
const AGAIN_AFTER_MS = 150;

/** What is read, changed and read again of one kind of record. */
interface Changing {
  get(id: string): Promise<{ readonly version: number; readonly name: string } | null>;
  /** Sends the change once. */
  change(record: { readonly id: string; readonly expectedVersion: number; readonly name: string }): Promise<{
    readonly version: number;
  }>;
}

/**
 * One actor's officer who writes one thing after the other and gives up on none: a create is sent again with its key until it is
 * confirmed; a change whose answer was lost is looked up before it is sent again.
 */
export class Writer {
  private readonly hub: Concord;
  private readonly own: Written[] = [];
  private made = 0;

  constructor(
    private readonly party: Party,
    url: string,
    private readonly name: string,
    private readonly draw: Draw,
    private readonly ledger: Ledger,
  ) {
    this.hub = new Concord({ url, apiKey: party.key, timeoutMs: ATTEMPT_MS });
  }

  /** One mutation, confirmed. */
  async writeOne(): Promise<void> {
    const programmes = this.own.filter(({ kind }) => kind === 'programme');
    const campaigns = this.own.filter(({ kind }) => kind === 'campaign');
    const wish = this.draw.below(100);
    if (programmes.length === 0 || wish < 8) await this.register();
    else if (campaigns.length === 0 || wish < 20) await this.plan(this.draw.of(programmes));
    else if (wish < 32) await this.add(this.draw.of(campaigns));
    else await this.change(this.draw.of(this.own));
  }

  private register(): Promise<void> {
    const footprint = drawFootprint(this.draw);
    return this.create('programme', (name, clientMutationKey) =>
      this.hub.programmes.register({ clientMutationKey, name, footprint }),
    );
  }

  private plan(programme: Written): Promise<void> {
    const footprint = drawFootprint(this.draw);
    const message = { text: 'Example message', stance: this.draw.of(['deter', 'protect']) };
    return this.create('campaign', (name, clientMutationKey) =>
      this.hub.campaigns.plan({ clientMutationKey, name, programme: programme.id, footprint, messages: [message] }),
    );
  }

  private add(campaign: Written): Promise<void> {
    const footprint = { ...drawFootprint(this.draw), days: drawDays(this.draw) };
    return this.create('calendar_entry', (name, clientMutationKey) =>
      this.hub.calendar.add({ clientMutationKey, name, campaign: campaign.id, kind: 'OUTREACH', footprint }),
    );
  }

  private async create(
    kind: Written['kind'],
    send: (name: string, key: string) => Promise<{ readonly id: string; readonly version: number }>,
  ): Promise<void> {
    this.made += 1;
    const name = `${this.name} ${kind} ${String(this.made)}`;
    const key = `${this.name}-${String(this.made)}`.replaceAll(' ', '-');
    const { id, version } = await this.untilAnswered(() => send(name, key));
    const record = { kind, id, name, version };
    this.own.push(record);
    this.ledger.records.push(record);
    this.ledger.keys.push({ actorId: this.party.actorId, key, id });
    this.ledger.acknowledged += 1;
  }

  private async change(record: Written): Promise<void> {
    const name = `${record.name.replace(/ r\d+$/, '')} r${String(record.version)}`;
    const footprint = this.draw.below(3) === 0 ? drawFootprint(this.draw) : null;
    const changing = this.changing(record, footprint);
    for (;;) {
      const answer = await changing.change({ id: record.id, expectedVersion: record.version, name }).catch(isPassing);
      const stored = answer === null ? await this.untilAnswered(() => changing.get(record.id)) : answer;
      if (stored === null) throw new Error(`${record.id} was confirmed, and is not there`);
      if (stored.version === record.version) {
        this.ledger.unanswered += 1;
        await delay(AGAIN_AFTER_MS);
        continue;
      }
      if (stored.version !== record.version + 1)
        throw new Error(
          `${record.id}: version ${String(record.version + 1)} expected, found ${String(stored.version)}`,
        );
      if (answer === null) this.ledger.foundMade += 1;
      record.version = stored.version;
      record.name = name;
      this.ledger.acknowledged += 1;
      return;
    }
  }

  private changing({ kind }: Written, footprint: ReturnType<typeof drawFootprint> | null): Changing {
    const more = footprint === null ? {} : { footprint };
    switch (kind) {
      case 'programme':
        return {
          get: (id) => this.hub.programmes.get(id),
          change: (input) => this.hub.programmes.revise({ ...input, ...more }),
        };
      case 'campaign':
        return {
          get: (id) => this.hub.campaigns.get(id),
          change: (input) => this.hub.campaigns.revise({ ...input, ...more }),
        };
      case 'calendar_entry':
        return {
          get: (id) => this.hub.calendar.get(id),
          change: (input) => this.hub.calendar.revise({ ...input, ...more }),
        };
    }
  }

  private async untilAnswered<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        isPassing(error);
        this.ledger.unanswered += 1;
        await delay(AGAIN_AFTER_MS);
      }
    }
  }
}

/** Null for what a fault of the hub or of the line may look like to a client. @throws everything else */
function isPassing(error: unknown): null {
  if (error instanceof ConcordTransportError) return null;
  if (error instanceof ConcordProtocolError && (error.code === 'INTERNAL' || error.code === 'UNAVAILABLE')) return null;
  if (error instanceof ConcordProblemError && error.code === 'STALE_VERSION') return null;
  throw error;
}
