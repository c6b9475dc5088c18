import {
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** Something of a contract that will end. */
interface Deprecated {
  /** `Programme.title`, `Query.programmes.first`, `Facet.DAYS`. */
  readonly path: string;
  readonly reason: string;
}

/** Such as "Use `Programme.name`; ends on 2027-06-01." or, where nothing takes its place, "Use nothing; ends on 2027-06-01." */
const REASON = /^Use (?:nothing|`(?<successor>[\w.]+)`).*; ends on (?<day>\d{4}-\d{2}-\d{2})\.$/su;

/** What is said of deprecated parts without telling what to use instead and until when. One sentence each. */
export function faultsOfDeprecations(schema: GraphQLSchema): string[] {
  return deprecatedIn(schema).flatMap(({ path, reason }) => {
    const { successor, day } = REASON.exec(reason)?.groups ?? {};
    if (day === undefined) {
      return [
        `${path} is deprecated by "${reason}", which is not of the form "Use \`Type.field\`; ends on 2027-06-01."`,
      ];
    }
    if (Number.isNaN(Date.parse(day))) return [`${path} ends on ${day}, which is no day`];
    if (successor !== undefined && !has(schema, successor)) {
      return [`${path} is to be replaced by ${successor}, which is not in the contract`];
    }
    return [];
  });
}

/** What was promised to stay until a day that has not come, and is gone. One sentence each. */
export function endedEarly(released: GraphQLSchema, present: GraphQLSchema, today: string): string[] {
  return deprecatedIn(released).flatMap(({ path, reason }) => {
    const day = REASON.exec(reason)?.groups?.['day'];
    return day !== undefined && today < day && !has(present, path)
      ? [`${path} is gone, and was promised to stay until ${day}`]
      : [];
  });
}

function deprecatedIn(schema: GraphQLSchema): Deprecated[] {
  return everyPart(schema).flatMap(({ path, deprecationReason }) =>
    typeof deprecationReason === 'string' ? [{ path, reason: deprecationReason }] : [],
  );
}

function has(schema: GraphQLSchema, path: string): boolean {
  return everyPart(schema).some((part) => part.path === path);
}

interface Part {
  readonly path: string;
  readonly deprecationReason?: string | null | undefined;
}

/** Types, fields, arguments, fields of inputs and values of enums. */
function everyPart(schema: GraphQLSchema): Part[] {
  return Object.values(schema.getTypeMap()).flatMap((type): Part[] => {
    const { name } = getNamedType(type);
    const within = (parts: readonly { name: string; deprecationReason?: string | null | undefined }[], of: string) =>
      parts.map((part) => ({ path: `${of}.${part.name}`, deprecationReason: part.deprecationReason }));
    if (isEnumType(type)) return [{ path: name }, ...within(type.getValues(), name)];
    if (isInputObjectType(type)) return [{ path: name }, ...within(Object.values(type.getFields()), name)];
    if (!isObjectType(type) && !isInterfaceType(type)) return [{ path: name }];
    const fields = Object.values(type.getFields());
    const args = fields.flatMap((field) => within(field.args, `${name}.${field.name}`));
    return [{ path: name }, ...within(fields, name), ...args];
  });
}
