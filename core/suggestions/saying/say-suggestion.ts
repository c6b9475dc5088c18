import type { DraftKind } from '../../../engine/index.ts';
import { sayAlignDates } from './align-dates.ts';
import { sayAvoidDuplication } from './avoid-duplication.ts';
import { sayFillGap } from './fill-gap.ts';
import { sayJointCampaign } from './joint-campaign.ts';
import { sayLeverageChannel } from './leverage-channel.ts';
import { sayReplicatePractice } from './replicate-practice.ts';
import { sayResolveContradiction } from './resolve-contradiction.ts';
import type { Sayer } from './said.ts';

/** Who says what: a file for each kind. */
const SAYERS: Readonly<Record<DraftKind, Sayer>> = {
  JOINT_CAMPAIGN: sayJointCampaign,
  ALIGN_DATES: sayAlignDates,
  AVOID_DUPLICATION: sayAvoidDuplication,
  RESOLVE_CONTRADICTION: sayResolveContradiction,
  LEVERAGE_CHANNEL: sayLeverageChannel,
  FILL_GAP: sayFillGap,
  REPLICATE_PRACTICE: sayReplicatePractice,
};

/** Puts a proposal into words. */
export const saySuggestion: Sayer = (proposal, vocabulary) => SAYERS[proposal.kind](proposal, vocabulary);
