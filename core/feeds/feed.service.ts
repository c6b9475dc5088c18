import { hashSecret } from '../access/api-key.ts';
import { record } from '../access/audit.ts';
import type { Peppers } from '../access/peppers.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Randomness } from '../../platform/ids.ts';
import { type Outcome, type Refused, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { BadRequest } from '../projection/selection.ts';
import type { Reads } from '../projection/reads.ts';
import { calendarFeedTarget, issueCalendarFeedInput } from './feed.input.ts';
import { countFeeds, findFeed, insertFeed, revokeFeed } from './feed.rows.ts';

export type IssueFeedOutcome = { readonly kind: 'issued'; readonly id: string; readonly token: string } | Refused;

const TOKEN_BYTES = 32;
/** Feeds are listed whole, so there are never more of one key or person. */
const FEEDS_PER_ISSUER = 20;

/** Gives out addresses of calendars, and takes them back. Reading them is for `FeedCalendar`. */
export class FeedService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reads: Reads,
    private readonly randomness: Randomness,
    private readonly peppers: Peppers,
  ) {}

  /** A new feed with the viewer's own rights. Its token is in this answer and nowhere else. */
  async issue(viewer: Viewer, input: unknown): Promise<IssueFeedOutcome> {
    const parsed = parse(issueCalendarFeedInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { label, mine, observances } = parsed.value;
    if (mine === true && viewer.actorId === null)
      return invalid([{ path: 'input.mine', message: 'You act for no actor: there are no entries of yours.' }]);
    const codes = await this.knownCodes(parsed.value);
    if (codes.kind === 'invalid') return codes;
    return this.unitOfWork.run(viewer, async (work) => {
      const found = (await countFeeds(work)) + 1;
      if (found > FEEDS_PER_ISSUER)
        return { kind: 'limit-exceeded', limit: 'calendar feeds', allowed: FEEDS_PER_ISSUER, found };
      const id = work.newId('cfd');
      const token = Buffer.from(this.randomness.bytes(TOKEN_BYTES)).toString('base64url');
      const { id: pepper, key: pepperKey } = this.peppers.current;
      const tokenHash = hashFeedToken(pepperKey, token);
      const { countries, corridors, themes } = codes;
      const filter = { countries, corridors, themes, mine: mine ?? false, observances: observances ?? false };
      await insertFeed(work, { id, label, tokenHash, pepper, ...filter });
      await record(work, 'calendar-feed.issued', id);
      return { kind: 'issued', id, token };
    });
  }

  /** The next read of it finds nothing. Doing it twice is doing it once. */
  revoke(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(calendarFeedTarget, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id } = parsed.value;
      const feed = await findFeed(work, id);
      if (!feed) return notFound(id);
      if (feed.revoked) return saved(id);
      await revokeFeed(work, id);
      await record(work, 'calendar-feed.revoked', id);
      return saved(id);
    });
  }

  private async knownCodes(given: {
    readonly countries?: readonly string[] | null | undefined;
    readonly corridors?: readonly string[] | null | undefined;
    readonly themes?: readonly string[] | null | undefined;
  }): Promise<
    | { kind: 'known'; countries: readonly string[]; corridors: readonly string[]; themes: readonly string[] }
    | Extract<Refused, { kind: 'invalid' }>
  > {
    const known = (kind: string, codes: readonly string[] | null | undefined, name: string) =>
      this.reads.knownCodes(kind, codes ?? [], `input.${name}`);
    try {
      return {
        kind: 'known',
        countries: await known('place', given.countries, 'countries'),
        corridors: await known('corridor', given.corridors, 'corridors'),
        themes: await known('theme', given.themes, 'themes'),
      };
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      const [path = 'input', ...message] = error.message.split(': ');
      return { kind: 'invalid', issues: [{ path, message: message.join(': ') }] };
    }
  }
}

/** What is stored instead of a token. It has 256 bits, and so needs no slow hash. */
export const hashFeedToken = (pepper: Uint8Array, token: string): string => hashSecret(pepper, `feed ${token}`);
