import { Arg, Field, ID, InputType, Int, InterfaceType } from 'type-graphql';
import { Actor, Identifier, IdentifierInput, LocalizedTextInput } from '../actors/actor.types.ts';
import { Node, projected } from '../node.ts';
import { ChangeToken, DateTime } from '../scalars.ts';
import { LocalizedText } from '../vocabulary/vocabulary.types.ts';
import { ExcludeInput, Release, ReleaseInput } from './release.types.ts';
import { DayRangeInput, Footprint, FootprintInput } from './footprint.types.ts';

@InterfaceType({
  implements: Node,
  description: 'What matching compares: a programme, a campaign or a calendar entry.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export class FootprintHolder extends Node {
  @Field(() => String, { description: 'In the language asked for where the owner gave it, else its main name.' })
  name(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'Its names in other languages, ordered by tag.' })
  names!: LocalizedText[];

  @Field(() => String, {
    description: 'In the language asked for where the owner gave it, else its main text. May be empty.',
  })
  description(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'Its description in other languages, ordered by tag.' })
  descriptions!: LocalizedText[];

  @Field(() => Actor, { description: 'Whose work it is.' })
  owner!: Actor;

  @Field(() => Footprint, { description: 'Who, what, where and when, with what is inherited filled in.' })
  footprint!: Footprint;

  @Field(() => Release, { description: 'How much of it others learn.' })
  release!: Release;

  @Field(() => [String], {
    description:
      'For whom it does not exist: `actor:<id>`, `kind:<code of ACTOR_KIND>`, `country:<alpha-2>`. Empty to all but its owner and coordinators.',
  })
  excluded!: string[];

  @Field(() => [ID], { description: 'Keys that may see it while it is RESTRICTED. Empty to all but its owner.' })
  namedReaders!: string[];

  @Field(() => Identifier, {
    nullable: true,
    description: 'The code by which its owner knows it. Null: none was given.',
  })
  identifier!: Identifier | null;

  @Field(() => Boolean, { description: 'True: invented or dated for demonstration.' })
  illustrative!: boolean;

  @Field(() => String, { nullable: true, description: 'Where the facts come from. Null: entered by hand.' })
  source!: string | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it. What it inherits does not count.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was registered here.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed itself.' })
  updatedAt!: Date;
}

/** What every list of footprint holders can be filtered by, beside the days. */
@InputType()
export class HolderFilter {
  @Field(() => String, { nullable: true, description: 'Part of a name in any language; case and accents are ignored.' })
  search?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these actors.' })
  owners?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of actors of one of these kinds: codes of ACTOR_KIND.' })
  ownerKinds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'At one of these places, in a part of it, or in all of what contains it: ISO 3166 codes or P-codes.',
  })
  places?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'In one of these countries or a part of them: ISO 3166-1 alpha-2.',
  })
  countries?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'On one of these corridors, stated or derived.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'BCP 47; compared by the primary subtag.' })
  languages?: string[] | null;

  @Field(() => IdentifierInput, { nullable: true, description: 'Known by this code, whoever owns it.' })
  identifier?: IdentifierInput | null;

  @Field(() => ChangeToken, {
    nullable: true,
    description: 'Written since an earlier answer; includes changes of what is inherited.',
  })
  changedAfter?: string | null;
}

@InputType()
export class DatedHolderFilter extends HolderFilter {
  @Field(() => DayRangeInput, { nullable: true, description: 'Sharing at least one day. Undated records share none.' })
  between?: DayRangeInput | null;
}

/** What may be said about any footprint holder. */
@InputType()
export class HolderInput {
  @Field(() => [LocalizedTextInput], { nullable: true, description: 'Its name in other languages.' })
  names?: LocalizedTextInput[] | null;

  @Field(() => String, { nullable: true, description: 'A paragraph or a page, in the language of the name.' })
  description?: string | null;

  @Field(() => [LocalizedTextInput], { nullable: true, description: 'Its description in other languages.' })
  descriptions?: LocalizedTextInput[] | null;

  @Field(() => FootprintInput, {
    nullable: true,
    description:
      'Who, what, where and when. In a change, facets left out stay as they are; null or an empty list makes one unstated.',
  })
  footprint?: FootprintInput | null;

  @Field(() => IdentifierInput, {
    nullable: true,
    description: "The owner's own code for it, unique among its records of this kind.",
  })
  identifier?: IdentifierInput | null;

  @Field(() => ReleaseInput, { nullable: true, description: 'How much of it others learn.' })
  release?: ReleaseInput | null;

  @Field(() => ExcludeInput, {
    nullable: true,
    description: 'For whom it does not exist. Replaces what was said before.',
  })
  exclude?: ExcludeInput | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Keys of its owner that may see it while it is RESTRICTED, beside your own. Replaces what was said before.',
  })
  namedReaders?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Invented for demonstration. Default false.' })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the facts come from.' })
  source?: string | null;
}
