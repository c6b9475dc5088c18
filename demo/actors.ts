import { MEMBERS, MEMBER_ORGANISATIONS, OBSERVERS } from './members.ts';
import type { DemoActor } from './scenario-types.ts';

/** ISO codes among the members that are not states. */
const NOT_STATES = new Set(['HK', 'MO', 'NC']);

export const JAKARTA = 'Jakarta Regional Consultation, Bali Process RSO, 2025';

const members: readonly DemoActor[] = MEMBERS.map(({ code, name, committed, source }) => ({
  key: code,
  name: `${name} (Bali Process member)`,
  kind: NOT_STATES.has(code) ? 'state_other' : 'state_national',
  basedIn: [code],
  aliases: [name],
  description:
    'The authority that answers for this member in the Bali Process; which body that is, its editors say themselves.',
  source,
  baliProcessRole: 'member',
  ...(committed
    ? { commitment: { description: 'Resources committed to information campaigns', source: JAKARTA } }
    : {}),
  illustrative: false,
}));

const observers: readonly DemoActor[] = OBSERVERS.map(({ code, name, source }) => ({
  key: code,
  name: `${name} (Bali Process observer)`,
  kind: 'state_national',
  basedIn: [code],
  aliases: [name],
  source,
  baliProcessRole: 'observer',
  illustrative: false,
}));

const FACTS: Readonly<Record<string, string>> = {
  IOM: 'IOM X communication for development; Public Communication Campaign Toolkit; Migrants as Messengers.',
  ILO: 'Ethical recruitment, migrant resource centres.',
  UNHCR: 'Statistics on Andaman Sea journeys; protection information.',
  UNODC: 'Survey of migrants in Indonesia, Malaysia and Thailand (2024).',
};

const memberOrganisations: readonly DemoActor[] = MEMBER_ORGANISATIONS.map(({ acronym, name, source }) => ({
  key: acronym,
  name,
  kind: 'intergovernmental',
  aliases: [acronym],
  source,
  baliProcessRole: 'member_organisation',
  ...(FACTS[acronym] ? { description: FACTS[acronym] } : {}),
  illustrative: false,
}));

const bodies: readonly DemoActor[] = [
  {
    key: 'RSO',
    name: 'Regional Support Office of the Bali Process',
    kind: 'regional_body',
    basedIn: ['TH'],
    aliases: ['RSO'],
    baliProcessRole: 'office',
    description:
      'Convened the Jakarta consultation; refreshes the Handbook on Addressing Irregular Migration through Effective Campaigns; maps who wants to contribute.',
    source: JAKARTA,
    illustrative: false,
  },
  {
    key: 'DMW',
    name: 'Department of Migrant Workers, Philippines',
    kind: 'state_national',
    basedIn: ['PH'],
    aliases: ['DMW'],
    description:
      'Anti-Illegal Recruitment and Trafficking in Persons campaign: targeted information, pre-employment orientation seminars, agreements with local government units, help desks, school trainings.',
    source: `${JAKARTA}: named as a promising model to replicate`,
    commitment: { description: 'Seminars, help desks and school trainings of the campaign', source: JAKARTA },
    illustrative: false,
  },
  {
    key: 'ABF',
    name: 'Australian Border Force',
    kind: 'state_national',
    basedIn: ['AU'],
    aliases: ['ABF'],
    description: 'Information campaign "Zero Chance" on irregular maritime ventures, run among others in Sri Lanka.',
    source: 'public facts on the campaign',
    illustrative: false,
  },
  {
    key: 'MMC',
    name: 'Mixed Migration Centre',
    kind: 'ingo',
    aliases: ['MMC'],
    description: 'Research with the RSO on information needs.',
    source: JAKARTA,
    illustrative: false,
  },
];

/** Everybody below is invented, and called so. */
const example = (
  key: string,
  name: string,
  kind: string,
  country: string,
  more: Partial<DemoActor> = {},
): DemoActor => ({
  key,
  name: `Example ${name}`,
  kind,
  basedIn: [country],
  illustrative: true,
  ...more,
});

const invented: readonly DemoActor[] = [
  example('coast', 'Coastal Families Network', 'national_ngo', 'BD', { aliases: ['ECFN'] }),
  example('returnees-bd', 'Returned Migrants Circle of Cumilla', 'migrant_led_group', 'BD', { unregistered: true }),
  example('telecom-bd', 'Delta Mobile', 'telecom', 'BD'),
  example('imams-bd', 'Council of Mosque Teachers, Teknaf', 'community_or_faith_group', 'BD', { unregistered: true }),
  example('camp-radio', 'Camp Voices Community Radio', 'media', 'BD'),
  example('agency-bd', 'Fair Path Recruitment', 'recruitment_agency', 'BD'),
  example('rohingya-my', 'Rohingya Community Association, Klang Valley', 'diaspora_association', 'MY', {
    communityOf: ['MM'],
  }),
  example('bangla-my', 'Bangladeshi Workers Association, Penang', 'diaspora_association', 'MY', {
    communityOf: ['BD'],
  }),
  example('worker-centre-my', 'Migrant Worker Centre, Johor', 'national_ngo', 'MY'),
  example('aceh', 'Aceh Fishers Solidarity', 'national_ngo', 'ID'),
  example('lombok', 'Lombok Families of Migrants', 'migrant_led_group', 'ID', { hostedBy: 'aceh' }),
  example('pesantren', 'Pesantren Youth Forum', 'community_or_faith_group', 'ID'),
  example('andaman', 'Andaman Watch', 'regional_ngo', 'TH'),
  example('mekong', 'Mekong Safe Work Alliance', 'civil_society_network', 'TH'),
  example('shan', 'Shan Workers Sisterhood', 'migrant_led_group', 'TH', { communityOf: ['MM'], unregistered: true }),
  example('khmer', 'Khmer Villages Forum', 'national_ngo', 'KH'),
  example('lao', 'Lao Border Schools Initiative', 'national_ngo', 'LA'),
  example('jobs', 'Jobs Asia Platform', 'platform', 'PH'),
  example('campus', 'Campus Against Scams', 'national_ngo', 'IN'),
  example('hanoi', 'Hanoi Graduates Helpline', 'national_ngo', 'VN'),
  example('influencers', 'Straight Talk Creators', 'media', 'MY'),
  example('tamil-au', 'Tamil Families Association of Victoria', 'diaspora_association', 'AU', { communityOf: ['LK'] }),
  example('lanka', 'Lanka East Coast Trust', 'national_ngo', 'LK'),
  example('kathmandu', 'Kathmandu Orientation Partners', 'national_ngo', 'NP'),
  example('gulf', 'Gulf Domestic Workers Circle', 'migrant_led_group', 'AE', {
    communityOf: ['PH'],
    unregistered: true,
  }),
  example('hk-helpers', 'Hong Kong Helpers Union', 'migrant_led_group', 'HK', { communityOf: ['PH'] }),
  example('palawan', 'Palawan Island Teachers', 'national_ngo', 'PH'),
  example('afghan-tr', 'Afghan Community House, Istanbul', 'diaspora_association', 'TR', { communityOf: ['AF'] }),
  example('herat', 'Herat Families Network', 'community_or_faith_group', 'AF', { unregistered: true }),
  example('growers', 'Valley Growers Cooperative', 'employer', 'AU'),
  example('pacific', 'Pacific Seasonal Families', 'regional_ngo', 'FJ'),
  example('ferry', 'Andaman Ferry Operators', 'employer', 'TH'),
  example('university', 'University Migration Lab', 'academic', 'ID'),
  example('foundation', 'Open Horizons Foundation', 'foundation', 'AU'),
];

export const DEMO_ACTORS: readonly DemoActor[] = [
  ...members,
  ...observers,
  ...memberOrganisations,
  ...bodies,
  ...invented,
];
