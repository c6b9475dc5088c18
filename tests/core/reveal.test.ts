import { expect, test } from 'vitest';
import { findWhoMeets } from '../../core/suggestions/reveal.ts';

/** `a:BD` is actor a in Bangladesh. */
const seats = (...written: string[]) =>
  written.map((seat) => {
    const [actorId = '', country = ''] = seat.split(':');
    return { actorId, country };
  });
const filling = (participants: string[], ...endorsers: string[]) =>
  findWhoMeets({ kind: 'FILL_GAP', seats: seats(...participants), endorsers: new Set(endorsers) });
const leverage = (participants: string[], ...endorsers: string[]) =>
  findWhoMeets({ kind: 'LEVERAGE_CHANNEL', seats: seats(...participants), endorsers: new Set(endorsers) });
const joint = (participants: string[], ...endorsers: string[]) =>
  findWhoMeets({ kind: 'JOINT_CAMPAIGN', seats: seats(...participants), endorsers: new Set(endorsers) });
const pair = (participants: string[], ...endorsers: string[]) =>
  findWhoMeets({ kind: 'AVOID_DUPLICATION', seats: seats(...participants), endorsers: new Set(endorsers) });

test('a joint campaign brings endorsers from two countries together, and whoever joins them, but nobody who is silent', () => {
  const participants = ['a:BD', 'b:MY', 'c:MY', 'd:TH'];
  expect(joint(participants)).toEqual([]);
  expect(joint(participants, 'a')).toEqual([]);
  expect(joint(participants, 'b', 'a')).toEqual(['a', 'b']);
  expect(joint(participants, 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
});

test('endorsers of one country alone do not meet, and one actor in two countries is not two', () => {
  expect(joint(['a:BD', 'b:MY', 'c:MY'], 'b', 'c')).toEqual([]);
  expect(joint(['a:BD', 'a:MY', 'b:TH'], 'a')).toEqual([]);
  expect(joint(['a:BD', 'a:MY', 'b:MY'], 'a', 'b')).toEqual(['a', 'b']);
});

test('a pair meets when both endorsed, in one country too', () => {
  expect(pair(['a:NZ', 'b:NZ'], 'a')).toEqual([]);
  expect(pair(['a:NZ', 'b:NZ'], 'a', 'b')).toEqual(['a', 'b']);
  expect(pair(['a:NZ', 'a:NZ'], 'a')).toEqual([]);
});

test('who could replicate a practice meets from two countries, and in one where nobody else is asked', () => {
  const practice = (participants: string[], ...endorsers: string[]) =>
    findWhoMeets({ kind: 'REPLICATE_PRACTICE', seats: seats(...participants), endorsers: new Set(endorsers) });
  expect(practice(['a:BD', 'b:BD', 'c:BD'], 'a')).toEqual([]);
  expect(practice(['a:BD', 'b:BD', 'c:BD'], 'a', 'b')).toEqual(['a', 'b']);
  expect(practice(['a:BD', 'a:BD'], 'a')).toEqual([]);
  expect(practice(['a:BD', 'b:BD', 'c:MY'], 'a', 'b')).toEqual([]);
  expect(practice(['a:BD', 'b:MY', 'c:MY'], 'a', 'b')).toEqual(['a', 'b']);
});

test('those who would fill a gap meet as in a joint campaign, and who borrows a channel as a pair', () => {
  expect(filling(['a:BD', 'b:MY', 'c:MY'], 'a', 'b')).toEqual(['a', 'b']);
  expect(filling(['a:BD', 'b:MY', 'c:MY'], 'b', 'c')).toEqual([]);
  expect(filling(['a:BD'], 'a')).toEqual([]);
  expect(filling(['a:BD', 'b:BD'], 'a', 'b')).toEqual(['a', 'b']);
  expect(joint(['a:BD', 'b:BD'], 'a', 'b')).toEqual([]);
  expect(leverage(['a:NP', 'b:NP'], 'b')).toEqual([]);
  expect(leverage(['a:NP', 'b:NP'], 'a', 'b')).toEqual(['a', 'b']);
});

test('who takes no part is revealed to nobody, whatever it endorsed', () => {
  expect(joint(['a:BD', 'b:MY'], 'a', 'x')).toEqual([]);
  expect(joint(['a:BD', 'b:MY'], 'a', 'b', 'x')).toEqual(['a', 'b']);
});
