import { Arg, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, orderOf } from '../connection.ts';
import { Visibility } from '../footprints/release.types.ts';
import { Node, projected } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { Corridor, LocalizedText, Place, Term } from '../vocabulary/vocabulary.types.ts';

export enum LegalStatus {
  REGISTERED = 'registered',
  UNREGISTERED = 'unregistered',
  HOSTED = 'hosted',
}
registerEnumType(LegalStatus, { name: 'LegalStatus', description: 'An actor may be informal, or hosted by another.' });

export enum BaliProcessRole {
  MEMBER = 'member',
  OBSERVER = 'observer',
  MEMBER_ORGANISATION = 'member_organisation',
  OFFICE = 'office',
  NONE = 'none',
}
registerEnumType(BaliProcessRole, {
  name: 'BaliProcessRole',
  description: 'As what an actor takes part in the Bali Process.',
});

export enum Vetting {
  PENDING = 'pending',
  VERIFIED = 'verified',
  SUSPENDED = 'suspended',
}
registerEnumType(Vetting, { name: 'Vetting', description: 'Only records of verified actors match.' });

export enum CommitmentKind {
  FUNDS = 'funds',
  STAFF = 'staff',
  AIRTIME = 'airtime',
  VENUE = 'venue',
  MATERIALS = 'materials',
  TRANSLATION = 'translation',
  TRAINING = 'training',
  OTHER = 'other',
}
registerEnumType(CommitmentKind, { name: 'CommitmentKind', description: 'What kind of resources are committed.' });

@ObjectType({ description: 'A code by which others know an actor or a record.' })
export class Identifier {
  @Field(() => String, { description: 'Such as `iati`, `org-id`, `ror`.' })
  scheme!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({
  implements: Node,
  description: 'Resources an actor has committed. As long as they last, they count in suggestions.',
})
export class Commitment extends Node {
  @Field(() => CommitmentKind, { description: 'What kind of resources.' })
  kind!: CommitmentKind;

  @Field(() => String, { description: 'What they are.' })
  description!: string;

  @Field(() => Float, { nullable: true, description: 'In `currency`. Null: no amount was stated.' })
  amount!: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217. Null: no amount was stated.' })
  currency!: string | null;

  @Field(() => Float, { nullable: true, description: 'So many of `unit`. Null: no quantity was stated.' })
  quantity!: number | null;

  @Field(() => String, { nullable: true, description: 'Such as `hours`. Null: no quantity was stated.' })
  unit!: string | null;

  @Field(() => [Corridor], { description: 'On which they may be used. Empty: on any.' })
  corridors!: Corridor[];

  @Field(() => [Term], { description: 'Of taxonomy THEME: for what. Empty: for any.' })
  themes!: Term[];

  @Field(() => CalendarDate, { nullable: true, description: 'The first day. Null: not stated.' })
  validFrom!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day. Null: until it is ended.' })
  validTo!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended. Null: it was not.' })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Where the statement comes from. Null: the actor itself.' })
  source!: string | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;
}

export enum VettingStep {
  VOUCHED = 'vouched',
  VERIFIED = 'verified',
  SUSPENDED = 'suspended',
}
registerEnumType(VettingStep, {
  name: 'VettingStep',
  description: 'What a coordinator decided about an actor.',
  valuesConfig: {
    VOUCHED: { description: 'The first of two vouched for it; it stays PENDING until a second one does.' },
    VERIFIED: { description: 'Its records match, and others see it.' },
    SUSPENDED: { description: 'Nobody sees it or its records, and its keys open nothing.' },
  },
});

@ObjectType({ description: 'A decision about whether an actor is who it says.' })
export class VettingDecision {
  @Field(() => VettingStep, { description: 'What was decided.' })
  decision!: VettingStep;

  @Field(() => String, { description: 'What was seen, or why.' })
  evidence!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day on which it counts. Null: without expiry.' })
  validUntil!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  decidedAt!: Date;
}

export enum MergedField {
  NAME = 'name',
  NAMES = 'names',
  KIND = 'kind',
  DESCRIPTION = 'description',
  WEBSITE = 'website',
  LEGAL_STATUS = 'legalStatus',
  BALI_PROCESS_ROLE = 'baliProcessRole',
  BASED_IN = 'basedIn',
  COMMUNITY_OF = 'communityOf',
  VISIBILITY = 'visibility',
  SOURCE = 'source',
}
registerEnumType(MergedField, {
  name: 'MergedField',
  description: 'What an actor says of itself, of which one word stays when two are merged.',
  valuesConfig: { LEGAL_STATUS: { description: 'With its host.' }, NAMES: { description: 'In other languages.' } },
});

@ObjectType({ description: 'Another record of the same actor that was merged into it.' })
export class ActorMerge {
  @Field(() => ID, { description: 'The id that it had; it leads to the survivor.' })
  duplicate!: string;

  @Field(() => DateTime)
  mergedAt!: Date;
}

@ObjectType({ implements: Node, description: 'A party that talks to people at risk on migration journeys.' })
export class Actor extends Node {
  @Field(() => Term, { description: 'Of taxonomy ACTOR_KIND.' })
  kind!: Term;

  @Field(() => String, { description: 'In the language asked for where the actor gave it, else its main name.' })
  name(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'Its names by language, ordered by tag.' })
  names!: LocalizedText[];

  @Field(() => [String])
  aliases!: string[];

  @Field(() => String)
  description!: string;

  @Field(() => String, { nullable: true, description: 'Null: none was given.' })
  website!: string | null;

  @Field(() => LegalStatus)
  legalStatus!: LegalStatus;

  @Field(() => Actor, {
    nullable: true,
    description: 'The actor that hosts it. Null unless legalStatus is HOSTED, or when the host is not visible.',
  })
  hostedBy!: Actor | null;

  @Field(() => BaliProcessRole)
  baliProcessRole!: BaliProcessRole;

  @Field(() => [Place], { description: 'Where it works from.' })
  basedIn!: Place[];

  @Field(() => [Place], { description: 'For diaspora: where its community comes from.' })
  communityOf!: Place[];

  @Field(() => [Identifier])
  identifiers!: Identifier[];

  @Field(() => [Commitment])
  commitments!: Commitment[];

  @Field(() => Vetting)
  vetting!: Vetting;

  @Field(() => CalendarDate, { nullable: true, description: 'Null: not verified, or without expiry.' })
  vettedUntil!: string | null;

  @Field(() => Visibility, {
    description: 'Who sees it once it is verified; its records are never more visible than it is itself.',
  })
  visibility!: Visibility;

  @Field(() => [VettingDecision], {
    description: 'On what grounds, the earliest first. Empty to all but itself and coordinators.',
  })
  vettingDecisions!: VettingDecision[];

  @Field(() => [ActorMerge], {
    description:
      'What was merged into it and can be undone, the earliest first. Empty to all but itself and coordinators.',
  })
  mergedFrom!: ActorMerge[];

  @Field(() => Boolean, { description: 'True: invented or dated for demonstration.' })
  illustrative!: boolean;

  @Field(() => String, { nullable: true, description: 'Where the facts come from. Null: entered by hand.' })
  source!: string | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const ActorConnection = connectionOf(Actor);
export const ActorOrder = orderOf('ActorOrder', { NAME: 'name', UPDATED: 'updated' });

@InputType({ description: 'The code by which its owner knows a record.' })
export class IdentifierInput {
  @Field(() => String)
  scheme!: string;

  @Field(() => String)
  value!: string;
}

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class ActorFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Part of a name or alias in any language; case and accents are ignored.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy ACTOR_KIND.' })
  kinds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Based in one of these countries or a part of them.' })
  countries?: string[] | null;

  @Field(() => [Vetting], { nullable: true })
  vetting?: Vetting[] | null;

  @Field(() => [BaliProcessRole], { nullable: true })
  baliProcessRoles?: BaliProcessRole[] | null;

  @Field(() => IdentifierInput, { nullable: true, description: 'Known by this code.' })
  identifier?: IdentifierInput | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}

@InputType({ description: 'A text in one language.' })
export class LocalizedTextInput {
  @Field(() => String, { description: 'BCP 47 language tag.' })
  language!: string;

  @Field(() => String)
  text!: string;
}

@InputType({ description: 'Resources that an actor promises.' })
export class CommitmentInput {
  @Field(() => CommitmentKind)
  kind!: CommitmentKind;

  @Field(() => String)
  description!: string;

  @Field(() => Float, { nullable: true })
  amount?: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217; required with an amount.' })
  currency?: string | null;

  @Field(() => String, { nullable: true })
  source?: string | null;
}
