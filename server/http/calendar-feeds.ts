import type { RequestHandler } from 'express';
import type { FeedContents } from '../../core/feeds/feed-calendar.ts';
import { errorBody } from './errors.ts';

/** The calendar behind a token; null where there is none. */
export type ReadFeed = (token: string) => Promise<FeedContents | null>;

/**
 * Calendars for programs that subscribe to them: nobody signs in, the address says everything. It is written to no log, and sent
 * on to nobody.
 */
export function serveCalendarFeeds(read: ReadFeed): RequestHandler {
  return async (request, response) => {
    const { file } = request.params;
    const contents = await read(typeof file === 'string' ? file.replace(/\.ics$/, '') : '');
    if (!contents) {
      response.status(404).json(errorBody('NOT_FOUND', 'There is no calendar here, or no longer.'));
      return;
    }
    response.setHeader('etag', contents.etag);
    // To be kept by whoever asked, and asked for each time.
    response.setHeader('cache-control', 'private, no-cache');
    response.setHeader('referrer-policy', 'no-referrer');
    if (isKnown(request.headers['if-none-match'], contents.etag)) {
      response.status(304).end();
      return;
    }
    response.setHeader('content-disposition', 'inline; filename="concord.ics"');
    response.type('text/calendar; charset=utf-8').send(contents.text);
  };
}

/** RFC 9110, 13.1.2: compared weakly, because proxies that compress weaken what they pass on. */
function isKnown(asked: string | undefined, etag: string): boolean {
  return (asked ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
