import type { DemoInsight } from '../scenario-types.ts';

/**
 * Needs that nobody has stated, so that gaps of other routes and audiences can be looked at. They say so themselves, carry no figures,
 * and are no information ways: how people really obtain information is for sources to say.
 */
export const INSIGHTS: readonly DemoInsight[] = [
  {
    kind: 'unmet_need',
    audience: 'graduate_jobseeker',
    corridor: 'scam_compounds',
    themes: ['scam_centre_forced_criminality'],
    statement: 'Invented: graduates look for somebody who checks an offer before they answer it.',
  },
  {
    kind: 'unmet_need',
    audience: 'domestic_worker',
    corridor: 'asia_gcc',
    themes: ['fraudulent_recruitment', 'ethical_recruitment'],
    statement: 'Invented: women who will work in households do not know what a contract has to say.',
  },
  {
    kind: 'trend',
    audience: 'fisher',
    places: ['ID', 'TH'],
    statement: 'Invented: crews meet more boats than in the season before.',
  },
];
