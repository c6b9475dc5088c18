import type { TermKind } from '../code-kind.ts';
import { CHANNELS } from './channels.ts';
import { LANGUAGES } from './languages.ts';
import type { SeedTerm } from './seed-types.ts';

const THEMES = {
  trafficking_in_persons: 'Trafficking in persons',
  people_smuggling: 'People smuggling',
  irregular_maritime_ventures: 'Irregular maritime ventures',
  safe_regular_pathways: 'Safe and regular pathways',
  fraudulent_recruitment: 'Fraudulent recruitment',
  scam_centre_forced_criminality: 'Scam centres and forced criminality',
  forced_labour_debt_bondage: 'Forced labour and debt bondage',
  child_protection: 'Child protection',
  gbv_on_route: 'Gender-based violence on the route',
  document_fraud: 'Document fraud',
  return_reintegration: 'Return and reintegration',
  asylum_protection_information: 'Information on asylum and protection',
  climate_mobility: 'Climate mobility',
  ethical_recruitment: 'Ethical recruitment',
};

const AUDIENCES = {
  prospective_migrant: 'Prospective migrants',
  intending_departure: 'People about to depart',
  household_decision_maker: 'Decision makers of households',
  migrant_in_transit: 'Migrants in transit',
  migrant_at_destination: 'Migrants at destination',
  returnee: 'Returnees',
  refugee_in_camp: 'Refugees in camps',
  stateless: 'Stateless people',
  youth_15_24: 'Youth, 15 to 24 years',
  domestic_worker: 'Domestic workers',
  fisher: 'Fishers',
  student: 'Students',
  graduate_jobseeker: 'Graduates looking for work',
  community_leader: 'Community leaders',
  religious_leader: 'Religious leaders',
  teacher: 'Teachers',
  frontline_official: 'Frontline officials',
  recruiter: 'Recruiters',
  employer: 'Employers',
  transport_operator: 'Transport operators',
  diaspora: 'Diaspora',
};

const MESSAGE_FRAMES = {
  risk_of_death: 'Risk of death',
  legal_consequence: 'Legal consequences',
  financial_loss: 'Financial loss',
  smugglers_untrustworthy: 'Smugglers cannot be trusted',
  loss_of_dignity: 'Loss of dignity',
  exploitation_risk: 'Risk of exploitation',
  regular_alternative: 'Regular alternatives',
  rights_and_help: 'Rights and where to find help',
  destination_reality: 'Reality at destination',
  verify_recruiter: 'How to verify a recruiter',
};

const STANCES = { deter: 'Deter', inform: 'Inform', empower: 'Empower', protect: 'Protect' };

const OBJECTIVE_LEVELS = {
  awareness: 'Awareness',
  knowledge: 'Knowledge',
  attitude: 'Attitude',
  behaviour: 'Behaviour',
  social_norm: 'Social norm',
  service_uptake: 'Service uptake',
};

const PHASES = {
  concept: 'Concept',
  situation_analysis: 'Situation analysis',
  formative_research: 'Formative research',
  objectives: 'Objectives',
  audience_segmentation: 'Audience segmentation',
  message_design: 'Message design',
  pre_testing: 'Pre-testing',
  channel_plan: 'Channel plan',
  approval: 'Approval',
  implementation: 'Implementation',
  monitoring: 'Monitoring',
  evaluation: 'Evaluation',
  learning_published: 'Learning published',
};

/** Steps of the RSO's Handbook on Addressing Irregular Migration through Effective Campaigns. */
const HANDBOOK_STEPS = {
  getting_started: 'Getting started',
  objectives: 'Objectives',
  audience: 'Audience',
  developing_messages: 'Developing messages',
  disseminating_messages: 'Disseminating messages',
  monitoring: 'Monitoring',
};

/** Label, and the codes of IATI's OrganisationType that such actors carry. */
const ACTOR_KINDS: Readonly<Record<string, readonly [label: string, ...iati: string[]]>> = {
  state_national: ['National state body', 'iati:10'],
  state_local: ['Local state body', 'iati:11'],
  state_other: ['Other public body', 'iati:15'],
  intergovernmental: ['Intergovernmental organisation', 'iati:40'],
  regional_body: ['Regional body', 'iati:40'],
  ingo: ['International NGO', 'iati:21'],
  national_ngo: ['National NGO', 'iati:22'],
  regional_ngo: ['Regional NGO', 'iati:23'],
  civil_society_network: ['Civil society network', 'iati:24'],
  diaspora_association: ['Diaspora association'],
  migrant_led_group: ['Migrant-led group'],
  community_or_faith_group: ['Community or faith group'],
  recruitment_agency: ['Recruitment agency', 'iati:70'],
  telecom: ['Telecommunications company', 'iati:70'],
  platform: ['Online platform', 'iati:70'],
  employer: ['Employer', 'iati:70'],
  media: ['Media', 'iati:70', 'iati:90'],
  academic: ['Academia', 'iati:80'],
  foundation: ['Foundation', 'iati:60'],
  public_private_partnership: ['Public-private partnership', 'iati:30'],
};

/**
 * Purpose codes of the OECD DAC that activities about migration information carry. Only the first has an obvious broader
 * theme here; the others are wider than any theme of the hub, or beside them.
 */
const DAC_PURPOSES: readonly SeedTerm[] = [
  {
    kind: 'theme',
    code: 'dac:15190',
    label: 'Facilitation of orderly, safe, regular and responsible migration and mobility',
    broader: 'safe_regular_pathways',
  },
  { kind: 'theme', code: 'dac:15136', label: 'Immigration' },
  { kind: 'theme', code: 'dac:15153', label: 'Media and free flow of information' },
  { kind: 'theme', code: 'dac:15160', label: 'Human rights' },
  { kind: 'theme', code: 'dac:16070', label: 'Labour rights' },
  { kind: 'theme', code: 'dac:15180', label: 'Ending violence against women and girls' },
  { kind: 'theme', code: 'dac:72050', label: 'Relief coordination' },
  { kind: 'theme', code: 'dac:93010', label: 'Refugees in donor countries' },
];

const labelled = (kind: TermKind, labels: Readonly<Record<string, string>>): SeedTerm[] =>
  Object.entries(labels).map(([code, label]) => ({ kind, code, label }));

/** Every term a new hub knows. Order within a kind is the order shown, and the order in which bits are first given: add at the end. */
export const SEED_TERMS: readonly SeedTerm[] = [
  ...labelled('theme', THEMES),
  ...DAC_PURPOSES,
  ...labelled('audience', AUDIENCES),
  ...CHANNELS,
  ...LANGUAGES,
  ...Object.entries(ACTOR_KINDS).map(([code, [label, ...aliases]]): SeedTerm => ({
    kind: 'actor_kind',
    code,
    label,
    aliases,
  })),
  ...labelled('message_frame', MESSAGE_FRAMES),
  ...labelled('stance', STANCES),
  ...labelled('objective_level', OBJECTIVE_LEVELS),
  ...labelled('phase', PHASES),
  ...labelled('handbook_step', HANDBOOK_STEPS),
];
