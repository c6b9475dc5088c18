import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Actor, Commitment } from '../actors/actor.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DatedHolderFilter, FootprintHolder } from '../footprints/holder.types.ts';
import { Term } from '../vocabulary/vocabulary.types.ts';

export enum ProgrammeStatus {
  PLANNED = 'planned',
  ACTIVE = 'active',
  ENDED = 'ended',
  WITHDRAWN = 'withdrawn',
  UNDATED = 'undated',
}
registerEnumType(ProgrammeStatus, {
  name: 'ProgrammeStatus',
  description: "Where a programme stands by its dates on the hub's calendar day (UTC), unless it was withdrawn.",
});

export enum PartnerRole {
  FUNDING = 'funding',
  ACCOUNTABLE = 'accountable',
  EXTENDING = 'extending',
  IMPLEMENTING = 'implementing',
}
registerEnumType(PartnerRole, { name: 'PartnerRole', description: 'How an actor takes part, as IATI has it.' });

@ObjectType({ description: "An actor's part in a programme. The two never count as overlapping." })
export class ProgrammePartner {
  @Field(() => Actor, { nullable: true, description: 'Null: not visible to you.' })
  actor!: Actor | null;

  @Field(() => PartnerRole, { description: 'An actor may have several, each listed.' })
  role!: PartnerRole;
}

@ObjectType({
  description: 'Something of a programme that others may use: a hotline, a network of volunteers, a slot on the radio.',
})
export class Mechanism {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'May be empty.' })
  description!: string;

  @Field(() => Term, { nullable: true, description: 'Of taxonomy CHANNEL. Null: it is no channel, or none was named.' })
  channel!: Term | null;

  @Field(() => String, { nullable: true, description: 'What others do to use it. Null: not stated.' })
  howToUse!: string | null;
}

@ObjectType({ implements: FootprintHolder, description: 'Standing work of an actor.' })
export class Programme extends FootprintHolder {
  @Field(() => ProgrammeStatus, { description: 'By its days, unless it was withdrawn.' })
  status!: ProgrammeStatus;

  @Field(() => String, { nullable: true, description: 'Null unless it was withdrawn with a reason.' })
  withdrawnReason!: string | null;

  @Field(() => [ProgrammePartner], { description: 'By role.' })
  partners!: ProgrammePartner[];

  @Field(() => [Mechanism], { description: 'In the order in which the owner gave them.' })
  mechanisms!: Mechanism[];

  @Field(() => [Commitment], { description: 'Resources its owner has committed to it.' })
  commitments!: Commitment[];
}

export const ProgrammeConnection = connectionOf(Programme);
export const ProgrammeOrder = orderOf('ProgrammeOrder', { NAME: 'name', START: 'start', UPDATED: 'updated' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class ProgrammeFilter extends DatedHolderFilter {
  @Field(() => [ProgrammeStatus], { nullable: true, description: 'Default: all, withdrawn ones included.' })
  statuses?: ProgrammeStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'With one of these actors as a partner.' })
  partners?: string[] | null;
}
