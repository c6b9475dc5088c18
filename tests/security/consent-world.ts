import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import { HUB_VIEWER, type Role, type Viewer } from '../../core/access/viewer.ts';
import { TellingService } from '../../core/notifications/telling.service.ts';
import { AnswerService } from '../../core/suggestions/answer.service.ts';
import type { SuggestionChange } from '../../core/suggestions/fold-proposals.ts';
import type { Proposal, ProposedParticipant } from '../../core/suggestions/proposal.ts';
import { RevealingService } from '../../core/suggestions/revealing.service.ts';
import { readHistory, writeChanges } from '../../core/suggestions/suggestion.rows.ts';
import { epochDay } from '../../engine/index.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';

/** Who takes part where; `x` takes part in nothing. */
export const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ['a', 'BD'],
  ['b', 'MY'],
  ['c', 'MY'],
  ['d', 'TH'],
]);
export const OUTSIDER = 'x';
/** Runs something as if it had not been called from within a transaction, which it would join otherwise. */
export const elsewhere = AsyncLocalStorage.snapshot();

const SCOPE = 'corridor:rohingya_andaman';

/** Four actors hidden from each other, a fifth beside them, and as many suggestions as wanted. A test decides when the worker runs. */
export interface ConsentWorld extends SuggestingWorld {
  readonly answers: AnswerService;
  /** The id of the actor with a letter, and back. */
  idOf(letter: string): string;
  letterOf(id: string): string;
  viewer(letter: string | null, role?: Role): Viewer;
  /** Makes suggestions with these participants, as composing writes them. */
  open(kind: Proposal['kind'], letters: readonly string[]): Promise<string>;
  revise(
    id: string,
    kind: Proposal['kind'],
    letters: readonly string[],
    beforeCommit?: () => Promise<unknown>,
  ): Promise<void>;
  /** Composing says the same in other words, as it does when days pass: worth something else, with another title. */
  restate(id: string, kind: Proposal['kind'], letters: readonly string[]): Promise<void>;
  expire(id: string): Promise<void>;
  /** What the job does, and the one that tells of it. */
  introduce(id: string, beforeCommit?: () => Promise<unknown>): Promise<void>;
  /** Resolves when a connection waits for a lock of another. */
  somebodyWaits(): Promise<void>;
}

export async function consentWorld(): Promise<ConsentWorld> {
  const world = await suggestingWorld();
  const ids = new Map<string, string>();
  for (const letter of [...COUNTRIES.keys(), OUTSIDER]) {
    const owner = savedId(await world.actors.register(HUB_VIEWER, { name: `Example ${letter}`, kind: 'national_ngo' }));
    savedId(await world.actors.verify(HUB_VIEWER, { id: owner, expectedVersion: 1, evidence: 'for a test' }));
    ids.set(letter, owner);
    const footprint = {
      days: { start: '2027-05-01', end: '2027-05-31' },
      places: [COUNTRIES.get(letter)],
      corridors: ['rohingya_andaman'],
      audiences: ['refugee_in_camp'],
      themes: ['people_smuggling'],
    };
    if (COUNTRIES.has(letter)) savedId(await world.campaigns.plan(HUB_VIEWER, { name: 'Example', owner, footprint }));
  }
  await world.settleAll();
  await withClient(world.database.adminUrl, async (client) => {
    await client.query(`update app.actor set visibility = 'partners'`);
    await client.query(`update app.campaign set visibility = 'partners'`);
  });

  const worker = world.worker.unitOfWork;
  const [composed] = await worker.run(HUB_VIEWER, ({ em, today }) => readHistory(em, SCOPE, epochDay(today)));
  if (!composed) throw new Error('nothing was composed');
  const { proposal } = composed;
  const idOf = (letter: string): string => ids.get(letter) ?? `no actor ${letter}`;
  const seatOf = (letter: string, index: number): ProposedParticipant => {
    const seat = proposal.participants.find(({ actor_id }) => actor_id === idOf(letter));
    if (!seat) throw new Error(`${letter} has no seat in what was composed`);
    return { ...seat, position: index + 1, lead: false };
  };
  const write = (
    id: string | null,
    letters: readonly string[],
    change: (said: Proposal) => SuggestionChange,
    beforeCommit?: () => Promise<unknown>,
  ): Promise<string> =>
    worker.run(HUB_VIEWER, async (work) => {
      if (id !== null) await sql`select from suggestion where id = ${id} for update`.execute(work.em.getKysely());
      const changes = [change({ ...proposal, participants: letters.map(seatOf) })];
      const written = await writeChanges(work.em, SCOPE, changes, { now: work.now, newId: () => work.newId('sug') });
      if (beforeCommit) await elsewhere(beforeCommit);
      return written[0] ?? '';
    });
  const revealing = new RevealingService();
  const telling = new TellingService(new Uint8Array(32).fill(3));
  let restated = 0;
  return {
    ...world,
    answers: new AnswerService(world.app.unitOfWork),
    idOf,
    letterOf: (id) => [...ids].find(([, known]) => known === id)?.[0] ?? `nobody known: ${id}`,
    viewer: (letter, role = 'editor') => ({
      keyId: `key_${role}_${letter ?? ''}`,
      userId: null,
      label: role,
      role,
      scopes: ['write'],
      actorId: letter === null ? null : idOf(letter),
    }),
    open: (kind, letters) => write(null, letters, (said) => ({ kind: 'open', proposal: { ...said, kind } })),
    revise: async (id, kind, letters, beforeCommit) => {
      const proposed = (said: Proposal): SuggestionChange => ({
        kind: 'revise',
        id,
        status: 'OPEN',
        material: true,
        proposal: { ...said, kind },
      });
      await write(id, letters, proposed, beforeCommit);
    },
    restate: async (id, kind, letters) => {
      restated += 1;
      const title = `Said for the ${String(restated)}th time`;
      await write(id, letters, (said) => ({
        kind: 'revise',
        id,
        status: 'OPEN',
        material: false,
        proposal: { ...said, kind, title, score: said.score / (1 + restated) },
      }));
    },
    expire: async (id) => {
      await write(id, [], () => ({ kind: 'close', id, status: 'EXPIRED' }));
    },
    introduce: async (id, beforeCommit) => {
      await worker.run(HUB_VIEWER, async (work) => {
        await revealing.revealEndorsers(work, id);
        if (beforeCommit) await elsewhere(beforeCommit);
      });
      await worker.run(HUB_VIEWER, (work) => telling.tellNews(work));
    },
    somebodyWaits: () =>
      withClient(world.database.adminUrl, async (client) => {
        const waiting = `select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`;
        while ((await client.query(waiting)).rowCount === 0);
      }),
  };
}
