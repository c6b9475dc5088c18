import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type AuditRow, NO_SEAL, type SealHead, SealHash, auditRowColumns, hashOfRow, utc } from './seal.ts';

/** Where the audit is not what was sealed. */
export interface Break {
  /** Null: a row that no seal knows. */
  readonly seal: string | null;
  /** Null: the seal itself, or which of its rows cannot be told. */
  readonly row: string | null;
  readonly finding: string;
}

export interface AuditReport {
  /** Seals, and rows in them, that are whole: all, or those before the first break. */
  readonly seals: number;
  readonly rows: number;
  /** The end of what is whole; null when nothing is. */
  readonly lastSeal: { readonly number: string; readonly sealedAt: string; readonly hash: string } | null;
  readonly firstBreak: Break | null;
  /** Whether the whole part has a seal with the hash that was asked for; true when none was. */
  readonly remembers: boolean;
  /** Rows to be sealed. */
  readonly waiting: number;
  /** Of these, rows older than a minute: nobody seals. */
  readonly overdue: number;
}

/** A row of a seal. Where no row says that it is in the seal, `row` is null; where the audit has it no more, `id` is. */
type Link = SealHead & { readonly hash: Buffer; readonly row: string | null; readonly rowHash: Buffer | null } & (
    AuditRow | { readonly id: null }
  );

interface Open {
  readonly link: Link;
  readonly seal: SealHash;
  rows: number;
}

const ROWS_AT_ONCE = 2_000;
const OVERDUE_AFTER_S = 60;

/**
 * Computes the whole chain anew, in bounded memory, and stops at the first break. In one snapshot, on the worker login.
 * @param remembered a hash in hex that an earlier check found at the end: without its seal, the end of the chain was cut off
 */
export async function verifyAudit(work: Work, remembered: string | null = null): Promise<AuditReport> {
  const chain = await verifyChain(work, remembered);
  return {
    ...chain,
    firstBreak: chain.firstBreak ?? (await findStray(work)),
    ...(await countWaiting(work)),
  };
}

type Whole = Pick<AuditReport, 'seals' | 'rows' | 'lastSeal' | 'remembers'>;

async function verifyChain(work: Work, remembered: string | null): Promise<Whole & Pick<AuditReport, 'firstBreak'>> {
  let whole: Whole = { seals: 0, rows: 0, lastSeal: null, remembers: remembered === null };
  let previous: Uint8Array = NO_SEAL;
  let open: Open | null = null;
  const finish = ({ link, seal, rows }: Open): Break | null => {
    if (rows !== link.rowCount)
      return {
        seal: link.number,
        row: null,
        finding: `${String(link.rowCount)} rows were sealed, found ${String(rows)}`,
      };
    if (!seal.digest().equals(link.hash))
      return { seal: link.number, row: null, finding: 'its hash does not follow from its rows and the seal before it' };
    const { number, sealedAt } = link;
    const hash = link.hash.toString('hex');
    previous = link.hash;
    whole = {
      seals: whole.seals + 1,
      rows: whole.rows + rows,
      lastSeal: { number, sealedAt, hash },
      remembers: whole.remembers || hash === remembered,
    };
    return null;
  };
  for await (const link of links(work)) {
    if (open === null || open.link.number !== link.number) {
      const broken = open && finish(open);
      if (broken) return { ...whole, firstBreak: broken };
      const expected = String(whole.seals + 1);
      if (link.number !== expected)
        return {
          ...whole,
          firstBreak: { seal: expected, row: null, finding: `the seal is gone; the next is ${link.number}` },
        };
      open = { link, seal: new SealHash(previous, link), rows: 0 };
    }
    if (link.row === null) continue;
    const finding = findingOf(link);
    if (finding !== null) return { ...whole, firstBreak: { seal: link.number, row: link.row, finding } };
    if (link.rowHash) open.seal.add(link.rowHash);
    open.rows += 1;
  }
  return { firstBreak: open && finish(open), ...whole };
}

function findingOf(link: Link): string | null {
  if (link.id === null) return 'the row is gone';
  return link.rowHash !== null && hashOfRow(link).equals(link.rowHash) ? null : 'the row is not what was sealed';
}

/** Every seal with its rows, by number and id, through a cursor. */
async function* links({ em }: Work): AsyncGenerator<Link> {
  const db = em.getKysely();
  await sql`declare audit_links no scroll cursor for
    select s.number::text as number, ${utc('s.sealed_at')} as "sealedAt", s.first_id::text as "firstId", s.last_id::text as "lastId",
      s.row_count as "rowCount", s.hash, m.audit_id::text as row, m.hash as "rowHash", ${auditRowColumns}
    from audit_seal s left join audit_sealed m on m.seal = s.number left join audit a on a.id = m.audit_id
    order by s.number, m.audit_id`.execute(db);
  for (;;) {
    const { rows } = await sql<Link>`fetch ${sql.lit(ROWS_AT_ONCE)} from audit_links`.execute(db);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close audit_links`.execute(db);
}

/** What nobody put into the chain: a row that is neither sealed nor waits to be, or one of a seal that is gone. */
async function findStray({ em }: Work): Promise<Break | null> {
  const { rows } = await sql<{ seal: string | null; row: string }>`
    (select null as seal, id::text as row from audit
      where not exists (select from audit_sealed where audit_id = id) and not exists (select from audit_unsealed where audit_id = id)
      order by id limit 1)
    union all
    (select seal::text, audit_id::text from audit_sealed
      where not exists (select from audit_seal where number = seal) order by audit_id limit 1)
    limit 1`.execute(em.getKysely());
  const [stray] = rows;
  return stray
    ? { ...stray, finding: stray.seal === null ? 'the row was put in past the triggers' : 'the seal is gone' }
    : null;
}

async function countWaiting({ em, now }: Work): Promise<Pick<AuditReport, 'waiting' | 'overdue'>> {
  const { rows } = await sql<{ waiting: number; overdue: number }>`
    select count(*)::int as waiting,
      (count(*) filter (where at < ${now}::timestamptz - make_interval(secs => ${OVERDUE_AFTER_S})))::int as overdue
    from audit_unsealed join audit on id = audit_id`.execute(em.getKysely());
  return rows[0] ?? { waiting: 0, overdue: 0 };
}
