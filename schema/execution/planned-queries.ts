import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  Kind,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { JsonText } from '../../core/projection/json-text.ts';
import type { Selection } from '../../core/projection/selection.ts';
import type { RequestContext } from '../context.ts';
import { checkNul } from '../nul.ts';
import { foresee, selectionOf } from '../selection.ts';
import { type Finish, finishOf, leavesAsWritten } from './finish.ts';
import { keepRootValues } from './root-values.ts';

/** Of some ten kilobytes each. */
const PLANS_KEPT = 300;
const SELECTIONS_KEPT = 600;

export interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
}

interface PlannedField {
  /** Of all fields that were ever planned: what is prepared for one is kept under its number. */
  readonly number: number;
  readonly key: string;
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  /** Variables used below the arguments of the field itself. */
  readonly variablesBelow: readonly string[];
}

interface Plan {
  readonly fields: readonly PlannedField[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The part of a root field that is the same for all requests with the same variables below it. */
interface Prepared {
  readonly fields: readonly Selection[];
  readonly asText: boolean;
  readonly finish: Finish;
}

/**
 * Answers queries by their root fields only: what these give is already shaped as it was asked for, so nothing below has to be resolved
 * field by field. What was worked out for a document is kept, as the document itself is by who parsed it.
 *
 * Whatever is out of the ordinary (mutations, introspection, fragments at the root, wrong variables, errors) is left to GraphQL's own
 * executor, which asks no root field again.
 */
export class PlannedQueries {
  private readonly plans = new LRUCache<OperationDefinitionNode, { readonly plan: Plan | null }>({ max: PLANS_KEPT });
  private readonly prepared = new LRUCache<string, Prepared>({ max: SELECTIONS_KEPT });
  private lastNumber = 0;
  private readonly query: GraphQLObjectType;

  constructor(private readonly schema: GraphQLSchema) {
    const query = schema.getQueryType();
    if (!query) throw new Error('a schema has queries');
    this.query = query;
  }

  /** The data of the answer; null when GraphQL's executor is to give it. */
  async answer(asked: Asked, context: RequestContext): Promise<JsonText | null> {
    const plan = this.planOf(asked);
    if (plan === null) return null;
    const values = new Map<string, Promise<unknown>>();
    keepRootValues(context, values);
    try {
      const variables = this.variablesOf(asked);
      if (variables === null) return null;
      const starting = plan.fields.map((planned) => {
        const args = getArgumentValues(planned.field, planned.node, variables);
        checkNul(args);
        const info = this.infoOf(planned, plan, asked.operation, variables);
        return { planned, args, info, prepared: this.prepare(planned, info, variables) };
      });
      const answers = starting.map(({ planned, args, info, prepared }) => {
        const { key, field } = planned;
        foresee(info, { key, field: field.name, args, on: null, fields: prepared.fields }, prepared.asText);
        const value = Promise.resolve(field.resolve?.(undefined, args, context, info));
        values.set(key, value);
        return value.then((given) => `${JSON.stringify(key)}:${textOf(given, prepared.finish)}`);
      });
      return new JsonText(`{${(await Promise.all(answers)).join(',')}}`);
    } catch {
      // It is met again where GraphQL says in which words it leaves.
      return null;
    }
  }

  private planOf({ document, operation }: Asked): Plan | null {
    const known = this.plans.get(operation);
    if (known) return known.plan;
    const plan = this.makePlan(document, operation);
    this.plans.set(operation, { plan });
    return plan;
  }

  private makePlan(document: DocumentNode, operation: OperationDefinitionNode): Plan | null {
    if (operation.operation !== 'query') return null;
    const fragments = Object.fromEntries(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
    const fields: PlannedField[] = [];
    for (const node of operation.selectionSet.selections) {
      if (node.kind !== Kind.FIELD || (node.directives ?? []).length > 0) return null;
      const field = this.query.getFields()[node.name.value];
      const key = node.alias?.value ?? node.name.value;
      if (!field?.resolve || fields.some((earlier) => earlier.key === key)) return null;
      this.lastNumber += 1;
      fields.push({ number: this.lastNumber, key, node, field, variablesBelow: variablesBelow(node, fragments) });
    }
    return { fields, fragments };
  }

  private variablesOf({ operation, variables }: Asked): Record<string, unknown> | null {
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables);
    return coerced ?? null;
  }

  private prepare(planned: PlannedField, info: GraphQLResolveInfo, variables: Record<string, unknown>): Prepared {
    const used = planned.variablesBelow.map((name) => variables[name] ?? null);
    const key = `${String(planned.number)} ${JSON.stringify(used)}`;
    const known = this.prepared.get(key);
    if (known) return known;
    const selection = selectionOf(info);
    const type = planned.field.type;
    const prepared: Prepared = {
      fields: selection.fields,
      asText: leavesAsWritten(this.schema, getNamedType(type), selection),
      finish: finishOf(this.schema, type, selection),
    };
    this.prepared.set(key, prepared);
    return prepared;
  }

  private infoOf(
    { key, node, field }: PlannedField,
    { fragments }: Plan,
    operation: OperationDefinitionNode,
    variableValues: Record<string, unknown>,
  ): GraphQLResolveInfo {
    return {
      fieldName: field.name,
      fieldNodes: [node],
      returnType: field.type,
      parentType: this.query,
      path: { prev: undefined, key, typename: this.query.name },
      schema: this.schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues,
    };
  }
}

function textOf(given: unknown, finish: Finish): string {
  return given instanceof JsonText ? given.text : JSON.stringify(finish(given));
}

/** The names of the variables used below a field, in directives and arguments, those of fragments included. */
function variablesBelow(root: FieldNode, fragments: Readonly<Record<string, FragmentDefinitionNode>>): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const look = (node: FieldNode['selectionSet']): void => {
    if (!node) return;
    visit(node, {
      Variable: ({ name }) => void names.add(name.value),
      FragmentSpread: ({ name }) => {
        if (seen.has(name.value)) return;
        seen.add(name.value);
        look(fragments[name.value]?.selectionSet);
      },
    });
  };
  look(root.selectionSet);
  return [...names].sort();
}
