import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Kind,
  visit,
} from 'graphql';

/** The fragments of a document, by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
}

/** `__schema` and `__type` are measured in their own way: tools ask for them as one large whole. */
export const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';

/** The aliases and directives as they are written, whatever fragments repeat. */
export function aliasesAndDirectives(document: DocumentNode): { aliases: ASTNode[]; directives: ASTNode[] } {
  const aliases: ASTNode[] = [];
  const directives: ASTNode[] = [];
  visit(document, {
    Field: ({ alias }) => {
      if (alias) aliases.push(alias);
    },
    Directive: (node) => {
      directives.push(node);
    },
  });
  return { aliases, directives };
}

interface Deepest {
  readonly depth: number;
  /** The fields down to it. */
  readonly path: readonly FieldNode[];
}

const NOTHING: Deepest = { depth: 0, path: [] };

/**
 * Looks at operations with their fragments put in. Each fragment is looked at once, however often and how deeply it is spread, so the
 * time taken grows with the length of the document only.
 */
export class Shape {
  private readonly deepest = new Map<string, Deepest>();
  private readonly roots = new Map<string, number>();

  constructor(private readonly fragments: Fragments) {}

  /** The field that is nested deepest, leaves counted. */
  deepestOf(operation: OperationDefinitionNode): Deepest {
    return this.deepestIn(operation.selectionSet);
  }

  /** How many fields stand at the root, repeated ones counted again. */
  rootFieldsOf(operation: OperationDefinitionNode): number {
    return this.fieldsIn(operation.selectionSet);
  }

  private deepestIn(set: SelectionSetNode | undefined): Deepest {
    let deepest = NOTHING;
    for (const node of set?.selections ?? []) {
      const found = this.deepestAt(node);
      if (found.depth > deepest.depth) deepest = found;
    }
    return deepest;
  }

  private deepestAt(node: SelectionSetNode['selections'][number]): Deepest {
    switch (node.kind) {
      case Kind.FIELD: {
        const below = isIntrospection(node) ? NOTHING : this.deepestIn(node.selectionSet);
        return { depth: below.depth + 1, path: [node, ...below.path] };
      }
      case Kind.INLINE_FRAGMENT:
        return this.deepestIn(node.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return remembered(this.deepest, node.name.value, NOTHING, () =>
          this.deepestIn(this.fragments.get(node.name.value)?.selectionSet),
        );
    }
  }

  private fieldsIn(set: SelectionSetNode | undefined): number {
    let fields = 0;
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) fields += 1;
      else if (node.kind === Kind.INLINE_FRAGMENT) fields += this.fieldsIn(node.selectionSet);
      else {
        fields += remembered(this.roots, node.name.value, 0, () =>
          this.fieldsIn(this.fragments.get(node.name.value)?.selectionSet),
        );
      }
    }
    return fields;
  }
}

/** What was found before; a fragment inside itself, which GraphQL refuses too, counts as `nothing`. */
export function remembered<T>(known: Map<string, T>, name: string, nothing: T, find: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, nothing);
  const found = find();
  known.set(name, found);
  return found;
}
