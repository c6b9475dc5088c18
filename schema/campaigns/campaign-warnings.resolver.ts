import { FieldResolver, Resolver } from 'type-graphql';
import { projected } from '../node.ts';
import { Campaign } from './campaign.types.ts';
import { CampaignWarning } from './warning.types.ts';

/** What messages add to campaigns when they are compared with each other. */
@Resolver(() => Campaign)
export class CampaignWarningsResolver {
  @FieldResolver(() => [CampaignWarning], {
    description:
      'What is wrong with its messages: expired ones still scheduled, never reviewed, opposed to what another campaign that you may read tells the same people, or stating other facts. By message, at most 50; of one that is over or cancelled none.',
  })
  warnings(): CampaignWarning[] {
    return projected();
  }
}
