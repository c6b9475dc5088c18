import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_COUNTED } from '../../core/projection/counted.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

let hub: TestHub;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

test('what is long is counted up to a hundred thousand, and read to its end', async () => {
  const actor = await hub.actor();
  const write = (count: number): Promise<unknown> =>
    withClient(hub.database.adminUrl, (client) =>
      client.query(
        `insert into app.notification (id, actor_id, kind, subject_id, occasion, created_at)
          select 'ntf_' || n, null, 'NEW_OVERLAP', $1, n, now() from generate_series(1, $2::int) as n on conflict do nothing`,
        [actor, count],
      ),
    );
  const counted = async (): Promise<unknown> => {
    const { notifications } = await coordinator.query<{ notifications: { totalCount: number } }>(
      '{ notifications(first: 1) { totalCount pageInfo { hasNextPage } } }',
    );
    return notifications;
  };
  await write(3);
  expect(await counted()).toEqual({ totalCount: 3, pageInfo: { hasNextPage: true } });
  await write(MOST_COUNTED + 1);
  expect(await counted()).toEqual({ totalCount: MOST_COUNTED, pageInfo: { hasNextPage: true } });
});
