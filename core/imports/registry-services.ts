import type { Work } from '../access/unit-of-work.ts';
import type { ActorService } from '../actors/actor.service.ts';
import type { CalendarService } from '../calendar/calendar.service.ts';
import type { CampaignService } from '../campaigns/campaign.service.ts';
import type { Entered, PartToEnter } from '../footprints/enter-holders.ts';
import type { HolderKind } from '../footprints/holder.rules.ts';
import { type Outcome, type Refused, assertNever } from '../outcome.ts';
import type { NameQuestionService } from '../names/name-question.service.ts';
import type { ProgrammeService } from '../programmes/programme.service.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';

/** The services by whose rules imports write. */
export interface RegistryServices {
  readonly vocabulary: VocabularyService;
  readonly actors: ActorService;
  readonly programmes: ProgrammeService;
  readonly campaigns: CampaignService;
  readonly calendar: CalendarService;
  readonly names: NameQuestionService;
}

const SUSPENDED_OR_CALLED_OFF = 'Its sender says in a file that it is cancelled.';

/** By the service of its kind. */
export function revise(services: RegistryServices, kind: HolderKind, work: Work, input: unknown): Promise<Outcome> {
  switch (kind) {
    case 'programme':
      return services.programmes.reviseIn(work, input);
    case 'campaign':
      return services.campaigns.reviseIn(work, input);
    case 'calendar_entry':
      return services.calendar.reviseIn(work, input);
    default:
      return assertNever(kind);
  }
}

/** Withdraws a programme, cancels what is in one. */
export function callOff(
  services: RegistryServices,
  kind: HolderKind,
  work: Work,
  id: string,
  expectedVersion: number,
  reason = SUSPENDED_OR_CALLED_OFF,
): Promise<Outcome> {
  const input = { id, expectedVersion, reason };
  switch (kind) {
    case 'programme':
      return services.programmes.withdrawIn(work, input);
    case 'campaign':
      return services.campaigns.cancelIn(work, input);
    case 'calendar_entry':
      return services.calendar.cancelIn(work, input);
    default:
      return assertNever(kind);
  }
}

/** Enters many at once. @param rehearsal everything but storing them */
export function enterAll(
  services: RegistryServices,
  kind: HolderKind,
  work: Work,
  parts: readonly PartToEnter[],
  rehearsal: boolean,
): Promise<Entered[]> {
  switch (kind) {
    case 'programme':
      return services.programmes.registerManyIn(
        work,
        parts.map(({ input }) => input),
        rehearsal,
      );
    case 'campaign':
      return services.campaigns.planManyIn(work, parts, rehearsal);
    case 'calendar_entry':
      return services.calendar.addManyIn(work, parts, rehearsal);
    default:
      return assertNever(kind);
  }
}

/** Why a service refused, in a sentence. */
export function inWords(refused: Refused): string {
  switch (refused.kind) {
    case 'invalid':
      return refused.issues.map(({ path, message }) => `${path.replace(/^input\./, '')}: ${message}`).join('; ');
    case 'not-found':
      return `${refused.id} is not there any more.`;
    case 'forbidden':
    case 'conflict':
      return refused.reason;
    case 'stale':
      return 'Somebody else changed it at the same moment; import the file again.';
    case 'limit-exceeded':
      return `At most ${String(refused.allowed)} ${refused.limit}, found ${String(refused.found)}.`;
    default:
      return assertNever(refused);
  }
}
