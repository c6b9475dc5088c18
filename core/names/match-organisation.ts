import { confidenceOf } from './confidence.ts';
import { likeness } from './likeness.ts';
import { NameIndex, type OwnedName } from './name-index.ts';
import { type ReadName, readName } from './read-name.ts';
import { type WordWeights, weighWords } from './word-weights.ts';

/** An organisation as a file names it; `countries`: where the file places it or its work (ISO 3166-1 alpha-2), if it says. */
export interface OrganisationMention {
  readonly name: string;
  readonly code: { readonly scheme: string; readonly value: string } | null;
  readonly countries?: readonly string[];
}

/** An actor that mentions may mean. */
export interface KnownOrganisation {
  readonly id: string;
  readonly name: string;
  /** Other names, in other languages too, and short forms. */
  readonly aliases: readonly string[];
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  /** ISO 3166-1 alpha-2. */
  readonly basedIn: readonly string[];
}

/** By what an actor was found, the surest first. */
export const MATCHED_BY = ['DECISION', 'CODE', 'NAME', 'SPELLING', 'ACRONYM', 'INITIALS', 'LIKENESS'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

export interface OrganisationCandidate {
  readonly actorId: string;
  /** 0 to 1: of so many mentions found like this, this share means this actor. */
  readonly confidence: number;
  readonly by: MatchedBy;
}

export type OrganisationVerdict =
  /** To be linked without asking. */
  | { readonly kind: 'sure'; readonly actorId: string; readonly confidence: number; readonly by: MatchedBy }
  /** For a person to say; the likeliest first, then by id; at most five. */
  | { readonly kind: 'doubtful'; readonly candidates: readonly OrganisationCandidate[] }
  /** Nobody the viewer may know, or nobody can tell what is meant. */
  | { readonly kind: 'unknown' };

/** From here on a match is sure; below, a person is asked. Of what is linked, no more than one in two hundred should be wrong. */
export const SURE = 0.97;
/** What a person said. */
export const DECIDED = 1;
/** Below, nobody is asked: it is somebody else. */
export const DOUBTFUL = 0.1;
const MOST_CANDIDATES = 5;
/** With another as likely as this, even the likeliest is not sure. */
const RIVAL = 0.5;

const NEAR_SHARE = 0.4;
const MOST_COMPARED = 16;

/** What files write where they have no code, or no name. */
const NOTHING = new Set([
  '',
  '0',
  'na',
  'n a',
  'null',
  'none',
  'unknown',
  'tbd',
  'tbc',
  'other',
  'various',
  'nan',
  'value',
  'ref',
]);

/** A code as it is compared: without case and blanks; null for what stands for none, as `#N/A` and `-`. */
export function comparableCode(value: string): string | null {
  const plain = value
    .normalize('NFKC')
    .replaceAll(/[\s\p{C}]+/gu, '')
    .toUpperCase();
  const letters = plain
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
  return NOTHING.has(letters) ? null : plain;
}

/** What is equal for mentions that must get the same verdict. */
export function mentionKey({ name, code, countries = [] }: OrganisationMention): string {
  return JSON.stringify([name, code?.scheme.toLowerCase() ?? null, code?.value ?? null, [...countries].sort()]);
}

interface Known extends KnownOrganisation {
  readonly names: readonly OwnedName[];
}

/**
 * Says which actor each mention of an organisation means. Knows only the actors it is given, so that nobody learns of others. Built in
 * some 20 µs a name; a mention costs some 0.2 ms among 10,000 names.
 */
export class OrganisationMatcher {
  private readonly known: ReadonlyMap<string, Known>;
  private readonly byCode: ReadonlyMap<string, readonly string[]>;
  private readonly byPlain: ReadonlyMap<string, readonly OwnedName[]>;
  private readonly byCompact: ReadonlyMap<string, readonly OwnedName[]>;
  private readonly byAcronym: ReadonlyMap<string, readonly OwnedName[]>;
  private readonly byInitials: ReadonlyMap<string, readonly OwnedName[]>;
  private readonly index: NameIndex;
  private readonly weigh: WordWeights;

  constructor(organisations: readonly KnownOrganisation[]) {
    const known = organisations.map((organisation): Known => {
      const texts = [organisation.name, ...organisation.aliases.filter((alias) => alias !== organisation.name)];
      const names = texts.map((text, index) => ({ owner: organisation.id, name: readName(text), isMain: index === 0 }));
      return { ...organisation, names };
    });
    const all = known.flatMap(({ names }) => names).filter(({ name }) => name.words.length > 0);
    this.known = new Map(known.map((organisation) => [organisation.id, organisation]));
    this.byCode = new Map(
      [...indexBy(known, ({ identifiers }) => identifiers.flatMap((code) => codeKey(code) ?? []))].map(
        ([key, same]) => [key, same.map(({ id }) => id)],
      ),
    );
    this.byPlain = indexBy(all, ({ name }) => [name.plain]);
    this.byCompact = indexBy(all, ({ name }) => [name.compact]);
    this.byAcronym = indexBy(all, ({ name }) => name.statedAcronyms);
    this.byInitials = indexBy(all, ({ name }) => name.initials.filter(({ length }) => length >= 3));
    this.index = new NameIndex(all);
    this.weigh = weighWords(known.flatMap(({ names }) => names.map(({ name }) => name.words)));
  }

  /** @param refused actors of which a person has said that they are not meant */
  match(mention: OrganisationMention, refused: ReadonlySet<string> = new Set()): OrganisationVerdict {
    const name = readName(mention.name);
    const coded = this.coded(mention);
    const named = NOTHING.has(name.plain) || name.words.length === 0 ? [] : this.named(name, mention);
    const found = coded === null ? named : this.weighCodes(coded, named);
    return decide(found.filter(({ actorId }) => !refused.has(actorId)));
  }

  /** Who has the code; null when the mention has none, or nobody has it. */
  private coded({ code }: OrganisationMention): readonly string[] | null {
    const key = code && codeKey(code);
    return (key === null ? undefined : this.byCode.get(key)) ?? null;
  }

  /** The code decides; of several that have it, the one called so. Where it is one's code and another's very name, somebody is mistaken. */
  private weighCodes(ids: readonly string[], named: readonly OrganisationCandidate[]): OrganisationCandidate[] {
    const byCode = (actorId: string, confidence: number): OrganisationCandidate => ({
      actorId,
      confidence,
      by: 'CODE',
    });
    const called = named.filter(({ actorId, by }) => ids.includes(actorId) && (by === 'NAME' || by === 'SPELLING'));
    const [only] = called;
    if (only && called.length === 1) return [byCode(only.actorId, CERTAIN.CODE)];
    const others = named.filter(({ actorId, by }) => by === 'NAME' && !ids.includes(actorId));
    const isContradicted = others.length > 0 && !named.some(({ actorId }) => ids.includes(actorId));
    return [
      ...ids.map((actorId) => byCode(actorId, (CERTAIN.CODE / ids.length) * (isContradicted ? CONTRADICTED : 1))),
      ...(isContradicted ? others.map((candidate) => ({ ...candidate, confidence: RIVAL })) : []),
    ];
  }

  private named(name: ReadName, mention: OrganisationMention): OrganisationCandidate[] {
    const found = new Map<string, OrganisationCandidate>();
    const note = (actorId: string, confidence: number, by: MatchedBy): void => {
      if (confidence > (found.get(actorId)?.confidence ?? 0)) found.set(actorId, { actorId, confidence, by });
    };
    for (const { owner, isMain } of this.byPlain.get(name.plain) ?? []) {
      note(owner, name.isAcronym && !isMain ? CERTAIN.SHORT_ALIAS : CERTAIN.NAME, 'NAME');
    }
    for (const { owner } of this.byCompact.get(name.compact) ?? []) note(owner, CERTAIN.SPELLING, 'SPELLING');
    for (const acronym of shortFormsOf(name)) {
      const isWhole = acronym === name.compact;
      for (const { owner } of this.byAcronym.get(acronym) ?? []) {
        note(owner, isWhole ? CERTAIN.ACRONYM : CERTAIN.ACRONYM / 2, 'ACRONYM');
      }
      if (isWhole && name.isAcronym) {
        for (const { owner } of this.byInitials.get(acronym) ?? []) note(owner, CERTAIN.INITIALS, 'INITIALS');
      }
    }
    // Somebody is known by these letters alone, and the file writes them out.
    for (const initials of name.initials.filter(({ length }) => length >= 3)) {
      for (const { owner, name: short } of this.byCompact.get(initials) ?? []) {
        if (short.words.length === 1) note(owner, CERTAIN.INITIALS, 'INITIALS');
      }
    }
    for (const { owner, name: other } of this.index.nearest(name, NEAR_SHARE, MOST_COMPARED)) {
      const alike = confidenceOf(likeness(name, other, this.weigh));
      note(owner, isBranch(name, other) ? Math.max(alike, CERTAIN.BRANCH) : alike, 'LIKENESS');
    }
    return [...found.values()].flatMap((candidate) => this.inContext(candidate, name, mention));
  }

  /** What the rest of the mention says for and against a candidate found by its name. */
  private inContext(
    candidate: OrganisationCandidate,
    { isAnyStates }: ReadName,
    { code, countries = [] }: OrganisationMention,
  ): readonly OrganisationCandidate[] {
    const organisation = this.known.get(candidate.actorId);
    if (!organisation) return [];
    const hasOtherCode =
      code !== null &&
      codeKey(code) !== null &&
      organisation.identifiers.some(({ scheme }) => scheme.toLowerCase() === code.scheme.toLowerCase());
    const isElsewhere =
      countries.length > 0 &&
      organisation.basedIn.length > 0 &&
      !organisation.basedIn.some((country) => countries.includes(country));
    if (isAnyStates && isElsewhere) return [];
    const isItsCountrys = countries.length === 1 && organisation.basedIn.includes(countries[0] ?? '');
    const limit = hasOtherCode ? OTHER_CODE : isAnyStates && !isItsCountrys ? ANY_STATES : 1;
    return [{ ...candidate, confidence: Math.min(candidate.confidence, limit) }];
  }
}

/** What finding by anything but likeness is worth; see docs/decisions/0035 for how it was found. */
const CERTAIN = {
  CODE: 0.995,
  NAME: 0.99,
  SPELLING: 0.98,
  /** Short forms are shared by organisations that the hub does not know. */
  SHORT_ALIAS: 0.97,
  ACRONYM: 0.9,
  INITIALS: 0.5,
  /** `Oxfam Vanuatu`, of Oxfam: some are one organisation, more are two. */
  BRANCH: 0.12,
} as const;

/** Whether one name begins with all words of the other, and these say more than what kind of body it is. */
function isBranch(a: ReadName, b: ReadName): boolean {
  const [short, long] = a.words.length < b.words.length ? [a, b] : [b, a];
  return (
    !short.isAnyStates && short.compact.length >= 4 && short.words.every((word, index) => long.words[index] === word)
  );
}
/** It has a code of the same kind, and another one. */
const OTHER_CODE = 0.5;
/** The name that comes with its code is another's. */
const CONTRADICTED = 0.8;
/** There are many Ministries of Health. */
const ANY_STATES = 0.6;

function decide(candidates: readonly OrganisationCandidate[]): OrganisationVerdict {
  const likely = candidates
    .filter(({ confidence }) => confidence >= DOUBTFUL)
    .toSorted((a, b) => b.confidence - a.confidence || (a.actorId < b.actorId ? -1 : 1));
  const [first, second] = likely;
  if (!first) return { kind: 'unknown' };
  const isAlone = !second || second.confidence < RIVAL || isSurer(first, second);
  if (first.confidence >= SURE && isAlone) return { kind: 'sure', ...first };
  return { kind: 'doubtful', candidates: likely.slice(0, MOST_CANDIDATES) };
}

/** Who is called so outweighs who is only called alike; two that are called so do not. */
function isSurer(first: OrganisationCandidate, second: OrganisationCandidate): boolean {
  const firm: readonly MatchedBy[] = ['CODE', 'NAME', 'SPELLING', 'ACRONYM'];
  return (
    firm.includes(first.by) &&
    (first.by === 'CODE' ? second.by !== 'CODE' && second.confidence < RIVAL : !firm.includes(second.by))
  );
}

const shortFormsOf = (name: ReadName): readonly string[] => [
  ...new Set([...(name.words.length === 1 ? [name.compact] : []), ...name.statedAcronyms]),
];

function codeKey({ scheme, value }: { readonly scheme: string; readonly value: string }): string | null {
  const code = comparableCode(value);
  return code === null ? null : `${scheme.trim().toLowerCase()} ${code}`;
}

/** The values by each of their keys, in the order given. */
function indexBy<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const list = index.get(key);
      if (list) list.push(value);
      else index.set(key, [value]);
    }
  }
  return index;
}
