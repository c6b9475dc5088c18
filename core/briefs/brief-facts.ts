import { z } from 'zod';

const day = z.string();
const named = z.object({ code: z.string(), label: z.string() });
/** A term with how many actors work for or with it, and whether others do whom the viewer need not see. */
const used = named.extend({ actors: z.number(), others: z.boolean() });
const said = z.object({ places: z.array(z.string()), audience: z.string(), statement: z.string(), source: z.string() });

/** Everything that a brief is composed of, as one viewer may read it; nothing in it is RESTRICTED. Days as `2027-03-01`, lists in their order. */
export const briefFacts = z.object({
  corridor: named.extend({
    mode: z.string(),
    facts: z.string().nullable(),
    confidence: z.string(),
    themes: z.array(z.string()),
    season: z.object({ fromMonth: z.number(), toMonth: z.number(), why: z.string() }).nullable(),
    legs: z.array(
      z.object({ country: z.string(), name: z.string(), role: z.enum(['origin', 'transit', 'destination', 'return']) }),
    ),
  }),
  /** What is under way or planned in the days looked at. */
  work: z.object({ programmes: z.number(), campaigns: z.number(), entries: z.number(), notForAll: z.number() }),
  /** With the countries of the corridor in which each works. */
  actors: z.array(z.object({ name: z.string(), kind: z.string(), countries: z.array(z.string()) })),
  /** First days of quarters. */
  othersPresent: z.array(day),
  months: z.array(z.object({ firstDay: day, campaigns: z.number() })),
  audiences: z.array(used.extend({ inNeed: z.boolean() })),
  languages: z.array(used.extend({ ofCorridor: z.boolean() })),
  channels: z.array(used),
  /** How people get information, with the channels by weight and whether anybody reaches this audience by them. */
  ways: z.array(said.extend({ channels: z.array(named.extend({ isUsed: z.boolean() })) })),
  needs: z.array(said),
  trends: z.array(said),
  gapCount: z.number(),
  /** The best of them. */
  gaps: z.array(
    z.object({
      audience: z.string(),
      theme: z.string(),
      start: day,
      end: day,
      languages: z.array(z.string()),
      channels: z.array(z.string()),
    }),
  ),
  contradictions: z.array(z.object({ audiences: z.array(z.string()), start: day, end: day.nullable() })),
  upcomingCount: z.number(),
  upcoming: z.array(
    z.object({ name: z.string(), owner: z.string(), countries: z.array(z.string()), start: day, end: day.nullable() }),
  ),
  suggestionCount: z.number(),
  suggestions: z.array(z.object({ explanation: z.string() })),
});
export type BriefFacts = z.infer<typeof briefFacts>;
