import { z } from 'zod';
import {
  type DayRange,
  dayRange,
  epochDay,
  formatCalendarDate,
  fromInclusive,
  parseCalendarDate,
} from '../../engine/index.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import { HUB_VIEWER, type Viewer } from '../access/viewer.ts';
import { daysInput, type StatedDays } from '../footprints/stated-footprint.ts';
import { parse } from '../parse.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, select, type Selection } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { ObservanceCalendar } from './observance-calendar.ts';
import { OBSERVANCE_KINDS } from './observance.ts';
import { type BandsAsked, PREPARED, readBands } from './read-bands.ts';
import { MEMBER_COUNTRIES } from './rules/members.ts';

/** What somebody can look over, and what takes a second to work out the first time. */
export const LONGEST_DAYS = 731;
const MOST_COUNTRIES = 50;

const codes = z.array(z.string()).max(1_000).nullish();
const bandsInput = z.object({
  between: daysInput.nullish(),
  countries: codes,
  kinds: z.array(z.enum([...OBSERVANCE_KINDS, 'SEASON'])).nullish(),
});
/** What the filter of a list says of where and when. */
const listFilter = z.object({ between: daysInput.nullish(), countries: codes, places: codes, corridors: codes });

/** Days that a calendar shows behind its entries: observances of countries, seasons of corridors. */
export class Bands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly calendar: ObservanceCalendar,
  ) {}

  /**
   * The observances that share a day with `between`, of these countries (none named: of the members) and of everywhere, by start.
   * @throws {BadRequest} for days without an end, more than two years or 50 countries, and codes that do not exist
   */
  async observances(reads: Reads, viewer: Viewer, input: unknown, selection: Selection): Promise<unknown> {
    const { between, countries, kinds } = checked(bandsInput, input);
    if (!between?.end) throw new BadRequest('between: Say until which day.');
    if (longer(toRange(between, between.end))) throw new BadRequest(`between: At most ${String(LONGEST_DAYS)} days.`);
    const asked = await this.ask(between, { countries }, kinds ?? [...OBSERVANCE_KINDS]);
    const prepared: Selection = { ...selection, args: { [PREPARED]: { ...asked, corridors: [] } } };
    return reads.value(viewer, (compiler) => readBands(prepared, compiler));
  }

  /** Works out the bands that a selection asks for, wherever in it. Costs one walk where it asks for none. */
  async prepare(selection: Selection): Promise<Selection> {
    if (!selection.fields.some(asksForBands)) return selection;
    const fields = await Promise.all(
      selection.fields.map((field) =>
        field.field === 'bands' ? this.prepareBands(field, selection.args['filter']) : this.prepare(field),
      ),
    );
    return { ...selection, fields };
  }

  private async prepareBands(selection: Selection, filter: unknown): Promise<Selection> {
    const { between, countries, kinds } = checked(bandsInput, selection.args);
    const around = checked(listFilter, filter ?? {});
    const days = between ?? around.between;
    if (!days) throw new BadRequest(`${selection.key}: Say between which days.`);
    const asked = await this.ask(days, countries ? { countries } : around, kinds ?? null);
    return { ...select('bands'), ...selection, args: { [PREPARED]: asked } };
  }

  private async ask(
    { start, end }: StatedDays | { readonly start: string; readonly end?: string | null | undefined },
    where: Omit<z.infer<typeof listFilter>, 'between'>,
    kinds: BandsAsked['kinds'],
  ): Promise<BandsAsked> {
    const days = firstTwoYears(toRange({ start }, end ?? null));
    const vocabulary = await this.unitOfWork.look(HUB_VIEWER, ({ em }) => this.vocabulary.current(em));
    const countries = countriesOf(where, vocabulary);
    if (countries.length > MOST_COUNTRIES)
      throw new BadRequest(
        `At most ${String(MOST_COUNTRIES)} countries have bands at once, not ${String(countries.length)}.`,
      );
    return {
      first: formatCalendarDate(days.start),
      last: formatCalendarDate(epochDay(days.end - 1)),
      countries,
      corridors:
        where.corridors && where.corridors.length > 0 ? where.corridors.map((code) => code.toLowerCase()) : null,
      kinds,
      derived: await this.calendar.between(days, countries),
    };
  }
}

const asksForBands = (selection: Selection): boolean =>
  selection.field === 'bands' || selection.fields.some(asksForBands);

/** The countries named, those of the places named, and those that a corridor named passes; without any of them, the members. */
function countriesOf(
  { countries, places, corridors }: Omit<z.infer<typeof listFilter>, 'between'>,
  vocabulary: Vocabulary,
): readonly string[] {
  const named = [...(countries ?? []), ...(places ?? [])].map((code) => {
    const place = vocabulary.place(code) ?? vocabulary.place(code.toUpperCase());
    if (place === undefined) throw new BadRequest(`There is no place ${code.slice(0, 60)}.`);
    return place.country;
  });
  const passed = (corridors ?? []).flatMap((code) => {
    const corridor = vocabulary.corridor(code.toLowerCase());
    if (corridor === undefined) throw new BadRequest(`There is no corridor ${code.slice(0, 60)}.`);
    return corridor.legs.map(({ country }) => country);
  });
  const all = new Set([...named, ...passed]);
  return all.size > 0 ? [...all].sort() : MEMBER_COUNTRIES;
}

/** @throws {BadRequest} */
function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = parse(schema, value);
  if (parsed.ok) return parsed.value;
  throw new BadRequest(parsed.issues.map(({ path, message }) => `${path.replace('input.', '')}: ${message}`).join(' '));
}

function toRange({ start }: { readonly start: string }, end: string | null): DayRange {
  const first = parseCalendarDate(start);
  const last = end === null ? null : parseCalendarDate(end);
  if (first === null) throw new BadRequest(`${start} is no day.`);
  return fromInclusive(first, last);
}

const longer = ({ start, end }: DayRange): boolean => end - start > LONGEST_DAYS;

const firstTwoYears = (days: DayRange): DayRange =>
  longer(days) ? dayRange(days.start, epochDay(days.start + LONGEST_DAYS)) : days;
