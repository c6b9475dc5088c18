import type { GraphQLResolveInfo } from 'graphql';
import { mayAnswer } from '../core/access/viewer.ts';
import type { OutboxEventKind } from '../core/outbox/events.ts';
import { addressedTo } from '../core/outbox/routes.ts';
import { select } from '../core/projection/selection.ts';
import type { Notice } from '../platform/notices.ts';
import type { RequestContext } from './context.ts';
import { selectionOf } from './selection.ts';

/** What a subscription follows: notices of a kind, about records of a type whose view has a filter `ids`. */
export interface Followed {
  readonly kind: OutboxEventKind;
  /** Also those of this kind that are addressed to the subscriber's actor, for whoever answers in its name. */
  readonly private?: OutboxEventKind;
  readonly type: string;
  /** As the list of that type takes it; what does not fit is not delivered. */
  readonly filter?: Readonly<Record<string, unknown>>;
}

/** One event of a subscription: the record as asked for, or what went wrong when it was read. */
export type Delivery = { readonly record: unknown } | { readonly fault: unknown };

/** The record of a delivery, as the resolver of a subscription field answers. @throws what went wrong. */
export function delivered(delivery: Delivery): unknown {
  if ('fault' in delivery) throw delivery.fault;
  return delivery.record;
}

/** The filter of a subscription without what its caller left out. */
export function given(filter: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined));
}

/**
 * The records that notices are about, from now on, each read when it is delivered, under the subscriber's own rights: what it may
 * not see, or what does not fit the filter, is not delivered. After an interruption, everything that was written meanwhile.
 */
export function follow(
  context: RequestContext,
  info: GraphQLResolveInfo,
  followed: Followed,
): AsyncIterableIterator<Delivery> {
  return new Following(context, info, followed);
}

const LARGEST_PAGE = 100;

/** Written by hand because `return()` on an async generator waits for the pending `next()`, which may never come. */
class Following implements AsyncIterableIterator<Delivery> {
  private readonly notices: AsyncIterableIterator<Notice>;
  private readonly read: Delivery[] = [];
  /** Up to which change everything was delivered when the connection was last known to be good. */
  private seen: Promise<string>;

  constructor(
    private readonly context: RequestContext,
    private readonly info: GraphQLResolveInfo,
    private readonly followed: Followed,
  ) {
    const { viewer } = context;
    const addressed = followed.private && mayAnswer(viewer) ? [addressedTo(viewer.actorId, followed.private)] : [];
    this.notices = context.notices.stream([followed.kind, ...addressed]);
    this.seen = this.list({}, ['changeToken']).then(changeTokenOf);
    // Looked at only after an interruption.
    this.seen.catch(() => undefined);
  }

  async next(): Promise<IteratorResult<Delivery>> {
    for (;;) {
      const delivery = this.read.shift();
      if (delivery !== undefined) return this.deliver(delivery);
      const { done, value } = await this.notices.next();
      if (done === true) return { done, value: undefined };
      try {
        const records = value.kind === 'changed' ? await this.records({ ids: [value.id] }) : await this.missed();
        this.read.push(...records.map((record) => ({ record })));
      } catch (fault) {
        this.read.push({ fault });
      }
    }
  }

  async return(): Promise<IteratorResult<Delivery>> {
    await this.notices.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Nothing reaches somebody who was shut out after it was read. */
  private async deliver(delivery: Delivery): Promise<IteratorResult<Delivery>> {
    const isEntitled = await this.context.entitled().catch(() => false);
    return isEntitled ? { done: false, value: delivery } : this.return();
  }

  private async missed(): Promise<unknown[]> {
    const changedAfter = await this.seen;
    this.seen = this.list({}, ['changeToken']).then(changeTokenOf);
    await this.seen;
    return this.records({ changedAfter });
  }

  private async records(filter: Readonly<Record<string, unknown>>): Promise<unknown[]> {
    const nodes = select('nodes', selectionOf(this.info).fields);
    const pageInfo = select('pageInfo', ['hasNextPage', 'endCursor']);
    const records: unknown[] = [];
    for (let after: string | null = null; ;) {
      const page = (await this.list(filter, [nodes, pageInfo], after)) as Page;
      records.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return records;
      after = page.pageInfo.endCursor;
    }
  }

  private list(
    filter: Readonly<Record<string, unknown>>,
    fields: Parameters<typeof select>[1],
    after: string | null = null,
  ): Promise<unknown> {
    const { type, filter: own = {} } = this.followed;
    const args = { first: LARGEST_PAGE, after, filter: { ...own, ...filter } };
    return this.context.reads.connection(this.context.viewer, type, select('list', fields, args));
  }
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A change token as the filter takes it: what GraphQL would have parsed. */
function changeTokenOf(answer: unknown): string {
  const { changeToken } = answer as { changeToken: string };
  return Buffer.from(changeToken, 'base64').toString('utf8');
}
