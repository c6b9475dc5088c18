/** Every weight and threshold of proposing dates, with its reason. Nothing of it is stored: dates are proposed when somebody asks. */
export const DATE_RULES = {
  /** What a merit counts, in hundredths of all that apply; one that does not apply (a route without a season, say) counts nothing. */
  weights: {
    religiousPeriods: 20, // a month in which days have other hours hinders every meeting and broadcast
    attention: 20, // people listen to one campaign at a time
    season: 20, // who speaks before people decide to leave is heard; after it he is late
    homeVisits: 15, // families and those who work elsewhere are met together a few weeks a year
    holidays: 10, // a day without offices, schools and partners, but one day
    interruptions: 10, // elections and what people entered fill the media, but seldom last
    leadTime: 10, // what begins tomorrow is badly prepared
    company: 10, // whoever works at the other end of the route at the same time makes the message one
    internationalDays: 5, // press and partners are ready for the subject on that day
  },
  /** When a third of the days are days off the window is lost; more cannot be worse. */
  fullHolidayShare: 1 / 3,
  /** Three campaigns to the same people crowd them; three at the other end are a joint campaign. More changes nothing. */
  fullNeighbours: 3,
  /** Of records that the viewer does not see only a number is told, and from three owners on, as everywhere (k ≥ 3). */
  fewestHiddenOwners: 3,
  /** People decide to leave in the three months before a route opens. */
  reachBeforeSeasonDays: 90,
  /** Inside the season a campaign still reaches those who have not left. */
  inSeasonMerit: 0.6,
  /** A week among people who are at home is enough. */
  fullHomeVisitDays: 7,
  /** A month is enough to prepare; longer is not better. */
  fullLeadDays: 30,
  /** A choice that a person can make at a glance. */
  proposals: 5,
  /** Windows that share more of their days are the same proposal. */
  sharedAtMost: 1 / 2,
} as const;
