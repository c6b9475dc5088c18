import { sql } from 'kysely';
import {
  type DateNeighbour,
  type DateProposal,
  type DayRange,
  dayRange,
  epochDay,
  formatCalendarDate,
  proposeDates,
} from '../../engine/index.ts';
import { chargeLook } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { buildFootprint } from '../footprints/build-footprint.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import type { ObservanceCalendar } from '../observances/observance-calendar.ts';
import { refusal } from '../overlaps/unregistered.ts';
import { parse } from '../parse.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { type EnteredObservance, readEntered, toBands } from './date-bands.ts';
import { type DateSubject, readSubject } from './date-subject.ts';
import { findNeighbours } from './find-neighbours.ts';
import { type ProposeDates, proposeDatesInput } from './propose-dates.input.ts';
import { sayProposal, sayTradeOff } from './say-dates.ts';
import { parametersOf } from './trade-off.ts';

/** Families, and those who work elsewhere and come to see them. */
const REACHABLE_AT_HOME = [
  'household_decision_maker',
  'migrant_at_destination',
  'domestic_worker',
  'fisher',
  'returnee',
  'diaspora',
];

/** Proposes when something could best be held. Nothing is written but the viewer's budget of looks. */
export class DateProposals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly calendar: ObservanceCalendar,
    private readonly reads: Reads,
  ) {}

  /**
   * Up to five windows with their trade-offs, the best first; none where the length does not fit. Campaigns of others count as the
   * viewer may know of them. @param input see `ProposeDatesInput` @throws {BadRequest} for an input that names what does not exist
   */
  async propose(viewer: Viewer, input: unknown, selection: Selection): Promise<unknown> {
    const parsed = parse(proposeDatesInput, input);
    if (!parsed.ok) throw refusal(parsed.issues);
    await chargeLook(this.unitOfWork, viewer);
    const known = await this.unitOfWork.look(viewer, (work) => this.read(work, parsed.value));
    const { record, vocabulary } = known.subject;
    const lengthDays = parsed.value.lengthDays ?? known.subject.lengthDays;
    if (lengthDays === null) throw new BadRequest('input.lengthDays: Say how many days it takes.');
    const derived = await this.calendar.between(known.within, known.countries);
    const proposals = proposeDates({
      lengthDays,
      within: known.within,
      asOf: epochDay(known.today),
      countries: known.countries.flatMap((code) => vocabulary.place(code)?.countryBit ?? []),
      corridors: vocabulary.terrain().corridors.filter(({ bit }) => known.footprint.corridors.includes(bit)),
      themes: vocabulary.toFacetSet('theme', record.themes),
      reachableAtHome: record.audiences.some((code) => REACHABLE_AT_HOME.includes(code)),
      bands: toBands(derived, known.entered, vocabulary),
      neighbours: known.neighbours,
      avoid: parsed.value.avoid ?? [],
    });
    return this.show(viewer, proposals, vocabulary, selection);
  }

  /** All that is asked of the database, as it was at one moment. */
  private async read(work: Work, input: ProposeDates): Promise<Known> {
    const subject = await readSubject(work, input, this.vocabulary);
    const { record, vocabulary } = subject;
    const placed = buildFootprint(record, vocabulary);
    const within = dayRange(epochDay(record.firstDay ?? 0), epochDay((record.lastDay ?? 0) + 1));
    return {
      subject,
      footprint: placed.footprint,
      countries: countriesOf(subject),
      within,
      neighbours: await findNeighbours(work.em, subject, placed),
      entered: await readEntered(work.em, within, countriesOf(subject)),
      today: work.today,
    };
  }

  private show(
    viewer: Viewer,
    proposals: readonly DateProposal[],
    vocabulary: Vocabulary,
    selection: Selection,
  ): Promise<unknown> {
    const rows = proposals.map((proposal, position) => toRow(proposal, position, vocabulary));
    return this.reads.value(viewer, (compiler) => {
      const row = compiler.row('date_proposal');
      return sql`(select coalesce(json_agg(${compiler.object('DateProposal', row, selection)} order by ${row.column('position')}), '[]'::json)
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.ref(row.alias)}
          (position int, starts_on date, ends_on date, score float8, trade_offs jsonb, explanation text))`;
    });
  }
}

/** What was read to propose dates for a subject. */
interface Known {
  readonly subject: DateSubject;
  readonly footprint: FootprintRow;
  /** Where its audience is reached, ISO 3166-1 alpha-2, in order. */
  readonly countries: readonly string[];
  readonly within: DayRange;
  readonly neighbours: readonly DateNeighbour[];
  readonly entered: readonly EnteredObservance[];
  /** Whole days since 1970-01-01. */
  readonly today: number;
}

/** Where its audience is reached; where that is not stated, the countries along the corridors stated. */
function countriesOf({ record, vocabulary }: DateSubject): readonly string[] {
  const reached = record.places.flatMap((code) => vocabulary.place(code)?.country ?? []);
  const passed = record.statedCorridors.flatMap((code) => vocabulary.corridor(code)?.legs ?? []);
  return [...new Set(reached.length > 0 ? reached : passed.map(({ country }) => country))].sort();
}

/** Named like the columns that the view reads. */
function toRow(proposal: DateProposal, position: number, vocabulary: Vocabulary): object {
  const { window, score, tradeOffs } = proposal;
  return {
    position,
    starts_on: formatCalendarDate(window.start),
    ends_on: formatCalendarDate(epochDay(window.end - 1)),
    score,
    explanation: sayProposal(proposal, vocabulary),
    trade_offs: tradeOffs.map((tradeOff) => ({
      code: tradeOff.code,
      favourable: tradeOff.favourable,
      parameters: parametersOf(tradeOff, vocabulary),
      sentence: sayTradeOff(tradeOff, window, vocabulary),
    })),
  };
}
