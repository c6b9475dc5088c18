import { test } from 'vitest';
import { securityWorld } from './world.ts';
import { furnish } from './furnish.ts';
test('x', async () => {
  const w = await securityWorld();
  try {
    await furnish(w);
  } catch (e) {
    console.log(
      (
        await import('../../platform/database/with-client.ts').then((m) =>
          m.withClient(w.database.adminUrl, async (c) =>
            JSON.stringify(
              (
                await c.query(
                  'select name, visibility from app.programme union all select name, visibility from app.campaign union all select name, visibility from app.calendar_entry',
                )
              ).rows,
              null,
              1,
            ),
          ),
        )
      ).slice(-1500),
    );
    console.log(
      w.hub.logged
        .filter((l) => /error/i.test(l) && /"level":(50|"error")/.test(l))
        .slice(-2)
        .join('\n')
        .slice(0, 3000),
    );
    console.log(String(w.hub.logged.at(-2)).slice(0, 3000));
  }
  await w.close();
});
