import type pg from 'pg';
import { seeded } from './random.ts';

/** How large a registry to make. */
export interface RegistrySize {
  readonly entries: number;
  readonly seed: number;
}

const COUNTRIES = ['ID', 'BD', 'MY', 'TH', 'PH', 'MM', 'LK', 'AU', 'KH', 'NP', 'VN', 'PK', 'IN', 'LA', 'AF', 'IR'];
const KINDS = ['broadcast', 'outreach', 'event', 'training', 'meeting', 'publication'];
const ACTOR_KINDS = ['state_national', 'national_ngo', 'ingo', 'intergovernmental', 'diaspora_association', 'media'];
const WORDS = [
  'safe',
  'sea',
  'work',
  'home',
  'season',
  'radio',
  'school',
  'harbour',
  'market',
  'village',
  'border',
  'youth',
];
const FIVE_YEARS = 5 * 365;
const CHUNK = 5_000;

export type Row = Readonly<Record<string, unknown>>;

/**
 * Fills an empty hub with actors, programmes, campaigns and calendar entries, skewed as in life: few actors own half of all
 * entries, few countries hold most, entries last from days to years. Written past the services, for speed; as the owner of the tables.
 */
export async function writeRegistry(client: pg.Client, { entries, seed }: RegistrySize): Promise<void> {
  const random = seeded(seed);
  const now = '2026-01-01T00:00:00Z';
  const words = (): string => `${random.of(WORDS)} ${random.of(WORDS)} ${random.of(WORDS)}`;
  const id = (prefix: string, index: number): string => `${prefix}_bench${String(index).padStart(9, '0')}`;
  const stamp = { version: 1, created_at: now, updated_at: now };

  const actors = Math.max(20, Math.floor(entries / 50));
  await insert(client, 'actor', actors, (index) => ({
    id: id('act', index),
    name: `${words()} ${String(index)}`,
    kind: random.of(ACTOR_KINDS),
    legal_status: 'registered',
    bali_role: 'none',
    vetting: 'verified',
    ...stamp,
  }));
  // Five in a hundred own half.
  const owner = (): string =>
    id('act', random.next() < 0.5 ? random.below(Math.ceil(actors / 20)) : random.below(actors));

  const record = (prefix: string, index: number): Row => {
    const start = 20_454 + random.below(FIVE_YEARS);
    const days = Math.min(548, Math.max(3, Math.round(random.logNormal(30, 1))));
    const country = COUNTRIES[random.zipf(COUNTRIES.length)] ?? 'ID';
    return {
      id: id(prefix, index),
      owner_id: owner(),
      name: `${words()} ${String(random.below(1_000_000))}`,
      starts_on: dateOf(start),
      ends_on: dateOf(start + days),
      places: [country],
      countries: [country],
      ...stamp,
    };
  };
  const programmes = Math.ceil(entries / 10);
  await insert(client, 'programme', programmes, (index) => record('prg', index));
  const campaigns = Math.ceil(entries / 4);
  await insert(client, 'campaign', campaigns, (index) => ({
    ...record('cmp', index),
    programme_id: id('prg', random.below(programmes)),
  }));
  await insert(client, 'calendar_entry', entries, (index) => ({
    ...record('ent', index),
    campaign_id: id('cmp', random.below(campaigns)),
    kind: random.of(KINDS),
    precision: 'day',
    status: 'confirmed',
  }));
  await client.query('analyze');
}

/** Writes rows by the thousands: columns that a row leaves out have their defaults. */
export async function insert(
  client: pg.Client,
  table: string,
  count: number,
  row: (index: number) => Row,
): Promise<void> {
  for (let from = 0; from < count; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - from) }, (_, at) => row(from + at));
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    await client.query(
      `insert into app.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::app.${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}

export function dateOf(epochDay: number): string {
  return new Date(epochDay * 86_400_000).toISOString().slice(0, 10);
}
