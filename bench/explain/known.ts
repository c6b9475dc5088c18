import { withClient } from '../../platform/database/with-client.ts';
import type { BenchHub } from '../world/hub.ts';

/** What questions ask about: ids and codes that are there. */
export interface KnownRegistry {
  /** The actor with most programmes, and one with few. */
  readonly largest: string;
  readonly small: string;
  readonly programmes: readonly string[];
  /** Programmes of the largest. */
  readonly own: readonly string[];
  readonly campaigns: readonly string[];
  readonly entries: readonly string[];
  readonly overlaps: readonly string[];
  readonly suggestions: readonly string[];
  readonly actors: readonly string[];
  readonly countries: readonly string[];
  readonly places: readonly string[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
}

/** Of each kind so many, spread over all that are there. */
const EACH = 200;

export async function readKnown({ adminUrl }: BenchHub): Promise<KnownRegistry> {
  return withClient(adminUrl, async (client) => {
    const ids = async (table: string, where = 'true', column = 'id'): Promise<string[]> => {
      const { rows } = await client.query<{ id: string }>(
        `select ${column} as id from app.${table} where ${where} order by md5(${column}) limit ${String(EACH)}`,
      );
      return rows.map(({ id }) => id);
    };
    const used = async (column: string): Promise<string[]> => {
      const { rows } = await client.query<{ code: string }>(
        `select code from app.programme, unnest(${column}) as code group by 1 order by count(*) desc, 1 limit 12`,
      );
      return rows.map(({ code }) => code);
    };
    const { rows } = await client.query<{ id: string }>(
      'select owner_id as id from app.programme group by 1 order by count(*) desc, 1',
    );
    const owners = rows.map(({ id }) => id);
    const [largest, small] = [owners[0] ?? '', owners.at(-5) ?? ''];
    return {
      largest,
      small,
      programmes: await ids('programme'),
      own: await ids('programme', `owner_id = '${largest}'`),
      campaigns: await ids('campaign'),
      entries: await ids('calendar_entry'),
      overlaps: await ids('overlap'),
      suggestions: await ids('suggestion'),
      actors: owners.slice(0, EACH),
      countries: await used('countries'),
      places: await used('places'),
      corridors: await used('stated_corridors'),
      audiences: await used('audiences'),
      themes: await used('themes'),
      channels: await used('channels'),
    };
  });
}
