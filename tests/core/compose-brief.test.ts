import { describe, expect, test } from 'vitest';
import type { BriefFacts } from '../../core/briefs/brief-facts.ts';
import { asWritten, inMonths, joined } from '../../core/briefs/brief-phrases.ts';
import { composeBrief } from '../../core/briefs/compose-brief.ts';
import { type EpochDay, epochDay, parseCalendarDate } from '../../engine/index.ts';

const day = (text: string): EpochDay => epochDay(parseCalendarDate(text) ?? NaN);

const NOTHING: BriefFacts = {
  corridor: {
    code: 'one',
    label: 'Here to there',
    mode: 'sea',
    facts: null,
    confidence: 'sourced',
    themes: ['People smuggling'],
    season: { fromMonth: 10, toMonth: 1, why: 'sailing season' },
    legs: [
      { country: 'BD', name: 'Bangladesh', role: 'origin' },
      { country: 'MY', name: 'Malaysia', role: 'destination' },
    ],
  },
  work: { programmes: 0, campaigns: 0, entries: 0, notForAll: 0 },
  actors: [],
  othersPresent: [],
  months: [],
  audiences: [],
  languages: [],
  channels: [],
  ways: [],
  needs: [],
  trends: [],
  gapCount: 0,
  gaps: [],
  contradictions: [],
  upcomingCount: 0,
  upcoming: [],
  suggestionCount: 0,
  suggestions: [],
};

function said(topic: string, facts: Partial<BriefFacts>, today = '2027-03-15'): string {
  const { sections } = composeBrief({ ...NOTHING, ...facts }, day(today));
  return sections.find((section) => section.topic === topic)?.text ?? '';
}

test.each([
  ['2027-01-31', 'It is the season of travel now, until the end of January.'],
  ['2027-10-01', 'It is the season of travel now, until the end of January.'],
  ['2027-02-01', 'The season of travel begins in October, eight months from now.'],
  ['2027-09-30', 'The season of travel begins in October, next month.'],
])('on %s: %s', (today, sentence) => {
  expect(said('ahead', {}, today)).toContain(sentence);
});

test('a corridor without a season says nothing of one', () => {
  expect(said('ahead', { corridor: { ...NOTHING.corridor, season: null } })).not.toContain('season');
});

test('gaps say whom nobody tells what, and what nobody uses there', () => {
  const gap = {
    audience: 'Fishers',
    theme: 'People smuggling',
    start: '2027-04-01',
    end: '2027-06-30',
    languages: ['Rohingya'],
    channels: ['Radio'],
  };
  expect(said('gaps', {})).toContain('The hub knows of no need');
  const text = said('gaps', { gapCount: 7, gaps: [gap, { ...gap, languages: [], channels: [] }] });
  expect(text).toContain('The hub knows of seven gaps');
  expect(text).toContain(
    '- Fishers, about people smuggling: 1 April – 30 June 2027. Nobody there is known to use Rohingya and radio.',
  );
  expect(text).toContain('- Fishers, about people smuggling: 1 April – 30 June 2027.');
});

test('contradictions say to whom and when, one or several', () => {
  const one = { audiences: ['Students', 'Fishers'], start: '2027-03-01', end: '2027-03-09' };
  const text = said('contradictions', { contradictions: [one, { ...one, end: null }] });
  expect(text).toContain('In two cases one message');
  expect(text).toContain('- To students and fishers: 1–9 March 2027.\n- To students and fishers: from 1 March 2027.');
  expect(said('contradictions', { contradictions: [one] })).toContain('In one case one message');
});

test('suggestions that are not read out are counted', () => {
  const suggestions = [{ explanation: 'They could speak together.' }];
  expect(said('suggestions', { suggestions, suggestionCount: 1 })).toBe('- They could speak together.');
  expect(said('suggestions', { suggestions, suggestionCount: 2 })).toBe(
    '- They could speak together.\n\nOne more suggestion is open.',
  );
});

test('whoever is there is named for each role, and where nobody is, that is said', () => {
  const actors = [{ name: 'Example Network', kind: 'National NGO', countries: ['BD'] }];
  const text = said('work', {
    actors,
    work: { programmes: 1, campaigns: 2, entries: 0, notForAll: 0 },
    othersPresent: ['2027-01-01'],
  });
  expect(text).toContain(
    'one actor works on this route, as far as you may see: one programme, two campaigns and no calendar entries.',
  );
  expect(text).toContain('- Where people leave (Bangladesh): Example Network (national NGO).');
  expect(text).toContain(
    '- Where people arrive (Malaysia): nobody you may see.\n- Nobody you may see works in Malaysia.',
  );
  expect(text).toContain(
    'at least three actors other than yours work here in the quarters that begin in January 2027.',
  );
});

describe('words', () => {
  test('names that hold an "and" or a comma are kept apart', () => {
    expect(joined(['Radio', 'Hotline', 'SMS'])).toBe('Radio, Hotline and SMS');
    expect(joined(['Theatre and drama', 'Hotline', 'Radio'])).toBe('Theatre and drama; Hotline; and Radio');
    expect(joined(['Theatre and drama'])).toBe('Theatre and drama');
  });

  test('of more than twenty names the rest is counted', () => {
    const names = Array.from({ length: 21 }, (_, i) => `N${String(i + 1)}`);
    expect(joined(names.slice(0, 20))).toMatch(/N19 and N20$/);
    expect(joined(names)).toMatch(/N19 and 2 others$/);
  });

  test('months in a row are one span, also over the new year', () => {
    expect(inMonths(['2026-12-01', '2027-01-01', '2027-02-01'])).toBe('from December 2026 to February 2027');
    expect(inMonths(['2026-11-01', '2027-02-01', '2027-03-01'])).toBe(
      'in November 2026; and in February 2027 and March 2027',
    );
  });

  test('what people wrote means nothing in Markdown and stays on its line', () => {
    expect(asWritten(' a *b*\n# <c> [d](e) ')).toBe('a \\*b\\* \\# \\<c\\> \\[d\\](e)');
  });
});
