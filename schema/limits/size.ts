import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionSetNode,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { type Fragments, remembered } from './shape.ts';

/** What an answer could hold at most. */
export interface Size {
  /** Connections, edges and pages counted too. */
  readonly objects: number;
  /** Lists that are counted for `totalCount`. */
  readonly counts: number;
}

/** A field and the type it is asked of. */
interface Placed {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
}

const NONE: Size = { objects: 0, counts: 0 };

/** How long a list without `first` is taken to be: what belongs to a record is a few, and what is longer by nature holds no further lists. */
const SHORT_LIST = 3;
const LARGEST_PAGE = 100;

/**
 * Estimates how large an answer can become, from the document and its variables only: nothing of it depends on what is stored, so
 * nothing about that can be told from it. Conditions (`@skip`, `@include`) count as if all held. Each fragment is looked at once.
 */
export class Sizes {
  private readonly known = new Map<string, Size>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Fragments,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  /** Of one field with all below it. */
  of(parent: GraphQLCompositeType, node: FieldNode, page: number | null = null): Size {
    const field = this.fieldOf(parent, node);
    if (!field) return NONE;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return field.name === 'totalCount' ? { objects: 0, counts: 1 } : NONE;
    const first = this.firstOf(field, node);
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (page ?? first ?? this.lengthOf(field)) : 1;
    const below = this.below(type, node.selectionSet, isList ? null : first);
    return { objects: times * (1 + below.objects), counts: times * below.counts };
  }

  /** Below one object. @param page how many entries a list that stands directly in it has, because it is a page of one */
  below(parent: GraphQLCompositeType, set: SelectionSetNode | undefined, page: number | null): Size {
    let objects = 0;
    let counts = 0;
    for (const node of set?.selections ?? []) {
      const size = this.at(parent, node, page);
      objects += size.objects;
      counts += size.counts;
    }
    return { objects, counts };
  }

  /** Down from a field, where most of its objects are. */
  heaviestIn(parent: GraphQLCompositeType, node: FieldNode): FieldNode[] {
    const field = this.fieldOf(parent, node);
    const type = field && getNamedType(field.type);
    if (!field || !isCompositeType(type)) return [];
    const page = isListType(getNullableType(field.type)) ? null : this.firstOf(field, node);
    let heaviest: (Placed & { readonly objects: number }) | null = null;
    for (const placed of this.fieldsIn(type, node.selectionSet)) {
      const { objects } = this.of(placed.parent, placed.node, page);
      if (objects > (heaviest?.objects ?? 0)) heaviest = { ...placed, objects };
    }
    return heaviest ? [heaviest.node, ...this.heaviestIn(heaviest.parent, heaviest.node)] : [];
  }

  /** The fields directly in a selection, those of its fragments too, each fragment looked into once. */
  fieldsIn(parent: GraphQLCompositeType, set: SelectionSetNode | undefined, seen = new Set<string>()): Placed[] {
    return (set?.selections ?? []).flatMap((node) => {
      if (node.kind === Kind.FIELD) return [{ parent, node }];
      if (node.kind === Kind.INLINE_FRAGMENT) {
        return this.fieldsIn(this.typeNamed(node.typeCondition?.name.value) ?? parent, node.selectionSet, seen);
      }
      const fragment = this.fragments.get(node.name.value);
      const type = this.typeNamed(fragment?.typeCondition.name.value);
      if (!fragment || !type || seen.has(node.name.value)) return [];
      seen.add(node.name.value);
      return this.fieldsIn(type, fragment.selectionSet, seen);
    });
  }

  private at(parent: GraphQLCompositeType, node: SelectionSetNode['selections'][number], page: number | null): Size {
    if (node.kind === Kind.FIELD) return this.of(parent, node, page);
    if (node.kind === Kind.INLINE_FRAGMENT) {
      return this.below(this.typeNamed(node.typeCondition?.name.value) ?? parent, node.selectionSet, page);
    }
    const fragment = this.fragments.get(node.name.value);
    const type = this.typeNamed(fragment?.typeCondition.name.value);
    if (!fragment || !type) return NONE;
    return remembered(this.known, `${node.name.value} ${String(page)}`, NONE, () =>
      this.below(type, fragment.selectionSet, page),
    );
  }

  private fieldOf(parent: GraphQLCompositeType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined {
    if (name.value === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name.value === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
  }

  private typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  /** Of a field that takes `first`; null for others. What is none is taken for the largest: the field itself says what is wrong. */
  private firstOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number | null {
    const declared = field.args.find(({ name }) => name === 'first');
    if (!declared) return null;
    const written = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    const value = written === undefined ? undefined : valueFromASTUntyped(written, this.variables);
    const first = value ?? declared.defaultValue;
    return typeof first === 'number' && first >= 0 && first <= LARGEST_PAGE ? first : LARGEST_PAGE;
  }

  /** All types are one long list. */
  private lengthOf(field: GraphQLField<unknown, unknown>): number {
    return field.name === 'types' ? Object.keys(this.schema.getTypeMap()).length : SHORT_LIST;
  }
}

/** The variable that gives the `first` of a field, if one does: sizes depend on no others. */
export function sizeVariableOf(node: FieldNode): string | null {
  const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : null;
}
