import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bitsOf, intersects, isEmpty } from '../../engine/index.ts';
import {
  type FootprintCodesInput,
  type ResolvedFootprint,
  VocabularyService,
} from '../../core/vocabulary/vocabulary.service.ts';
import type { Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { statementsDuring } from '../support/statements.ts';

let database: TestDatabase;
let orm: MikroORM;
let service: VocabularyService;

beforeAll(async () => {
  database = await testDatabase();
  orm = await openOrm({ url: database.appUrl, entities: [], applicationName: 'test-vocabulary' });
  service = new VocabularyService();
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const inTransaction = <T>(body: (em: EntityManager) => Promise<T>): Promise<T> =>
  new UnitOfWork(orm, systemClock, systemRandomness).run(HUB_VIEWER, ({ em }) => body(em));
const current = (): Promise<Vocabulary> => inTransaction((em) => service.current(em));
const resolve = (input: FootprintCodesInput): Promise<ResolvedFootprint> =>
  inTransaction((em) => service.resolve(em, input));
const asOperator = (statement: string): Promise<unknown> =>
  withClient(database.adminUrl, (client) => client.query(statement));

/** Resolves as soon as one transaction in this database waits for another. */
const somebodyWaits = (): Promise<void> =>
  withClient(database.adminUrl, async (client) => {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await client.query(waiting)).rowCount === 0) continue;
  });

describe('the codes of a footprint', () => {
  test('are kept in canonical form, each once, in the order written; unstated lists stay unstated', async () => {
    const { footprint, issues } = await resolve({
      places: ['bd-13', 'MY', 'BD-13', ' my '],
      audiences: ['Fisher'],
      themes: [],
      languages: ['ben', 'bn', 'zh-hant', 'bn-bd'],
    });
    expect(issues).toEqual([]);
    expect(footprint).toEqual({
      places: ['BD-13', 'MY'],
      corridors: null,
      audiences: ['fisher'],
      themes: [],
      channels: null,
      languages: ['bn', 'zh-Hant', 'bn-BD'],
    });
  });

  test('that are none are named where they stand, with those nearest in spelling', async () => {
    const { footprint, issues } = await resolve({
      places: ['MM', 'TH', 'BDD'],
      corridors: ['rohingya'],
      audiences: ['fishers'],
      themes: ['trafficking'],
      channels: ['zzzzzz'],
    });
    expect(issues).toEqual([
      { path: 'input.places[2]', message: 'no place BDD; did you mean BD (Bangladesh)?' },
      {
        path: 'input.corridors[0]',
        message: 'no corridor rohingya; did you mean rohingya_andaman (Rohingya, Andaman Sea)?',
      },
      { path: 'input.audiences[0]', message: 'no audience fishers; did you mean fisher (Fishers)?' },
      {
        path: 'input.themes[0]',
        message: 'no theme trafficking; did you mean trafficking_in_persons (Trafficking in persons)?',
      },
      { path: 'input.channels[0]', message: 'no channel zzzzzz, and none like it' },
    ]);
    expect(footprint.places).toEqual(['MM', 'TH']);
  });

  test.each([
    ['places', 'BGD', 'BD (Bangladesh)'],
    ['places', 'Cox’s Bazar', "BD-11 (Cox's Bazar)"],
    ['places', 'turkiye', 'TR (Türkiye)'],
    ['places', 'UK', 'GB (United Kingdom of Great Britain and Northern Ireland)'],
    ['languages', 'English', 'en (English)'],
    ['languages', 'tagalog', 'fil (Filipino)'],
    ['channels', 'posters', 'print_poster (Print and posters)'],
  ] as const)('in %s, %s leads first to %s', async (facet, written, meant) => {
    const { issues } = await resolve({ [facet]: [written] });
    expect(issues).toHaveLength(1);
    expect(issues[0]?.message).toContain(`did you mean ${meant}`);
  });

  test('may be any text at all without a fault', async () => {
    const places = [
      '',
      '\u0000',
      '\ud800',
      '%',
      "'; drop table place",
      'B'.repeat(10_000),
      '💥',
      ...Array.from({ length: 20 }, (_, n) => `Q${String(n)}`),
    ];
    const { footprint, issues } = await resolve({ places });
    expect(footprint.places).toEqual([]);
    expect(issues.map((issue) => issue.path)).toEqual(places.map((_, index) => `input.places[${String(index)}]`));
    expect(issues.filter((issue) => issue.message.length > 200)).toEqual([]);
  });

  test('cost one statement, whether they exist or not', async () => {
    await current();
    expect(await statementsDuring(() => resolve({ places: ['BD', 'MY'], themes: ['document_fraud'] }))).toHaveLength(1);
    expect(await statementsDuring(() => resolve({ places: ['BDD', 'MYY'], themes: ['document'] }))).toHaveLength(1);
  });

  test('give way to their successors when they are no longer in use', async () => {
    await asOperator(`
      insert into app.term (kind, code, bit, labels, position, deprecated_on, replaced_by) values
        ('theme', 'old_fraud', 900, '{"en": "Old"}', 900, '2026-01-01', 'document_fraud'),
        ('theme', 'older_fraud', 901, '{"en": "Older"}', 901, '2026-01-01', 'old_fraud'),
        ('theme', 'abandoned', 902, '{"en": "Abandoned"}', 902, '2026-01-01', null)`);
    const { footprint, issues } = await resolve({ themes: ['older_fraud', 'old_fraud', 'abandoned', 'abandon'] });
    expect(footprint.themes).toEqual(['document_fraud']);
    expect(issues).toEqual([
      { path: 'input.themes[2]', message: 'theme abandoned is no longer in use and has no successor' },
      { path: 'input.themes[3]', message: 'no theme abandon, and none like it' },
    ]);
  });

  test('may be checked outside a footprint', async () => {
    const { resolved, issues } = await inTransaction((em) =>
      service.resolveCodes(em, [
        { kind: 'actor_kind', code: 'telecom', path: 'input.kind' },
        { kind: 'stance', code: 'deterr', path: 'input.messages[0].stance' },
      ]),
    );
    expect(resolved.map(({ code, written }) => [written.path, code])).toEqual([['input.kind', 'telecom']]);
    expect(issues).toEqual([
      { path: 'input.messages[0].stance', message: 'no stance deterr; did you mean deter (Deter)?' },
    ]);
  });
});

describe('a language that no record has used yet', () => {
  test('becomes a term with the record that brings it', async () => {
    const { footprint, issues, vocabulary } = await resolve({ languages: ['sw-KE', 'swa', 'en'] });
    expect(issues).toEqual([]);
    expect(footprint.languages).toEqual(['sw-KE', 'sw', 'en']);
    expect(bitsOf(vocabulary.toFacetSet('language', ['sw-KE', 'sw', 'en']))).toHaveLength(2);
    const later = await inTransaction((em) => new VocabularyService().current(em));
    expect(later.bitOf('language', 'sw')).toBe(vocabulary.bitOf('language', 'sw'));
    expect(later.label('language', 'sw')).toBe('Swahili');
  });

  test('is known for the rest of that transaction, and to nobody else before it ends', async () => {
    await inTransaction(async (em) => {
      await service.resolve(em, { languages: ['am'] });
      expect((await service.current(em)).knows('language', 'am')).toBe(true);
      expect((await current()).knows('language', 'am')).toBe(false);
      expect((await service.current(em)).knows('language', 'am')).toBe(true);
    });
    expect((await current()).knows('language', 'am')).toBe(true);
  });

  test('is forgotten when its transaction is rolled back, whatever another process stores next', async () => {
    const undone = new Error('undone');
    const rolledBack = inTransaction(async (em) => {
      const { vocabulary } = await service.resolve(em, { languages: ['ha'] });
      expect(vocabulary.knows('language', 'ha')).toBe(true);
      throw undone;
    });
    await expect(rolledBack).rejects.toBe(undone);
    await inTransaction((em) => new VocabularyService().resolve(em, { languages: ['yo'] }));
    const afterwards = await current();
    expect(afterwards.knows('language', 'ha')).toBe(false);
    expect(afterwards.knows('language', 'yo')).toBe(true);
  });

  test('is not stored when something else in the footprint is wrong', async () => {
    const { issues } = await resolve({ languages: ['xh'], places: ['BDD'] });
    expect(issues).toHaveLength(1);
    expect((await current()).knows('language', 'xh')).toBe(false);
  });

  test('counts in a preview, which stores nothing', async () => {
    const preview = await new UnitOfWork(orm, systemClock, systemRandomness).look(HUB_VIEWER, ({ em }) =>
      service.resolve(em, { languages: ['zu', 'en'] }, 'input', { readOnly: true }),
    );
    const set = preview.vocabulary.toFacetSet('language', ['zu']);
    const everybody = await current();
    const used = everybody.toFacetSet(
      'language',
      everybody.termsOf('language').map((term) => term.code),
    );
    expect(isEmpty(set)).toBe(false);
    expect(intersects(set, used)).toBe(false);
    expect(everybody.knows('language', 'zu')).toBe(false);
  });

  test('is no language when neither the hub nor Unicode knows it', async () => {
    const { issues } = await resolve({ languages: ['xx', 'qqq', 'mul', 'en_US'] });
    expect(issues.map((issue) => issue.path)).toEqual([0, 1, 2, 3].map((index) => `input.languages[${String(index)}]`));
  });
});

describe('terms of outside vocabularies', () => {
  test('get the next free bits, one transaction after the other', async () => {
    const ensure = (em: EntityManager, ...codes: string[]): Promise<Vocabulary> =>
      new VocabularyService().ensureTerms(
        em,
        'theme',
        codes.map((code) => ({ code, labels: { en: `Purpose ${code}` } })),
      );
    const before = (await current()).termsOf('theme').map((term) => term.bit);
    const next = Math.max(...before) + 1;
    let second: Promise<Vocabulary> = Promise.reject(new Error('not begun'));
    second.catch(() => undefined);
    await inTransaction(async (em) => {
      await ensure(em, 'dac:12264', 'dac:12220');
      second = inTransaction((other) => ensure(other, 'dac:12220', 'dac:72010'));
      second.catch(() => undefined);
      await somebodyWaits();
    });
    const seen = await second;
    const bits = ['dac:12264', 'dac:12220', 'dac:72010'].map((code) => seen.bitOf('theme', code));
    expect(bits).toEqual([next, next + 1, next + 2]);
  });

  test('stay as they are when brought again', async () => {
    const bring = (label: string) =>
      inTransaction((em) =>
        service.ensureTerms(em, 'theme', [{ code: 'dac:11110', labels: { en: label }, broader: 'student_rights' }]),
      );
    await expect(bring('Education policy')).rejects.toThrow('foreign key');
    const ensure = (label: string) =>
      inTransaction((em) =>
        service.ensureTerms(em, 'theme', [{ code: 'dac:11110', labels: { en: label }, broader: 'child_protection' }]),
      );
    const first = await ensure('Education policy');
    const second = await ensure('Something else');
    expect(second.term('theme', 'dac:11110')).toEqual(first.term('theme', 'dac:11110'));
    expect(second.label('theme', 'dac:11110')).toBe('Education policy');
    expect(second.term('theme', 'dac:11110')?.broader).toBe('child_protection');
  });
});

describe('the copy a process keeps', () => {
  test('is the same object until the stored vocabulary changes, and then shows the change at once', async () => {
    const first = await current();
    expect(await current()).toBe(first);
    await asOperator(
      `update app.term set labels = labels || '{"th": "ชาวประมง"}' where kind = 'audience' and code = 'fisher'`,
    );
    expect((await current()).label('audience', 'fisher', 'th')).toBe('ชาวประมง');
    await asOperator(
      `insert into app.place (code, kind, country, parent, name) values ('BD2022', 'p_code', 'BD', 'BD-11', 'Cox''s Bazar')`,
    );
    const withPCode = await current();
    expect(withPCode.toPlaces(['BD2022'])).toEqual(withPCode.toPlaces(['BD-B']));
  });

  test('is not disturbed by a statement that changes nothing', async () => {
    const before = await current();
    await asOperator(`update app.term set position = 1 where kind = 'theme' and code = 'nothing_of_ours'`);
    expect(await current()).toBe(before);
  });
});
