/**
 * What a caller asked for, free of GraphQL: a tree of fields with the key each answer goes under.
 * The schema layer makes it from GraphQL's `info`; reads turn it into one statement.
 */
export interface Selection {
  /** The key in the answer; an alias when the caller gave one. */
  readonly key: string;
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The concrete types this field applies to (a fragment's type condition); null means all. */
  readonly on: ReadonlySet<string> | null;
  readonly fields: readonly Selection[];
  /** The caller takes the JSON as text, with the keys asked for and no others; see `JsonText`. */
  readonly asText?: true;
}

/** The fields asked of one concrete type; parts of one key that came from several fragments are united. */
export function fieldsOn(selection: Selection, type: string): readonly Selection[] {
  const byKey = new Map<string, Selection>();
  for (const field of selection.fields) {
    if (field.on !== null && !field.on.has(type)) continue;
    const earlier = byKey.get(field.key);
    byKey.set(field.key, earlier ? { ...earlier, fields: [...earlier.fields, ...field.fields] } : field);
  }
  return [...byKey.values()];
}

/** What is selected of one field, under whatever keys; nothing when it is not asked for. */
export function fieldOf(selection: Selection, field: string): Selection {
  const fields = selection.fields.filter((one) => one.field === field).flatMap((one) => one.fields);
  return { ...select(field), fields };
}

/** A selection made by our own code, for reads that no document asked for. */
export function select(
  field: string,
  fields: readonly (string | Selection)[] = [],
  args: Record<string, unknown> = {},
): Selection {
  return {
    key: field,
    field,
    args,
    on: null,
    fields: fields.map((child) => (typeof child === 'string' ? select(child) : child)),
  };
}

/** A caller's mistake that no problem type carries, such as `first: 1000` or a cursor from another list. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}
