import type { RegisterProgrammeInput } from '@concord/client-sdk';
import { parse } from 'csv-parse/sync';

/** The name of the sheet among the codes that programmes are known by: with another one, they are other programmes. */
export const SCHEME = 'our-sheet';

type Row = Readonly<Record<string, string>>;

/**
 * The programmes of a sheet with the columns `Code`, `Name`, `Start`, `End`, `Places`, `Audiences`, `Themes`, `Channels` and
 * `Languages`, in which several codes are separated by `;`. @throws naming row and column of what cannot be right
 */
export function readSheet(text: string): RegisterProgrammeInput[] {
  const rows: Row[] = parse(text, { columns: true, trim: true, skip_empty_lines: true, bom: true });
  // The heading is row 1 of what people see.
  return rows.map((row, index) => programmeIn(row, index + 2));
}

function programmeIn(row: Row, number: number): RegisterProgrammeInput {
  const start = dayIn(row, 'Start', number);
  const end = dayIn(row, 'End', number);
  if (start && end && end < start) {
    throw new Error(`row ${String(number)} column "End": ${end} is before Start ${start}`);
  }
  const value = row['Code'] ?? '';
  // Without one, the next run could not tell this programme from a new one.
  if (value === '') throw new Error(`row ${String(number)} column "Code": there is none`);
  return {
    name: row['Name'] ?? '',
    identifier: { scheme: SCHEME, value },
    footprint: {
      days: start && end ? { start, end } : null,
      places: codesIn(row, 'Places'),
      audiences: codesIn(row, 'Audiences'),
      themes: codesIn(row, 'Themes'),
      channels: codesIn(row, 'Channels'),
      languages: codesIn(row, 'Languages'),
    },
  };
}

function dayIn(row: Row, column: string, number: number): string | null {
  const day = row[column] ?? '';
  if (day === '') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  throw new Error(`row ${String(number)} column "${column}": expected a day like 2031-03-01, found "${day}"`);
}

function codesIn(row: Row, column: string): string[] {
  return (row[column] ?? '').split(';').flatMap((code) => code.trim() || []);
}
