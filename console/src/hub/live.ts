import { ConcordTransportError, type Viewer } from '@concord/client-sdk';
import { createContext, useContext } from 'react';
import { hub } from './hub.ts';

/** What may have changed while somebody looked. */
export interface News {
  readonly kind: 'suggestions' | 'joint';
  readonly id: string;
}

/** When the hub gave no line, because the viewer has too many, or for a reason that does not pass by trying at once. */
const TRIED_AGAIN_MS = 60_000;

/** How often what is looked at was brought up to date because something changed; a dependency of what shows it. */
export const BeatContext = createContext(0);
export const useBeat = (): number => useContext(BeatContext);

/**
 * Tells what concerns the viewer as it changes, until the signal ends it. However many pages of the hub a browser has open, one of them
 * holds the line and tells the others: the hub gives a viewer five, and a browser few to one host. When that page is closed, another
 * takes over.
 */
export function listen(viewer: Viewer, tell: (news: News) => void, signal: AbortSignal): void {
  // Another viewer may be signed in meanwhile, in another page: that one's line is not this one's.
  const name = `concord.live.${viewer.actor?.id ?? 'all'}.${viewer.role}`;
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    tell(data);
  });
  signal.addEventListener('abort', () => {
    channel.close();
  });
  const tellAll = (news: News): void => {
    tell(news);
    channel.postMessage(news);
  };
  const addressedToMe = viewer.actor ? true : undefined;
  const takesPart = viewer.role === 'EDITOR' || viewer.role === 'PLANNER';
  const follows = async (): Promise<void> => {
    await Promise.all([
      follow('suggestions', () => hub.suggestions.watch({ addressedToMe, signal }), tellAll, signal),
      takesPart && follow('joint', () => hub.jointCampaigns.watch({ signal }), tellAll, signal),
    ]);
  };
  // Browsers have locks only where nobody can listen in; elsewhere each page has a line of its own.
  const holding = isSecureContext ? navigator.locks.request(name, { signal }, follows) : follows();
  holding.catch(() => undefined);
}

async function follow(
  kind: News['kind'],
  watch: () => AsyncGenerator<{ readonly id: string }>,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const { id } of watch()) tell({ kind, id });
    } catch (error) {
      // The session is over: whatever is done next says so.
      if (error instanceof ConcordTransportError && (error.status === 401 || error.status === 403)) return;
    }
    await pause(signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TRIED_AGAIN_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
