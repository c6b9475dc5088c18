import pg from 'pg';

export interface OwnLineOptions {
  readonly url: string;
  readonly applicationName: string;
  /** For a connection, and again for an answer. */
  readonly withinMs: number;
}

/** One connection apart from the pools, for a question that must be answered when all others are taken. It carries no session context. */
export class OwnLine {
  private readonly pool: pg.Pool;

  constructor({ url, applicationName, withinMs }: OwnLineOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: applicationName,
      max: 1,
      connectionTimeoutMillis: withinMs,
      query_timeout: withinMs,
    });
    // Without a listener the loss of the idle connection would end the process; the next question makes a new one.
    this.pool.on('error', () => undefined);
  }

  /** The first row, if any. @throws what PostgreSQL or the line to it throws, or when it takes too long */
  async ask<T extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<T | undefined> {
    const { rows } = await this.pool.query<T>(text, [...values]);
    return rows[0];
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
