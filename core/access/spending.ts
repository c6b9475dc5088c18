import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { UnitOfWork } from './unit-of-work.ts';
import { HUB_VIEWER } from './viewer.ts';

const TABLE = 'cost_spent';

/** A stretch of time that a budget is for, by its number since 1970. */
export interface SpendingWindow {
  readonly name: string;
  readonly lengthS: number;
  readonly number: number;
}

/** What keys have spent on all servers together. */
export class Spending {
  private readonly ledger: RateLimiterPostgres;

  constructor(unitOfWork: UnitOfWork) {
    this.ledger = new RateLimiterPostgres({
      storeClient: { query: (statement: Statement) => query(unitOfWork, statement) },
      storeType: 'client',
      schemaName: 'app',
      tableName: TABLE,
      // It comes with the migrations.
      tableCreated: true,
      // It is counted here; what is too much is decided before.
      points: Number.MAX_SAFE_INTEGER,
      // Each window says its own.
      duration: 0,
      keyPrefix: '',
    });
  }

  /** Adds points that a key has spent in a window. @returns what it has spent in it on all servers, those included */
  async add(keyId: string, { name, lengthS, number }: SpendingWindow, points: number): Promise<number> {
    // Kept longer than the window, which does not begin with the first point spent in it.
    const options = { customDuration: 2 * lengthS };
    const { consumedPoints } = await this.ledger.penalty(`${keyId} ${name} ${String(number)}`, points, options);
    return consumedPoints;
  }
}

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

function query(unitOfWork: UnitOfWork, { text, values }: Statement): Promise<{ rows: unknown[] }> {
  return unitOfWork.run(HUB_VIEWER, async ({ em }) => {
    const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, values));
    return { rows };
  });
}
