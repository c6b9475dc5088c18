import type { JobRequest } from '../jobs/contract.ts';
import { assertNever } from '../outcome.ts';
import type { OutboxEvent, OutboxEventKind } from './events.ts';

/** Where an event goes: to one queue as a job, to all processes as a notice for their subscribers, or to a job that is there already. */
export type Route =
  | { readonly to: 'queue'; readonly request: JobRequest }
  | { readonly to: 'subscribers'; readonly kind: NoticeKind; readonly ids: readonly string[] }
  | { readonly to: 'failed-job'; readonly id: string };

/** What subscribers listen to: a kind of event, or one that is addressed to a single actor. */
export type NoticeKind = OutboxEventKind | `${OutboxEventKind}@${string}`;

/**
 * The kind of notices that only subscribers who act for this actor listen to. Others do not get them and throw them away, they
 * never get them: not even their waking up tells that something happened.
 */
export function addressedTo(actorId: string, kind: OutboxEventKind): NoticeKind {
  return `${kind}@${actorId}`;
}

/** The one table from events to what follows. */
export function routeOf(event: OutboxEvent): Route {
  switch (event.kind) {
    case 'record.changed':
      return { to: 'queue', request: { queue: 'match-footprint', payload: { subjectIds: event.subjectIds } } };
    case 'scope.touched':
      return { to: 'queue', request: { queue: 'compose-suggestions', payload: { scope: event.scope } } };
    case 'insight.changed':
      return { to: 'queue', request: { queue: 'apply-insights', payload: { audiences: event.audiences } } };
    case 'overlaps.found':
      return { to: 'subscribers', kind: 'overlap.found', ids: event.ids };
    case 'overlap.found':
    case 'suggestion.changed':
    case 'subscription.fetched':
    case 'import.progressed':
      return { to: 'subscribers', kind: event.kind, ids: [event.id] };
    case 'answer.given':
      return { to: 'queue', request: { queue: 'reveal-endorsers', payload: { suggestionId: event.suggestionId } } };
    case 'suggestion.revealed':
    case 'joint-campaign.changed':
      return { to: 'subscribers', kind: addressedTo(event.actorId, event.kind), ids: [event.id] };
    case 'notification.due':
      return { to: 'queue', request: { queue: 'write-notifications', payload: { due: event.due } } };
    case 'webhook.due':
      return { to: 'queue', request: { queue: 'deliver-webhook', payload: { deliveryId: event.deliveryId } } };
    case 'import.due':
      return { to: 'queue', request: { queue: 'work-on-import', payload: { runId: event.runId } } };
    case 'digest.due':
      return { to: 'queue', request: { queue: 'send-digest', payload: { digestId: event.digestId } } };
    case 'subscription.due':
      return { to: 'queue', request: { queue: 'refresh-calendars', payload: { subscriptionId: event.id } } };
    case 'failed-job.asked':
      return { to: 'failed-job', id: event.id };
    default:
      return assertNever(event);
  }
}

/**
 * Events after which somebody may have to be told something, wherever else they go. One look for news stands for all of them: it
 * carries nothing, and reads whatever there is.
 */
const NEWSWORTHY: ReadonlySet<OutboxEventKind> = new Set([
  'overlaps.found',
  'overlap.found',
  'scope.touched',
  'suggestion.changed',
  'suggestion.revealed',
  'joint-campaign.changed',
]);

/** The look for news that an event asks for, or null. */
export function newsAfter(event: OutboxEvent): JobRequest | null {
  return NEWSWORTHY.has(event.kind) ? { queue: 'write-notifications', payload: {} } : null;
}

/**
 * The kinds this release can route. The relay takes no others, so that during a rolling upgrade an event of a newer
 * release waits for a relay that knows it.
 */
export const routedKinds: readonly OutboxEventKind[] = [
  'record.changed',
  'scope.touched',
  'insight.changed',
  'overlaps.found',
  'overlap.found',
  'suggestion.changed',
  'answer.given',
  'suggestion.revealed',
  'joint-campaign.changed',
  'notification.due',
  'webhook.due',
  'digest.due',
  'subscription.due',
  'subscription.fetched',
  'import.due',
  'import.progressed',
  'failed-job.asked',
];
