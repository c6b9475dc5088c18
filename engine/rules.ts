/**
 * Every weight and threshold of matching and composing, with its reason. Stored overlaps and drafts carry the version:
 * whoever changes a number raises it.
 */
export const RULES_VERSION = 1;

/** The facets of the score, in the order in which they are added up: an independent computation in this order agrees to the last bit. */
export const FACETS = ['place', 'audience', 'theme', 'time', 'channel', 'language'] as const;
export type Facet = (typeof FACETS)[number];

/** What a facet counts, in hundredths. Whom and where decide whether two campaigns concern each other; how they speak, least. */
export const FACET_WEIGHTS: Readonly<Record<Facet, number>> = {
  place: 25, // two campaigns that reach different places need not know of each other
  audience: 25, // nor those that speak to different people
  theme: 20, // one theme can be told in many ways, so a little less
  time: 15, // dates can be moved, places and audiences cannot
  channel: 10, // equal channels are a coincidence as often as a reason
  language: 5, // nearly implied by place and audience
};

export const RULES = {
  overlap: {
    /** Places count as one from here: equal, or one contains the other. */
    samePlace: 0.7,
    /** Half of what both say in common: below it the difference is larger than what they share. */
    duplicateAudience: 0.5,
    duplicateTheme: 0.5,
    duplicateChannel: 0.5,
    /** A quarter of the shorter one: a few days at the edge are a handover, not double work. */
    duplicateTime: 0.25,
    /** A quarter of an audience obtains information by this channel: then it is worth borrowing. */
    effectiveChannelWeight: 0.25,
  },
  ranking: {
    /** What a person reads of a list, and what a list costs to store. */
    keep: 20,
    /** More of one owner would crowd out everybody else. */
    keepPerOwner: 3,
  },
  jointCampaign: {
    /** A country is represented well enough by its three best placed footprints; more cannot meet. */
    participantsPerCountry: 3,
    /** Hundredths of a draft's value. The roles make it a joint campaign, so they count most. */
    value: {
      roles: 25,
      strength: 20,
      stateAndNonState: 15,
      days: 15,
      unmetNeed: 10,
      committed: 10,
      leadTime: 5,
    },
    /** A month together is enough for a campaign; longer is not better. */
    fullDays: 30,
    /** A month is enough to prepare; longer is not better. */
    fullLeadDays: 30,
    /** Counted so coarsely that a draft is not worth something else every day while nothing but a day has passed. */
    leadStepDays: 10,
    /** Above it two drafts would invite the same people to the same days: they are one suggestion. */
    mergeWindows: 0.6,
    mergeParticipants: 0.6,
  },
  replication: {
    /** Half of how a practice speaks is new there; below it people do so already, more or less. */
    unusedChannels: 0.5,
    /** As in a joint campaign. */
    participantsPerCountry: 3,
    /** What a person reads of a list. */
    keep: 20,
    /** Hundredths of a draft's value. That it fits counts most; means can be found, people to speak to cannot. */
    value: {
      fit: 50,
      unusedChannels: 20,
      evidenced: 20,
      committed: 10,
    },
  },
  alignDates: {
    /** Six weeks: who is further apart has planned for another season. */
    maxGapDays: 45,
    /** Of the .85 that can be had without time: whoever agrees less has no reason to move. */
    strengthWithoutTime: 0.5,
    /** A month together is enough, as for a joint campaign; fewer where one does not last so long. */
    sharedDays: 30,
    /** What lasts longer than a year is standing work: that it goes on meanwhile does not bring its parts together. */
    standingDays: 366,
    /** To move to and fro for more than three others is no plan … */
    keep: 3,
    /** … and two owners who talk about one pair will talk about the next. */
    keepPerOwner: 1,
    /** What a coordinator can look through. */
    keepPerScope: 200,
  },
  contradiction: {
    /** Opposed messages do harm however little else is shared: half of the value stands, the strength gives the rest. */
    leastValue: 0.5,
  },
  feedback: {
    /** A third down or up: what people made of others may reorder neighbours, and never hides what scores well. */
    least: 0.7,
    most: 1.3,
    /** Imagined cases either way: one dismissal moves 3 %, and it takes some ten to reach half of the way. */
    imagined: 5,
  },
  gaps: {
    /** Campaigns are planned for the year ahead. */
    quartersAhead: 4,
    /** With less of the quarter left nobody could begin anything. */
    minDaysLeft: 30,
    /** Hundredths of a gap's rank. What people say they lack counts twice what the calendar says. */
    value: { need: 40, season: 20, soon: 20, roles: 20 },
    /** How much a need counts: said of this route, or of everywhere; a trend is not yet a need. */
    statedHere: 1,
    statedEverywhere: 0.5,
    trend: 0.5,
    /** More would each think that another does it. */
    participants: 4,
    participantsPerCountry: 2,
    /** What a person takes up of a list; the query lists all. */
    draftsPerScope: 3,
  },
  leverage: {
    /** A public body needs one carrier, and two to choose from. */
    perPublicBody: 3,
    draftsPerScope: 10,
  },
  identity: {
    /** The same suggestion, changed: most of its participants are the same … */
    participants: 0.6,
    /** … and half of the shorter window. */
    sharedWindow: 0.5,
    /** A dismissed one is not brought back by moving its dates a little: two weeks. */
    dismissedMoveDays: 14,
  },
} as const;
