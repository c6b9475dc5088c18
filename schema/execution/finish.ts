import {
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Selection, fieldsOn } from '../../core/projection/selection.ts';

/** Turns what a root field gave into what leaves as JSON. @throws {Unfinished} where the executor of GraphQL has to say what is wrong */
export type Finish = (value: unknown) => unknown;

/** What the schema does not allow at this place. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

/** Scalars that PostgreSQL writes into JSON as GraphQL does. */
const AS_WRITTEN: ReadonlySet<string> = new Set(['Boolean', 'CalendarDate', 'Float', 'ID', 'Int', 'String']);

/** May an answer leave as PostgreSQL wrote it? Not where it holds enums and instants, which GraphQL writes in its own way, or is made in code. */
export function leavesAsWritten(schema: GraphQLSchema, type: GraphQLNamedType, selection: Selection): boolean {
  if (isLeafType(type)) return AS_WRITTEN.has(type.name);
  return concreteTypes(schema, type).every(
    (concrete) =>
      concrete.extensions['madeInCode'] !== true &&
      fieldsOn(selection, concrete.name).every(
        (field) =>
          field.field === '__typename' || leavesAsWritten(schema, getNamedType(typeOf(concrete, field.field)), field),
      ),
  );
}

/** What is to be done with the answer of a field: keys in the order of the document, leaves as their types write them. */
export function finishOf(schema: GraphQLSchema, type: GraphQLOutputType, selection: Selection): Finish {
  if (isNonNullType(type)) {
    const finish = finishOf(schema, type.ofType, selection);
    return (value) => {
      if (value === null || value === undefined) throw new Unfinished('null where there must be a value');
      return finish(value);
    };
  }
  if (isListType(type)) {
    const finish = finishOf(schema, type.ofType, selection);
    return (value) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) throw new Unfinished('no list where there must be one');
      return value.map(finish);
    };
  }
  if (isLeafType(type)) return finishLeaf(type);
  const byType = new Map(
    concreteTypes(schema, type).map((concrete) => [concrete.name, finishObject(schema, concrete, selection)]),
  );
  const only = isObjectType(type) ? byType.get(type.name) : undefined;
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') throw new Unfinished('no object where there must be one');
    const finish = only ?? byType.get(String(Reflect.get(value, '__typename')));
    if (!finish) throw new Unfinished('an object of an unknown type');
    return finish(value as Readonly<Record<string, unknown>>);
  };
}

function finishLeaf(type: GraphQLLeafType): Finish {
  if (type.name === 'String' || type.name === 'ID') {
    return (value) => (typeof value === 'string' ? value : serialized(type, value));
  }
  return (value) => serialized(type, value);
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  try {
    return type.serialize(value);
  } catch (error) {
    throw new Unfinished(`no ${type.name}`, { cause: error });
  }
}

function finishObject(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  selection: Selection,
): (source: Readonly<Record<string, unknown>>) => unknown {
  const madeInCode = type.extensions['madeInCode'] === true;
  const parts = fieldsOn(selection, type.name).map((field) => ({
    key: field.key,
    from: madeInCode ? field.field : field.key,
    finish: field.field === '__typename' ? () => type.name : finishOf(schema, typeOf(type, field.field), field),
  }));
  return (source) => {
    // Without a prototype, as GraphQL's own are: `__proto__` is a name that an alias may have.
    const finished = Object.create(null) as Record<string, unknown>;
    for (const { key, from, finish } of parts) finished[key] = finish(source[from]);
    return finished;
  };
}

function concreteTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function typeOf(type: GraphQLObjectType, field: string): GraphQLOutputType {
  const found = type.getFields()[field];
  if (!found) throw new Error(`${type.name} has no field ${field}`);
  return found.type;
}
