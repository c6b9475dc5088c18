/**
 * A push-to-pull bridge with a limit: what is pushed can be awaited item by item. When a reader falls further behind than
 * `limit`, its backlog is replaced by the single `overflow` item, so that memory stays bounded and the loss is not silent.
 * Written by hand because `return()` on an async generator waits for the pending `next()`, which may never come.
 */
export class BoundedStream<T> implements AsyncIterableIterator<T> {
  private backlog: T[] = [];
  private readonly readers: ((result: IteratorResult<T>) => void)[] = [];
  private ended = false;

  constructor(
    private readonly limit: number,
    private readonly overflow: T,
    private readonly onEnd: () => void,
  ) {}

  /** Hands the item to a waiting reader or keeps it; ignored after the end. */
  push(item: T): void {
    if (this.ended) return;
    const reader = this.readers.shift();
    if (reader) reader({ done: false, value: item });
    else if (this.backlog.length < this.limit) this.backlog.push(item);
    else this.backlog = [this.overflow];
  }

  /** Drops what was not read and lets every reader finish; a second call does nothing. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.backlog = [];
    for (const reader of this.readers.splice(0)) reader({ done: true, value: undefined });
    this.onEnd();
  }

  next(): Promise<IteratorResult<T>> {
    const [item] = this.backlog.splice(0, 1);
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.readers.push(resolve));
  }

  return(): Promise<IteratorResult<T>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
