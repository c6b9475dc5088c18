/**
 * The text of an operation that knows what it answers and what variables it takes. A plain string is one; so is what
 * graphql-codegen generates in its mode `documentMode: 'string'`.
 */
export interface TypedDocument<Result = unknown, Variables = Record<string, unknown>> {
  /** The text of the operation. */
  toString(): string;
  /** For the compiler only: it never holds anything. */
  __apiType?: (variables: Variables) => Result;
}

/** A text with the fragments it uses, and those that they use. */
export type Text = string | readonly Text[];

/** An operation with all its fragments, each once. A call, because bundlers would else write the fragments into every operation. */
export function joined(...texts: readonly Text[]): string {
  return [...new Set(flat(texts))].join('');
}

function flat(texts: readonly Text[]): readonly string[] {
  return texts.flatMap((text) => (typeof text === 'string' ? text : flat(text)));
}

// Most operations are like one another but for their names: said once here, they weigh less than half in a bundle.

/** A mutation of the name of its field, which answers a record or a problem. */
export function changing(name: string, type: string, ...fragments: readonly Text[]): string {
  const text = `mutation ${name}($input:${name}Input!){result:${name.charAt(0).toLowerCase()}${name.slice(1)}(input:$input){...ProblemFields ...on ${type}{...${type}Fields}}}`;
  return joined(text, ...fragments);
}

/** A query for one record by its id. */
export function getting(name: string, type: string, ...fragments: readonly Text[]): string {
  return joined(`query Get${name}($id:ID!){node(id:$id){__typename ...on ${type}{...${type}Fields}}}`, ...fragments);
}

/** A query for a page of a list that can be filtered and ordered. */
export function listing(name: string, field: string, type: string, ...fragments: readonly Text[]): string {
  const text = `query List${name}($first:Int!=20$after:String$filter:${type}Filter$orderBy:${type}Order$withTotal:Boolean!=false){list:${field}(first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...${type}Fields}pageInfo{...PageFields}changeToken totalCount@include(if:$withTotal)}}`;
  return joined(text, ...fragments);
}
