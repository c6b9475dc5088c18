import { type ShownEntry, calendarPieces } from '../feeds/write-calendar.ts';
import type { ExportWriter } from './about-export.ts';
import type { ExportedEntry } from './exported-records.ts';

/** What an event cannot be without: days. */
type Dated = ExportedEntry & { readonly statedDays: ShownEntry['statedDays'] };

/** iCalendar as the feeds write it, so that an event is the same in both; without observances. Entries without days are left out. */
export const writeICalendar: ExportWriter = (records, { list, today, vocabulary }) => {
  async function* entries(): AsyncGenerator<readonly ShownEntry[]> {
    for await (const some of records) {
      yield some.flatMap((exported) =>
        exported.list === 'calendar' && isDated(exported.record) ? [shown(exported.record)] : [],
      );
    }
  }
  return calendarPieces(`Concord ${list}, ${today}`, entries());

  function shown(entry: Dated): ShownEntry {
    const { coded } = entry;
    return {
      ...entry,
      footprint: {
        days: coded.start === null ? null : { start: coded.start, end: coded.end },
        places: coded.places.map((code) => ({ name: vocabulary.label('place', code) })),
        themes: coded.themes.map((code) => ({ label: vocabulary.label('theme', code) })),
      },
    };
  }
};

const isDated = (entry: ExportedEntry): entry is Dated => entry.statedDays.start !== null;
