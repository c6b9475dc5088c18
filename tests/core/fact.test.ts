import { describe, expect, test } from 'vitest';
import { type FactKind, fold, normalizeFact } from '../../core/campaigns/fact.ts';

const keyOf = (kind: FactKind, value: string, country: string | null = null): string => {
  const normal = normalizeFact({ kind, value, country });
  if (!('key' in normal)) throw new Error(normal.wrong);
  return normal.key;
};

describe('facts are compared by what they mean', () => {
  test.each<[FactKind, string, string | null, string, string | null]>([
    ['hotline', '+63 2 8524 1660', null, '(02) 8524-1660', 'PH'],
    ['hotline', '+880 9610-102030', null, '09610102030', 'BD'],
    ['hotline', '1343', null, '13-43', null],
    ['hotline', '1343', 'PH', '1343', null],
    ['website', 'https://www.example.org/help/', null, 'example.org/help', null],
    ['fee', 'PHP 1,500.00', null, '1500 php', null],
    ['fee', 'IDR 2.500.000', null, '2 500 000 idr', null],
    ['deadline', ' 2027-03-01', null, '2027-03-01', null],
    ['address', 'Room 4,  Example House', null, 'room 4, example house', null],
  ])('%s %s (%s) is %s (%s)', (kind, one, country, other, otherCountry) => {
    expect(keyOf(kind, one, country)).toBe(keyOf(kind, other, otherCountry));
  });

  test.each<[FactKind, string, string]>([
    ['hotline', '1343', '1344'],
    ['website', 'example.org/help', 'example.org/helper'],
    ['fee', 'PHP 1,500', 'PHP 15,000'],
    ['fee', 'USD 15.50', 'USD 1550'],
    ['fee', 'USD 50', 'AUD 50'],
  ])('%s %s is not %s', (kind, one, other) => {
    expect(keyOf(kind, one)).not.toBe(keyOf(kind, other));
  });

  test('full numbers are kept as E.164', () => {
    expect(keyOf('hotline', '(02) 8524-1660', 'PH')).toBe('+63285241660');
    expect(fold('  Report a  RECRUITER ')).toBe('report a recruiter');
  });

  test.each<[FactKind, string, string | null, string]>([
    ['hotline', 'ask a friend', null, 'expected a telephone number, found "ask a friend"'],
    ['hotline', '1343', 'XX', 'expected the ISO 3166-1 alpha-2 code of a country with telephone numbers, found "XX"'],
    ['website', 'nowhere', null, 'expected the address of a page on the web, found "nowhere"'],
    ['deadline', 'next week', null, 'expected a day such as 2027-03-01, found "next week"'],
  ])('%s %s (%s) is told what is wrong with it', (kind, value, country, wrong) => {
    expect(normalizeFact({ kind, value, country })).toEqual({ wrong });
  });
});
