import { isDatabaseAway } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import type { Notice, Notices } from '../../platform/notices.ts';
import { messageOf } from '../../platform/plain-error.ts';
import type { RequestContext } from '../../schema/context.ts';
import { ACCESS_CHANGED } from '../auth/access-changed.ts';

/** So that a thousand streams do not take all connections to the database at once. */
const CHECKED_AT_ONCE = 5;

/** A subscription or connection that stays open after its sign-in. */
export interface OpenStream {
  readonly context: RequestContext;
  /** Ends it, so that its client knows whether it was shut out or should come back. */
  end(why: 'shut out' | 'unavailable'): void;
}

/** Watches over what is open, and ends what nobody is entitled to any more. */
export class OpenStreams {
  private readonly open = new Set<OpenStream>();
  private readonly unsubscribe: () => void;

  constructor(
    notices: Notices,
    private readonly log: Log,
  ) {
    this.unsubscribe = notices.subscribe(ACCESS_CHANGED, (notice) => void this.checkConcerned(notice));
  }

  /** Watches over a stream until the returned function is called. */
  add(stream: OpenStream): () => void {
    this.open.add(stream);
    return () => this.open.delete(stream);
  }

  /** Ends the stream unless its client is still let in as when it began; tells whether it goes on. A right that cannot be checked is none. */
  async check(stream: OpenStream): Promise<boolean> {
    const { entitled, requestId } = stream.context;
    const isEntitled = await entitled().catch((error: unknown) => {
      if (isDatabaseAway(error)) {
        this.log.warn({ requestId, reason: messageOf(error) }, 'no database to check the right to a stream');
        return null;
      }
      this.log.error({ requestId, err: error }, 'the right to a stream could not be checked');
      return false;
    });
    if (isEntitled !== true) stream.end(isEntitled === null ? 'unavailable' : 'shut out');
    return isEntitled === true;
  }

  /** Ends what is open by a right that ran out by itself: a session, a key or a token that has expired. To be called now and then. */
  async checkAll(): Promise<void> {
    await this.checkEach([...this.open]);
  }

  /** Ends everything. */
  dispose(): void {
    this.unsubscribe();
    for (const stream of this.open) stream.end('unavailable');
  }

  private async checkConcerned(notice: Notice): Promise<void> {
    await this.checkEach([...this.open].filter((stream) => concerns(notice, stream)));
  }

  private async checkEach(concerned: readonly OpenStream[]): Promise<void> {
    for (let next = 0; next < concerned.length; next += CHECKED_AT_ONCE) {
      await Promise.all(concerned.slice(next, next + CHECKED_AT_ONCE).map((stream) => this.check(stream)));
    }
  }
}

/** After an interruption of notices, anybody may have been shut out meanwhile. */
function concerns(notice: Notice, { context: { viewer } }: OpenStream): boolean {
  return notice.kind === 'resumed' || [viewer.keyId, viewer.userId, viewer.actorId].includes(notice.id);
}
