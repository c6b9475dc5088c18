import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { importingIn } from '../support/importing.ts';
import { matchingWorld, savedId } from '../support/matching.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 900_000 });

const folder = process.env['CONCORD_REALDATA'];

describe.skipIf(folder === undefined)('real calendars', () => {
  test('each is read with every event accounted for, or fails with a sentence that names it', async () => {
    const world = await matchingWorld();
    try {
      const imports = importingIn(world);
      const owner = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example Keeper', kind: 'national_ngo' }));
      const keeper = { ...HUB_VIEWER, actorId: owner };
      const calendars = join(folder ?? '', 'ics/collective-icalendar');
      const paths = (await readdir(calendars, { recursive: true })).filter((path) => path.endsWith('.ics'));
      expect(paths).toHaveLength(163);
      const states: string[] = [];
      for (const path of paths) {
        const name = basename(path);
        const content = await readFile(join(calendars, path));
        const id = savedId(await imports.service.upload(keeper, { content, fileName: name, read: true }));
        await imports.importer.work(keeper, id);
        const run = await imports.stored(id);
        states.push(run.state);
        if (run.state === 'FAILED') expect(run.failure).toContain(name);
        else {
          expect({ path, state: run.state, failure: run.failure }).toEqual({ path, state: 'READY', failure: null });
          expect(run.created + run.changed + run.unchanged + run.merged + run.refused).toBe(run.rows);
          expect(run.rows).toBeGreaterThan(0);
        }
        // Only so many of a party may wait with their bytes.
        await imports.rows('delete from app.import_file where run_id = $1', [id]);
      }
      expect(states.filter((state) => state === 'READY').length).toBeGreaterThan(0);
      expect(await imports.rows('select from app.calendar_entry')).toHaveLength(0);
    } finally {
      await world.close();
    }
  });
});
