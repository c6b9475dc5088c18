import type { Random } from '../world/random.ts';
import type { KnownRegistry } from './known.ts';
import type { Question } from './questions.ts';

/** Asks the hub, and gives the data of the answer. */
export type Ask = (question: Question) => Promise<Readonly<Record<string, unknown>>>;

interface Record_ {
  readonly id: string;
  readonly version: number;
}

/** What a planner does to the registry: a programme moved, a campaign planned in it, put into the calendar and moved. */
export async function makeChanges(ask: Ask, known: KnownRegistry, random: Random): Promise<void> {
  const programme = random.of(known.own);
  const { node } = await ask({
    query: 'query ($id: ID!) { node(id: $id) { ... on Programme { id version } } }',
    variables: { id: programme },
  });
  const footprint = {
    days: daysOf(random),
    places: [random.of(known.places)],
    corridors: [random.of(known.corridors)],
    audiences: [random.of(known.audiences)],
    themes: [random.of(known.themes)],
    channels: [random.of(known.channels)],
  };
  const write = async (mutation: string, type: string, input: object): Promise<Record_> => {
    const name = mutation[0]?.toUpperCase() + mutation.slice(1);
    const query = `mutation ($input: ${name}Input!) { done: ${mutation}(input: $input) { __typename ... on ${type} { id version } ... on Problem { message } } }`;
    const { done } = (await ask({ query, variables: { input } })) as {
      done: Record_ & { __typename: string; message?: string };
    };
    if (done.__typename !== type && done.__typename !== 'StaleVersion')
      throw new Error(`${mutation}: ${done.__typename}, ${done.message ?? ''}`);
    return done;
  };
  await write('reviseProgramme', 'Programme', { ...expected(node as Record_), footprint });
  const campaign = await write('planCampaign', 'Campaign', { name: 'safe season radio', programme, footprint });
  await write('addCalendarEntry', 'CalendarEntry', {
    name: 'market day',
    campaign: campaign.id,
    footprint: { days: daysOf(random) },
  });
  const { node: again } = await ask({
    query: 'query ($id: ID!) { node(id: $id) { ... on Campaign { id version } } }',
    variables: { id: campaign.id },
  });
  await write('rescheduleCampaign', 'Campaign', { ...expected(again as Record_), days: daysOf(random) });
}

const expected = ({ id, version }: Record_): object => ({ id, expectedVersion: version });

function daysOf(random: Random): object {
  const year = String(2026 + random.below(4));
  const month = 1 + random.below(9);
  return { start: `${year}-0${String(month)}-01`, end: `${year}-${String(month + 2).padStart(2, '0')}-01` };
}
