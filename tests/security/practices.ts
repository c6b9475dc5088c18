import { isDeepStrictEqual } from 'node:util';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { TestHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { caseStudyInput, publishPractice } from '../support/practices.ts';
import { type Cast, type PlacedActor, type PlacedViewer, clientOn } from './cast.ts';
import { FIELDS } from './fields.ts';
import type { MatrixReport, MatrixWorld } from './matrix.ts';
import { isShutOut, seesActor } from './oracle.ts';

type Status = 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN';
const STATUSES: readonly Status[] = ['DRAFT', 'PUBLISHED', 'WITHDRAWN'];
const VISIBILITIES = ['PUBLIC', 'MEMBERS'] as const;
/** Of each every status and visibility. Whoever is shown to partners publishes nothing. */
const TELLERS = ['owner', 'member', 'shy', 'pending', 'lapsed', 'suspended'];

/** What these are called says what they are, so that the oracle can judge by the title alone. */
interface Told {
  readonly actor: PlacedActor;
  readonly status: Status;
  readonly visibility: (typeof VISIBILITIES)[number];
}

const titleOf = ({ actor, status, visibility }: Told): string => `${status} ${visibility} of ${actor.name}`;

function toldBy(cast: Cast): Told[] {
  return TELLERS.flatMap((name) =>
    STATUSES.flatMap((status) =>
      VISIBILITIES.flatMap((visibility) => {
        const actor = cast.actor(name);
        return actor.visibility === 'PARTNERS' && status === 'PUBLISHED' ? [] : [{ actor, status, visibility }];
      }),
    ),
  );
}

/** Case studies and interests of several of the cast. */
export async function tellPractices(hub: TestHub, cast: Cast): Promise<void> {
  for (const told of toldBy(cast)) {
    const client = clientOn(hub.url, cast.viewer(`${told.actor.name} editor`));
    const fields = { title: titleOf(told), visibility: told.visibility };
    if (told.status !== 'PUBLISHED') {
      const id = await idOf(mutate(client, 'draftCaseStudy', caseStudyInput(fields)));
      if (told.status === 'WITHDRAWN') await idOf(mutate(client, 'withdrawCaseStudy', { id, expectedVersion: 1 }));
    } else await publishPractice(client, fields);
  }
  for (const name of TELLERS) {
    const interest = { topic: 'training', actor: cast.actor(name).id, languages: ['en'], until: '2099-12-31' };
    for (const state of ['current', 'over', 'withdrawn']) {
      const offers = `${state} of ${name}`;
      const until = state === 'over' ? '2026-01-01' : interest.until;
      const { interests } = hub.app.services;
      const id = savedId(await interests.declare(HUB_VIEWER, { ...interest, offers, until }));
      if (state === 'withdrawn') savedId(await interests.withdraw(HUB_VIEWER, { id, expectedVersion: 1 }));
    }
  }
}

/** From the design: drafts and what was withdrawn are their owner's; what is published is for whom it is and who sees its owner. */
function seesStudy(viewer: PlacedViewer, { actor, status, visibility }: Told): boolean {
  if (viewer.actor?.id === actor.id) return true;
  if (status !== 'PUBLISHED') return false;
  if (viewer.role === 'coordinator') return true;
  const isMember = viewer.actor?.vetting === 'verified';
  const isOpen = visibility === 'PUBLIC' && actor.visibility === 'PUBLIC';
  return actor.vetting === 'verified' && actor.visibility !== 'PARTNERS' && (isOpen || isMember);
}

/** The titles of the case studies that a viewer may not see. */
export function studiesHiddenFrom(viewer: PlacedViewer, cast: Cast): string[] {
  return toldBy(cast)
    .filter((one) => !seesStudy(viewer, one))
    .map(titleOf);
}

/** Members know of what is current, of verified actors that they see; whose it is and coordinators, of everything. */
function seesInterest(viewer: PlacedViewer, actor: PlacedActor, state: string): boolean {
  if (viewer.actor?.id === actor.id || viewer.role === 'coordinator') return true;
  const isMember = viewer.actor?.vetting === 'verified';
  return isMember && state === 'current' && actor.vetting === 'verified' && seesActor(viewer, actor);
}

const STUDIES = `caseStudies(first: 100) { totalCount nodes { title visibility status owner { id } done achieved
  conditions evidence { statement } } }`;
const INTERESTS = 'contributionInterests(first: 100) { totalCount nodes { offers actor { id } } }';
const MAP = 'interestMap { topic country { code } actors members observers }';

interface Page<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}
interface Read {
  readonly caseStudies: Page<{ title: string; status: string; owner: { id: string } | null }>;
  readonly contributionInterests: Page<{ offers: string; actor: { id: string } | null }>;
  readonly interestMap: readonly { topic: string; country: { code: string } | null; actors: number }[];
}

/** What tells of practices and interests: whole rows, so that every field of a row is a cell. */
export async function comparePractices(world: MatrixWorld): Promise<MatrixReport> {
  const { cast } = world;
  const disagreements: string[] = [];
  const told = new Set<string>();
  let cells = 0;
  const check = (viewer: PlacedViewer, type: string, expected: readonly string[], found: readonly string[]): void => {
    cells += Math.max(expected.length, 1) * Object.keys(FIELDS[type] ?? {}).length;
    if (found.length > 0) told.add(type);
    if (!isDeepStrictEqual([...expected].sort(), [...found].sort()))
      disagreements.push(`${viewer.name} reads of ${type}: expected ${expected.join()}, found ${found.join()}`);
  };
  for (const viewer of world.viewers.filter((one) => !isShutOut(one))) {
    const read = await clientOn(world.url, viewer).query<Read>(`{ ${STUDIES} ${INTERESTS} ${MAP} }`);
    const studies = toldBy(cast).filter((one) => seesStudy(viewer, one));
    const shown = studies.map((one) => `${titleOf(one)} by ${one.actor.id}`);
    check(
      viewer,
      'CaseStudy',
      [...shown, String(studies.length)],
      [
        ...read.caseStudies.nodes.map(({ title, owner }) => `${title} by ${owner?.id ?? 'nobody'}`),
        String(read.caseStudies.totalCount),
      ],
    );
    const declared = TELLERS.flatMap((name) =>
      ['current', 'over', 'withdrawn'].flatMap((state) =>
        seesInterest(viewer, cast.actor(name), state) ? [`${state} of ${name} by ${cast.actor(name).id}`] : [],
      ),
    );
    const { nodes } = read.contributionInterests;
    check(
      viewer,
      'ContributionInterest',
      declared,
      nodes.map(({ offers, actor }) => `${offers} by ${actor?.id ?? 'nobody'}`),
    );
    const counted = TELLERS.map((name) => cast.actor(name)).filter(
      (actor) => actor.vetting === 'verified' && seesInterest(viewer, actor, 'current'),
    );
    check(
      viewer,
      'InterestCell',
      counted.map(({ country }) => `TRAINING ${country} 1`),
      read.interestMap.map(({ topic, country, actors }) => `${topic} ${country?.code ?? ''} ${String(actors)}`),
    );
  }
  return {
    cells,
    disagreements,
    empty: ['CaseStudy', 'ContributionInterest', 'InterestCell'].filter((type) => !told.has(type)),
  };
}
