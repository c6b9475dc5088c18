import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { hubId } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { append } from '../outbox/outbox.ts';
import { readNewsOfDay } from './day-news.rows.ts';
import { insertDeliveries } from './delivery.rows.ts';
import type { News } from './news.ts';
import { advanceMark, readNewsSince } from './news.rows.ts';
import { forgetBeyond, insertNotifications } from './notification.rows.ts';

/** Writes notifications. Only the worker does: it alone knows whom a thing concerns. */
export class TellingService {
  /** Made once: from bytes, node:crypto makes a key anew for every digest, which costs eight times as much. */
  private readonly idKey: KeyObject;

  constructor(idSecret: Uint8Array) {
    this.idKey = createSecretKey(idSecret);
  }

  /**
   * Tells of everything that was committed since it was last called, whatever woke it. Safe to run twice and late: news are known
   * by whom they are for, what they are about and on which occasion. @returns how many notifications are new
   */
  async tellNews(work: Work): Promise<number> {
    const since = await advanceMark(work);
    return this.tell(work, await readNewsSince(work, since));
  }

  /** Tells what the hub's day brings. @returns how many notifications are new */
  async tellDay(work: Work): Promise<number> {
    return this.tell(work, await readNewsOfDay(work));
  }

  /** Tells somebody of something, and has the webhooks called that asked for it. @returns how many notifications are new */
  async tell(work: Work, news: readonly News[]): Promise<number> {
    const written = await insertNotifications(
      work,
      news.map((one) => ({ id: this.idOf(one), ...one })),
    );
    await forgetBeyond(work, [...new Set(written.map(({ recipient }) => recipient))]);
    const deliveries = await insertDeliveries(work, written);
    await append(work.em, ...deliveries.map((deliveryId) => ({ kind: 'webhook.due' as const, deliveryId })));
    return written.length;
  }

  /** Derived rows have derived ids, which nobody can guess. */
  private idOf({ recipient, notice, subjectId, occasion }: News): string {
    const key = JSON.stringify([recipient, notice, subjectId, occasion]);
    const digest = createHmac('sha256', this.idKey).update(`notification ${key}`).digest();
    return hubId('ntf', digest.subarray(0, 16));
  }
}
