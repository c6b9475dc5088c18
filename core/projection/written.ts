import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** The texts behind JSON that was written as text. */
const texts = new WeakMap<Sql, Sql>();

/**
 * JSON that is put together as text: PostgreSQL's own functions find out the type of each key and value again for each row, which takes
 * longer than reading the row. Other SQL may take it as the JSON it is; what is written into more text never becomes a value.
 * @param text an expression of type text whose value is JSON, or null
 */
export function written(text: Sql): Sql {
  const json = sql`(${text})::json`;
  texts.set(json, text);
  return json;
}

/** The text of an expression's JSON, whatever its type is; null where it is null. */
export function textOf(value: Sql): Sql {
  return texts.get(value) ?? sql`to_json(${value})::text`;
}

/** A JSON object of keys and expressions, in their order. @param first SQL text that stands before them, each part with a comma behind it */
export function writtenObject(pairs: readonly (readonly [key: string, value: Sql])[], first: readonly Sql[] = []): Sql {
  const parts = pairs.map(
    ([key, value], at) =>
      sql`${sql.lit(`${at === 0 ? '' : ','}${JSON.stringify(key)}:`)} || coalesce(${textOf(value)}, 'null')`,
  );
  return written(sql.join([sql`'{'`, ...first, ...parts, sql`'}'`], sql` || `));
}

/**
 * A JSON list of what an expression gives for each row of a source.
 * @param source what stands behind `from`, its conditions included
 * @param order in which the rows come; without it they come as the source gives them
 */
export function writtenList(element: Sql, source: Sql, order?: Sql): Sql {
  const ordered = order ? sql` order by ${order}` : sql``;
  return written(
    sql`(select '[' || coalesce(string_agg(${textOf(element)}, ','${ordered}), '') || ']' from ${source})`,
  );
}

/** A value that is the same for every row. */
export function writtenConstant(value: string | number | boolean): Sql {
  return written(sql.lit(JSON.stringify(value)));
}
