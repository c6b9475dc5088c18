import { EDITORS, JAKARTA_2025, PHILIPPINES, RSO, type SeedSection } from './seed-section.ts';

const STATES = ['state_national', 'state_local', 'state_other'];
const SMALL = ['national_ngo', 'diaspora_association', 'migrant_led_group', 'community_or_faith_group'];

/** Step 1: why this campaign, with whom, and whom it could hurt. */
export const GETTING_STARTED: readonly SeedSection[] = [
  {
    key: 'one_page',
    title: 'Put the idea on one page',
    text: `Before you ask for money, answer five questions on one page:

- Who is to do something differently?
- What exactly?
- Why do they not do it today?
- Who will they believe?
- How will you know that it worked?

If you cannot answer one of them, that is the first thing to find out. Show the page to two people who know the audience, and let them cross things out.`,
    phases: ['concept'],
    ...EDITORS,
  },
  {
    key: 'look_around',
    title: 'See who speaks to these people already',
    text: `Look through the overlaps and suggestions of your corridor before you plan dates. Somebody may already be on the radio in the same district, or have the translator you need. Write to them while your plan can still change. Agree on one thing each of you will leave to the other. Two campaigns that contradict each other do more harm than no campaign.`,
    phases: ['concept', 'situation_analysis'],
    ...JAKARTA_2025,
  },
  {
    key: 'start_with_questions',
    title: 'Start with what people ask, not with what you want to say',
    text: `More than half of those on irregular journeys in South and Southeast Asia had questions before they left that nobody answered. So collect questions first. Ask help desks, hotlines, teachers and returnees what people want to know. Sort the questions by how often they come up. Plan the campaign around the first five, even if they are not the ones you expected.`,
    phases: ['situation_analysis', 'formative_research'],
    ...RSO,
  },
  {
    key: 'who_could_be_hurt',
    title: 'Ask first who could be hurt',
    text: `Before you design anything, ask who could suffer if the campaign works, and who if it fails. A poster can tell a trafficker where a shelter is. A story can put a returnee in debt to rumours. A warning can keep a refugee from safety. For each risk, write down what you will leave out, and who may stop the campaign. Look at the list again before approval.`,
    phases: ['concept', 'situation_analysis', 'approval'],
    ...EDITORS,
  },
  {
    key: 'partners_with_a_part',
    title: 'Give partners a part, not a poster',
    text: `Community groups, diasporas and companies reach people whom a ministry does not. Invite them before the message is written, not when it is printed. Say openly what you decide alone and what you decide together. Pay for their time. Let them drop your logo where it costs trust: a message that people believe is worth more than one that shows who paid for it.`,
    actorKinds: [...STATES, 'intergovernmental', 'regional_body', 'ingo'],
    phases: ['concept', 'situation_analysis', 'channel_plan'],
    ...JAKARTA_2025,
  },
  {
    key: 'small_means',
    title: 'Small means: one place, one audience, one channel',
    text: `With two people and a small budget, choose one village or one quarter, one group of people and one way to reach them. Do that well for three months. Then ask a larger campaign on the same corridor what it lacks: often it is exactly the trust you have. Offer that, and ask for airtime, print or translation in return.`,
    actorKinds: SMALL,
    phases: ['concept', 'objectives', 'channel_plan'],
    ...EDITORS,
  },
  {
    key: 'parts_along_the_route',
    title: 'Share out the parts along the route',
    text: `Before countries of one route campaign together, agree who says what. At the origin: how to check an offer, and which ways are open. In transit: where help is, whatever somebody's papers say. At the destination: what work, law and protection are really like. Write the parts next to each other and read them as one traveller would hear them. Take out what contradicts.`,
    phases: ['concept', 'objectives'],
    ...JAKARTA_2025,
  },
  {
    key: 'local_agreements',
    title: 'Sign with local government before you go there',
    text: `The Philippine campaign against illegal recruitment rests on agreements with local governments, sixteen of them in Palawan alone. Do the same before you send speakers: one page on who announces a session, who keeps a help desk open, whom people call afterwards, and who pays. Name a person on each side. Without that, nobody is left to answer the day after you leave.`,
    actorKinds: ['state_national', 'state_local'],
    themes: ['fraudulent_recruitment', 'trafficking_in_persons'],
    roles: ['origin'],
    ...PHILIPPINES,
  },
  {
    key: 'before_the_boats',
    title: 'Be there before the sailing season',
    text: `On the Andaman Sea more than half of the departures that UNHCR counted in 2014 fell between October and January. Talk to families in August and September, when money is collected and brokers are chosen. Once a deposit is paid, few turn back. Keep the hotline staffed to the end of the season, and tell rescuers and receiving communities in advance what people were told.`,
    themes: ['irregular_maritime_ventures'],
    roles: ['origin', 'transit'],
    phases: ['situation_analysis', 'channel_plan'],
    source: "UNHCR 2014, departures by month; the advice is the hub's editors'",
    sourceUrl: 'https://www.unhcr.org',
  },
  {
    key: 'companies',
    title: 'Companies: use the contact you already have',
    text: `You meet people at the moment that matters: when they apply, sign, pay or log in. Put the message there. One screen, one sheet or one minute is enough: what is free of charge, what the contract must say, whom to call. Agree the wording with a labour office or an NGO first, and pass complaints on to somebody outside the company.`,
    actorKinds: ['recruitment_agency', 'employer', 'telecom', 'platform', 'public_private_partnership'],
    ...EDITORS,
  },
];
