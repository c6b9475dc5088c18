import type { Mention } from './organisations.ts';

/** A mention with its name as the database folds names; those of one key are together one organisation. */
export interface FoldedMention extends Mention {
  readonly fold: string;
  /** It is the publisher of an activity. */
  readonly publishes: boolean;
}

/** An actor of the hub that mentions may mean. */
export interface KnownActor {
  readonly id: string;
  /** Its IATI identifiers in upper case. */
  readonly refs: readonly string[];
  /** Its folded names and aliases. */
  readonly folds: readonly string[];
}

/** One organisation of a file, and the actor that it is; null: nobody in the hub yet. */
export interface AssignedOrganisation {
  /** The key of every mention of it. */
  readonly keys: readonly string[];
  readonly actorId: string | null;
  /** The file identifies it, and the actor does not have that identifier yet. */
  readonly lacksRef: boolean;
  /** What a new actor is called; the publisher's own words before those of others. */
  readonly mention: Mention;
  readonly publishes: boolean;
}

/**
 * Which actor each organisation of a file is. With an identifier: the actor that has it; else one of that name without any (there
 * are many Ministries of Foreign Affairs), which takes the identifier and so is taken. Without: the identified organisation of the
 * file with that name, else the actor of that name. Ties go to the smallest identifier, and to the actor that comes first in `known`.
 *
 * Depends on the set of mentions and not on their order, and when what it says is done, it says the same again: loading a file
 * twice finds the same actors. In O(m log m).
 */
export function assignActors(mentions: readonly FoldedMention[], known: readonly KnownActor[]): AssignedOrganisation[] {
  const actorsByRef = indexBy(known, ({ refs }) => refs);
  const actorsByFold = indexBy(known, ({ folds }) => folds);
  const taken = new Set<string>();
  const identified = groupsInOrder(mentions, ({ ref }) => ref?.toUpperCase() ?? null).map(([ref, same]) => {
    const named = same
      .flatMap(({ fold }) => actorsByFold.get(fold) ?? [])
      .find(({ id, refs }) => refs.length === 0 && !taken.has(id));
    const actorId = (actorsByRef.get(ref)?.[0] ?? named)?.id ?? null;
    if (actorId !== null) taken.add(actorId);
    return { same, actorId, lacksRef: actorsByRef.get(ref) === undefined };
  });
  const identifiedByFold = indexBy(identified, ({ same }) => same.map(({ fold }) => fold));
  const unidentified: { same: FoldedMention[]; actorId: string | null; lacksRef: boolean }[] = [];
  for (const [fold, same] of groupsInOrder(mentions, ({ ref, fold }) => (ref === null ? fold : null))) {
    const organisation = identifiedByFold.get(fold)?.[0];
    if (organisation) organisation.same.push(...same);
    else unidentified.push({ same, actorId: actorsByFold.get(fold)?.[0]?.id ?? null, lacksRef: false });
  }
  return [...identified, ...unidentified].map(({ same, actorId, lacksRef }) => ({
    keys: same.map(({ key }) => key),
    actorId,
    lacksRef,
    mention: represent(same),
    publishes: same.some(({ publishes }) => publishes),
  }));
}

/** The first mention, a publisher's own before others'; of the kind that any of them states. */
function represent(same: readonly FoldedMention[]): Mention {
  const ordered = [...same.filter(({ publishes }) => publishes), ...same.filter(({ publishes }) => !publishes)];
  const [first] = ordered;
  if (!first) throw new Error('an organisation without a mention');
  const { key, name, names } = first;
  const ref = ordered.find((mention) => mention.ref !== null)?.ref ?? null;
  return { key, ref, name, names, kind: ordered.find(({ kind }) => kind !== null)?.kind ?? null };
}

/** The groups of those that have a key, in order of key. */
function groupsInOrder<T>(values: readonly T[], keyOf: (value: T) => string | null): (readonly [string, T[]])[] {
  const groups = [...Map.groupBy(values, keyOf)].flatMap(([key, group]) =>
    key === null ? [] : [[key, group] as const],
  );
  return groups.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The values by each of their keys, in the order given. */
function indexBy<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const keyed = values.flatMap((value) => [...new Set(keysOf(value))].map((key) => ({ key, value })));
  return new Map([...Map.groupBy(keyed, ({ key }) => key)].map(([key, same]) => [key, same.map(({ value }) => value)]));
}
