import { Arg, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { DayRange } from '../footprints/footprint.types.ts';
import { projected } from '../node.ts';

export enum MatrixAxis {
  ACTOR = 'actor',
  ACTOR_KIND = 'actor_kind',
  COUNTRY = 'country',
  CORRIDOR = 'corridor',
  THEME = 'theme',
  AUDIENCE = 'audience',
  CHANNEL = 'channel',
  LANGUAGE = 'language',
  MONTH = 'month',
  QUARTER = 'quarter',
}
registerEnumType(MatrixAxis, {
  name: 'MatrixAxis',
  description:
    'By what records are laid out. ACTOR and ACTOR_KIND are those of the owner; CORRIDOR as stated or derived; LANGUAGE by primary subtag; MONTH and QUARTER need `between` with a last day, at most 36 of them.',
});

@ObjectType({
  description:
    'How many, as far as you may read them. What was withdrawn or cancelled does not count, unless the filter asks for `statuses`.',
})
export class MatrixCounts {
  @Field(() => Int, { description: 'Owners of what is counted here, each once.' })
  actors!: number;

  @Field(() => Int, { description: 'Programmes.' })
  programmes!: number;

  @Field(() => Int, { description: 'Campaigns.' })
  campaigns!: number;

  @Field(() => Int, { description: 'Calendar entries, with what they inherit from their campaign.' })
  entries!: number;
}

@ObjectType({ description: 'One row or column of a matrix, with what is in any of its cells.' })
export class MatrixHeading extends MatrixCounts {
  @Field(() => String, {
    description:
      'The id of an actor, a code of the taxonomy, a country, a corridor, a month such as `2027-03`, or a quarter such as `2027-Q1`.',
  })
  code!: string;

  @Field(() => String, { description: 'In English; of an actor its name.' })
  label!: string;
}

@ObjectType({
  description:
    'What to put into the `filter` of `programmes`, `campaigns` and `calendar`, in place of the same fields of your own filter, to list what is in a cell. Null: not a value of this cell.',
})
export class MatrixCellFilter {
  @Field(() => [String], { nullable: true })
  owners!: string[] | null;

  @Field(() => [String], { nullable: true })
  ownerKinds!: string[] | null;

  @Field(() => [String], { nullable: true })
  countries!: string[] | null;

  @Field(() => [String], { nullable: true })
  corridors!: string[] | null;

  @Field(() => [String], { nullable: true })
  themes!: string[] | null;

  @Field(() => [String], { nullable: true })
  audiences!: string[] | null;

  @Field(() => [String], { nullable: true })
  channels!: string[] | null;

  @Field(() => [String], { nullable: true })
  languages!: string[] | null;

  @Field(() => DayRange, { nullable: true, description: 'The days of the month or quarter that are asked for.' })
  between!: DayRange | null;
}

@ObjectType({
  description: 'What is in one row and one column of a matrix. A record is in every cell whose values it has.',
})
export class MatrixCell extends MatrixCounts {
  @Field(() => String, { description: 'The code of its row.' })
  row!: string;

  @Field(() => String, { description: 'The code of its column.' })
  column!: string;

  @Field(() => [Actor], { description: 'The actors counted, those with most in this cell first.' })
  owners(@Arg('first', () => Int, { defaultValue: 5, description: '1 to 20.' }) _first: number): Actor[] {
    return projected();
  }

  @Field(() => MatrixCellFilter, { description: 'How to list what is in it.' })
  filter!: MatrixCellFilter;
}

@ObjectType({ description: 'Who does what where: records counted by two axes.' })
export class Matrix {
  @Field(() => [MatrixHeading], {
    description:
      'What occurs: taxonomies in their own order, months by time, all else by label. Of an axis that the filter names values of, these and no others, empty ones too.',
  })
  rows!: MatrixHeading[];

  @Field(() => [MatrixHeading], { description: 'As `rows`.' })
  columns!: MatrixHeading[];

  @Field(() => [MatrixCell], { description: 'Those with something in them, by row, then by column.' })
  cells!: MatrixCell[];

  @Field(() => MatrixCounts, { description: 'What is in any cell, each once.' })
  total!: MatrixCounts;

  @Field(() => MatrixCounts, {
    description: 'What matches the filter but is in no cell, because it has no value on one of the axes.',
  })
  unplaced!: MatrixCounts;
}
