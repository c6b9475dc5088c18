import { assertNever } from '../../outcome.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { Said, Unsaid } from './clauses.ts';
import { sayAvoidDuplication } from './say-avoid-duplication.ts';
import { sayFillGap } from './say-fill-gap.ts';
import { sayJointCampaign } from './say-joint-campaign.ts';
import { sayLeverageChannel } from './say-leverage-channel.ts';

/** Says what is proposed. Names countries and roles but no actor, so that whoever may see the suggestion may read it. */
export function saySuggestion(proposal: Unsaid, vocabulary: Vocabulary): Said {
  switch (proposal.kind) {
    case 'JOINT_CAMPAIGN':
      return sayJointCampaign(proposal, vocabulary);
    case 'AVOID_DUPLICATION':
      return sayAvoidDuplication(proposal, vocabulary);
    case 'LEVERAGE_CHANNEL':
      return sayLeverageChannel(proposal, vocabulary);
    case 'FILL_GAP':
      return sayFillGap(proposal, vocabulary);
    default:
      return assertNever(proposal.kind);
  }
}
