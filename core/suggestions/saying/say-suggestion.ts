import type { DraftKind } from '../../../engine/index.ts';
import { sayAvoidDuplication } from './avoid-duplication.ts';
import { sayJointCampaign } from './joint-campaign.ts';
import type { Sayer } from './said.ts';

/** Who says what: a file for each kind. */
const SAYERS: Readonly<Record<DraftKind, Sayer>> = {
  JOINT_CAMPAIGN: sayJointCampaign,
  AVOID_DUPLICATION: sayAvoidDuplication,
};

/** Puts a proposal into words. */
export const saySuggestion: Sayer = (proposal, vocabulary) => SAYERS[proposal.kind](proposal, vocabulary);
