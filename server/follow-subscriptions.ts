import type { Log } from '../platform/log.ts';
import type { Notices } from '../platform/notices.ts';
import type { Services } from './services.ts';

/** What subscribed calendars say is told as soon as it was fetched; this finds what was missed, and what had to wait. */
const SUBSCRIPTIONS_APPLIED_EVERY_MS = 300_000;

/** Has what subscribed calendars say told to the registry, until stopped: then it waits for what is under way. */
export function followSubscriptions(
  { feeds }: Services,
  { notices, log }: { readonly notices: Notices; readonly log: Log },
): { stop(): Promise<void> } {
  const apply = (only: string | null): void => {
    feeds.applying.apply(only).catch((error: unknown) => {
      log.error({ err: error }, 'what a subscribed calendar says could not be written');
    });
  };
  const unsubscribe = notices.subscribe('subscription.fetched', (notice) => {
    apply(notice.kind === 'changed' ? notice.id : null);
  });
  const sweeping = setInterval(() => {
    apply(null);
  }, SUBSCRIPTIONS_APPLIED_EVERY_MS);
  return {
    stop: () => {
      clearInterval(sweeping);
      unsubscribe();
      return feeds.applying.close();
    },
  };
}
