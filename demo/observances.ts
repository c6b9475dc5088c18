import type { ObservanceKind } from '../core/observances/observance.ts';

/** What people would enter beside the calendars that the hub knows; days are counted from the hub's present day. */
export interface DemoObservance {
  readonly kind: ObservanceKind;
  readonly name: string;
  readonly days: readonly [first: number, last: number];
  readonly countries: readonly string[];
  readonly reason: string;
}

export const DEMO_OBSERVANCES: readonly DemoObservance[] = [
  {
    kind: 'ELECTION',
    name: 'Example local elections',
    days: [45, 59],
    countries: ['BD'],
    reason: 'public bodies hold back announcements, and airtime is taken',
  },
  {
    kind: 'OTHER',
    name: 'Example border crossing closed for works',
    days: [20, 34],
    countries: ['MM', 'TH'],
    reason: 'outreach teams cannot reach the crossing',
  },
  {
    kind: 'HOME_VISIT_PEAK',
    name: 'Example harvest leave',
    days: [70, 84],
    countries: ['KH', 'LA'],
    reason: 'seasonal workers go home for the harvest',
  },
];
