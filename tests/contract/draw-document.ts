import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Chooser } from '../support/registry-steps.ts';

export interface Drawn {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What arguments may be: by the name of the argument, for those that name something; ids of all kinds. */
export interface Known {
  readonly ids: readonly string[];
  readonly texts: Readonly<Record<string, readonly unknown[]>>;
}

const DEEPEST = 5;
/** Where a list begins depends on when it is read; how much is queued too. */
const UNSTEADY = new Set(['changeToken', 'queueDepth']);

/** Draws operations over the whole schema: aliases, fragments, variables, directives and arguments in any mixture, all of them valid. */
export class Drawing {
  private variables: Record<string, { readonly type: string; readonly value: unknown }> = {};
  private fragments: string[] = [];
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly choose: Chooser,
    private readonly known: Known,
  ) {}

  draw(): Drawn {
    this.variables = {};
    this.fragments = [];
    this.aliases = 0;
    const query = this.schema.getQueryType();
    if (!query) throw new Error('no queries');
    const fields = this.choose.someOf(Object.values(query.getFields()), 2).map((field) => this.field(field, 0));
    const declared = Object.entries(this.variables).map(([name, { type }]) => `$${name}: ${type}`);
    const head = declared.length > 0 ? `query Drawn(${declared.join(', ')})` : 'query Drawn';
    return {
      query: `${head} { ${fields.join(' ')} } ${this.fragments.join(' ')}`,
      variables: Object.fromEntries(Object.entries(this.variables).map(([name, { value }]) => [name, value])),
    };
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.aliases += 1;
    const alias = this.happens(30) ? `a${String(this.aliases)}: ` : '';
    const type = getNamedType(field.type);
    const args = this.argumentsOf(field);
    // An alias of its own where there are arguments: the same field with others would be a conflict.
    const name = `${alias === '' && args !== '' ? `b${String(this.aliases)}: ` : alias}${field.name}${args}`;
    return isCompositeType(type) ? `${name} { ${this.selection(type, depth + 1)} }` : `${name}${this.directive()}`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = this.happens(40) ? ['__typename'] : [];
    if (isObjectType(type) || isInterfaceType(type)) parts.push(...this.fieldsOf(type, depth));
    if (isAbstractType(type)) {
      for (const possible of this.choose.someOf(this.schema.getPossibleTypes(type), 3))
        parts.push(`... on ${possible.name} { ${this.selection(possible, depth)} }`);
    }
    if (isObjectType(type) && depth < DEEPEST && this.happens(15)) {
      const name = `F${String(this.fragments.length)}`;
      this.fragments.push('');
      this.fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} { ${this.selection(type, DEEPEST)} }`;
      parts.push(`...${name}`);
    }
    return parts.length > 0 ? parts.join(' ') : '__typename';
  }

  private fieldsOf(
    type: GraphQLObjectType | Extract<GraphQLCompositeType, { getFields(): unknown }>,
    depth: number,
  ): string[] {
    const fields = Object.values(type.getFields()).filter(
      ({ name, type: of }) => !UNSTEADY.has(name) && (depth < DEEPEST || !isCompositeType(getNamedType(of))),
    );
    if (fields.length === 0) return [];
    return this.choose.someOf(fields, depth <= 2 ? 6 : 4).map((field) => this.field(field, depth));
  }

  private argumentsOf(field: GraphQLField<unknown, unknown>): string {
    const args = field.args.filter(
      (argument) =>
        argument.name !== 'after' &&
        (isRequiredArgument(argument) || this.happens(argument.name === 'first' ? 80 : 25)),
    );
    return args.length > 0 ? `(${args.map((argument) => this.argument(argument)).join(', ')})` : '';
  }

  private argument({ name, type }: GraphQLArgument): string {
    const value = this.value(name, type);
    if (!this.happens(40)) return `${name}: ${literal(value, type)}`;
    const variable = `v${String(Object.keys(this.variables).length)}`;
    this.variables[variable] = { type: String(type), value: plain(value) };
    return `${name}: $${variable}`;
  }

  private directive(): string {
    if (!this.happens(10)) return '';
    const variable = `v${String(Object.keys(this.variables).length)}`;
    this.variables[variable] = { type: 'Boolean!', value: this.happens(50) };
    return this.happens(50) ? ` @include(if: $${variable})` : ` @skip(if: $${variable})`;
  }

  /** In JSON, but for enums, which know that they are none. */
  private value(name: string, type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.value(name, type.ofType);
    if (isListType(type)) return [this.value(name, type.ofType)];
    if (isEnumType(type)) return new EnumName(this.choose.oneOf(type.getValues()).name);
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => field.name !== 'changedAfter' && (isRequiredInputField(field) || this.happens(20)),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.value(field.name, field.type)]));
    }
    const texts = this.known.texts[name];
    if (texts) return this.choose.oneOf(texts);
    switch (type.name) {
      case 'Int':
        return 1 + this.choose.below(4);
      case 'Float':
        return this.choose.below(100) / 100;
      case 'Boolean':
        return this.happens(50);
      case 'CalendarDate':
        return `2027-0${String(1 + this.choose.below(9))}-1${String(this.choose.below(9))}`;
      case 'DateTime':
        return `2027-0${String(1 + this.choose.below(9))}-01T00:00:00Z`;
      default:
        return this.choose.oneOf(this.known.ids);
    }
  }

  private happens(percent: number): boolean {
    return this.choose.below(100) < percent;
  }
}

class EnumName {
  constructor(readonly name: string) {}
}

function literal(value: unknown, type: GraphQLInputType): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, type)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${literal(one, type)}`)
    .join(', ')} }`;
}

function plain(value: unknown): unknown {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}
