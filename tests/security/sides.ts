import { isDeepStrictEqual } from 'node:util';
import { withClient } from '../../platform/database/with-client.ts';
import { type PlacedViewer, clientOn } from './cast.ts';
import type { MatrixReport, MatrixWorld } from './matrix.ts';
import { isShutOut, placesAt, precisionFor, sees, seesActor } from './oracle.ts';
import type { PlacedRecord } from './records.ts';

/** An overlap as it is stored, both sides known. */
interface Meeting {
  readonly id: string;
  readonly a: string;
  readonly b: string;
}

interface Side {
  readonly mine: boolean;
  readonly disclosure: string;
  readonly actor: { readonly id: string } | null;
  readonly subject: { readonly id: string } | null;
}

interface ReadOverlap {
  readonly id: string;
  readonly shared: { readonly places: readonly { readonly code: string }[] };
  readonly sides: readonly Side[];
  readonly contradiction: {
    readonly deterring: { readonly id: string } | null;
    readonly protecting: { readonly id: string } | null;
  } | null;
}

interface ReadSuggestion {
  readonly id: string;
  readonly participants: readonly (Pick<Side, 'actor' | 'subject' | 'disclosure'> & { readonly position: number })[];
}

const OVERLAPS = `overlaps(first: 100 AFTER) { pageInfo { hasNextPage endCursor } nodes { id shared { places { code } }
  sides { mine disclosure actor { id } subject { id } } contradiction { deterring { id } protecting { id } } } }`;
const SUGGESTIONS = `suggestions(first: 100 AFTER) { pageInfo { hasNextPage endCursor } nodes { id
  participants { position disclosure actor { id } subject { id } } } }`;

/** Compares each side of each overlap and each participant of each suggestion that a viewer reads with what the oracle says. */
export async function compareSides(world: MatrixWorld): Promise<MatrixReport> {
  const meetings = await readMeetings(world.adminUrl);
  const participants = await readParticipants(world.adminUrl);
  const disagreements: string[] = [];
  const met = new Set<string>();
  let cells = 0;
  const check = (viewer: PlacedViewer, what: string, expected: unknown, found: unknown): void => {
    cells += 1;
    if (isDeepStrictEqual(expected, found)) return;
    disagreements.push(
      `${viewer.name} reads ${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
  };
  for (const viewer of world.viewers.filter((one) => !isShutOut(one))) {
    for (const read of await readAll<ReadOverlap>(world, viewer, 'overlaps', OVERLAPS)) {
      const meeting = meetings.get(read.id);
      const pair = [meeting?.a, meeting?.b].map((id) => world.records.find((record) => record.id === id));
      const [a, b] = pair;
      if (!a || !b) {
        disagreements.push(`${viewer.name} reads ${read.id}, which is no overlap of the cast`);
        continue;
      }
      const what = `an overlap of ${a.type} ${a.id} and ${b.type} ${b.id}`;
      check(viewer, `${what}, that there is one`, true, meets(viewer, a, b));
      const order = (x: unknown, y: unknown): number => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1);
      check(
        viewer,
        `${what}, its sides`,
        [a, b].map((record) => sideFor(viewer, record)).sort(order),
        read.sides.map(toBare).sort(order),
      );
      check(viewer, `${what}, where`, placesOf(viewer, a, b), read.shared.places.map(({ code }) => code).sort());
      for (const end of ['deterring', 'protecting'] as const) {
        const found = read.contradiction?.[end];
        const hidden = [a, b].filter((record) => !sees(viewer, record)).map(({ id }) => id);
        if (found) check(viewer, `${what}, ${end}`, false, hidden.includes(found.id));
      }
      met.add(`${viewer.name} ${sees(viewer, a) && sees(viewer, b) ? 'open' : 'hidden'}`);
    }
    for (const read of await readAll<ReadSuggestion>(world, viewer, 'suggestions', SUGGESTIONS))
      for (const participant of read.participants) {
        const subject = participants.get(`${read.id} ${String(participant.position)}`);
        const record = world.records.find(({ id }) => id === subject);
        if (!record) continue;
        const seen = sees(viewer, record);
        check(
          viewer,
          `a participant of ${read.id}, its subject`,
          seen ? record.id : null,
          participant.subject?.id ?? null,
        );
        check(
          viewer,
          `a participant of ${read.id}, whose it is`,
          seen ? record.owner.id : null,
          participant.actor?.id ?? null,
        );
      }
  }
  const empty = ['member editor hidden', 'coordinator hidden', 'owner editor open'].filter((kind) => !met.has(kind));
  return { cells, disagreements, empty };
}

/** Whom an overlap is for: the owners of both, unless excluded; and whoever may read both, or coordinates. */
function meets(viewer: PlacedViewer, a: PlacedRecord, b: PlacedRecord): boolean {
  if (viewer.role === 'coordinator') return true;
  if (viewer.actor && [a.owner.id, b.owner.id].includes(viewer.actor.id)) return true;
  return sees(viewer, a) && sees(viewer, b);
}

function sideFor(viewer: PlacedViewer, record: PlacedRecord): object {
  const seen = sees(viewer, record);
  const mine = viewer.actor?.id === record.owner.id;
  return {
    mine,
    actor: seen && seesActor(viewer, record.owner) ? record.owner.id : null,
    subject: seen ? record.id : null,
  };
}

function toBare({ mine, actor, subject }: Side): object {
  return { mine, actor: actor?.id ?? null, subject: subject?.id ?? null };
}

/**
 * Of two places one of which contains the other, the finer, each as exactly as the viewer may know it. Matching itself knows
 * places by their first subdivision.
 */
function placesOf(viewer: PlacedViewer, a: PlacedRecord, b: PlacedRecord): string[] {
  const [one, other] = [a, b].map((record) => {
    const precision = precisionFor(viewer, record);
    return placesAt(precision === 'EXACT' ? 'SUBDIVISION' : precision, record.places);
  });
  const within = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}-`);
  const finer = (from: readonly string[] = [], than: readonly string[] = []): string[] =>
    from.filter((place) => than.some((whole) => within(place, whole)));
  return [...new Set([...finer(one, other), ...finer(other, one)])].sort();
}

async function readAll<T>(world: MatrixWorld, viewer: PlacedViewer, list: string, field: string): Promise<T[]> {
  interface Page {
    readonly nodes: T[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  const client = clientOn(world.url, viewer);
  const all: T[] = [];
  let after = '';
  for (;;) {
    const answer = await client.query<Record<string, Page>>(`{ ${field.replace('AFTER', after)} }`);
    const page = answer[list];
    if (!page) throw new Error(`no ${list}`);
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return all;
    after = `, after: ${JSON.stringify(page.pageInfo.endCursor)}`;
  }
}

async function readMeetings(adminUrl: string): Promise<Map<string, Meeting>> {
  const { rows } = await withClient(adminUrl, (client) =>
    client.query<Meeting>('select id, a_id as a, b_id as b from app.overlap'),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function readParticipants(adminUrl: string): Promise<Map<string, string>> {
  const { rows } = await withClient(adminUrl, (client) =>
    client.query<{ key: string; subject: string }>(
      `select suggestion_id || ' ' || position as key, subject_id as subject from app.suggestion_participant`,
    ),
  );
  return new Map(rows.map(({ key, subject }) => [key, subject]));
}
