import { Extensions, Field, InterfaceType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MADE_IN_CODE } from './made-in-code.ts';

export enum ProblemCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  FORBIDDEN = 'FORBIDDEN',
  STALE_VERSION = 'STALE_VERSION',
  CONFLICT = 'CONFLICT',
  LIMIT_EXCEEDED = 'LIMIT_EXCEEDED',
}
registerEnumType(ProblemCode, { name: 'ProblemCode', description: 'What kind of problem a caller can act on.' });

@InterfaceType({
  description: 'Something the caller can act on. Nothing was changed.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export class Problem {
  @Field(() => ProblemCode, { description: 'Stable across releases; branch on this.' })
  code!: ProblemCode;

  @Field(() => String, { description: 'One English sentence: what was expected, what was found, what helps.' })
  message!: string;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ description: 'One thing wrong with an input.' })
export class InputIssue {
  @Field(() => String, { description: 'Where, as the caller wrote it: `input.places[2]`.' })
  path!: string;

  @Field(() => String, { description: 'What was found and what would be right.' })
  message!: string;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ implements: Problem, description: 'The input breaks a rule. All issues are listed at once.' })
export class InvalidInput extends Problem {
  @Field(() => [InputIssue], { description: 'In the order of the input.' })
  issues!: InputIssue[];
}

@Extensions(MADE_IN_CODE)
@ObjectType({
  implements: Problem,
  description: 'There is no such record, or the viewer may not see it: the two answer alike.',
})
export class NotFound extends Problem {
  @Field(() => String, { description: 'The id that was asked for.' })
  id!: string;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ implements: Problem, description: 'The viewer may see the record but not do this.' })
export class Forbidden extends Problem {}

@Extensions(MADE_IN_CODE)
@ObjectType({
  implements: Problem,
  description: 'Somebody changed the record since the caller read it: read it again and decide.',
})
export class StaleVersion extends Problem {
  @Field(() => Int, { description: 'The version the caller expected.' })
  expected!: number;

  @Field(() => Int, { description: 'The version that is stored now.' })
  stored!: number;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ implements: Problem, description: 'It contradicts something that is already there.' })
export class Conflict extends Problem {}

@Extensions(MADE_IN_CODE)
@ObjectType({ implements: Problem, description: 'More than is allowed.' })
export class LimitExceeded extends Problem {
  @Field(() => String, { description: 'Which limit.' })
  limit!: string;

  @Field(() => Int, { description: 'How many are allowed.' })
  allowed!: number;

  @Field(() => Int, { description: 'How many were found.' })
  found!: number;
}

export const problemTypes = [InvalidInput, NotFound, Forbidden, StaleVersion, Conflict, LimitExceeded] as const;
