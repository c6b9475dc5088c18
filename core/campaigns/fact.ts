import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { parseCalendarDate } from '../../engine/index.ts';

/** What kind of fact a message states; two facts of a kind about the same can be compared. */
export const FACT_KINDS = ['hotline', 'website', 'deadline', 'fee', 'address', 'other'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface StatedFact {
  readonly kind: FactKind;
  readonly value: string;
  /** ISO 3166-1 alpha-2: whose numbering plan a number without country code is of. */
  readonly country: string | null;
}

/**
 * A value in the form in which it is compared, equal for what means the same however it is written; or what is wrong with it.
 * Numbers become E.164; what is no full number, as the short number of a hotline, its digits.
 */
export function normalizeFact({ kind, value, country }: StatedFact): { key: string } | { wrong: string } {
  switch (kind) {
    case 'hotline':
      return normalizeNumber(value, country);
    case 'website':
      return normalizeAddress(value);
    case 'deadline':
      return parseCalendarDate(value.trim()) === null
        ? { wrong: `expected a day such as 2027-03-01, found "${value}"` }
        : { key: value.trim() };
    case 'fee':
      return { key: normalizeFee(value) };
    case 'address':
    case 'other':
      return { key: fold(value) };
  }
}

/** What a fact is about, as it is compared: case, spaces and forms of letters make no difference. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function normalizeNumber(value: string, country: string | null): { key: string } | { wrong: string } {
  if (country !== null && !isSupportedCountry(country)) {
    return { wrong: `expected the ISO 3166-1 alpha-2 code of a country with telephone numbers, found "${country}"` };
  }
  const parsed = parsePhoneNumberFromString(
    value,
    country === null ? {} : { defaultCountry: country satisfies CountryCode },
  );
  if (parsed?.isValid()) return { key: parsed.number };
  const digits = value.normalize('NFKC').replace(/\D/g, '');
  return digits.length >= 2 ? { key: digits } : { wrong: `expected a telephone number, found "${value}"` };
}

function normalizeAddress(value: string): { key: string } | { wrong: string } {
  const written = /^https?:\/\//i.test(value.trim()) ? value.trim() : `https://${value.trim()}`;
  if (!URL.canParse(written)) return { wrong: `expected the address of a page on the web, found "${value}"` };
  const { hostname, pathname, search } = new URL(written);
  if (!hostname.includes('.')) return { wrong: `expected the address of a page on the web, found "${value}"` };
  return { key: `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}` };
}

/** `PHP 1,500.00`, `1500 php` → `1500 php`: amounts as numbers, words beside them, in an order of their own. */
function normalizeFee(value: string): string {
  const folded = fold(value);
  const amounts = [...folded.matchAll(/\d[\d,. ']*/g)].map(([amount]) => amountOf(amount));
  const words = folded.replace(/\d[\d,. ']*/g, ' ').split(/[^\p{L}\p{Sc}]+/u);
  return [...amounts, ...words.filter((word) => word !== '').sort()].join(' ');
}

/** The last separator before one or two digits at the end is the decimal point, all others group thousands. */
function amountOf(written: string): string {
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(written.replace(/[ ']+|[.,]+\s*$/g, '')) ?? [];
  const fraction = decimals.replace(/0+$/, '');
  return `${whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
}
