import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { Campaign, Problem } from './records.ts';

/** Communication efforts, inside a programme or on their own. */
export class Campaigns {
  constructor(private readonly calls: Calls) {}

  /** By name unless ordered otherwise. */
  list(options: ListOptions<documents.CampaignFilter, documents.CampaignOrder> = {}): Pages<Campaign> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListCampaigns, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Campaign | null> {
    const { node } = await this.calls.read(documents.GetCampaign, { id }, options);
    return node?.__typename === 'Campaign' ? node : null;
  }

  /** Plans a campaign. What it does not state, it inherits from its programme. @throws {ConcordProblemError} */
  plan(input: documents.PlanCampaignInput, options?: CallOptions): Promise<Campaign> {
    return accepted(this.tryPlan(input, options));
  }

  /** Like `plan`, with a problem as an answer. */
  tryPlan(input: documents.PlanCampaignInput, options?: CallOptions): Promise<Campaign | Problem> {
    return this.calls.create(documents.PlanCampaign, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseCampaignInput, options?: CallOptions): Promise<Campaign> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseCampaignInput, options?: CallOptions): Promise<Campaign | Problem> {
    return this.calls.change(documents.ReviseCampaign, input, options);
  }

  /** Moves a campaign to other days; its entries stay where they are. @throws {ConcordProblemError} */
  reschedule(input: documents.RescheduleCampaignInput, options?: CallOptions): Promise<Campaign> {
    return accepted(this.tryReschedule(input, options));
  }

  /** Like `reschedule`, with a problem as an answer. */
  tryReschedule(input: documents.RescheduleCampaignInput, options?: CallOptions): Promise<Campaign | Problem> {
    return this.calls.change(documents.RescheduleCampaign, input, options);
  }

  /** Calls a campaign off for good, with all its entries. @throws {ConcordProblemError} */
  cancel(campaign: RecordRead, options?: ReasonOptions): Promise<Campaign> {
    return accepted(this.tryCancel(campaign, options));
  }

  /** Like `cancel`, with a problem as an answer. */
  tryCancel(campaign: RecordRead, { reason, ...options }: ReasonOptions = {}): Promise<Campaign | Problem> {
    return this.calls.change(documents.CancelCampaign, { ...asRead(campaign), reason: reason ?? null }, options);
  }
}
