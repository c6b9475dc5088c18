import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';

export enum Visibility {
  PUBLIC = 'public',
  MEMBERS = 'members',
  PARTNERS = 'partners',
  RESTRICTED = 'restricted',
}
registerEnumType(Visibility, {
  name: 'Visibility',
  description:
    'Who may see a record. Nothing becomes more visible by itself, and a part is never more visible than the whole.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody with a key.' },
    MEMBERS: { description: 'Verified actors.' },
    PARTNERS: { description: 'Its owner, and actors it is shared with.' },
    RESTRICTED: { description: "Of the owner's people those it names; each reading is recorded." },
  },
});

export enum MatchingLevel {
  FULL = 'full',
  COARSE = 'coarse',
  EXISTENCE = 'existence',
  NONE = 'none',
}
registerEnumType(MatchingLevel, {
  name: 'MatchingLevel',
  description: 'What matching may use of a record to find overlaps with others, whoever may see the record itself.',
  valuesConfig: {
    FULL: { description: 'All of its footprint, its places at the precision chosen.' },
    COARSE: { description: 'Countries, whole calendar months and themes.' },
    EXISTENCE: {
      description: 'Only that somebody works on a corridor in a quarter, together with at least two others.',
    },
    NONE: { description: 'Nothing.' },
  },
});

export enum PlacePrecision {
  EXACT = 'exact',
  SUBDIVISION = 'subdivision',
  COUNTRY = 'country',
  NONE = 'none',
}
registerEnumType(PlacePrecision, {
  name: 'PlacePrecision',
  description: 'How exactly everybody but the owner learns where a record is.',
  valuesConfig: {
    EXACT: { description: 'As entered.' },
    SUBDIVISION: { description: 'The first-level subdivision (ISO 3166-2).' },
    COUNTRY: { description: 'The country.' },
    NONE: { description: 'Not at all.' },
  },
});

@ObjectType({ description: 'How much of a record others learn.' })
export class Release {
  @Field(() => Visibility, { description: 'Who may see it.' })
  visibility!: Visibility;

  @Field(() => MatchingLevel, { description: 'What matching may use of it.' })
  matching!: MatchingLevel;

  @Field(() => PlacePrecision, { description: 'How exactly others learn where it is.' })
  placePrecision!: PlacePrecision;
}

@InputType({
  description:
    "What is left out stays as it is; null goes back to what the parent gives, or is usual for its owner's kind.",
})
export class ReleaseInput {
  @Field(() => Visibility, { nullable: true, description: 'Who may see it.' })
  visibility?: Visibility | null;

  @Field(() => MatchingLevel, { nullable: true, description: 'What matching may use of it.' })
  matching?: MatchingLevel | null;

  @Field(() => PlacePrecision, { nullable: true, description: 'How exactly others learn where it is.' })
  placePrecision?: PlacePrecision | null;
}

@InputType({
  description: 'For these the record does not exist, whoever else may see it, and no suggestion is made of it.',
})
export class ExcludeInput {
  @Field(() => [ID], { nullable: true, description: 'Single actors.' })
  actors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy ACTOR_KIND.' })
  actorKinds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-2: whoever is based there.' })
  countries?: string[] | null;
}
