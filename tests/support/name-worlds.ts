/** A name as somebody wrote it, and whom it means; null: nobody whom the hub knows. */
export interface LabelledName {
  readonly written: string;
  readonly means: string | null;
  /** What was done to it. */
  readonly change: string;
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Change = (name: string, random: () => number) => string | null;

const pick = <T>(values: readonly T[], random: () => number): T | undefined =>
  values[Math.floor(random() * values.length)];
const words = (name: string): string[] => name.split(/\s+/u).filter(Boolean);
const SMALL = new Set(['the', 'of', 'for', 'and', 'in', 'de', 'la', 'des', 'du', 'to']);

function initials(name: string): string {
  return words(name)
    .filter((word) => !SMALL.has(word.toLowerCase()) && /^\p{L}/u.test(word))
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

/** Deletes, doubles, swaps or replaces one letter of a word of at least five. */
const mistype: Change = (name, random) => {
  const all = words(name);
  const long = all.flatMap((word, index) => (word.length >= 5 ? [index] : []));
  const index = pick(long, random);
  const word = index === undefined ? undefined : all[index];
  if (index === undefined || word === undefined) return null;
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [head, letter, tail] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const mistyped = [
    head + tail,
    head + letter + letter + tail,
    head + tail.charAt(0) + letter + tail.slice(1),
    head + (pick([...'aeioust'], random) ?? 'a') + tail,
  ];
  all[index] = pick(mistyped, random) ?? word;
  const result = all.join(' ');
  return result === name ? null : result;
};

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bInternational\b/u, 'Intl'],
  [/\bOrgani[sz]ation\b/u, 'Org.'],
  [/\bAssociation\b/u, 'Assoc.'],
  [/\bDevelopment\b/u, 'Dev.'],
  [/\bMinistry\b/u, 'Min.'],
  [/\bDepartment\b/u, 'Dept.'],
  [/\bGovernment\b/u, 'Govt'],
  [/\bNational\b/u, "Nat'l"],
  [/\bUniversity\b/u, 'Univ.'],
  [/\bUnited Nations\b/u, 'UN'],
  [/\band\b/u, '&'],
];

/** What people and spreadsheets do to the name of an organisation that stays the same. */
const CHANGES: Readonly<Record<string, Change>> = {
  none: (name) => name,
  case: (name, random) => (random() < 0.5 ? name.toUpperCase() : name.toLowerCase()),
  padding: (name, random) => ` ${words(name).join(random() < 0.5 ? '  ' : '\u00a0')} `,
  typo: mistype,
  'two typos': (name, random) => {
    const once = mistype(name, random);
    return once === null ? null : mistype(once, random);
  },
  accents: (name) => {
    const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    return plain === name ? null : plain;
  },
  'legal form': (name, random) => {
    const without = name.replace(/,? (?:Inc|Ltd|Limited|LLC|GmbH|e\.?V|plc|LLP)\.?$/iu, '');
    return without === name ? `${name} ${pick(['Inc.', 'Ltd', 'e.V.', 'Limited'], random) ?? ''}` : without;
  },
  'acronym added': (name, random) => {
    const short = initials(name);
    if (short.length < 3) return null;
    return random() < 0.5 ? `${name} (${short})` : `${short} - ${name}`;
  },
  'acronym alone': (name) => {
    const short = initials(name);
    return short.length >= 3 && short.length <= 6 ? short : null;
  },
  abbreviated: (name) => {
    const short = ABBREVIATIONS.reduce((text, [word, by]) => text.replace(word, by), name);
    return short === name ? null : short;
  },
  'small words left out': (name) => {
    const left = words(name).filter((word) => !SMALL.has(word.toLowerCase()));
    return left.length < 2 || left.length === words(name).length ? null : left.join(' ');
  },
  'order of words': (name) => {
    const all = words(name);
    const last = all.pop();
    return last === undefined || all.length < 2 ? null : `${last}, ${all.join(' ')}`;
  },
  'cut off': (name) => (name.length > 38 ? name.slice(0, 32) : null),
  'a word left out': (name, random) => {
    const all = words(name);
    if (all.length < 4) return null;
    all.splice(1 + Math.floor(random() * (all.length - 1)), 1);
    return all.join(' ');
  },
};

const BRANCHES = ['Nepal', 'Norway', 'Kenya', 'Sri Lanka', 'Australia', 'Foundation', 'UK', 'Myanmar'];

/** What makes another organisation of a name: its branch elsewhere, or another place in its name. */
const OTHERS: Readonly<Record<string, Change>> = {
  'another branch': (name, random) => `${name} ${pick(BRANCHES, random) ?? ''}`,
  'another last word': (name, random) => {
    const all = words(name);
    if (all.length < 3) return null;
    all[all.length - 1] = pick(BRANCHES, random) ?? '';
    return all.join(' ');
  },
};

/**
 * Names as others would write them, of organisations that are known and of as many that are not, half of these near misses. The same for a seed.
 */
export function labelNames(
  known: readonly string[],
  unknown: readonly string[],
  seed: number,
  count: number,
): LabelledName[] {
  const random = randomFrom(seed);
  const taken = new Set(known.map((name) => name.toLowerCase()));
  const labelled: LabelledName[] = [];
  const changeOf = (changes: Readonly<Record<string, Change>>, name: string): readonly [string, string] | null => {
    const [change, apply] = pick(Object.entries(changes), random) ?? [];
    const written = apply?.(name, random) ?? null;
    return written === null || change === undefined ? null : [change, written];
  };
  while (labelled.length < count) {
    const kind = random();
    const name = pick(kind < 0.5 || kind >= 0.75 ? known : unknown, random);
    if (name === undefined) throw new Error('no names to label');
    const changed = changeOf(kind < 0.75 ? CHANGES : OTHERS, name);
    if (changed === null) continue;
    const [change, written] = changed;
    if (kind >= 0.75 && taken.has(written.toLowerCase())) continue;
    labelled.push({
      written,
      means: kind < 0.5 ? name : null,
      change: kind >= 0.5 && kind < 0.75 ? `unknown, ${change}` : change,
    });
  }
  return labelled;
}

/** Half of the names for the hub to know, the others not; without those that read the same. The same for a seed. */
export function splitNames(
  names: readonly string[],
  seed: number,
): { readonly known: string[]; readonly unknown: string[] } {
  const random = randomFrom(seed);
  const distinct = [
    ...new Map(names.map((name) => [name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''), name.trim()])).values(),
  ];
  const known: string[] = [];
  const unknown: string[] = [];
  for (const name of distinct) (random() < 0.5 ? known : unknown).push(name);
  return { known, unknown };
}
