import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { record } from '../access/audit.ts';
import type { Viewer } from '../access/viewer.ts';
import type { CalendarService } from '../calendar/calendar.service.ts';
import { type Outcome, type Refused, assertNever, invalid, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import { decide } from './decisions.ts';
import {
  type Confirmation,
  confirmInput,
  respondInput,
  revisePartInput,
  withdrawInput,
} from './joint-campaign.input.ts';
import { giveLead, type Joint, type KnownPart, updateJoint } from './joint-campaign.rows.ts';
import { keepDates, releaseDates } from './own-calendar.ts';
import { insertProposal, type PartChange, updatePart } from './part.rows.ts';
import { onPart } from './standing.ts';
import { giveTasks } from './task.rows.ts';

/** What the owner of a part decides about it: nobody answers, promises or publishes for another. */
export class PartService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendar: CalendarService,
  ) {}

  /** Accepts an invitation, declines it, or proposes other dates, which an accepted part may as well. */
  respond(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(respondInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { part: id, expectedVersion, answer, reason, days, confirm, sharesWithCoordinators, ...said } = parsed.value;
    const target = { id, expectedVersion };
    return this.unitOfWork.run(viewer, (work) => {
      switch (answer) {
        case 'accept':
          return onPart(work, target, 'accept', (joint, part) =>
            this.accept(work, joint, part, { ...said, shared: sharesWithCoordinators }, confirm ?? null),
          );
        case 'decline':
          return onPart(work, target, 'decline', async () => {
            // Silence and refusal look the same: nothing else is written, and nobody is told.
            await updatePart(work, id, { state: 'declined', declinedReason: reason ?? null });
            await record(work, 'invitation.answered', id);
            return saved(id);
          });
        case 'propose_dates':
          return onPart(work, target, 'proposeDates', async (joint) => {
            if (!days) throw new Error('dates are there: the input was checked');
            const proposed = { jointId: joint.id, partId: id, ...days, reason: reason ?? '' };
            await insertProposal(work, proposed);
            const parameters = { FIRST_DAY: days.start, LAST_DAY: days.end };
            await decide(work, joint, { code: 'DATES_PROPOSED', parameters, partId: id });
            return saved(id);
          });
        default:
          return assertNever(answer);
      }
    });
  }

  /** Confirms the window as it stands, for the viewer's own part: its entry is made, moved, or confirmed once all is active. */
  confirmDates(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(confirmInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { part: id, expectedVersion, ...confirm } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onPart(work, { id, expectedVersion }, 'confirmDates', async (joint, part) => {
        const dates = await this.keep(work, joint, part, confirm);
        if ('kind' in dates) return dates;
        await updatePart(work, id, { dates });
        await decide(work, joint, { code: 'DATES_CONFIRMED', parameters: { WINDOW: dates.window }, partId: id });
        return saved(id);
      }),
    );
  }

  /** Changes what the viewer's own part brings, its languages, and whether coordinators may see it. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(revisePartInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { part: id, expectedVersion, sharesWithCoordinators: shared, ...said } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onPart(work, { id, expectedVersion }, 'revise', async (joint) => {
        await updatePart(work, id, { ...said, shared });
        await decide(work, joint, { code: 'REVISED', parameters: { PART: id }, partId: id });
        return saved(id);
      }),
    );
  }

  /**
   * Withdraws the viewer's own part, and its entry from the calendar. Its owner is shown to no other member from now on. The lead
   * goes to the next part; where nobody is left, nothing goes on.
   */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(withdrawInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { part: id, expectedVersion } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onPart(work, { id, expectedVersion }, 'withdraw', async (joint, part) => {
        const refused = await releaseDates(work, this.calendar, part);
        if (refused) return refused;
        const others = joint.parts.filter((other) => other.state === 'accepted' && other.id !== id);
        const [next] = others;
        if (next && part.lead) await giveLead(work, joint.id, next.id);
        const isOver = joint.state === 'completed' || joint.state === 'cancelled';
        if (!next && !isOver) await updateJoint(work, joint.id, { state: 'cancelled' });
        await decide(work, joint, { code: 'WITHDRAWN', partId: id, concernsInvited: true });
        await updatePart(work, id, { state: 'withdrawn' });
        return saved(id);
      }),
    );
  }

  private async accept(
    work: Work,
    joint: Joint,
    part: KnownPart,
    said: PartChange,
    confirm: Confirmation | null,
  ): Promise<Outcome> {
    const dates = confirm && (await this.keep(work, joint, part, confirm));
    if (dates && 'kind' in dates) return dates;
    await updatePart(work, part.id, { ...said, state: 'accepted', dates });
    if (part.leadsOnceAccepted) await giveLead(work, joint.id, part.id);
    await giveTasks(work, joint, part);
    const parameters = dates ? { WINDOW: dates.window } : {};
    await decide(work, joint, { code: 'ACCEPTED', parameters, partId: part.id });
    return saved(part.id);
  }

  /** Keeps the window that the viewer has read in its calendar; another one than that is stale. */
  private async keep(
    work: Work,
    joint: Joint,
    part: KnownPart,
    confirm: Confirmation,
  ): Promise<{ campaignId: string; entryId: string; window: number } | Refused> {
    if (confirm.windowVersion !== joint.windowVersion) return stale(confirm.windowVersion, joint.windowVersion);
    const kept = await keepDates(work, this.calendar, { joint, part, confirm });
    if (kept.kind !== 'kept') return kept;
    return { campaignId: confirm.campaign, entryId: kept.entryId, window: joint.windowVersion };
  }
}
