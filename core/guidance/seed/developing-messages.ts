import { BANGKOK_2009, EDITORS, MMC_2020, OHCHR_2023, type SeedSection } from './seed-section.ts';

const DESIGN = ['message_design'];

/** Step 4: what to say, and how to make sure that it is understood. */
export const DEVELOPING_MESSAGES: readonly SeedSection[] = [
  {
    key: 'not_only_danger',
    title: 'Do not stop at danger',
    text: `Messages that only say "it is dangerous" or "it is illegal" generally do not work: people know, and hope to be the exception. Say what can happen, then what else there is, then what to do next. For each sentence of warning, write one of help. Read the draft aloud: if somebody who must leave would learn nothing from it, start again.`,
    phases: [...DESIGN, 'pre_testing', 'approval', 'implementation'],
    ...BANGKOK_2009,
  },
  {
    key: 'room_for_those_who_flee',
    title: 'Leave room for those who have to flee',
    text: `Some of those who hear you are refugees. A campaign must not tell them that seeking protection is a crime, nor keep them from it. Add one sentence in every piece: who has a right to protection, and where to ask for it in this country. Have it checked by a refugee lawyer or UNHCR before approval. Take out "illegal" where you mean "without papers".`,
    themes: ['asylum_protection_information', 'people_smuggling', 'irregular_maritime_ventures'],
    phases: [...DESIGN, 'approval', 'implementation'],
    ...BANGKOK_2009,
  },
  {
    key: 'a_way_that_exists',
    title: 'Offer only a way that exists',
    text: `"Go legally" helps nobody who cannot. Before you name a pathway, find out who may use it, what it costs, how long it takes and how many got it last year. Say so, also when the answer is "few". If there is none for your audience, say what else can be done at home and when things may change. Put a date on it, and look again every three months.`,
    themes: ['safe_regular_pathways'],
    ...EDITORS,
  },
  {
    key: 'one_thing_to_do',
    title: 'End with one thing to do',
    text: `Every piece ends with one action that a person can take today, without money and without asking permission: call this number, send this photograph of the contract, ask this question. One, not four. Try it yourself from a cheap phone in the place where they live. If it fails, or somebody asks for papers first, change the service or the message before you go on air.`,
    phases: DESIGN,
    objectiveLevels: ['behaviour', 'service_uptake'],
    ...EDITORS,
  },
  {
    key: 'write_for_the_ear',
    title: 'Rohingya and Chittagonian: make it for the ear',
    text: `Most people who speak these languages do not read them. Record, do not print. Start with a speaker from the place and tell her the meaning; let her find the words, and write down nothing first. Keep a clip below one minute and repeat the number twice, slowly. Have three listeners tell it back. Share it as a voice file, on loudspeakers, on radio. A Bangla or Burmese text is no substitute.`,
    languages: ['rhg', 'ctg'],
    phases: [...DESIGN, 'pre_testing'],
    ...EDITORS,
  },
  {
    key: 'translate_the_meaning',
    title: 'Translate the meaning, then have it told back',
    text: `Give translators the aim and the audience, not only the text. Let a second person, who has not seen the original, tell you in your language what it says. Where the two differ, change the original: it was unclear. Words for "smuggler", "debt" and "asylum" often carry blame; ask what people really call them. Keep a small list of the words you agreed on, and share it with partners.`,
    phases: ['message_design', 'pre_testing'],
    ...EDITORS,
  },
  {
    key: 'test_with_ten',
    title: 'Test with ten people, change it, test again',
    text: `Show the draft to ten people of the audience, one at a time. Ask four questions: What does it say? Who is it for? What would you do now? What bothers you? Do not explain. If three of ten miss the point, change it and find ten others. Pay for their time. This costs two days; a wrong poster costs a year. Never test on colleagues only.`,
    phases: ['pre_testing'],
    ...EDITORS,
  },
  {
    key: 'date_every_fact',
    title: 'Put a date on every fact',
    text: `Fees, visa rules and telephone numbers change faster than campaigns. For each fact in a message, write down the source, who checked it and until when it holds. Register that with the message here, so that others see when it runs out. Before each new broadcast, call every number yourself. If partners tell the same people a different number, settle it the same day.`,
    phases: ['message_design', 'approval', 'implementation'],
    ...EDITORS,
  },
  {
    key: 'dignity_in_pictures',
    title: 'Show people as they would show themselves',
    text: `No faces of victims, no bodies, no child in tears. Such pictures frighten, shame, and can be recognised at home. Show people who decide, ask and help. Use actors or drawings, and say so. Get consent for each picture and each use, in the person's language, and let it be withdrawn later. Remove place names, uniforms and house fronts that tell where somebody is.`,
    phases: ['message_design', 'pre_testing', 'approval'],
    ...EDITORS,
  },
  {
    key: 'no_opposed_messages',
    title: 'Check that no one is told the opposite',
    text: `A worker hears "come forward, you are protected" from an NGO and "you will be punished" from a ministry on the same day. She will trust neither. Before approval, look for contradictions with other campaigns at that place and time. Call the other side and agree on one sentence that both can say. Usually it is about who is punished, and who is not.`,
    phases: ['message_design', 'approval'],
    ...EDITORS,
  },
  {
    key: 'smuggling_the_deal_changes',
    title: 'People smuggling: show how the deal changes on the way',
    text: `People trust a smuggler because a friend did. Do not call him a monster. Show how the deal changes: the price rises half-way, the boat is another one, the phone is taken, the family gets a call. Let somebody tell it who has been through it. Then say what a person can still do at each point, whom to call, and that asking for help is no crime.`,
    themes: ['people_smuggling'],
    ...EDITORS,
  },
  {
    key: 'at_sea',
    title: 'Sea journeys: say what happens, and who can help',
    text: `In 2023 about 4,500 people set out on the Andaman Sea and 569 died or went missing. Give the figure once, with its year, and go on: what a rescue call is, what to keep dry, which number reaches a coast guard. Tell those on shore how to report a boat without naming anybody. Say in each piece where protection can be asked for: many on board are refugees.`,
    themes: ['irregular_maritime_ventures'],
    source: "UNHCR 2023, Andaman Sea; the advice is the hub's editors'",
    sourceUrl: 'https://www.unhcr.org',
  },
  {
    key: 'scam_describe_the_offer',
    title: 'Scam centres: describe the offer, not the victim',
    text: `Nobody believes that he could be fooled. So show the offer: high pay for typing, flights paid, visa on arrival, interview by chat only, work "near the border". Let people count the warning signs. Say that those forced to cheat others are victims too, and where they or their families can call. Do not show how the scams work: it teaches them.`,
    themes: ['scam_centre_forced_criminality'],
    ...OHCHR_2023,
  },
  {
    key: 'trafficking_signs_and_help',
    title: 'Trafficking: name signs that people really see',
    text: `"Human trafficking" means little to most. Speak of what can be seen: somebody else keeps the passport, wages go to pay a debt, the door is locked, the phone is gone. Say that agreeing at first changes nothing. Then say what help is: a bed, a doctor, a lawyer, without having to testify first, if that is true in your country. Check that it is.`,
    themes: ['trafficking_in_persons'],
    ...EDITORS,
  },
  {
    key: 'three_checks',
    title: 'Recruiters: teach three checks',
    text: `Before you pay, before you hand over a passport, before you travel: three checks that anybody can do.

1. Is the agency in the official register today?
2. Is the job order real, and does the contract name the employer?
3. Did you get a receipt for every payment?

Print or speak them in this order, with the number that answers each. Have people practise on a true-looking offer.`,
    themes: ['fraudulent_recruitment'],
    roles: ['origin'],
    ...EDITORS,
  },
  {
    key: 'work_out_the_debt',
    title: 'Debt bondage: work out the sum together',
    text: `Do not warn of debt; add it up. Bring a sheet or a song with the real figures of your place: fee, interest a month, pay after deductions, months until it is paid. Let people fill in their own. Then show two ways to borrow less, and what the law says about holding wages or papers. Give the number of somebody who helps to renegotiate.`,
    themes: ['forced_labour_debt_bondage'],
    ...EDITORS,
  },
  {
    key: 'papers',
    title: 'False papers: explain what they cost later',
    text: `Many do not know that a page in their passport is false; an agent added it. Explain how to look: the visa number online, the age, the employer's name. Say what a false paper takes away later: insurance, wages in court, a way back. Do not print pictures that help a forger. Tell those who already hold one where they can ask without being reported, if there is such a place.`,
    themes: ['document_fraud'],
    ...EDITORS,
  },
  {
    key: 'climate',
    title: 'Climate: do not tell people that they will have to leave',
    text: `Families on eroding land think about moving for years. Talk with them about choices, not fate: what can protect the house, where in the country others have moved and how they fare, which skills travel. Say which help the state gives before and after a flood. Warn of brokers who come right after a disaster, and be there in that week yourself.`,
    themes: ['climate_mobility'],
    ...EDITORS,
  },
  {
    key: 'workers_do_not_pay',
    title: 'Fair recruitment: say who pays',
    text: `By the principles of the International Labour Organization, workers do not pay for being recruited; the employer does. Find out what the law of your country says, and tell both: what is right, and what is allowed. Name each cost, and who bears it. Give workers a sentence they can say to an agent. Offer employers a list of agencies that keep to it.`,
    themes: ['ethical_recruitment'],
    source: 'ILO, General principles and operational guidelines for fair recruitment',
    sourceUrl: 'https://www.ilo.org',
  },
  {
    key: 'no_shame_in_return',
    title: 'Do not shame those who came back',
    text: `If returning is shown as failure, nobody will admit to it, and the next one leaves with the same wrong facts. Tell of return as a part of the journey: what was learnt, what is possible now. Speak to the family and the neighbours, for it is they who ask "what did you bring?" Never use a returnee as a warning. Name the help there is in the first month.`,
    themes: ['return_reintegration'],
    roles: ['return', 'origin'],
    ...EDITORS,
  },
  {
    key: 'violence_on_the_route',
    title: 'Violence against women on the route: help before fear',
    text: `Women who travel know the risk; many have no choice. A message that dwells on rape blames those it happened to. Say where a woman finds a doctor, a safe room and another woman to talk to, on each part of the way, and that it is free and told to nobody. Let women write and test it. Reach men with a message of their own.`,
    themes: ['gbv_on_route'],
    ...EDITORS,
  },
  {
    key: 'destination_as_it_is',
    title: 'Destination countries: describe life as it is',
    text: `People believe those who also tell them what is good. A destination that only says "do not come" is not heard. Describe wages after rent, how to change an employer, what happens at the airport, how an asylum claim works and how long it takes. Answer the same questions in the same words as your embassy and your hotline. Review it whenever a rule changes.`,
    roles: ['destination'],
    actorKinds: ['state_national', 'state_other'],
    phases: DESIGN,
    ...MMC_2020,
  },
];
