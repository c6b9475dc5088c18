import { type CompiledQuery, sql } from 'kysely';
import pg from 'pg';
import { type Viewer, sessionVariables } from '../../core/access/viewer.ts';
import { Compiler } from '../../core/projection/compiler.ts';
import { select } from '../../core/projection/selection.ts';
import { views } from '../../core/views.ts';
import type { ConsentModel } from './consent-model.ts';
import { type ConsentWorld, COUNTRIES, OUTSIDER } from './consent-world.ts';

/** Everything about consent that a viewer can read: what the API shows, and what a raw statement on the app login finds. */
export interface Sight {
  /** By the id of the suggestion, in the order of the ids. */
  readonly suggestions: readonly {
    readonly id: string;
    readonly status: string;
    readonly version: number;
    /** `endorse 1`: the choice and the version. */
    readonly myAnswer: string | null;
    /** `a revealed`; `hidden full` for an actor that is not shown. */
    readonly participants: readonly string[];
  }[];
  /** Letters of the actors whose row can be read. */
  readonly actors: readonly string[];
  /** `sug_… a to b` */
  readonly revelations: readonly string[];
  /** Letters of the actors of whom an answer can be read, in whatever suggestion. */
  readonly answerers: readonly string[];
  /** Suggestions of which an inbox says that others endorsed them, though the viewer can read of no revelation in them. */
  readonly toldTooMuch: readonly string[];
}

interface Raw {
  readonly shown: {
    readonly nodes: readonly {
      readonly id: string;
      readonly status: string;
      readonly version: number;
      readonly myAnswer: { readonly choice: string; readonly version: number } | null;
      readonly participants: readonly { readonly actor: { readonly id: string } | null; readonly disclosure: string }[];
    }[];
  };
  readonly actors: readonly string[];
  readonly revelations: readonly (readonly [string, string, string])[];
  readonly answerers: readonly string[];
  readonly told: readonly string[];
}

const NODES = select('nodes', [
  'id',
  'status',
  'version',
  select('myAnswer', ['choice', 'version']),
  select('participants', [select('actor', ['id']), 'disclosure']),
]);

/** Reads on the app login what viewers can read. */
export class Eyes {
  private readonly statements = new Map<string, CompiledQuery>();

  private constructor(
    private readonly world: ConsentWorld,
    private readonly client: pg.Client,
  ) {}

  static async open(world: ConsentWorld): Promise<Eyes> {
    const client = new pg.Client({ connectionString: world.database.appUrl });
    await client.connect();
    return new Eyes(world, client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Looks as a viewer, in one statement: the one that reads would make, prepared once a viewer because S9 looks so often. */
  async look(viewer: Viewer, ids: readonly string[]): Promise<Sight> {
    const { sql: text, parameters } = this.statementOf(viewer);
    await this.client.query(`select set_config(key, value, false) from jsonb_each_text($1::jsonb)`, [
      JSON.stringify(sessionVariables(viewer)),
    ]);
    const values = parameters.map((value) => (value === ANY_IDS ? ids : value));
    const { rows } = await this.client.query<{ answer: Raw }>({ name: viewer.keyId, text, values });
    const [row] = rows;
    if (!row) throw new Error('nothing was answered');
    return sightOf(this.world, row.answer);
  }

  private statementOf(viewer: Viewer): CompiledQuery {
    const known = this.statements.get(viewer.keyId);
    if (known) return known;
    const compiler = new Compiler(new Map(views.map((view) => [view.type, view])), viewer, new Uint8Array(32));
    const list = compiler.connection('Suggestion', select('list', [NODES], { filter: { ids: ANY_IDS } }));
    const statement = sql`select json_build_object(
      'shown', ${list},
      'actors', (select coalesce(json_agg(id), '[]') from actor),
      'revelations', (select coalesce(json_agg(json_build_array(suggestion_id, from_actor_id, to_actor_id)), '[]') from revelation),
      'answerers', (select coalesce(json_agg(distinct actor_id), '[]') from answer where suggestion_id = any(${ANY_IDS}::text[])),
      'told', (select coalesce(json_agg(distinct subject_id), '[]') from notification where kind = 'SUGGESTION_REVEALED')) as answer`;
    const compiled = statement.compile(this.world.app.orm.em.fork().getKysely());
    this.statements.set(viewer.keyId, compiled);
    return compiled;
  }
}

/** Stands in a prepared statement for the ids that are looked at. */
const ANY_IDS: readonly string[] = [];

function sightOf(world: ConsentWorld, { shown, actors, revelations, answerers, told }: Raw): Sight {
  const letters = (of: readonly string[]): string[] => of.map((id) => world.letterOf(id)).sort();
  return {
    suggestions: shown.nodes
      .map(({ id, status, version, myAnswer, participants }) => ({
        id,
        status,
        version,
        myAnswer: wordsOf(myAnswer),
        participants: participants.map(
          ({ actor, disclosure }) => `${actor ? world.letterOf(actor.id) : 'hidden'} ${disclosure.toLowerCase()}`,
        ),
      }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    actors: letters(actors),
    revelations: revelations.map(([id, from, to]) => `${id} ${world.letterOf(from)} to ${world.letterOf(to)}`).sort(),
    answerers: letters(answerers),
    toldTooMuch: told.filter((id) => !revelations.some(([suggestion]) => suggestion === id)),
  };
}

function wordsOf(answer: { readonly choice: string; readonly version: number } | null): string | null {
  return answer && `${answer.choice} ${String(answer.version)}`;
}

/** What an editor of an actor may see at most and at least, as the models of the suggestions say. */
export function permitted(models: ReadonlyMap<string, ConsentModel>, letter: string): Sight {
  const entries = [...models].sort(([one], [other]) => (one < other ? -1 : 1));
  const known = new Set(entries.flatMap(([, model]) => model.knownTo(letter)));
  return {
    suggestions: entries.map(([id, model]) => {
      const acquainted = model.knownTo(letter);
      return {
        id,
        status: acquainted.length > 0 ? 'AGREED' : model.status,
        version: model.version,
        myAnswer: wordsOf(model.answerOf(letter)),
        participants: [...model.participants.keys()].map((actor) => {
          const shown = actor === letter || acquainted.includes(actor) ? actor : 'hidden';
          return `${shown} ${acquainted.includes(actor) ? 'revealed' : 'full'}`;
        }),
      };
    }),
    actors: [letter, ...known].sort(),
    revelations: entries
      .flatMap(([id, model]) =>
        model.knownTo(letter).flatMap((other) => [`${id} ${letter} to ${other}`, `${id} ${other} to ${letter}`]),
      )
      .sort(),
    answerers: entries.some(([, model]) => model.everAnswered.has(letter)) ? [letter] : [],
    toldTooMuch: [],
  };
}

/** What everybody else may see: all actors where the viewer curates, and nothing of any answer. */
export function uninvolved(models: ReadonlyMap<string, ConsentModel>, actors: readonly string[]): Sight {
  const sight = permitted(models, '');
  const suggestions = sight.suggestions.map((suggestion) => ({
    ...suggestion,
    participants: [...(models.get(suggestion.id)?.participants.keys() ?? [])].map(
      (actor) => `${actors.includes(actor) ? actor : 'hidden'} full`,
    ),
  }));
  return { ...sight, suggestions, actors };
}

export const EVERYBODY: readonly string[] = [...COUNTRIES.keys(), OUTSIDER];
