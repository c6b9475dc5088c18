/** Taxonomies of the hub. `channel_group` only orders channels for people; no record names one. */
export const TERM_KINDS = [
  'theme',
  'audience',
  'channel',
  'channel_group',
  'language',
  'actor_kind',
  'message_frame',
  'stance',
  'objective_level',
  'phase',
  'handbook_step',
] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** Everything a record may name by code. */
export type CodeKind = TermKind | 'place' | 'corridor';

/** Everything whose codes have one bit each, so that a list of them becomes a set of bits. */
export type FacetKind = TermKind | 'corridor';

const CODE_KINDS: ReadonlySet<string> = new Set<CodeKind>([...TERM_KINDS, 'place', 'corridor']);

/** A name as the kind of code it is. @throws {RangeError} for any other: a view declares it wrongly. */
export function codeKind(name: string): CodeKind {
  if (!CODE_KINDS.has(name)) throw new RangeError(`${name} is no kind of code`);
  return name as CodeKind;
}
