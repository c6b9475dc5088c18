import { foldName } from '../../vocabulary/place-names.ts';
import type { IatiActivity, Narrative, Organisation } from './activity.ts';
import { mainName, namesByLanguage } from './activity-texts.ts';

/** An organisation as a file mentions it. */
export interface Mention {
  /** Equal for mentions that the file itself makes clear are of one organisation. */
  readonly key: string;
  /** An organisation identifier that others use too, in the case written; null where the file gives none. */
  readonly ref: string | null;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  /** Code of a kind of actor; null where the file does not say. */
  readonly kind: string | null;
}

/** `{registration agency}-{number}` as in GB-COH-213890; older ones as CH-4. A bare number is known to its publisher alone. */
const IDENTIFIER = /^[a-z]{2,}-\S+$/i;

/** DAC channel codes of whole groups: 21000 "international NGO", 22000 "donor country-based NGO", 60000 "private sector" … */
const GROUP = /^XM-DAC-[1-9]\d000$/i;

/**
 * Kinds of actor by IATI's OrganisationType, as the taxonomy assigns them. Where several kinds share a type, the one that claims least;
 * 90 (other) is no kind.
 */
const KINDS: Readonly<Record<string, string>> = {
  10: 'state_national',
  11: 'state_local',
  15: 'state_other',
  21: 'ingo',
  22: 'national_ngo',
  23: 'regional_ngo',
  // "Partner country based NGO". The taxonomy has it beside networks of civil society, but single NGOs carry it.
  24: 'national_ngo',
  30: 'public_private_partnership',
  // Multilateral; whether it is of one region is not said.
  40: 'intergovernmental',
  60: 'foundation',
  // Private sector, and since IATI 2.03 by where it is: what it trades in is not said, but it employs.
  70: 'employer',
  71: 'employer',
  72: 'employer',
  73: 'employer',
  80: 'academic',
};

/** The organisation meant; null when neither a name nor an identifier is given, or the mention is of a group of organisations. */
export function mentionOf({ ref, type, names }: Organisation): Mention | null {
  if (ref !== null && GROUP.test(ref)) return null;
  const usable = ref !== null && IDENTIFIER.test(ref) ? ref : null;
  const name = mainName(names) ?? usable;
  if (name === null) return null;
  return {
    key: usable === null ? `name ${foldName(name)}` : `ref ${usable.toUpperCase()}`,
    ref: usable,
    name,
    // A single name is marked with the language of the file, not with its own.
    names: names.length > 1 ? namesByLanguage(names) : {},
    kind: (type === null ? undefined : KINDS[type]) ?? null,
  };
}

/** The publisher of an activity: whose programme it becomes. */
export function publisherOf({ reporter }: Pick<IatiActivity, 'reporter'>): Mention | null {
  return reporter && mentionOf(reporter);
}

/** Codes of IATI's OrganisationRole; the names are IATI 1's. */
const ROLES = {
  1: 'funding',
  2: 'accountable',
  3: 'extending',
  4: 'implementing',
  funding: 'funding',
  accountable: 'accountable',
  extending: 'extending',
  implementing: 'implementing',
} as const;
type Role = (typeof ROLES)[keyof typeof ROLES];
const ROLE_BY_CODE: ReadonlyMap<string, Role> = new Map(Object.entries(ROLES));

/**
 * Who takes part, in the order of the file. Whoever is called like the publisher is the publisher, also under another identifier:
 * within one activity nobody else has that name.
 */
export function partnersOf(activity: IatiActivity): readonly { readonly organisation: Mention; readonly role: Role }[] {
  const publisher = publisherOf(activity);
  const publisherNames = new Set([...(activity.reporter?.names ?? [])].map(foldNarrative));
  return activity.participants.flatMap((participant) => {
    const role = ROLE_BY_CODE.get(participant.role?.toLowerCase() ?? '');
    const isPublisher =
      publisher !== null && participant.names.map(foldNarrative).some((name) => publisherNames.has(name));
    const organisation = isPublisher ? publisher : mentionOf(participant);
    return organisation && role ? [{ organisation, role }] : [];
  });
}

const foldNarrative = ({ text }: Narrative): string => foldName(text);
