import pg from 'pg';

/** Opens one connection for the time of `use`; for setting up, where no pool exists yet. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'concord-setup' });
  // A lost connection also rejects the query under way, which is where it is handled.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}
