import type { Vocabulary } from '../vocabulary/vocabulary.ts';

const OTHER_ORGANISATION = '90';

/** IATI's OrganisationType of a kind of actor, which is among the aliases of its term; of a kind that has none, 90: other. */
export function organisationType(actorKind: string, vocabulary: Vocabulary): string {
  const aliases = vocabulary.term('actor_kind', actorKind)?.aliases ?? [];
  return aliases.find((alias) => alias.startsWith('iati:'))?.slice('iati:'.length) ?? OTHER_ORGANISATION;
}

/** OrganisationRole. */
export const ORGANISATION_ROLE = { funding: '1', accountable: '2', extending: '3', implementing: '4' } as const;

/** ActivityStatus: what is over is closed, what was withdrawn is cancelled. */
export const ACTIVITY_STATUS = { planned: '1', active: '2', ended: '4', withdrawn: '5' } as const;

/** ActivityDateType, by whether the day has come: what lies ahead is planned. */
export const START_DATE = { planned: '1', actual: '2' } as const;
export const END_DATE = { planned: '3', actual: '4' } as const;

/** GeographicVocabulary: codes of ISO 3166. */
export const ISO_PLACES = 'A4';

/** SectorVocabulary: DAC's purposes of five digits, its categories of three, and the hub's own themes. */
export const SECTOR_VOCABULARY = { purpose: '1', category: '2', own: '99' } as const;

/** TagVocabulary: the hub's own. */
export const OWN_TAGS = '99';

/** What DAC's lists have for what is not stated: the standard demands a sector and a place of every activity. */
export const UNSPECIFIED_SECTOR = '99810';
export const UNSPECIFIED_REGION = '998';
