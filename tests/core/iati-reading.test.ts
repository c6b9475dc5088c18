import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IatiActivity } from '../../core/imports/iati/activity.ts';
import { readActivities } from '../../core/imports/iati/read-activities.ts';
import { PlainError } from '../../platform/plain-error.ts';

const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../fixtures/${name}`, import.meta.url));

async function* inPieces(bytes: Uint8Array, ends: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const cuts = [0, ...ends.map((end) => end % bytes.length).sort((a, b) => a - b), bytes.length];
  for (const [index, end] of cuts.slice(1).entries()) yield bytes.subarray(cuts[index] ?? 0, end);
  await Promise.resolve();
}

async function read(content: string | Uint8Array, ends: readonly number[] = []): Promise<IatiActivity[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const activities: IatiActivity[] = [];
  for await (const activity of readActivities(inPieces(bytes, ends), 'file.xml')) activities.push(activity);
  return activities;
}

async function refusal(content: string | Uint8Array): Promise<string> {
  const thrown: unknown = await read(content).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(PlainError);
  return thrown instanceof Error ? thrown.message : '';
}

/** One activity around some elements. */
const activity = (elements: string): string =>
  `<iati-activities>\n<iati-activity xml:lang="en"><iati-identifier>XX-1</iati-identifier>${elements}</iati-activity></iati-activities>`;

describe('what is read', () => {
  test('an activity of IATI 2.03, without what belongs to its transactions and places', async () => {
    const [first] = await read(await fixture('iati-traps.xml'));
    expect(first).toEqual({
      line: 4,
      identifier: 'XX-EXA-1-PADDED',
      updatedAt: '2026-01-02T00:00:00Z',
      reporter: { ref: 'XX-EXA-1', type: '21', names: [{ language: 'en', text: 'Example Relief' }] },
      participants: [
        { ref: null, type: '10', role: '1', names: [{ language: 'en', text: 'Example Ministry' }] },
        { ref: 'XX-EXA-1', type: null, role: '4', names: [{ language: 'en', text: 'EXAMPLE RELIEF' }] },
        { ref: 'XX-EXA-ONE', type: null, role: '2', names: [{ language: 'en', text: 'Example Relief' }] },
        { ref: null, type: null, role: '4', names: [{ language: 'en', text: 'save the example' }] },
        { ref: 'XM-DAC-22000', type: null, role: '3', names: [{ language: 'en', text: 'Donor country-based NGO' }] },
        { ref: null, type: null, role: '4', names: [] },
      ],
      titles: [
        { language: 'en', text: 'Information at ports' },
        { language: 'fr', text: 'Information dans les ports' },
        { language: 'en', text: 'Of a language nobody knows' },
      ],
      descriptions: [
        { language: 'en', text: 'General & <plain> text.' },
        { language: 'en', text: 'The objectives.' },
      ],
      status: '2',
      dates: [
        { type: '1', day: '2026-01-01' },
        { type: '2', day: '2026-02-01' },
        { type: '3', day: '2026-06-30Z' },
      ],
      countries: [
        { code: 'bd', names: [] },
        { code: 'MM', names: [] },
      ],
      locations: [
        { codes: ['BD-20'], names: [{ language: 'en', text: 'Somewhere' }] },
        { codes: [], names: [{ language: 'en', text: 'CHATTOGRAM' }] },
      ],
      sectors: [
        { vocabulary: '1', code: '15190', names: [] },
        { vocabulary: '2', code: '151', names: [{ language: 'en', text: 'Government' }] },
        { vocabulary: null, code: '12264', names: [] },
        { vocabulary: '8', code: '3.2', names: [] },
        { vocabulary: '1', code: '99810', names: [] },
        { vocabulary: '1', code: null, names: [] },
      ],
    });
  });

  test('an activity of IATI 1.05, which writes texts directly into the elements', async () => {
    expect(await read(await fixture('iati-1.05.xml'))).toEqual([
      {
        line: 4,
        identifier: 'XX-OLD-1-7',
        updatedAt: null,
        reporter: { ref: 'XX-OLD-1', type: '10', names: [{ language: 'en', text: 'Example Ministry of Old Files' }] },
        participants: [
          { ref: 'XX-OLD-2', type: '60', role: 'Funding', names: [{ language: 'en', text: 'Example Fund' }] },
        ],
        titles: [
          { language: 'en', text: 'Radio in the valley' },
          { language: 'fr', text: 'La radio dans la vallée' },
        ],
        descriptions: [{ language: 'en', text: 'About the radio.' }],
        status: '2',
        dates: [
          { type: 'start-planned', day: '2026-01-01' },
          { type: 'end-planned', day: '2026-12-31' },
        ],
        countries: [{ code: 'NP', names: [{ language: 'en', text: 'Nepal' }] }],
        locations: [{ codes: ['NP'], names: [{ language: 'en', text: 'Kathmandu' }] }],
        sectors: [
          { vocabulary: 'DAC', code: '22030', names: [{ language: 'en', text: 'Radio/television/print media' }] },
          { vocabulary: 'DAC-3', code: '220', names: [{ language: 'en', text: 'Communications' }] },
        ],
      },
    ]);
  });

  test('wherever the file is cut into pieces, the activities are the same', async () => {
    const bytes = await fixture('iati-1.05.xml');
    const whole = await read(bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (ends) => {
        expect(await read(bytes, ends)).toEqual(whole);
      }),
    );
  });

  test('an activity is handed on before the file is read further', async () => {
    let taken = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<iati-activities>');
      for (; ; taken += 1) {
        yield Buffer.from(`<iati-activity><iati-identifier>XX-${String(taken)}</iati-identifier></iati-activity>`);
        await Promise.resolve();
      }
    };
    const identifiers: (string | null)[] = [];
    for await (const { identifier } of readActivities(endless(), 'file.xml')) {
      if (identifiers.push(identifier) === 3) break;
    }
    expect(identifiers).toEqual(['XX-0', 'XX-1', 'XX-2']);
    // The declaration at the beginning is looked for in the first 200 bytes, so a few pieces come together.
    expect(taken).toBeLessThan(6);
  });

  test.each([
    ['utf-8 with a byte order mark', Buffer.from(`\uFEFF${activity('<title>é</title>')}`)],
    ['utf-16le', Buffer.from(`\uFEFF${activity('<title>é</title>')}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${activity('<title>é</title>')}`, 'utf16le').swap16()],
    ['latin 1', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${activity('<title>é</title>')}`, 'latin1')],
  ])('the encoding %s', async (_name, bytes) => {
    expect((await read(bytes))[0]?.titles).toEqual([{ language: 'en', text: 'é' }]);
  });

  test('a file without activities', async () => {
    expect(await read('<iati-activities/>')).toEqual([]);
  });
});

describe('what is refused, with the line', () => {
  test('a document type declaration, whatever it declares', async () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [\n<!ENTITY a "aaaaaaaaaa">\n<!ENTITY b "&a;&a;&a;">\n]>\n${activity('<title>&b;</title>')}`;
    expect(await refusal(bomb)).toMatch(/^file\.xml line 5: a document type declaration/);
    expect(await refusal(`<!DOCTYPE x SYSTEM "http://example.org/x.dtd">${activity('')}`)).toMatch(
      /^file\.xml line 1: a document type declaration/,
    );
    expect(await refusal(`<!DOCTYPE x PUBLIC "a" "file:///etc/hostname">${activity('')}`)).toMatch(/^file\.xml line 1/);
  });

  test.each([
    [
      'an entity that XML does not know',
      activity('\n<title>&secret;</title>'),
      /^file\.xml line 3: no well-formed XML/,
    ],
    ['a character that no text has', activity('<title>&#0;</title>'), /^file\.xml line 2: no well-formed XML/],
    ['half a surrogate pair', activity('<title>&#xD800;</title>'), /^file\.xml line 2: no well-formed XML/],
    [
      'tags that do not pair',
      '<iati-activities>\n<iati-activity>\n</iati-activities>',
      /^file\.xml line 3: no well-formed/,
    ],
    ['a file that breaks off', activity('').slice(0, 60), /^file\.xml line 2: no well-formed XML \(unclosed tag/],
    ['an empty file', '', /^file\.xml line 1: no well-formed XML/],
    ['a spreadsheet', 'id;title\n1;x\n', /^file\.xml line \d: no well-formed XML/],
    [
      'another kind of IATI file',
      '<iati-organisations/>',
      /line 1: expected an IATI activity file.*found <iati-organisations>/,
    ],
    ['elements deeper than any honest file has', `<iati-activities>${'<a>'.repeat(101)}`, /deeper than 100/],
    ['one text without end', activity(`<title>${'x'.repeat(2_100_000)}</title>`), /more than 1000000 characters/],
    ['a comment without end', `<iati-activities><!--${'x'.repeat(2_100_000)}`, /more than 1000000 characters/],
    ['an activity without end', activity('<title>much</title>'.repeat(100_000)), /one activity of more than 10000000/],
    ['an encoding nobody knows', '<?xml version="1.0" encoding="klingon"?><iati-activities/>', /"klingon"/],
  ])('%s', async (_name, content, message) => {
    expect(await refusal(content)).toMatch(message);
  });

  test('bytes that are no text', async () => {
    expect(await refusal(Buffer.concat([Buffer.from('<iati-activities>'), Buffer.from([0xff, 0xfe, 0x00])]))).toMatch(
      /no text in utf-8/,
    );
  });
});
