import { BANGKOK_2009, EDITORS, GMDAC_2018, MESSENGERS, type SeedSection } from './seed-section.ts';

/** Step 5: how the message reaches people, whatever the channel. */
export const DISSEMINATING_MESSAGES: readonly SeedSection[] = [
  {
    key: 'channels_by_use',
    title: 'Choose channels by what people use',
    text: `Workshops and cable television were the most used channels of 60 campaigns that were evaluated. Whether your audience uses them is another question. Ask ten people how they last learnt something important. Use that channel, and one more that confirms it: a voice they know, and a place to check. Look at the insights of your corridor for figures. Drop a channel that nobody named, even if you have always used it.`,
    phases: ['channel_plan'],
    ...GMDAC_2018,
  },
  {
    key: 'where_few_read',
    title: 'Where few people read',
    text: `Use pictures, drama, places of worship, peers and hotlines. Let a drama stop in the middle and ask the audience what to do. Paint the one number on a wall. Train somebody who stays after the play to answer questions. Check each picture with people who do not read: arrows, crosses and speech bubbles are learnt at school, and mean nothing without it.`,
    channels: ['print_poster', 'theatre_drama', 'place_of_worship', 'peer_or_returnee_messenger', 'hotline'],
    ...BANGKOK_2009,
  },
  {
    key: 'when_people_come_home',
    title: 'Use the days when people come home',
    text: `At Eid, Tet, Songkran or Dashain those who work abroad come home, and plans for the next journey are made at the table. Be on air and in the market in the two weeks before, and again in the week after. Leave out the days on which offices and mosques are full of other things. Look up the dates each year: many move with the moon.`,
    phases: ['channel_plan', 'implementation'],
    audiences: ['household_decision_maker', 'diaspora'],
    ...EDITORS,
  },
  {
    key: 'approval_in_a_day',
    title: 'Agree beforehand who approves, and how fast',
    text: `A rumour spreads in an hour, and many answers wait two weeks for a signature. Before you start, name one person in each organisation who may approve within a day, and a second for when the first is away. Agree what needs no approval: corrections of numbers, answers to known questions. Write down what only the minister or the board may say.`,
    phases: ['approval'],
    ...EDITORS,
  },
  {
    key: 'when_to_stop',
    title: 'Decide beforehand when you will stop',
    text: `Write three lines before the first day: what would make you pause at once, who decides, who tells the partners. Pause when a hotline does not answer, when a messenger is threatened, when the law changes, when people are turned away from help because of what you said. Ask partners on site every week with one question: "Has anybody been harmed or frightened by this?"`,
    phases: ['implementation', 'approval'],
    ...EDITORS,
  },
  {
    key: 'consent_of_messengers',
    title: 'Ask returnees twice before they speak',
    text: `In West Africa between 52 and 79 per cent trusted returnees as messengers. That trust is theirs, and it can cost them. Ask for consent in their language, explain where it will be seen and that it cannot be fully taken back. Ask again after a week. Let them choose name, face and voice. Pay them, prepare them for hard questions, and call them the day after. A "no" ends it.`,
    channels: ['peer_or_returnee_messenger', 'influencer', 'film_screening'],
    phases: ['channel_plan', 'approval', 'implementation'],
    ...MESSENGERS,
  },
  {
    key: 'transit_short_and_free',
    title: 'In transit: short, private and free',
    text: `People on the way have little time, little battery, and reason to distrust you. Use what needs no data and leaves no trace: a voice at a shelter door, a number on a water bottle, an offline voice file. Say who you are and whom you do not work for. Offer something useful first: charging, water, a map of clinics. Never hand out anything that would harm them if found.`,
    roles: ['transit'],
    audiences: ['migrant_in_transit', 'refugee_in_camp', 'stateless'],
    ...EDITORS,
  },
  {
    key: 'help_the_media',
    title: 'Give journalists facts and somebody to call',
    text: `A newsroom that covers a rescue tonight needs three checked facts, a person who answers, and a rule for faces and names. Prepare these before the season. Offer a morning for editors: words that blame, words that inform, what the law calls whom. Ask them to print the help line under each story. Thank them when they leave a picture out.`,
    actorKinds: ['media', 'state_national', 'ingo', 'national_ngo', 'intergovernmental', 'regional_body'],
    channels: ['tv', 'radio', 'community_radio'],
    ...EDITORS,
  },
];
