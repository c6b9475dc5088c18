import { Field, Int, ObjectType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { Disclosure } from '../footprints/disclosure.ts';
import { FootprintHolder } from '../footprints/holder.types.ts';
import { CountryRole, Place, Term } from '../vocabulary/vocabulary.types.ts';

@ObjectType({ description: 'A record that would take part, in one of its countries.' })
export class SuggestedParticipant {
  @Field(() => Int, { description: 'From 1; reasons refer to it.' })
  position!: number;

  @Field(() => Actor, { nullable: true, description: 'Whose record it is. Null: not disclosed to you.' })
  actor!: Actor | null;

  @Field(() => Place, { description: 'The country in which it would take part.' })
  place!: Place;

  @Field(() => CountryRole, {
    nullable: true,
    description: 'What the country is on the corridor. Null without a corridor, or without a leg on it.',
  })
  role!: CountryRole | null;

  @Field(() => Boolean, {
    description: 'Proposed to lead: one participant of a joint campaign, nobody in other suggestions.',
  })
  lead!: boolean;

  @Field(() => FootprintHolder, { nullable: true, description: 'What would take part. Null: not disclosed to you.' })
  subject!: FootprintHolder | null;

  @Field(() => Disclosure)
  disclosure!: Disclosure;
}

@ObjectType({
  description:
    'What a joint campaign of these participants would still lack, or what is missing in a gap. Empty in other suggestions.',
})
export class Missing {
  @Field(() => [CountryRole], {
    description: 'Roles of the corridor that none of its countries has, in order of travel.',
  })
  roles!: CountryRole[];

  @Field(() => [Place], { description: 'Countries of the corridor without a participant.' })
  countries!: Place[];

  @Field(() => [Term], { description: 'Languages of the corridor that no participant speaks.' })
  languages!: Term[];

  @Field(() => [Term], { description: 'Channels by which these audiences obtain information and that nobody uses.' })
  channels!: Term[];
}
