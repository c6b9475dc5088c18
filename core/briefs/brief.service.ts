import { sql } from 'kysely';
import { z } from 'zod';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import { type Selection, fieldOf } from '../projection/selection.ts';
import { briefFacts } from './brief-facts.ts';
import { factsOf } from './brief.reads.ts';
import { type Brief, composeBrief } from './compose-brief.ts';

/** Days that a brief looks ahead, the present one included: a year. */
const DAYS_AHEAD = 365;

const answered = z.object({ corridor: z.unknown(), facts: briefFacts });

/** Writes briefs about corridors, for people to read aloud and to print. */
export class BriefService {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /**
   * What a viewer may know of a corridor today, in one statement; the same for the same registry, viewer and day.
   * @throws {BadRequest} when there is no such corridor
   */
  async ofCorridor(
    viewer: Viewer,
    code: string,
    selection: Selection,
  ): Promise<Brief & { readonly corridor: unknown }> {
    const corridor = await this.reads.knownCode('corridor', code, 'code');
    const today = epochDay(this.clock.today());
    const end = epochDay(today + DAYS_AHEAD - 1);
    const question = { corridor, start: formatCalendarDate(today), end: formatCalendarDate(end) };
    const read = await this.reads.value(viewer, (compiler) => {
      const row = compiler.row('corridor');
      const shown = compiler.object('Corridor', row, fieldOf(selection, 'corridor'));
      return sql`(select json_build_object('facts', ${factsOf(question, compiler)}, 'corridor', (select ${shown}
        from corridor as ${sql.ref(row.alias)} where ${row.column('code')} = ${corridor})))`;
    });
    const { facts, corridor: asSelected } = answered.parse(read);
    return { ...composeBrief(facts, today), corridor: asSelected };
  }
}
