import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEED_SECTIONS, seedGuidance, sectionId } from '../../core/guidance/seed-guidance.ts';
import type { TermKind } from '../../core/vocabulary/code-kind.ts';
import { SEED_TERMS } from '../../core/vocabulary/seed/terms.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { statementsDuring } from '../support/statements.ts';

const codesOf = (kind: TermKind): string[] =>
  SEED_TERMS.filter((term) => term.kind === kind && !term.code.includes(':')).map(({ code }) => code);

const LISTS = [
  ['phases', 'phase'],
  ['audiences', 'audience'],
  ['themes', 'theme'],
  ['channels', 'channel'],
  ['languages', 'language'],
  ['objectiveLevels', 'objective_level'],
  ['actorKinds', 'actor_kind'],
] as const;

describe('the library that comes with the hub', () => {
  test('gives each section a short title, 40 to 120 words and a source', () => {
    const faults = SEED_SECTIONS.flatMap(({ key, title, text, source, sourceUrl }) => {
      const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
      return [
        ...(words >= 40 && words <= 120 ? [] : [`${key}: ${String(words)} words`]),
        ...(title.length <= 80 ? [] : [`${key}: a title of ${String(title.length)} characters`]),
        ...(source.length > 5 && /^https:/.test(sourceUrl ?? 'https:') ? [] : [`${key}: no source`]),
      ];
    });
    expect(faults).toEqual([]);
    expect(SEED_SECTIONS.length).toBeGreaterThan(40);
  });

  test('names codes that exist, each once', () => {
    for (const section of SEED_SECTIONS) {
      expect(codesOf('handbook_step')).toContain(section.step);
      for (const [list, kind] of LISTS) {
        const named = section[list] ?? [];
        expect(codesOf(kind)).toEqual(expect.arrayContaining([...named]));
        expect(new Set(named).size).toBe(named.length);
      }
    }
  });

  test('has keys and titles of its own for each section', () => {
    expect(new Set(SEED_SECTIONS.map(({ key }) => key)).size).toBe(SEED_SECTIONS.length);
    expect(new Set(SEED_SECTIONS.map(({ title }) => title)).size).toBe(SEED_SECTIONS.length);
  });

  test('speaks to every step, role, phase, objective, audience, theme and channel', () => {
    const named = (list: (typeof LISTS)[number][0] | 'roles'): string[] =>
      SEED_SECTIONS.flatMap((section): readonly string[] => section[list] ?? []);
    expect(new Set(SEED_SECTIONS.map(({ step }) => step))).toEqual(new Set(codesOf('handbook_step')));
    expect(new Set(named('roles'))).toEqual(new Set(['origin', 'transit', 'destination', 'return']));
    for (const [list, kind] of LISTS.filter(([, of]) => of !== 'language' && of !== 'actor_kind'))
      expect(codesOf(kind).filter((code) => !named(list).includes(code))).toEqual([]);
    expect(named('languages')).toEqual(expect.arrayContaining(['rhg', 'ctg']));
  });

  test('has something that holds for all in the phases before anything is known', () => {
    const general = SEED_SECTIONS.filter((section) =>
      LISTS.every(([list]) => list === 'phases' || (section[list] ?? []).length === 0),
    );
    expect(general.length).toBeGreaterThan(10);
  });
});

describe('seeding it', () => {
  let database: TestDatabase;
  let orm: MikroORM;
  beforeAll(async () => {
    database = await testDatabase();
    orm = await openOrm({ url: database.workerUrl, entities: [], applicationName: 'test-guidance' });
  });
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });

  const seed = (sections = SEED_SECTIONS): Promise<number> =>
    orm.em.fork().transactional((em) => seedGuidance(em, sections));
  const [first, second] = SEED_SECTIONS;
  if (!first || !second) throw new Error('a library');
  const stored = (key: string) =>
    withClient(database.adminUrl, async (client) => {
      const found = await client.query<{ title: string; version: number; changed_by: string }>(
        'select title, version, changed_by from app.guidance_section where id = $1',
        [sectionId(key)],
      );
      return found.rows[0];
    });

  test('a second time it writes nothing, in one statement', async () => {
    let written: number | null = null;
    const statements = await statementsDuring(async () => {
      written = await seed();
    });
    expect(written).toBe(0);
    expect(statements).toHaveLength(1);
  });

  test('a later version of the hub changes what only the hub has written, and keeps how it was', async () => {
    const later = SEED_SECTIONS.map((one) => (one.key === first.key ? { ...one, title: 'Said better' } : one));
    expect(await seed(later)).toBe(1);
    expect(await stored(first.key)).toEqual({ title: 'Said better', version: 2, changed_by: 'hub' });
    const versions = await withClient(database.adminUrl, (client) =>
      client.query('select version, title from app.guidance_version where section_id = $1 order by version', [
        sectionId(first.key),
      ]),
    );
    expect(versions.rows).toEqual([
      { version: 1, title: first.title },
      { version: 2, title: 'Said better' },
    ]);
  });

  test('what a coordinator has changed stays, and the worker’s own policies would refuse to change it', async () => {
    await withClient(database.adminUrl, (client) =>
      client.query(
        `begin; set local app.key_id = 'key_coordinator'; set local app.role = 'coordinator';
         update app.guidance_section set title = 'Ours', version = 2 where id = '${sectionId(second.key)}'; commit`,
      ),
    );
    const later = SEED_SECTIONS.map((one) => (one.key === second.key ? { ...one, title: 'Theirs' } : one));
    await seed(later);
    expect(await stored(second.key)).toEqual({ title: 'Ours', version: 2, changed_by: 'key_coordinator' });
    const forced = await sql`update guidance_section set title = 'Forced' where id = ${sectionId(second.key)}`.execute(
      orm.em.fork().getKysely(),
    );
    expect(forced.numAffectedRows).toBe(0n);
  });

  test('versions only grow, even for whoever owns the tables', async () => {
    const rewriting = withClient(database.adminUrl, (client) => client.query(`delete from app.guidance_version`));
    await expect(rewriting).rejects.toThrow('can only grow');
  });
});
