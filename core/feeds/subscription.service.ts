import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayAnswer, type Viewer } from '../access/viewer.ts';
import { Campaign } from '../campaigns/campaign.entity.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import { subscribeCalendarInput, subscriptionTarget } from './subscription.input.ts';
import {
  type StoredSubscription,
  countSubscriptions,
  insertSubscription,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
  takeSubscription,
} from './subscription.rows.ts';

/** Subscriptions are listed whole, so there are never more of one actor. */
const SUBSCRIPTIONS_PER_ACTOR = 20;

/** Keeps which calendars outside an actor's campaigns follow. Fetching them is for the worker. */
export class SubscriptionService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Has the events of a calendar become entries of a campaign of the viewer's actor. */
  subscribe(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(subscribeCalendarInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { clientMutationKey: key, ...fields } = parsed.value;
      if (!mayAnswer(viewer)) return onlyOwnPeople;
      const { actorId } = viewer;
      return once(work, { operation: 'subscribeCalendar', key, input: fields }, async () => {
        const campaign = await work.em.findOne(Campaign, { id: fields.campaign });
        if (!campaign) return notFound(fields.campaign);
        if (campaign.ownerId !== actorId) return forbidden('A calendar fills a campaign of your own actor.');
        if (campaign.cancelledAt) return conflict(`Campaign ${campaign.id} was cancelled: nothing can be added to it.`);
        const found = (await countSubscriptions(work, actorId)) + 1;
        if (found > SUBSCRIPTIONS_PER_ACTOR)
          return { kind: 'limit-exceeded', limit: 'calendar subscriptions', allowed: SUBSCRIPTIONS_PER_ACTOR, found };
        const id = work.newId('csb');
        if (!(await insertSubscription(work, { id, actorId, campaignId: campaign.id, url: fields.url })))
          return conflict('This campaign follows this calendar already.');
        await append(work.em, { kind: 'subscription.due', id });
        await record(work, 'calendar-subscription.added', id);
        return saved(id);
      });
    });
  }

  /** Nothing is fetched or written for it until it is resumed. Doing it twice is doing it once. */
  pause(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, { id, paused }) => {
      if (paused) return;
      await pauseSubscription(work, id);
      await record(work, 'calendar-subscription.paused', id);
    });
  }

  /** Looks at the calendar now, and from then on in the viewer's name. */
  resume(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, { id }) => {
      await resumeSubscription(work, id);
      await append(work.em, { kind: 'subscription.due', id });
      await record(work, 'calendar-subscription.resumed', id);
    });
  }

  /** Ends it for good; the entries that came of it stay. Doing it twice is doing it once. */
  remove(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, { id, removed }) => {
      if (removed) return;
      await removeSubscription(work, id);
      await record(work, 'calendar-subscription.removed', id);
    });
  }

  private about(
    viewer: Viewer,
    input: unknown,
    body: (work: Work, subscription: StoredSubscription) => Promise<void>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(subscriptionTarget, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id } = parsed.value;
      const subscription = await takeSubscription(work, id);
      if (!subscription) return notFound(id);
      if (!subscription.removed) await body(work, subscription);
      return saved(id);
    });
  }
}

const onlyOwnPeople = forbidden('Editors and planners subscribe to calendars for their own actor.');
