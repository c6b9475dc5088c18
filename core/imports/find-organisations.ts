import { sql } from 'kysely';
import { PlainError } from '../../platform/plain-error.ts';
import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { ActorService } from '../actors/actor.service.ts';
import { type MatchedBy, type OrganisationVerdict, comparableCode, mentionKey } from '../names/match-organisation.ts';
import { matchOrganisations } from '../names/match-organisations.ts';
import type { AskedName } from '../names/name-question.rows.ts';
import { type ReadName, readName } from '../names/read-name.ts';
import type { Outcome } from '../outcome.ts';
import { foldName } from '../vocabulary/place-names.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { ImportOptions, NameMatch } from './import-run.ts';
import type { NamedOrganisation } from './source-record.ts';

/** The kind of an actor of which the file says none: better than a wrong one, and a coordinator finds them by it. */
const UNSPECIFIED = { code: 'unspecified', labels: { en: 'Kind not stated' } };
/** By which an organisation that an import registered is known again. */
const FROM_A_FILE = 'Named in a file that was imported.';

/** Who an organisation of a file is. */
export type FoundOrganisation =
  | { readonly kind: 'actor'; readonly id: string }
  /** Nobody in the hub, and the sender may not enter it. */
  | { readonly kind: 'unknown' }
  /** For a person to say; the likeliest first. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] };

/** Who the organisations of a file are in the hub. */
export interface Organisations {
  /** @param countries where the row places what it says: ISO 3166-1 alpha-2 */
  of(organisation: NamedOrganisation, countries: readonly string[]): FoundOrganisation;
  readonly matches: readonly NameMatch[];
  /** Those for a person to say. */
  readonly doubtful: readonly AskedName[];
  readonly registered: number;
}

interface Mentioned {
  readonly organisation: NamedOrganisation;
  readonly owns: boolean;
  readonly countries: readonly string[];
}

export interface OrganisationsSought {
  readonly named: readonly Mentioned[];
  readonly options: ImportOptions;
}

interface Standing {
  readonly id: string;
  readonly version: number;
  readonly isPending: boolean;
}

/** What was found by these is shown, so that a person may say otherwise. */
const TO_BE_SHOWN: readonly MatchedBy[] = ['ACRONYM', 'INITIALS', 'LIKENESS'];

/**
 * Finds the actors that a file's organisations are, in the caller's transaction: by whom the sender says they are for this file, else
 * as the matching of names has it. For a coordinator those that are nobody yet are registered.
 *
 * @throws PlainError when the sender names an actor that is none for it.
 */
export async function findOrganisations(
  work: Work,
  services: { readonly actors: ActorService; readonly vocabulary: VocabularyService },
  { named, options }: OrganisationsSought,
): Promise<Organisations> {
  const keys = new Keys();
  const { sought, alias } = distinct(named, keys);
  const said = new Map((options.names ?? []).map(({ name, actor }) => [foldName(name), actor ?? null]));
  const verdicts = await matchOrganisations(work, [...sought.values()].map(mentionOf));
  const verdictOf = (one: Mentioned): OrganisationVerdict =>
    verdicts.get(mentionKey(mentionOf(one))) ?? { kind: 'unknown' };
  const standings = await standingsOf(work, [
    ...[...said.values()].filter((id) => id !== null),
    ...[...verdicts.values()].flatMap((verdict) => (verdict.kind === 'sure' ? [verdict.actorId] : [])),
  ]);
  const entered = await enteredBefore(
    work,
    [...sought.values()].filter((one) => verdictOf(one).kind === 'doubtful'),
  );
  const found = new Map<string, FoundOrganisation>();
  const vouched = new Set<string>();
  const matches: NameMatch[] = [];
  const doubtful: AskedName[] = [];
  let registered = 0;
  for (const [key, one] of sought) {
    const { name } = one.organisation;
    const decision = said.get(foldName(name));
    const verdict: OrganisationVerdict = decision === undefined ? verdictOf(one) : { kind: 'unknown' };
    if (typeof decision === 'string') found.set(key, await take(one, decision, name));
    else if (verdict.kind === 'sure') {
      found.set(key, await take(one, verdict.actorId, name));
      const { actorId: actor, confidence } = verdict;
      if (TO_BE_SHOWN.includes(verdict.by)) matches.push({ name, actor, candidates: [{ actor, confidence }] });
    } else if (verdict.kind === 'doubtful') {
      const before = entered(one);
      if (before === null) {
        found.set(key, { kind: 'ambiguous', ids: verdict.candidates.map(({ actorId }) => actorId) });
        const candidates = verdict.candidates.map(({ actorId, confidence }) => ({ actor: actorId, confidence }));
        matches.push({ name, actor: null, candidates });
        doubtful.push({ mention: mentionOf(one), candidates: verdict.candidates });
      } else found.set(key, { kind: 'actor', id: before });
    } else if (mayCurate(work.viewer)) {
      const id = await register(one, keys.read(name));
      registered += 1;
      found.set(key, { kind: 'actor', id });
      if (one.owns && options.vouch) await vouch(id, 1);
    } else found.set(key, { kind: 'unknown' });
  }
  return {
    of: (organisation, countries) => {
      const key = keys.of(organisation, countries);
      return found.get(alias.get(key) ?? key) ?? { kind: 'unknown' };
    },
    matches,
    doubtful,
    registered,
  };

  async function take({ owns }: Mentioned, id: string, name: string): Promise<FoundOrganisation> {
    const standing = standings.get(id);
    if (!standing)
      throw new PlainError(`The hub has no actor ${id}, whom "${name.slice(0, 100)}" is said to mean: name another.`);
    if (owns && standing.isPending && options.vouch) await vouch(id, standing.version);
    return { kind: 'actor', id };
  }

  async function register({ organisation, countries }: Mentioned, { isAnyStates }: ReadName): Promise<string> {
    const { name, code, kind } = organisation;
    if (kind === null) await services.vocabulary.ensureTerms(work.em, 'actor_kind', [UNSPECIFIED]);
    const id = expectSaved(
      await services.actors.registerIn(work, {
        name: name.slice(0, 300).toWellFormed(),
        kind: kind ?? UNSPECIFIED.code,
        identifiers: code === null ? [] : [code],
        // A Ministry of Health is one country's.
        basedIn: isAnyStates && countries.length === 1 ? countries : [],
        source: FROM_A_FILE,
      }),
    );
    // It is written; what stays in memory would be compared with the database at every later write.
    work.em.clear();
    return id;
  }

  async function vouch(id: string, expectedVersion: number): Promise<void> {
    if (vouched.has(id)) return;
    vouched.add(id);
    const evidence = 'A coordinator vouched for it when a file with records of it was imported.';
    expectSaved(await services.actors.verifyIn(work, { id, expectedVersion, evidence }));
    work.em.clear();
  }
}

/** @throws when it was refused: what a name says was checked before, so that is a bug. */
function expectSaved(outcome: Outcome): string {
  if (outcome.kind === 'saved') return outcome.id;
  throw new Error(`an organisation of the file was refused: ${JSON.stringify(outcome)}`);
}

const mentionOf = ({ organisation: { name, code }, countries }: Mentioned) => ({ name, code, countries });

/** By what mentions of a file are one: their code, else their name in any spelling; of what any state has, by country too. */
class Keys {
  private readonly names = new Map<string, ReadName>();

  read(name: string): ReadName {
    const known = this.names.get(name) ?? readName(name);
    this.names.set(name, known);
    return known;
  }

  of(organisation: NamedOrganisation, countries: readonly string[]): string {
    const code = organisation.code && comparableCode(organisation.code.value);
    return code === null || organisation.code === null
      ? this.ofName(organisation.name, countries)
      : `code ${organisation.code.scheme.trim().toLowerCase()} ${code}`;
  }

  ofName(name: string, countries: readonly string[]): string {
    const { compact, plain, isAnyStates } = this.read(name);
    const called = compact || plain || name.trim();
    return isAnyStates ? `name ${called} ${countries.toSorted().join(' ')}` : `name ${called}`;
  }
}

/** Each once, in the order of the file; an owner where it owns anywhere, of the kind that any mention states, wherever it is at work. */
function distinct(
  named: readonly Mentioned[],
  keys: Keys,
): { readonly sought: ReadonlyMap<string, Mentioned>; readonly alias: ReadonlyMap<string, string> } {
  const sought = new Map<string, Mentioned>();
  for (const { organisation: written, owns, countries } of named) {
    const hasCode = written.code !== null && comparableCode(written.code.value) !== null;
    const organisation = hasCode ? written : { ...written, code: null };
    const key = keys.of(organisation, countries);
    const before = sought.get(key);
    sought.set(key, {
      organisation: {
        ...(before?.organisation ?? organisation),
        kind: before?.organisation.kind ?? organisation.kind,
      },
      owns: owns || before?.owns === true,
      countries: [...new Set([...(before?.countries ?? []), ...countries])].sort(),
    });
  }
  // A mention without a code is whoever the file calls so with one.
  const coded = new Map(
    [...sought]
      .filter(([key]) => !key.startsWith('name '))
      .map(([key, { organisation, countries }]) => [keys.ofName(organisation.name, countries), key] as const),
  );
  const alias = new Map<string, string>();
  for (const [key, one] of [...sought]) {
    const same = coded.get(key);
    const meant = same === undefined ? undefined : sought.get(same);
    if (same === undefined || !meant) continue;
    alias.set(key, same);
    sought.set(same, { ...meant, owns: one.owns || meant.owns });
    sought.delete(key);
  }
  return { sought, alias };
}

/** Of actors that the viewer sees and that are not merged, how they stand. */
async function standingsOf({ em, today }: Work, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Standing>`
    select id, version, vetting = 'pending' and coalesce(vetted_until, 'infinity') >= date '1970-01-01' + ${today}::int as "isPending"
    from actor where merged_into_id is null and id = any(${[...new Set(ids)]}::text[])`.execute(em.getKysely());
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Whom an earlier file of the same party had registered under this very name, where that is one actor: so that a file that comes again
 * means whom it meant, although by then others in the hub are called alike.
 */
async function enteredBefore(
  { em, viewer }: Work,
  doubtful: readonly Mentioned[],
): Promise<(one: Mentioned) => string | null> {
  const names = doubtful.map(({ organisation }) => organisation.name.slice(0, 300));
  if (names.length === 0) return () => null;
  const { rows } = await sql<{ id: string; name: string; basedIn: readonly string[] }>`
    select id, name, based_in_countries as "basedIn" from actor
    where merged_into_id is null and source = ${FROM_A_FILE} and registered_by is not distinct from ${viewer.actorId}
      and name = any(${names}::text[])`.execute(em.getKysely());
  const byName = Map.groupBy(rows, ({ name }) => name);
  return ({ organisation, countries }) => {
    const called = byName.get(organisation.name.slice(0, 300)) ?? [];
    const here = called.filter(({ basedIn }) => basedIn.join(' ') === countries.join(' '));
    const [only, other] = here.length > 0 ? here : called.filter(({ basedIn }) => basedIn.length === 0);
    return only && !other ? only.id : null;
  };
}
