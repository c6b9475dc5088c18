import { sql } from 'kysely';
import type { z } from 'zod';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { PracticeService } from '../practices/practice.service.ts';
import { decide } from './decisions.ts';
import { publishInput } from './joint-campaign.input.ts';
import type { Joint } from './joint-campaign.rows.ts';
import { onJointOf } from './standing.ts';

/** Makes case studies of what came of joint campaigns, once all that take part agree. */
export class PublishingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly practices: PracticeService,
  ) {}

  /**
   * Publishes an outcome as a case study of whoever recorded it, by an editor of its own. It tells what all agreed to: the outcome as
   * it stands, and of the joint campaign its route, themes, audiences and countries, but neither its name nor who took part. One
   * version is published once.
   * @returns the id of the case study
   */
  publish(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(publishInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { clientMutationKey: key, ...fields } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      once(work, { operation: 'publishAsCaseStudy', key, input: fields }, () =>
        onJointOf(work, 'joint_outcome', fields.outcome, (joint) => this.publishOf(work, joint, fields)),
      ),
    );
  }

  private async publishOf(work: Work, joint: Joint, fields: Publish): Promise<Outcome> {
    const { outcome: id, expectedVersion, ...said } = fields;
    const outcome = await findAgreedOutcome(work, id);
    if (outcome === null) return notFound(id);
    const { ownerId, partId, mine, version, publishable, ...told } = outcome;
    if (!mine) return forbidden('Only who recorded an outcome publishes it: each tells of its own work.');
    if (version !== expectedVersion) return stale(expectedVersion, version);
    if (!publishable)
      return conflict('Not all who take part agree that this version is published: ask them in the joint campaign.');
    const earlier = await findPublished(work, joint, id, version);
    if (earlier !== null) return conflict(`This version was published already, as ${earlier}: revise that one.`);
    const published = await this.practices.publishFrom(work, { ...said, ...told, ownerId, places: countriesOf(joint) });
    if (published.kind !== 'saved') return published;
    const parameters = { OUTCOME: id, VERSION: version, CASE_STUDY: published.id };
    await decide(work, joint, { code: 'PUBLISHED', parameters, partId });
    return published;
  }
}

type Publish = Omit<z.infer<typeof publishInput>, 'clientMutationKey'>;

interface AgreedOutcome {
  readonly version: number;
  readonly ownerId: string;
  readonly partId: string;
  readonly mine: boolean;
  readonly publishable: boolean;
  readonly achieved: string;
  readonly learnt: string;
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
}

async function findAgreedOutcome({ em }: Work, id: string): Promise<AgreedOutcome | null> {
  const { rows } = await sql<AgreedOutcome>`
    select o.version, o.owner_id as "ownerId", o.part_id as "partId", o.owner_id = app.actor_id() as mine,
      app.joint_outcome_is_publishable(o.id) as publishable, o.achieved, o.learnt,
      array_remove(array[j.corridor], null) as corridors, j.audiences, j.themes
    from joint_outcome o join joint_campaign j on j.id = o.joint_id where o.id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** The case study that this version of an outcome was made into, as the log of decisions tells it; null when there is none. */
async function findPublished({ em }: Work, joint: Joint, id: string, version: number): Promise<string | null> {
  const about = [
    { name: 'OUTCOME', values: [id] },
    { name: 'VERSION', values: [String(version)] },
  ];
  const { rows } = await sql<{ study: string }>`
    select jsonb_path_query_first(parameters, '$[*] ? (@.name == "CASE_STUDY").values[0]') #>> '{}' as study
    from joint_decision where joint_id = ${joint.id} and code = 'PUBLISHED' and parameters @> ${JSON.stringify(about)}::jsonb
    order by number limit 1`.execute(em.getKysely());
  return rows[0]?.study ?? null;
}

/** Where it was done: the countries of the parts that were accepted, each once. */
function countriesOf({ parts }: Joint): string[] {
  return [...new Set(parts.filter(({ state }) => state === 'accepted').map(({ country }) => country))];
}
