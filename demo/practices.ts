import { JAKARTA } from './actors.ts';
import type { DemoCaseStudy, DemoCommitment, DemoInterest } from './scenario-types.ts';

/** What others could do as it was done: one practice that the consultation named, and one that is invented. */
export const CASE_STUDIES: readonly DemoCaseStudy[] = [
  {
    by: 'DMW',
    title: 'Anti-Illegal Recruitment and Trafficking in Persons campaign (AIRTIP)',
    summary: 'Targeted information for persons at risk, carried by local governments, help desks and schools.',
    done:
      'Pre-employment orientation seminars, agreements with local government units, help desks for overseas workers, and ' +
      'trainings at schools.',
    achieved:
      'Agreements with local government units, 16 of them in Palawan. Named in the Jakarta consultation as a promising model ' +
      'to replicate.',
    conditions: 'Local governments that agree to carry it, and somebody who answers at the help desks.',
    evidence: [
      {
        kind: 'administrative_data',
        statement: '16 agreements with local government units in Palawan.',
        source: JAKARTA,
      },
      { kind: 'other', statement: 'Named as a promising model to replicate.', source: JAKARTA },
    ],
    places: ['PH', 'PH-PLW'],
    audiences: ['prospective_migrant'],
    themes: ['fraudulent_recruitment', 'trafficking_in_persons'],
    channels: ['pre_employment_orientation', 'help_desk', 'school_session'],
    illustrative: false,
    source: JAKARTA,
  },
  {
    by: 'khmer',
    title: 'Example: theatre before the harvest',
    summary: 'Families of missing workers play their own story in the village, and talk afterwards.',
    done: 'Twelve evenings of theatre, each followed by a conversation that the village head opens.',
    achieved: 'More families asked for a border pass in the weeks after an evening than in those before.',
    conditions: 'A troupe from the province, and the consent of those whose story it is.',
    evidence: [
      {
        kind: 'survey',
        statement: 'Two in three spectators had spoken with their family about it.',
        source: 'Example survey',
      },
    ],
    places: ['KH'],
    corridors: ['mekong_th_labour'],
    audiences: ['prospective_migrant', 'household_decision_maker'],
    themes: ['forced_labour_debt_bondage'],
    channels: ['theatre_drama', 'film_screening'],
    languages: ['km'],
    objectiveLevel: 'attitude',
    illustrative: true,
  },
];

/** Who would contribute to what; all invented. */
export const INTERESTS: readonly DemoInterest[] = [
  {
    by: 'university',
    topic: 'research',
    offers: 'Example: interviews with returnees, with students',
    languages: ['id', 'en'],
  },
  {
    by: 'mekong',
    topic: 'handbook_review',
    offers: 'Example: reading the chapter on borders',
    languages: ['en', 'th', 'km'],
  },
  { by: 'lanka', topic: 'translation', offers: 'Example: Tamil and Sinhala', languages: ['ta', 'si'], until: 300 },
  { by: 'foundation', topic: 'training', offers: 'Example: a week for ten trainers', languages: ['en'], until: 200 },
];

/** Resources beside those that actors came with; all invented. */
export const COMMITMENTS: readonly DemoCommitment[] = [
  {
    by: 'telecom-bd',
    kind: 'airtime',
    description: 'Example: voice slots on the home network',
    quantity: 24,
    unit: 'slots',
    corridors: ['bd_my_labour'],
    themes: ['fraudulent_recruitment'],
    until: 365,
  },
];
