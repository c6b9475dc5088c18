import { Arg, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { projected } from '../node.ts';

export enum TaxonomyKind {
  THEME = 'theme',
  AUDIENCE = 'audience',
  CHANNEL = 'channel',
  LANGUAGE = 'language',
  ACTOR_KIND = 'actor_kind',
  MESSAGE_FRAME = 'message_frame',
  STANCE = 'stance',
  OBJECTIVE_LEVEL = 'objective_level',
  PHASE = 'phase',
  HANDBOOK_STEP = 'handbook_step',
}
registerEnumType(TaxonomyKind, { name: 'TaxonomyKind', description: 'The versioned code lists of the hub.' });

export enum PlaceKind {
  COUNTRY = 'country',
  SUBDIVISION = 'subdivision',
  P_CODE = 'p_code',
}
registerEnumType(PlaceKind, {
  name: 'PlaceKind',
  description: 'ISO 3166-1 country, ISO 3166-2 subdivision, or a humanitarian P-code.',
});

export enum CountryRole {
  ORIGIN = 'origin',
  TRANSIT = 'transit',
  DESTINATION = 'destination',
  RETURN = 'return',
}
registerEnumType(CountryRole, { name: 'CountryRole', description: 'What a country is on a corridor.' });

@ObjectType({ description: 'A text in one language.' })
export class LocalizedText {
  @Field(() => String, { description: 'BCP 47 language tag.' })
  language!: string;

  @Field(() => String)
  text!: string;
}

@ObjectType({ description: 'A code of a taxonomy with its label.' })
export class Term {
  @Field(() => TaxonomyKind)
  kind!: TaxonomyKind;

  @Field(() => String, {
    description: 'Lower snake case, or `scheme:code` for an outside vocabulary such as `dac:15190`.',
  })
  code!: string;

  @Field(() => String, { description: 'The label in the language asked for, else in English.' })
  label(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => String, {
    nullable: true,
    description: "The outside vocabulary the code belongs to; null for the hub's own.",
  })
  scheme!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For codes of outside vocabularies: the hub code that contains it. Null where none does.',
  })
  broader!: string | null;

  @Field(() => String, { nullable: true, description: 'The group it is shown under. Null for codes without one.' })
  parent!: string | null;
}

@ObjectType({ description: 'A country or a part of one.' })
export class Place {
  @Field(() => String, { description: 'ISO 3166-1 alpha-2 (`BD`), ISO 3166-2 (`BD-10`) or a P-code.' })
  code!: string;

  @Field(() => PlaceKind)
  kind!: PlaceKind;

  @Field(() => String)
  name(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => Place, { description: 'The country it is in; itself for a country.' })
  country!: Place;
}

@ObjectType({ description: 'One country of a corridor and what it is on it.' })
export class Leg {
  @Field(() => Place)
  country!: Place;

  @Field(() => CountryRole)
  role!: CountryRole;
}

@ObjectType({
  description: 'The months in which a corridor is travelled most, both inclusive; may wrap around the year.',
})
export class Season {
  @Field(() => Int, { description: '1 to 12.' })
  fromMonth!: number;

  @Field(() => Int, { description: '1 to 12; before fromMonth when the season crosses the new year.' })
  toMonth!: number;

  @Field(() => String, { nullable: true, description: 'The source of the statement. Null where none is recorded.' })
  why!: string | null;
}

@ObjectType({ description: 'A migration route as data: ordered legs of countries with their roles.' })
export class Corridor {
  @Field(() => String, { description: 'Such as `rohingya_andaman`.' })
  code!: string;

  @Field(() => String)
  name(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [Leg], { description: 'In the order of travel.' })
  legs!: Leg[];

  @Field(() => [Term])
  themes!: Term[];

  @Field(() => [Term], { description: 'Languages in use along it.' })
  languages!: Term[];

  @Field(() => Season, { nullable: true, description: 'Null where no season is known.' })
  season!: Season | null;

  @Field(() => String, { description: 'How people travel: sea, land, air.' })
  mode!: string;

  @Field(() => String, { nullable: true, description: 'Sourced figures. Null where none are recorded.' })
  facts!: string | null;

  @Field(() => String, { description: 'How far to trust it: sourced, or general knowledge.' })
  confidence!: string;
}
