import { epochDay, formatCalendarDate } from '../engine/index.ts';
import type { AccessService } from '../core/access/access.service.ts';
import type { UnitOfWork, Work } from '../core/access/unit-of-work.ts';
import { HUB_VIEWER, type Role } from '../core/access/viewer.ts';
import type { ActorService } from '../core/actors/actor.service.ts';
import type { CalendarService } from '../core/calendar/calendar.service.ts';
import type { CampaignService } from '../core/campaigns/campaign.service.ts';
import type { ObservanceService } from '../core/observances/observance.service.ts';
import type { CommitmentService } from '../core/commitments/commitment.service.ts';
import type { InterestService } from '../core/interests/interest.service.ts';
import type { InsightService } from '../core/insights/insight.service.ts';
import type { Outcome } from '../core/outcome.ts';
import type { PracticeService } from '../core/practices/practice.service.ts';
import type { ProgrammeService } from '../core/programmes/programme.service.ts';
import { DEMO_ACTORS } from './actors.ts';
import { writeDemoKeys } from './demo-keys.ts';
import { DEMO_OBSERVANCES, type DemoObservance } from './observances.ts';
import { CASE_STUDIES, COMMITMENTS, INTERESTS } from './practices.ts';
import { ANDAMAN } from './scenario/andaman.ts';
import { INSIGHTS } from './scenario/insights.ts';
import { LABOUR } from './scenario/labour.ts';
import { OTHER_ROUTES } from './scenario/other-routes.ts';
import { SCAMS } from './scenario/scams.ts';
import type {
  DemoActor,
  DemoCampaign,
  DemoCaseStudy,
  DemoCommitment,
  DemoEntry,
  DemoFootprint,
  DemoInterest,
  DemoInsight,
  DemoProgramme,
} from './scenario-types.ts';

export interface DemoServices {
  readonly unitOfWork: UnitOfWork;
  readonly access: AccessService;
  readonly actors: ActorService;
  readonly programmes: ProgrammeService;
  readonly campaigns: CampaignService;
  readonly calendar: CalendarService;
  readonly observances: ObservanceService;
  readonly practices: PracticeService;
  readonly interests: InterestService;
  readonly commitments: CommitmentService;
  readonly insights: InsightService;
}

/** Whose eyes a demo key lends, by the key's name in `demo-keys.json`. */
const KEYS: Readonly<Record<string, { readonly role: Role; readonly actor: string | null }>> = {
  coordinator: { role: 'coordinator', actor: null },
  ngo: { role: 'editor', actor: 'coast' },
  state: { role: 'planner', actor: 'BD' },
  diaspora: { role: 'editor', actor: 'rohingya-my' },
  observer: { role: 'observer', actor: 'UNODC' },
};

const PROGRAMMES: readonly DemoProgramme[] = [...ANDAMAN, ...LABOUR, ...SCAMS, ...OTHER_ROUTES];
const MADE_UP = 'Demonstration: content and dates are illustrative.';

/**
 * Fills an empty hub with the Bali Process scenario, in one transaction, through the services that everybody uses.
 * All days are counted from the hub's present day. The keys are written once the records are there to stay.
 */
export async function loadDemo(services: DemoServices, keysFile: string): Promise<void> {
  const keys = await services.unitOfWork.run(HUB_VIEWER, (work) => new Telling(services, work).tell());
  await writeDemoKeys(keysFile, keys);
}

/** One telling of the scenario: knows the ids it has given so far. */
class Telling {
  private readonly actorIds = new Map<string, string>();

  constructor(
    private readonly services: DemoServices,
    private readonly work: Work,
  ) {}

  async tell(): Promise<Record<string, string>> {
    for (const actor of DEMO_ACTORS) await this.fresh(() => this.tellActor(actor));
    for (const insight of INSIGHTS) await this.fresh(() => this.tellInsight(insight));
    for (const programme of PROGRAMMES) await this.fresh(() => this.tellProgramme(programme));
    for (const observance of DEMO_OBSERVANCES) await this.tellObservance(observance);
    for (const study of CASE_STUDIES) await this.tellCaseStudy(study);
    for (const interest of INTERESTS) await this.tellInterest(interest);
    for (const commitment of COMMITMENTS) await this.tellCommitment(commitment);
    return Object.fromEntries(
      Object.entries(KEYS).map(([name, { role, actor }]) => {
        const actorId = actor === null ? null : this.idOf(actor);
        return [
          name,
          this.services.access.issue(this.work, { label: `demo ${name}`, role, actorId, environment: 'demo' }),
        ];
      }),
    );
  }

  /** Forgets what was written before, or every flush would compare it all again. */
  private async fresh(tellOne: () => Promise<void>): Promise<void> {
    this.work.em.clear();
    await tellOne();
  }

  private async tellActor(actor: DemoActor): Promise<void> {
    const id = savedId(
      await this.services.actors.registerIn(this.work, {
        name: actor.name,
        kind: actor.kind,
        aliases: actor.aliases ?? [],
        description: actor.description ?? (actor.illustrative ? 'Invented for the demonstration.' : ''),
        legalStatus: actor.hostedBy ? 'hosted' : actor.unregistered ? 'unregistered' : 'registered',
        hostedBy: actor.hostedBy ? this.idOf(actor.hostedBy) : null,
        baliProcessRole: actor.baliProcessRole ?? 'none',
        basedIn: actor.basedIn ?? [],
        communityOf: actor.communityOf ?? [],
        commitments: actor.commitment ? [{ kind: 'other', ...actor.commitment }] : [],
        illustrative: actor.illustrative,
        source: actor.source ?? (actor.illustrative ? MADE_UP : null),
      }),
    );
    this.actorIds.set(actor.key, id);
    savedId(
      await this.services.actors.verifyIn(this.work, {
        id,
        expectedVersion: 1,
        evidence: 'Part of the demonstration.',
      }),
    );
  }

  private async tellInsight(insight: DemoInsight): Promise<void> {
    savedId(
      await this.services.insights.registerIn(this.work, {
        ...insight,
        publishedOn: formatCalendarDate(epochDay(this.work.today)),
        source: MADE_UP,
        illustrative: true,
      }),
    );
  }

  private async tellProgramme(programme: DemoProgramme): Promise<void> {
    const owner = this.idOf(programme.by);
    const id = savedId(
      await this.services.programmes.registerIn(this.work, {
        owner,
        name: programme.name,
        description: programme.description,
        footprint: this.footprintOf(programme),
        partners: (programme.partners ?? []).map(([actor, role]) => ({ actor: this.idOf(actor), role })),
        mechanisms: programme.mechanisms ?? [],
        release: programme.release ?? null,
        illustrative: true,
        source: MADE_UP,
      }),
    );
    for (const campaign of programme.campaigns) await this.tellCampaign(owner, id, campaign);
  }

  private async tellCampaign(owner: string, programme: string, campaign: DemoCampaign): Promise<void> {
    const { name, objectiveLevel, phase, messages = [], entries = [] } = campaign;
    const footprint = this.footprintOf(campaign);
    const id = savedId(
      await this.services.campaigns.planIn(this.work, {
        owner,
        programme,
        name,
        footprint,
        objectiveLevel,
        phase,
        messages,
        illustrative: true,
        source: MADE_UP,
      }),
    );
    for (const entry of entries) await this.tellEntry(owner, id, entry);
  }

  private async tellEntry(owner: string, campaign: string, entry: DemoEntry): Promise<void> {
    const { name, kind, precision = 'day', status = 'confirmed', recurrence = null, cancelled, materials } = entry;
    const footprint = this.footprintOf(entry);
    const id = savedId(
      await this.services.calendar.addIn(this.work, {
        owner,
        campaign,
        name,
        kind,
        precision,
        status,
        recurrence,
        materials,
        footprint,
        illustrative: true,
        source: MADE_UP,
      }),
    );
    if (cancelled === undefined) return;
    savedId(await this.services.calendar.cancelIn(this.work, { id, expectedVersion: 1, reason: cancelled }));
  }

  private async tellObservance({ days: [first, last], ...observance }: DemoObservance): Promise<void> {
    const days = { start: this.on(first), end: this.on(last) };
    savedId(await this.services.observances.enterIn(this.work, { ...observance, days, source: MADE_UP }));
  }

  private async tellCaseStudy({ by, source, ...study }: DemoCaseStudy): Promise<void> {
    const input = { ...study, owner: this.idOf(by), source: source ?? MADE_UP, visibility: 'public' };
    const id = savedId(await this.services.practices.draftIn(this.work, input));
    savedId(await this.services.practices.publishIn(this.work, { id, expectedVersion: 1 }));
  }

  private async tellInterest({ by, until, ...interest }: DemoInterest): Promise<void> {
    const input = { ...interest, actor: this.idOf(by), until: until === undefined ? null : this.on(until) };
    savedId(await this.services.interests.declareIn(this.work, input));
  }

  private async tellCommitment({ by, until, ...commitment }: DemoCommitment): Promise<void> {
    const input = { ...commitment, owner: this.idOf(by), validTo: this.on(until), source: MADE_UP };
    savedId(await this.services.commitments.registerIn(this.work, input));
  }

  /** So many days after the day the demo is loaded, as `YYYY-MM-DD`. */
  private on(offset: number): string {
    return formatCalendarDate(epochDay(this.work.today + offset));
  }

  private footprintOf({ days, places, corridors, audiences, themes, channels, languages }: DemoFootprint) {
    return {
      days: days ? { start: this.on(days[0]), end: days[1] === null ? null : this.on(days[1]) } : null,
      places,
      corridors,
      audiences,
      themes,
      channels,
      languages,
    };
  }

  private idOf(key: string): string {
    const id = this.actorIds.get(key);
    if (id === undefined) throw new Error(`the demo has no actor ${key}`);
    return id;
  }
}

function savedId(outcome: Outcome): string {
  if (outcome.kind !== 'saved') throw new Error(`the demo was refused: ${JSON.stringify(outcome)}`);
  return outcome.id;
}
