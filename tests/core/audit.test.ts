import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditLog } from '../../core/access/audit-log.ts';
import { record } from '../../core/access/audit.ts';
import { UnitOfWork, type Work } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { isWhole, sayAudit } from '../../core/audit/say-audit.ts';
import { type AuditRow, type SealHead, SealHash, auditRowColumns, hashOfRow, utc } from '../../core/audit/seal.ts';
import { sealWaiting } from '../../core/audit/sealing.ts';
import { type AuditReport, verifyAudit } from '../../core/audit/verify.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';
import { chooser } from '../support/registry-steps.ts';

const EDITOR: Viewer = {
  keyId: 'key_editor',
  userId: null,
  label: 'an editor',
  role: 'editor',
  scopes: ['write'],
  actorId: 'act_example',
};
const EVENTS = 10_000;

let world: MatchingWorld;
let log: AuditLog;

beforeAll(async () => {
  world = await matchingWorld();
  log = new AuditLog(world.app.unitOfWork);
});
afterAll(() => world.close());

const seal = (limit?: number): Promise<number> =>
  world.worker.unitOfWork.run(HUB_VIEWER, (work) => sealWaiting(work, limit));
const verify = (): Promise<AuditReport> => world.worker.unitOfWork.look(HUB_VIEWER, (work) => verifyAudit(work));
const behindTheCurtain = <T extends object>(...statements: string[]): Promise<T[]> =>
  withClient(world.database.adminUrl, async (client) => {
    let rows: T[] = [];
    for (const statement of statements) rows = (await client.query<T>(statement)).rows;
    return rows;
  });

/** Fails unless a login is refused every one of the statements for want of a right. */
async function expectPowerless(url: string, ...statements: string[]): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`select set_config('app.role', 'operator', false), set_config('app.key_id', 'hub', false)`);
    for (const statement of statements) {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
  });
}

/** A transaction that has done its work and is not committed before the test says so. */
async function underWay<T>(uow: UnitOfWork, viewer: Viewer, body: (work: Work) => Promise<T>) {
  const worked = Promise.withResolvers<T>();
  const mayCommit = Promise.withResolvers<undefined>();
  const committed = uow.run(viewer, async (work) => {
    worked.resolve(await body(work));
    await mayCommit.promise;
  });
  committed.catch(worked.reject);
  return {
    result: await worked.promise,
    commit: (): Promise<void> => {
      mayCommit.resolve(undefined);
      return committed;
    },
  };
}

describe('who may do what', () => {
  test('requests can only add to the audit, in their own name', async () => {
    await log.note(EDITOR, { kind: 'signed-in' });
    await expectPowerless(
      world.database.appUrl,
      'select * from audit',
      `update audit set action = 'nothing'`,
      'delete from audit',
      'truncate audit',
      'select * from audit_seal',
      'select * from audit_sealed',
      'delete from audit_unsealed',
      `insert into audit (at, key_id, action) values (now(), 'key_of_another', 'signed-in')`,
    );
  });

  test('background work can read and seal it, and change nothing of it', async () => {
    await log.note(EDITOR, { kind: 'signed-in' });
    await seal();
    await expectPowerless(
      world.database.workerUrl,
      `update audit set action = 'nothing'`,
      'delete from audit',
      'truncate audit',
      'update audit_seal set hash = hash',
      'delete from audit_sealed',
      'insert into audit_unsealed (audit_id) values (1)',
    );
  });

  test('even the owner of the tables is refused to rewrite them', async () => {
    await log.note(EDITOR, { kind: 'signed-in' });
    await seal();
    for (const table of ['audit', 'audit_seal', 'audit_sealed']) {
      for (const statement of [`delete from app.${table}`, `truncate app.${table}`]) {
        await expect(behindTheCurtain('set role concord_owner', statement), statement).rejects.toThrow(
          `${table} can only grow`,
        );
      }
    }
    await expect(behindTheCurtain('set role concord_owner', `update app.audit set action = 'nothing'`)).rejects.toThrow(
      'audit can only grow',
    );
  });
});

describe('what is noted', () => {
  test('an event of a viewer or of nobody is stored when the note resolves, with ids, codes and counts', async () => {
    await log.note(EDITOR, { kind: 'exported', subjectId: 'prg_1', detail: { format: 'csv', rows: 12 } });
    await log.note(null, { kind: 'denied', detail: { reason: 'unknown-key' } });
    const rows = await behindTheCurtain(
      'select key_id, actor_id, action, subject_id, detail from app.audit order by id desc limit 2',
    );
    expect(rows).toEqual([
      { key_id: null, actor_id: null, action: 'denied', subject_id: null, detail: { reason: 'unknown-key' } },
      {
        key_id: 'key_editor',
        actor_id: 'act_example',
        action: 'exported',
        subject_id: 'prg_1',
        detail: { format: 'csv', rows: 12 },
      },
    ]);
  });

  test.each([
    ['a sentence', { reason: 'asked by Rahima' }],
    ['an address', { reason: 'rahima@example.org' }],
    ['a secret', { reason: 'x'.repeat(65) }],
  ])('%s is refused as detail', async (_what, detail) => {
    await expect(log.note(EDITOR, { kind: 'denied', detail })).rejects.toThrow('audit_detail_check');
  });

  test('a note stays when the change around it is rolled back', async () => {
    const failing = world.app.unitOfWork.run(EDITOR, async () => {
      await log.note(EDITOR, { kind: 'denied', subjectId: 'prg_refused' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const rows = await behindTheCurtain(`select action from app.audit where subject_id = 'prg_refused'`);
    expect(rows).toEqual([{ action: 'denied' }]);
  });

  test('a change that is rolled back leaves no row', async () => {
    const count = async (): Promise<unknown> => behindTheCurtain('select count(*) from app.audit');
    const before = await count();
    const failing = world.app.unitOfWork.run(HUB_VIEWER, async (work) => {
      await record(work, 'programme.registered', 'prg_2', { partners: 3 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await count()).toEqual(before);
  });
});

describe('sealing', () => {
  test('a row that commits after a later one was sealed is sealed all the same, once', async () => {
    await seal();
    const late = await underWay(world.app.unitOfWork, EDITOR, (work) => record(work, 'programme.revised', 'prg_late'));
    await log.note(EDITOR, { kind: 'denied', subjectId: 'prg_early' });
    expect(await seal()).toBe(1);
    await late.commit();
    expect(await seal()).toBe(1);
    expect(await seal()).toBe(0);
    const rows = await behindTheCurtain<{ subject_id: string; seal: string }>(
      `select subject_id, seal from app.audit join app.audit_sealed on audit_id = id where subject_id in ('prg_late', 'prg_early') order by id`,
    );
    expect(rows.map(({ subject_id }) => subject_id)).toEqual(['prg_late', 'prg_early']);
    expect(Number(rows[0]?.seal)).toBe(Number(rows[1]?.seal) + 1);
    expect(await verify()).toMatchObject({ firstBreak: null, waiting: 0 });
  });

  test('of two processes one seals and the other passes', async () => {
    await log.note(EDITOR, { kind: 'signed-in' });
    const other = await underWay(world.worker.unitOfWork, HUB_VIEWER, (work) => sealWaiting(work));
    expect(other.result).toBe(1);
    await log.note(EDITOR, { kind: 'signed-in' });
    expect(await seal()).toBe(0);
    await other.commit();
    expect(await seal()).toBe(1);
    expect(await verify()).toMatchObject({ firstBreak: null, waiting: 0 });
  });

  test('rows that wait for more than a minute are reported: nobody seals', async () => {
    await log.note(EDITOR, { kind: 'signed-in' });
    expect(await verify()).toMatchObject({ waiting: 1, overdue: 0 });
    world.clock.advance(61_000);
    const report = await verify();
    expect(report).toMatchObject({ firstBreak: null, waiting: 1, overdue: 1 });
    expect(isWhole(report)).toBe(false);
    expect(sayAudit(report)).toContain('NOT SEALED: 1 rows have waited for more than a minute');
    await seal();
    expect(isWhole(await verify())).toBe(true);
  });
});

describe(`among ${String(EVENTS)} events`, () => {
  let admin: UnitOfWork;
  let closeAdmin: () => Promise<void>;
  let whole: AuditReport;

  beforeAll(async () => {
    for (let from = 0; from < EVENTS; from += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, index) => ({
        kind: 'restricted.read' as const,
        subjectId: `prg_${String(from + index)}`,
        detail: { fields: index },
      }));
      await log.noteAll(EDITOR, events);
      while ((await seal(700)) > 0);
    }
    whole = await verify();
    const orm = await openOrm({ url: world.database.adminUrl, entities: [], applicationName: 'test-admin' });
    closeAdmin = () => orm.close();
    admin = new UnitOfWork(orm, world.clock, seededRandomness('audit'));
  });
  afterAll(() => closeAdmin());

  /** What a check finds after a superuser has changed something past all triggers; the change is undone. */
  async function verifyAfter(...steps: (string | ((work: Work) => Promise<void>))[]): Promise<AuditReport> {
    let report: AuditReport | undefined;
    const undo = new Error('undone');
    const tampering = admin.run(HUB_VIEWER, async (work) => {
      await sql`set local search_path = app, public`.execute(work.em.getKysely());
      await sql`set local session_replication_role = replica`.execute(work.em.getKysely());
      for (const step of steps) {
        if (typeof step !== 'string') {
          await step(work);
          continue;
        }
        const { numAffectedRows } = await sql.raw(step).execute(work.em.getKysely());
        expect(Number(numAffectedRows), step).toBeGreaterThan(0);
      }
      report = await verifyAudit(work, whole.lastSeal?.hash);
      throw undo;
    });
    await expect(tampering).rejects.toBe(undo);
    if (!report) throw new Error('nothing was checked');
    return report;
  }

  /** The id of a row in the middle, and its seal. */
  async function middle(): Promise<{ id: string; seal: string }> {
    const [row] = await behindTheCurtain<{ id: string; seal: string }>(
      `select id, seal from app.audit join app.audit_sealed on audit_id = id where subject_id = 'prg_4321'`,
    );
    if (!row) throw new Error('no row in the middle');
    return row;
  }

  test('nothing is found as long as nothing was changed', () => {
    expect(whole).toMatchObject({ firstBreak: null, waiting: 0, overdue: 0 });
    expect(whole.rows).toBeGreaterThanOrEqual(EVENTS);
    expect(whole.remembers).toBe(true);
    expect(sayAudit(whole)).toBe(
      `The audit is whole: ${String(whole.rows)} rows in ${String(whole.seals)} seals, 0 rows to be sealed; the last seal, ` +
        `${String(whole.lastSeal?.number)} of ${String(whole.lastSeal?.sealedAt)}, is ${String(whole.lastSeal?.hash)}.\n`,
    );
  });

  test.each([
    ['its action', `action = 'restricted.reac'`],
    ['its subject', `subject_id = 'prg_4322'`],
    ['no subject', 'subject_id = null'],
    ['its instant, by a microsecond', `at = at + interval '1 microsecond'`],
    ['its key', `key_id = 'key_editoq'`],
    ['its actor', `actor_id = null`],
    ['its detail', `detail = jsonb_set(detail, '{fields}', '320')`],
    ['the name of a detail', `detail = '{"field": 321}'`],
  ])('one row with another value is named: %s', async (_what, change) => {
    const { id, seal: number } = await middle();
    const report = await verifyAfter(`update audit set ${change} where id = ${id}`);
    expect(report.firstBreak).toEqual({ seal: number, row: id, finding: 'the row is not what was sealed' });
    expect(report.seals).toBe(Number(number) - 1);
    expect(isWhole(report)).toBe(false);
    expect(sayAudit(report)).toContain(`BROKEN at seal ${number}, row ${id}: the row is not what was sealed.`);
  });

  test('a flipped byte in any row is found, whichever it is', async () => {
    const choose = chooser(seededRandomness('flips'));
    for (let i = 0; i < 6; i += 1) {
      const subject = `prg_${String(choose.below(EVENTS))}`;
      const place = 1 + choose.below(15);
      const [row] = await behindTheCurtain<{ id: string }>(`select id from app.audit where subject_id = '${subject}'`);
      const flipped = `overlay(action placing chr(ascii(substr(action, ${String(place)}, 1)) # 1) from ${String(place)})`;
      const report = await verifyAfter(`update audit set action = ${flipped} where id = ${String(row?.id)}`);
      expect(report.firstBreak, `${subject}, byte ${String(place)}`).toMatchObject({ row: row?.id });
    }
  });

  test.each([
    ['its hash', 'hash = set_byte(hash, 31, get_byte(hash, 31) # 1)'],
    ['its instant', `sealed_at = sealed_at + interval '1 microsecond'`],
    ['its first row', 'first_id = first_id + 1'],
    ['its last row', 'last_id = last_id + 1'],
  ])('a seal with another value is named: %s', async (_what, change) => {
    const { seal: number } = await middle();
    const report = await verifyAfter(`update audit_seal set ${change} where number = ${number}`);
    expect(report.firstBreak).toMatchObject({ seal: number, row: null, finding: expect.stringContaining('its hash') });
  });

  test('the hash of one row is as safe as the row', async () => {
    const { id, seal: number } = await middle();
    const report = await verifyAfter(
      `update audit_sealed set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where audit_id = ${id}`,
    );
    expect(report.firstBreak).toMatchObject({ seal: number, row: id });
  });

  test('who forges a row, its hash and its seal breaks the seal after it', async () => {
    const { id, seal: number } = await middle();
    const forge = async ({ em }: Work): Promise<void> => {
      const db = em.getKysely();
      const { rows } = await sql<AuditRow>`select ${auditRowColumns} from audit a join audit_sealed on audit_id = a.id
        where seal = ${number}::bigint order by a.id`.execute(db);
      const { rows: seals } = await sql<SealHead & { previous: Buffer }>`
        select s.number::text as number, ${utc('s.sealed_at')} as "sealedAt", s.first_id::text as "firstId", s.last_id::text as "lastId",
          s.row_count as "rowCount", p.hash as previous
        from audit_seal s join audit_seal p on p.number = s.number - 1 where s.number = ${number}::bigint`.execute(db);
      const [head] = seals;
      if (!head) throw new Error('no seal');
      const forged = new SealHash(head.previous, head);
      for (const row of rows) {
        const hash = hashOfRow(row);
        forged.add(hash);
        await sql`update audit_sealed set hash = ${hash} where audit_id = ${row.id}::bigint`.execute(db);
      }
      await sql`update audit_seal set hash = ${forged.digest()} where number = ${number}::bigint`.execute(db);
    };
    expect(await verifyAfter(forge)).toMatchObject({ firstBreak: null });
    const report = await verifyAfter(`update audit set subject_id = 'prg_forged' where id = ${id}`, forge);
    expect(report.firstBreak).toMatchObject({
      seal: String(Number(number) + 1),
      finding: expect.stringContaining('its hash'),
    });
  });

  test('a deleted row is named, and missed when all that knew of it is deleted too', async () => {
    const { id, seal: number } = await middle();
    const deleted = await verifyAfter(`delete from audit where id = ${id}`);
    expect(deleted.firstBreak).toEqual({ seal: number, row: id, finding: 'the row is gone' });
    const both = await verifyAfter(
      `delete from audit where id = ${id}`,
      `delete from audit_sealed where audit_id = ${id}`,
    );
    expect(both.firstBreak).toMatchObject({ seal: number, finding: expect.stringMatching(/rows were sealed, found/) });
    const counted = await verifyAfter(
      `delete from audit where id = ${id}`,
      `delete from audit_sealed where audit_id = ${id}`,
      `update audit_seal set row_count = row_count - 1 where number = ${number}`,
    );
    expect(counted.firstBreak).toMatchObject({ seal: number, finding: expect.stringContaining('its hash') });
  });

  test('a row put in past the triggers is named, whatever instant it claims and whichever seal', async () => {
    const { seal: number } = await middle();
    const insert = `insert into audit (id, at, key_id, action) overriding system value values (9000000, now() + interval '1 year', 'hub', 'signed-in')`;
    const alone = await verifyAfter(insert);
    expect(alone.firstBreak).toMatchObject({ seal: null, row: '9000000' });
    const placed = await verifyAfter(
      insert,
      `insert into audit_sealed (audit_id, seal, hash) values (9000000, ${number}, sha256('x'))`,
    );
    expect(placed.firstBreak).toMatchObject({ seal: number, row: '9000000' });
  });

  test('two rows that changed places are found', async () => {
    const { id, seal: number } = await middle();
    const report = await verifyAfter(
      `update audit a set (at, key_id, actor_id, action, subject_id, detail)
          = (b.at, b.key_id, b.actor_id, b.action, b.subject_id, b.detail)
        from audit b where a.id in (${id}, ${id} + 1) and b.id = 2 * ${id} + 1 - a.id`,
    );
    expect(report.firstBreak).toMatchObject({ seal: number, row: id });
  });

  test('a seal that is gone is named, at the end of the chain too', async () => {
    const { seal: number } = await middle();
    const inside = await verifyAfter(`delete from audit_seal where number = ${number}`);
    expect(inside.firstBreak).toMatchObject({ seal: number, finding: expect.stringContaining('the seal is gone') });
    const last = String(whole.lastSeal?.number);
    const atTheEnd = await verifyAfter(`delete from audit_seal where number = ${last}`);
    expect(atTheEnd.firstBreak).toMatchObject({ seal: last, finding: 'the seal is gone' });
  });

  test('an end that was cut off with all its rows is missed by who remembers its hash', async () => {
    const last = String(whole.lastSeal?.number);
    const report = await verifyAfter(
      `delete from audit where id in (select audit_id from audit_sealed where seal = ${last})`,
      `delete from audit_sealed where seal = ${last}`,
      `delete from audit_seal where number = ${last}`,
    );
    expect(report).toMatchObject({ firstBreak: null, remembers: false });
    expect(isWhole(report)).toBe(false);
    expect(sayAudit(report)).toContain('CUT OFF: no seal has the hash that was asked for.');
  });
});
