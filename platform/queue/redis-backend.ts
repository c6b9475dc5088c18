import { type BackendFactory, type IQueueBackend, createRedisBackend } from 'bullmq';

/** A producer's command fails after some 0.3 s without Redis: its caller decides when to try again. */
const PRODUCER_RETRIES = 3;

/** BullMQ's Redis backend; the connection option of its queues is the URL. */
export const redisBackend: BackendFactory<IQueueBackend, string> = (name, options, extra) => {
  const consumes = extra?.blocking === true || extra?.withBlockingConnection === true;
  return createRedisBackend(
    name,
    {
      ...options,
      // A consumer has nothing else to do than to wait for Redis to come back.
      connection: { url: options.connection, maxRetriesPerRequest: consumes ? null : PRODUCER_RETRIES },
    },
    extra,
  );
};
