import type { SeedInsight } from './seed-types.ts';

/**
 * What sources say about how audiences obtain information, and what they lack. Figures by channel of the RSO and MMC study
 * are not known here, so none are given.
 */
export const SEED_INSIGHTS: readonly SeedInsight[] = [
  {
    key: 'iid_2017_bd_relatives',
    kind: 'information_way',
    places: ['BD'],
    audience: 'prospective_migrant',
    statement: '73 % of respondents asked relatives or neighbours; about half were unaware of official information',
    channels: { peer_or_returnee_messenger: 0.73 },
    source: 'IID 2017',
  },
  {
    key: 'iid_2017_bd_unaware',
    kind: 'unmet_need',
    places: ['BD'],
    audience: 'prospective_migrant',
    statement: 'about half of respondents were unaware of official information',
    channels: {},
    source: 'IID 2017',
  },
  {
    key: 'iom_mam2_returnees',
    kind: 'information_way',
    places: [],
    audience: 'prospective_migrant',
    statement: '52 to 79 % trust returnees as messengers (West Africa; used as an analogue only)',
    channels: { peer_or_returnee_messenger: 0.65 },
    source: 'IOM Migrants as Messengers 2',
  },
  {
    key: 'unodc_2024_transit',
    kind: 'information_way',
    places: ['ID', 'MY', 'TH'],
    audience: 'migrant_in_transit',
    statement:
      'smugglers are approached in person and by phone, rarely through social media; of 4,785 surveyed 83 % were smuggled',
    channels: { peer_or_returnee_messenger: 0.6, hotline: 0.3, facebook: 0.1 },
    source: "UNODC 2024; weights are the hub's reading, not the report's",
  },
  {
    key: 'mmc_2020_af',
    kind: 'information_way',
    places: ['AF'],
    audience: 'intending_departure',
    statement:
      'campaigns should include the diaspora and cover jobs, living conditions and asylum procedures at destination',
    channels: { whatsapp: 0.4, peer_or_returnee_messenger: 0.4, facebook: 0.2 },
    source: "MMC snapshot 2020; weights are the hub's reading",
  },
  {
    key: 'bangkok_2009_low_literacy',
    kind: 'information_way',
    places: [],
    audience: 'prospective_migrant',
    statement: 'where literacy is low: posters, drama, places of worship, peers, hotlines',
    channels: { theatre_drama: 0.3, place_of_worship: 0.3, peer_or_returnee_messenger: 0.3, hotline: 0.1 },
    source: "workshop under the Bali Process, Bangkok 2009; weights are the hub's reading",
  },
  {
    key: 'rso_unmet_before_journey',
    kind: 'unmet_need',
    places: [],
    audience: 'prospective_migrant',
    statement:
      'more than half of those on irregular journeys in South and Southeast Asia had unmet information needs before the journey',
    channels: {},
    source: 'RSO',
  },
];
