import { EDITORS, GMDAC_2018, JAKARTA_2025, type SeedSection } from './seed-section.ts';

const ONLINE = ['facebook', 'tiktok', 'youtube', 'instagram', 'x', 'whatsapp', 'messenger', 'telegram'];

/** Step 6: whether it worked, for whom, and what others can learn from it. */
export const MONITORING: readonly SeedSection[] = [
  {
    key: 'five_numbers',
    title: 'Five numbers a small organisation can keep',
    text: `On one sheet, each Friday:

1. How many sessions or broadcasts?
2. How many people, roughly, and how many of them women?
3. Which three questions came most often?
4. How many did the one thing you asked for?
5. Did anything go wrong?

That takes twenty minutes and no expert. Read the sheets together once a month and change one thing. Keep no names.`,
    phases: ['implementation', 'monitoring'],
    actorKinds: [
      ...['national_ngo', 'regional_ngo', 'civil_society_network', 'diaspora_association', 'migrant_led_group'],
      'community_or_faith_group',
    ],
    ...EDITORS,
  },
  {
    key: 'three_questions_before_and_after',
    title: 'Ask three questions before, and the same after',
    text: `Before the first broadcast, ask forty people three questions: one on what they know, one on what they would do, one on whom they trust. Ask forty others in a place without the campaign. Repeat both after three months, with the same words. It proves little, but it shows whether anything moved and where. Do it yourselves; students or a partner can help with asking.`,
    phases: ['formative_research', 'monitoring', 'evaluation'],
    ...GMDAC_2018,
  },
  {
    key: 'hotline_log',
    title: 'Count topics, not callers',
    text: `For each call or visit tick one box: the topic, the language, the district, how the person heard of you. No name, no number, no story. Look at the ticks every Monday: a new topic is a new rumour, and a district that stays silent has not heard of you. Tell the campaign team within the week. Lock the sheets away, and destroy them after a year.`,
    channels: ['hotline', 'help_desk', 'migrant_resource_centre', 'sms_ussd', 'website_chatbot'],
    phases: ['implementation', 'monitoring'],
    ...EDITORS,
  },
  {
    key: 'listen_to_listeners',
    title: 'Broadcasts: let people tell you what they heard',
    text: `Agree with five groups of listeners that one person calls after each broadcast and says what it was about. Write it down as told. If the main point is missing twice, change the programme. Count calls and voice messages by topic. Ask in the market: "Did you hear anything lately about work abroad?" and note how many of twenty did. Listening figures of the station are only a beginning.`,
    channels: ['radio', 'community_radio', 'tv', 'loudspeaker'],
    phases: ['implementation', 'monitoring'],
    ...EDITORS,
  },
  {
    key: 'comments_not_likes',
    title: 'Online: read comments, do not count likes',
    text: `Views tell what the platform did, not what people thought. Each week read fifty comments and sort them: asks, doubts, agrees, offers a job, insults. Watch how many watched to the end, how many wrote to you, how many used the link. Compare by district and language. Save no profiles. Report recruiters. Reply to doubts with your next clip.`,
    channels: ONLINE,
    phases: ['implementation', 'monitoring'],
    ...EDITORS,
  },
  {
    key: 'after_a_meeting',
    title: 'Face to face: a minute at the end, a visit later',
    text: `At the end of a session ask everybody to close their eyes and raise a hand: who would check a licence now? Who knows whom to call? Count, and write down the number. A month later go back and ask ten of them what they did, and whom they told. Note what kept them from it. A list of signatures shows attendance and nothing else.`,
    channels: ['community_meeting', 'door_to_door', 'school_session', 'place_of_worship', 'theatre_drama'],
    phases: ['implementation', 'monitoring'],
    ...EDITORS,
  },
  {
    key: 'look_for_harm',
    title: 'Look for harm as carefully as for success',
    text: `Ask every month, and ask those who would not complain: Has anybody been mocked, threatened, or refused help because of the campaign? Did brokers raise prices or change routes? Did a refugee stay who should have fled? Ask messengers how they are. Decide in advance what you will do with a "yes". Report it to partners as you report reach, without names.`,
    phases: ['monitoring', 'implementation', 'evaluation'],
    ...EDITORS,
  },
  {
    key: 'what_you_cannot_know',
    title: 'Say what the evaluation cannot show',
    text: `People leave or stay for many reasons, so a campaign can rarely prove what it prevented. Compare with a place you did not reach, or with those who came late. Ask what people did, not only what they think of the campaign. Write down how many you asked and how they were chosen. One honest page with "we do not know" helps the next campaign more than forty that are pleased.`,
    phases: ['evaluation'],
    ...GMDAC_2018,
  },
  {
    key: 'watch_the_step',
    title: 'Measure the step you asked for',
    text: `If you asked people to check a licence, count look-ups in the register; if to call, calls; if to file a complaint, complaints. Agree before you start with the office that has the figures how you get them each month, without names. Take the figures of the three months before, too. When they do not move, go and watch one person try.`,
    objectiveLevels: ['behaviour', 'service_uptake'],
    phases: ['objectives', 'monitoring', 'evaluation'],
    ...EDITORS,
  },
  {
    key: 'count_alike',
    title: 'Several countries: count the same way, meet each month',
    text: `Agree on two or three figures with one definition, and a day on which each country writes them down. Meet for half an hour: what was asked, what went wrong, what will change. Put figures side by side, not in order of merit. Compare what people at the origin were told with what those at the destination have heard; the gap between them is your next message.`,
    actorKinds: ['state_national', 'state_other', 'intergovernmental', 'regional_body', 'ingo'],
    phases: ['implementation', 'monitoring'],
    ...JAKARTA_2025,
  },
  {
    key: 'publish_what_failed',
    title: 'Publish what did not work',
    text: `Write two pages within three months of the end: what you tried, with whom, what it cost, what changed, what did not, what you would do again. Leave out what could harm anybody. Register it here as a case study, so that somebody with the same audience finds it. Send it first to those who took part, and ask whether they recognise themselves.`,
    phases: ['learning_published', 'evaluation'],
    ...JAKARTA_2025,
  },
];
