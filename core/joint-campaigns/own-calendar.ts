import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { CalendarService } from '../calendar/calendar.service.ts';
import { type Refused, forbidden, notFound } from '../outcome.ts';
import type { Joint, KnownPart } from './joint-campaign.rows.ts';
import type { Confirmation } from './joint-campaign.input.ts';

interface StoredEntry {
  readonly id: string;
  readonly version: number;
  readonly campaignId: string;
}

/**
 * Puts the window of a joint campaign into the calendar of a part's owner: one entry in a campaign of its own, made or moved;
 * tentative until the joint campaign is active. The entry is called as its owner says, else as its campaign: the name of the joint
 * campaign would tell of it whoever sees the entry. To be called before anything else is written, since it may refuse.
 */
export async function keepDates(
  work: Work,
  calendar: CalendarService,
  { joint, part, confirm }: { readonly joint: Joint; readonly part: KnownPart; readonly confirm: Confirmation },
): Promise<{ readonly kind: 'kept'; readonly entryId: string } | Refused> {
  const campaign = await findCampaign(work, confirm.campaign);
  if (campaign === null) return notFound(confirm.campaign);
  if (campaign.ownerId !== work.viewer.actorId)
    return forbidden('Its dates are kept in a campaign of its own owner, in no other.');
  const status = joint.state === 'active' ? 'confirmed' : 'tentative';
  const days = { start: joint.startsOn, end: joint.endsOn };
  const stored = part.entryId === null ? null : await findEntry(work, part.entryId);
  if (stored?.campaignId === confirm.campaign) {
    const name = confirm.entryName ?? undefined;
    const fields = { id: stored.id, expectedVersion: stored.version, status, footprint: { days }, name };
    const revised = await calendar.reviseIn(work, fields);
    return revised.kind === 'saved' ? { kind: 'kept', entryId: stored.id } : revised;
  }
  const isOnlyThere = campaign.countries.length === 1 && campaign.countries[0] === part.country;
  const added = await calendar.addIn(work, {
    campaign: confirm.campaign,
    owner: work.viewer.actorId,
    name: confirm.entryName ?? campaign.name,
    status,
    footprint: { days, ...(isOnlyThere ? {} : { places: [part.country] }) },
  });
  if (added.kind !== 'saved') return added;
  if (stored) await calendar.cancelIn(work, { id: stored.id, expectedVersion: stored.version });
  return { kind: 'kept', entryId: added.id };
}

/** Takes the entry of a part out of its owner's calendar, if there is one that the viewer may change. */
export async function releaseDates(work: Work, calendar: CalendarService, part: KnownPart): Promise<Refused | null> {
  const stored = part.entryId === null ? null : await findEntry(work, part.entryId);
  if (stored === null) return null;
  const outcome = await calendar.cancelIn(work, { id: stored.id, expectedVersion: stored.version });
  return outcome.kind === 'saved' ? null : outcome;
}

/** Null when it was cancelled meanwhile, or the viewer may not see it. */
async function findEntry({ em }: Work, id: string): Promise<StoredEntry | null> {
  const { rows } = await sql<StoredEntry>`select id, version, campaign_id as "campaignId" from calendar_entry
    where id = ${id} and status <> 'cancelled'`.execute(em.getKysely());
  return rows[0] ?? null;
}

interface OwnCampaign {
  readonly ownerId: string;
  readonly name: string;
  readonly countries: readonly string[];
}

async function findCampaign({ em }: Work, id: string): Promise<OwnCampaign | null> {
  const { rows } =
    await sql<OwnCampaign>`select owner_id as "ownerId", name, countries from campaign where id = ${id}`.execute(
      em.getKysely(),
    );
  return rows[0] ?? null;
}
