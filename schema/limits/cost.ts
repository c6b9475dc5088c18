import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  Kind,
  getIntrospectionQuery,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { counted, limitError } from './limit-error.ts';
import { LIMITS } from './limits.ts';
import { type Fragments, fragmentsOf, isIntrospection } from './shape.ts';
import { Sizes, sizeVariableOf } from './size.ts';

/** Points of a root field, before what it holds; others 1. These compute, write or match for one request. */
const HEAVY: Readonly<Record<string, number>> = {
  previewOverlaps: 50,
  proposeDates: 50,
  previewAs: 20,
  corridorBrief: 20,
  whoDoesWhatWhere: 20,
  coverage: 10,
  guidance: 10,
  observances: 10,
};
const MUTATION = 10;
const COUNT = 5;
const OBJECTS_A_POINT = 10;
/** For all that the usual question of tools about the schema asks; less for less. */
const WHOLE_SCHEMA = 100;
/** How much larger than that question another about the schema may be. */
const SCHEMA_SLACK = 1.5;

/** How many different values of `first` are remembered for one operation. */
const VALUES_KEPT = 50;

interface Measured {
  readonly fragments: Fragments;
  readonly sizeVariables: readonly string[];
  readonly byValues: Map<string, number | GraphQLError>;
}

/**
 * What operations cost, in points: 1 for each root field (10 for a mutation, more for the few that compute much), 1 for each 10 objects
 * that the answer could hold, 5 for each `totalCount`. Worked out from the document and its variables alone, once for each value of
 * `first`; kept as long as the document itself.
 */
export class Costs {
  private readonly measured = new WeakMap<OperationDefinitionNode, Measured>();
  private readonly wholeSchema: number;

  constructor(private readonly schema: GraphQLSchema) {
    const usual = parse(
      getIntrospectionQuery({
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    );
    const [root] = usual.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []));
    const sizes = new Sizes(schema, fragmentsOf(usual), {});
    const query = schema.getQueryType();
    if (!root || !query) throw new Error('a schema has queries');
    this.wholeSchema = sizes.below(query, root.selectionSet, null).objects;
  }

  /** @throws {GraphQLError} when the answer could be too large, or the operation costs more than any may */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
    const measured = this.measuredOf(document, operation);
    const { sizeVariables, byValues } = measured;
    const values = sizeVariables.length === 0 ? '' : JSON.stringify(sizeVariables.map((name) => variables[name]));
    let cost = byValues.get(values);
    if (cost === undefined) {
      cost = this.costOf(measured, operation, variables);
      if (byValues.size >= VALUES_KEPT) byValues.clear();
      byValues.set(values, cost);
    }
    if (typeof cost !== 'number') throw cost;
    return cost;
  }

  private measuredOf(document: DocumentNode, operation: OperationDefinitionNode): Measured {
    const known = this.measured.get(operation);
    if (known) return known;
    const sizeVariables = new Set<string>();
    visit(document, {
      Field: (node) => {
        const name = sizeVariableOf(node);
        if (name !== null) sizeVariables.add(name);
      },
    });
    const made = {
      fragments: fragmentsOf(document),
      sizeVariables: [...sizeVariables].sort(),
      byValues: new Map<string, number | GraphQLError>(),
    };
    this.measured.set(operation, made);
    return made;
  }

  private costOf(
    { fragments }: Measured,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): number | GraphQLError {
    const root = this.schema.getRootType(operation.operation);
    if (!root) return 0;
    const sizes = new Sizes(this.schema, fragments, withDefaults(operation, variables));
    let objects = 0;
    let aboutSchema = 0;
    let points = 0;
    let largest: { readonly field: FieldNode; readonly objects: number } | null = null;
    for (const { node: field } of sizes.fieldsIn(root, operation.selectionSet)) {
      const size = sizes.of(root, field);
      if (isIntrospection(field)) {
        aboutSchema += size.objects;
        continue;
      }
      points += this.pointsOf(root, field) + COUNT * size.counts;
      objects += size.objects;
      if (size.objects >= (largest?.objects ?? 0)) largest = { field, objects: size.objects };
    }
    if (aboutSchema > this.wholeSchema * SCHEMA_SLACK) return this.tooMuchOfTheSchema(aboutSchema);
    const at = largest ? [largest.field, ...sizes.heaviestIn(root, largest.field)] : [];
    if (objects > LIMITS.objects) return tooManyObjects(objects, at);
    const cost =
      points + Math.ceil(objects / OBJECTS_A_POINT) + Math.ceil((WHOLE_SCHEMA * aboutSchema) / this.wholeSchema);
    return cost > LIMITS.cost ? tooExpensive(cost, at) : cost;
  }

  private pointsOf(root: GraphQLObjectType, { name }: FieldNode): number {
    return HEAVY[name.value] ?? (root === this.schema.getMutationType() ? MUTATION : 1);
  }

  private tooMuchOfTheSchema(found: number): GraphQLError {
    return limitError({
      limit: 'objects',
      allowed: Math.round(this.wholeSchema * SCHEMA_SLACK),
      found,
      what: `This question about the schema could return ${counted(found)} objects`,
      help: 'Ask as introspection queries of tools do, or for one type at a time by __type(name:).',
    });
  }
}

/** The variables that came, and the defaults of those that did not. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

function tooManyObjects(found: number, at: readonly FieldNode[]): GraphQLError {
  return limitError({
    limit: 'objects',
    allowed: LIMITS.objects,
    found,
    what: `This operation could return ${counted(found)} objects, most of them at ${pathOf(at)}`,
    help: 'Give a smaller `first` there or above it, page with `after`, or ask for what is inside in an operation of its own.',
    nodes: at.slice(-1),
  });
}

function tooExpensive(found: number, at: readonly FieldNode[]): GraphQLError {
  return limitError({
    limit: 'cost',
    allowed: LIMITS.cost,
    found,
    what: `This operation costs ${counted(found)} points, most of them at ${pathOf(at)}`,
    help: 'Give a smaller `first`, count (`totalCount`) only where it is shown, or ask in several operations.',
    nodes: at.slice(-1),
  });
}

const pathOf = (fields: readonly FieldNode[]): string => fields.map(({ name }) => name.value).join('.');
