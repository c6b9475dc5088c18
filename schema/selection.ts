import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type SelectionNode,
} from 'graphql';
import type { Selection } from '../core/projection/selection.ts';
import { checkNul } from './nul.ts';

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Record<string, unknown>;
}

interface Foreseen {
  readonly selection: Selection;
  readonly asText: boolean;
}

const foreseen = new WeakMap<GraphQLResolveInfo, Foreseen>();

/** Says beforehand what is selected of a field, and whether its answer may leave as text. */
export function foresee(info: GraphQLResolveInfo, selection: Selection, asText: boolean): void {
  foreseen.set(info, { selection, asText });
}

/** The selection of a field that answers with what the reads give it and looks at nothing of it: then they may give it as text. */
export function selectionPassedOn(info: GraphQLResolveInfo): Selection {
  const known = foreseen.get(info);
  return known?.asText ? { ...known.selection, asText: true } : selectionOf(info);
}

/** Turns what GraphQL knows about the current field into the neutral tree that reads compile. */
export function selectionOf(info: GraphQLResolveInfo): Selection {
  const known = foreseen.get(info);
  if (known) return known.selection;
  const walk: Walk = { schema: info.schema, fragments: info.fragments, variables: info.variableValues };
  const node = info.fieldNodes[0];
  const type = getNamedType(info.returnType);
  const field = info.parentType.getFields()[info.fieldName];
  if (!node || !field) throw new Error(`no field node for ${info.fieldName}`);
  const collected = new Map<string, Collected>();
  const spread = new Set<string>();
  for (const fieldNode of info.fieldNodes) {
    if (fieldNode.selectionSet && isCompositeType(type))
      collect(walk, fieldNode.selectionSet, type, null, collected, spread);
  }
  return {
    key: String(info.path.key),
    field: info.fieldName,
    args: argumentsOf(walk, field, node),
    on: null,
    fields: finish(walk, collected),
  };
}

/** The values of the arguments of a field. @throws {BadRequest} when a text among them holds U+0000 */
function argumentsOf(walk: Walk, field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> {
  const args = getArgumentValues(field, node, walk.variables);
  checkNul(args);
  return args;
}

/** One field under construction: the same key may be asked for in several places of a document, and then its parts add up. */
interface Collected {
  readonly node: FieldNode;
  readonly on: ReadonlySet<string> | null;
  readonly parent: GraphQLCompositeType;
  readonly parts: SelectionSetNode[];
}

function collect(
  walk: Walk,
  set: SelectionSetNode,
  parent: GraphQLCompositeType,
  on: ReadonlySet<string> | null,
  into: Map<string, Collected>,
  spread = new Set<string>(),
): void {
  for (const node of set.selections) {
    if (isSkipped(walk, node)) continue;
    if (node.kind === 'Field') {
      const key = node.alias?.value ?? node.name.value;
      const slot = `${key} ${namesOf(on)}`;
      const existing = into.get(slot) ?? { node, on, parent, parts: [] };
      if (node.selectionSet) existing.parts.push(node.selectionSet);
      into.set(slot, existing);
      continue;
    }
    // A fragment adds to a selection once, however often it is spread there: else fragments that double each other would never end.
    if (node.kind === 'FragmentSpread') {
      const slot = `${node.name.value} ${namesOf(on)}`;
      if (spread.has(slot)) continue;
      spread.add(slot);
    }
    const fragment = node.kind === 'InlineFragment' ? node : walk.fragments[node.name.value];
    if (!fragment) continue;
    const condition = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : parent;
    if (!condition || !isCompositeType(condition)) continue;
    collect(walk, fragment.selectionSet, condition, narrow(walk, on, condition, parent), into, spread);
  }
}

const namesOf = (types: ReadonlySet<string> | null): string => (types === null ? '*' : [...types].sort().join(','));

/** The concrete types that reach a fragment inside another. */
function narrow(
  walk: Walk,
  on: ReadonlySet<string> | null,
  condition: GraphQLCompositeType,
  parent: GraphQLCompositeType,
): ReadonlySet<string> | null {
  if (condition === parent || (on === null && isObjectType(parent))) return on;
  const possible = isAbstractType(condition)
    ? walk.schema.getPossibleTypes(condition).map((type) => type.name)
    : [condition.name];
  return new Set(on === null ? possible : possible.filter((name) => on.has(name)));
}

function finish(walk: Walk, collected: Map<string, Collected>): Selection[] {
  return [...collected.values()].map(({ node, on, parent, parts }) => {
    const key = node.alias?.value ?? node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return { key, field: node.name.value, args: {}, on, fields: [] };
    const type = getNamedType(field.type);
    const inner = new Map<string, Collected>();
    const spread = new Set<string>();
    if (isCompositeType(type)) for (const part of parts) collect(walk, part, type, null, inner, spread);
    return {
      key,
      field: node.name.value,
      args: argumentsOf(walk, field, node),
      on,
      fields: finish(walk, inner),
    };
  });
}

function isSkipped(walk: Walk, node: SelectionNode): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, walk.variables)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, walk.variables)?.['if'] === false
  );
}
