import type { CallOptions, Calls } from './calls.ts';
import type { TypedDocument } from './document.ts';
import { ConcordProtocolError } from './errors.ts';

/** What every list takes. */
export interface ListOptions<Filter, Order = never> extends CallOptions {
  /** How many to fetch at once, 1 to 100. Default 20. */
  readonly first?: number | undefined;
  readonly filter?: Filter | undefined;
  readonly orderBy?: Order | undefined;
}

/** One page. */
export interface Page<T> {
  readonly nodes: readonly T[];
  /** Pass it as `after` for the next page. Null: this is the last one. */
  readonly next: string | null;
  /** Pass it as `changedAfter` in the filter later, to get what was written since this answer. */
  readonly changeToken: string;
  /** How many the whole list has. Null unless asked for. */
  readonly total: number | null;
}

/** Which page. */
export interface PageOptions extends CallOptions {
  /** `next` of the page before. Default: the first page. */
  readonly after?: string | null | undefined;
  /** Have the whole list counted, which costs the hub about as much as the page. */
  readonly withTotal?: boolean | undefined;
}

/** What a connection answers. */
interface Connection<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly changeToken: string;
  readonly totalCount?: number | undefined;
}

/** A document whose root field is called `list` and is a connection. */
export type ListDocument<T, Variables> = TypedDocument<{ readonly list: Connection<T> }, Variables>;

/** A document that asks a node for a connection called `list`. */
type NodeListDocument<T, Variables> = TypedDocument<
  { readonly node: { readonly __typename: string; readonly list?: Connection<T> } | null },
  Variables
>;

const NOTHING: Connection<never> = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, changeToken: '' };

/** A list, fetched page by page while it is iterated, or one page at a time. Nothing is fetched before. */
export class Pages<T> implements AsyncIterable<T> {
  private readonly fetchPage: (options: PageOptions) => Promise<Page<T>>;

  private constructor(fetchPage: (options: PageOptions) => Promise<Page<T>>) {
    this.fetchPage = fetchPage;
  }

  /** The list that a document asks for. */
  static of<T, Variables>(
    calls: Calls,
    document: ListDocument<T, Variables>,
    variables: Variables,
    options: CallOptions,
  ): Pages<T> {
    return Pages.by(calls, document, variables, options, ({ list }) => list);
  }

  /** The list that a document asks a node for; empty where there is no such node, or you may not see it. */
  static inNode<T, Variables>(
    calls: Calls,
    document: NodeListDocument<T, Variables>,
    variables: Variables,
    options: CallOptions,
  ): Pages<T> {
    return Pages.by(calls, document, variables, options, ({ node }) => node?.list ?? NOTHING);
  }

  private static by<T, Result, Variables>(
    calls: Calls,
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    { signal }: CallOptions,
    listIn: (result: Result) => Connection<T>,
  ): Pages<T> {
    return new Pages(async ({ after, withTotal, ...options }) => {
      const asked = { ...variables, after: after ?? null, withTotal: withTotal ?? false };
      const list = listIn(await calls.read(document, asked, { signal: options.signal ?? signal }));
      const { nodes, changeToken, pageInfo, totalCount } = list;
      return { nodes, changeToken, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, total: totalCount ?? null };
    });
  }

  /** One page. */
  page(options: PageOptions = {}): Promise<Page<T>> {
    return this.fetchPage(options);
  }

  /** All pages in an array; for lists that are known to be short. */
  async all(): Promise<T[]> {
    const nodes: T[] = [];
    for await (const node of this) nodes.push(node);
    return nodes;
  }

  /** Every page. @throws {ConcordProtocolError} when the hub gives a cursor a second time, instead of going round for ever */
  async *pages(options: CallOptions = {}): AsyncGenerator<Page<T>, void, undefined> {
    const seen = new Set<string>();
    for (let after: string | null = null; ;) {
      const page: Page<T> = await this.fetchPage({ ...options, after });
      yield page;
      after = page.next;
      if (after === null) return;
      if (seen.has(after)) throw new ConcordProtocolError('The hub gave the same cursor twice: the list has no end.');
      seen.add(after);
    }
  }

  /** Every record. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { nodes } of this.pages()) yield* nodes;
  }
}
