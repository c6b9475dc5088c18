import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { scopesOf } from '../../core/access/scopes.ts';
import type { OrganisationMention, OrganisationVerdict } from '../../core/names/match-organisation.ts';
import { mentionKey } from '../../core/names/match-organisation.ts';
import { matchOrganisations } from '../../core/names/match-organisations.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, mutate } from '../support/mutate.ts';

let hub: TestHub;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

const COORDINATOR: Viewer = {
  keyId: 'key_test',
  userId: null,
  label: 'test',
  role: 'coordinator',
  actorId: null,
  scopes: scopesOf('coordinator'),
};
const editorOf = (actorId: string): Viewer => ({ ...COORDINATOR, role: 'editor', actorId, scopes: scopesOf('editor') });
const named = (name: string, code: OrganisationMention['code'] = null): OrganisationMention => ({ name, code });

async function verdictOn(viewer: Viewer, mention: OrganisationMention): Promise<OrganisationVerdict> {
  const verdicts = await hub.app.services.unitOfWork.run(viewer, (work) => matchOrganisations(work, [mention]));
  const verdict = verdicts.get(mentionKey(mention));
  if (!verdict) throw new Error(`no verdict on ${mention.name}`);
  return verdict;
}

/** Has a person of the viewer's party asked whom a name means, as an import does. */
async function ask(viewer: Viewer, mention: OrganisationMention): Promise<void> {
  await hub.app.services.unitOfWork.run(viewer, async (work) => {
    const verdict = (await matchOrganisations(work, [mention])).get(mentionKey(mention));
    const candidates = verdict?.kind === 'doubtful' ? verdict.candidates : [];
    await hub.app.services.names.askIn(work, [{ mention, candidates }], 'sheet.csv');
  });
}

interface Question {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly version: number;
  readonly candidates: readonly { readonly actor: { readonly id: string } | null; readonly matchedBy: string }[];
}

async function questionsOf(client: Client, filter = ''): Promise<readonly Question[]> {
  const { nameQuestions } = await client.query<{ nameQuestions: { nodes: readonly Question[] } }>(
    `{ nameQuestions(first: 100 ${filter}) { nodes { id name state version candidates { actor { id } matchedBy confidence } answer { id } } } }`,
  );
  return nameQuestions.nodes;
}

async function questionOn(client: Client, name: string): Promise<Question> {
  const question = (await questionsOf(client)).find((one) => one.name === name);
  if (!question) throw new Error(`no question on ${name}`);
  return question;
}

const confirm = (client: Client, { id, version }: Question, actor: string): Promise<Result> =>
  mutate(client, 'confirmNameMatch', { id, actor, expectedVersion: version }, 'state answer { id }');
const refuse = (client: Client, { id, version }: Question): Promise<Result> =>
  mutate(client, 'refuseNameMatch', { id, expectedVersion: version }, 'state');

describe('what a viewer is told of names', () => {
  test('actors that it may not see are as if they were not there', async () => {
    const diaspora = await hub.actor({ name: 'Example Lanterns of Home', kind: 'diaspora_association' });
    const ngo = await hub.actor({ name: 'Example Harbour Aid' });
    expect(await verdictOn(COORDINATOR, named('EXAMPLE LANTERNS OF HOME'))).toMatchObject({
      kind: 'sure',
      actorId: diaspora,
    });
    expect(await verdictOn(editorOf(ngo), named('Example Lanterns of Home'))).toEqual({ kind: 'unknown' });
    const code = { scheme: 'org-id', value: 'XX-77' };
    await hub.actor({ name: 'Example Hidden Bell', kind: 'diaspora_association', identifiers: [code] });
    expect(await verdictOn(editorOf(ngo), named('Something else', code))).toEqual({ kind: 'unknown' });
  });

  test('a namesake that nobody has vetted is given nothing, but to itself', async () => {
    const imposter = await hub.actor({ name: 'Example Imposter' });
    const pretender = await hub.app.services.actors.register(editorOf(imposter), {
      name: 'Example Great Relief Agency',
      kind: 'ingo',
    });
    expect(pretender).toMatchObject({ kind: 'saved' });
    expect(await verdictOn(COORDINATOR, named('Example Great Relief Agency'))).toEqual({ kind: 'unknown' });
    expect(await verdictOn(HUB_VIEWER, named('Example Great Relief Agency'))).toEqual({ kind: 'unknown' });
    expect(await verdictOn(editorOf(imposter), named('Example Great Relief Agency'))).toMatchObject({ kind: 'sure' });
  });

  test('two that are called alike are for a person to tell apart', async () => {
    const ids = [
      await hub.actor({ name: 'Example Twin Rivers', aliases: ['ETR'] }),
      await hub.actor({ name: 'Example Twin Rivers', aliases: ['ETR'] }),
    ];
    for (const name of ['Example twin rivers', 'ETR']) {
      const verdict = await verdictOn(COORDINATOR, named(name));
      expect(verdict.kind === 'doubtful' && verdict.candidates.map(({ actorId }) => actorId)).toEqual(ids.sort());
    }
  });
});

describe('the queue', () => {
  test('a confirmed name is sure from then on, for the party that confirmed it and for no other', async () => {
    const asks = await hub.actor({ name: 'Example Asking Party' });
    const other = await hub.actor({ name: 'Example Other Party' });
    const meant = await hub.actor({ name: 'Example Foundation for Harvest Workers in the Gulf' });
    const mention = named('Fndtn Example harvest');
    await ask(editorOf(asks), mention);
    const editor = await hub.as('editor', asks);
    const question = await questionOn(editor, mention.name);
    expect(await confirm(editor, question, meant)).toMatchObject({ state: 'CONFIRMED', answer: { id: meant } });
    expect(await verdictOn(editorOf(asks), named(' FNDTN  example, harvest'))).toEqual({
      kind: 'sure',
      actorId: meant,
      confidence: 1,
      by: 'DECISION',
    });
    expect(await verdictOn(editorOf(other), mention)).not.toMatchObject({ by: 'DECISION' });
    expect(await verdictOn(COORDINATOR, mention)).not.toMatchObject({ by: 'DECISION' });
  });

  test('each party sees its own questions; to others they do not exist', async () => {
    const [mine, theirs] = [await hub.actor(), await hub.actor()];
    await ask(editorOf(mine), named('Example Quiet Name'));
    await ask(COORDINATOR, named('Example Name of the Hub'));
    const [editor, foreigner] = [await hub.as('editor', mine), await hub.as('editor', theirs)];
    const reader = await hub.as('viewer', mine);
    const question = await questionOn(editor, 'Example Quiet Name');
    expect((await questionsOf(editor)).map(({ name }) => name)).toEqual(['Example Quiet Name']);
    expect((await questionsOf(reader)).map(({ name }) => name)).toEqual(['Example Quiet Name']);
    expect(await questionsOf(foreigner)).toEqual([]);
    expect((await questionsOf(coordinator)).map(({ name }) => name)).toContain('Example Name of the Hub');
    expect((await questionsOf(coordinator)).map(({ name }) => name)).not.toContain('Example Quiet Name');
    for (const client of [foreigner, coordinator]) {
      expect(await confirm(client, question, theirs)).toMatchObject({ __typename: 'NotFound' });
      expect(await client.query('query ($id: ID!) { node(id: $id) { id } }', { id: question.id })).toEqual({
        node: null,
      });
    }
    expect(await refuse(reader, question)).toMatchObject({ __typename: 'Forbidden' });
  });

  test('whom a person refused is not proposed again, and another is asked about', async () => {
    const asks = await hub.actor();
    await hub.actor({ name: 'Example Blue Lagoon Trust Kenya' });
    const mention = named('Example Blue Lagoon Trust');
    await ask(editorOf(asks), mention);
    const editor = await hub.as('editor', asks);
    const question = await questionOn(editor, mention.name);
    expect(question.candidates).toHaveLength(1);
    expect(await refuse(editor, question)).toMatchObject({ state: 'REFUSED' });
    expect(await verdictOn(editorOf(asks), mention)).toEqual({ kind: 'unknown' });
    const second = await hub.actor({ name: 'Example Blue Lagoon Trust Norway' });
    expect(await verdictOn(editorOf(asks), mention)).toMatchObject({ candidates: [{ actorId: second }] });
    await ask(editorOf(asks), mention);
    expect(await questionOn(editor, mention.name)).toMatchObject({
      id: question.id,
      state: 'OPEN',
      candidates: [{ actor: { id: second } }],
    });
  });

  test('what waits is asked once, and lists filter by what was said', async () => {
    const asks = await hub.actor();
    const mention = named('Example Once');
    await ask(editorOf(asks), mention);
    await ask(editorOf(asks), named('example ONCE'));
    const editor = await hub.as('editor', asks);
    expect(await questionsOf(editor, ', filter: { states: [OPEN] }')).toHaveLength(1);
    expect(await questionsOf(editor, ', filter: { states: [CONFIRMED, REFUSED] }')).toEqual([]);
  });

  test('of two who decide at once one is told that it was decided', async () => {
    const asks = await hub.actor();
    const meant = await hub.actor();
    await ask(editorOf(asks), named('Example Race of Names'));
    const editor = await hub.as('editor', asks);
    const question = await questionOn(editor, 'Example Race of Names');
    const results = await Promise.all([confirm(editor, question, meant), refuse(editor, question)]);
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['NameQuestion', 'StaleVersion']);
  });

  test('an actor that the asking party may not see is no answer', async () => {
    const asks = await hub.actor();
    const hidden = await hub.actor({ kind: 'diaspora_association' });
    await ask(editorOf(asks), named('Example Answer'));
    const editor = await hub.as('editor', asks);
    const question = await questionOn(editor, 'Example Answer');
    expect(await confirm(editor, question, hidden)).toMatchObject({ __typename: 'NotFound', missing: hidden });
  });

  test('whatever a service forgets, the database lets nobody ask in another’s name or propose whom it does not see', async () => {
    const [asks, other] = [await hub.actor(), await hub.actor()];
    const hidden = await hub.actor({ kind: 'diaspora_association' });
    await ask(editorOf(asks), named('Example Forgotten'));
    const { id } = await questionOn(await hub.as('editor', asks), 'Example Forgotten');
    const writing = (statement: RawBuilder<unknown>): Promise<unknown> =>
      hub.app.services.unitOfWork.run(editorOf(asks), ({ em }) => statement.execute(em.getKysely()));
    const asked = (of: string | null): RawBuilder<unknown> =>
      sql`insert into name_question (id, actor_id, name, asked, state, created_at, updated_at) values ('nmq_x', ${of}, 'x', 'x', 'open', now(), now())`;
    for (const of of [other, null]) await expect(writing(asked(of))).rejects.toThrow('row-level security');
    await expect(
      writing(
        sql`insert into name_candidate (question_id, actor_id, confidence, matched_by) values (${id}, ${hidden}, 1, 'NAME')`,
      ),
    ).rejects.toThrow('row-level security');
    await expect(writing(sql`update name_question set actor_id = ${other} where id = ${id}`)).rejects.toThrow(
      'row-level security',
    );
    await expect(writing(sql`delete from name_question where id = ${id}`)).rejects.toThrow('permission denied');
    await expect(writing(sql`select * from actor_merge_change`)).rejects.toThrow('permission denied');
    await expect(writing(sql`select app.undo_merge('x')`)).rejects.toThrow('only coordinators undo merges');
  });
});
