import { Field, ID, InputType, ObjectType, Int, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { Campaign } from '../campaigns/campaign.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { Visibility } from '../footprints/release.types.ts';
import { Node } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { Corridor, Place, Term } from '../vocabulary/vocabulary.types.ts';

export enum CaseStudyStatus {
  DRAFT = 'draft',
  PUBLISHED = 'published',
  WITHDRAWN = 'withdrawn',
}
registerEnumType(CaseStudyStatus, {
  name: 'CaseStudyStatus',
  description: 'Drafts and what was withdrawn are seen by their owner alone.',
});

export enum EvidenceKind {
  EVALUATION = 'evaluation',
  SURVEY = 'survey',
  ADMINISTRATIVE_DATA = 'administrative_data',
  TESTIMONY = 'testimony',
  MEDIA_REPORT = 'media_report',
  OTHER = 'other',
}
registerEnumType(EvidenceKind, {
  name: 'EvidenceKind',
  description: 'What a statement about a result rests on. Evaluations and surveys count in suggestions.',
});

@ObjectType({ description: 'What speaks for what a case study says was achieved.' })
export class Evidence {
  @Field(() => EvidenceKind, { description: 'What it rests on.' })
  kind!: EvidenceKind;

  @Field(() => String, { description: 'What it says.' })
  statement!: string;

  @Field(() => String, { description: 'Who says it, and where.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'https. Null: it cannot be read online.' })
  link!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Null: not known.' })
  publishedOn!: string | null;
}

@ObjectType({
  implements: Node,
  description:
    'What somebody has done and what came of it, for others to learn from and to replicate. It names no person: `contacts(of:)` of its owner says whom to ask.',
})
export class CaseStudy extends Node {
  @Field(() => Actor, { nullable: true, description: 'Whose work it was. Null: not visible to you.' })
  owner!: Actor | null;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'In a paragraph. May be empty in a draft.' })
  summary!: string;

  @Field(() => String, { description: 'What was done. May be empty in a draft.' })
  done!: string;

  @Field(() => String, { description: 'What was achieved. May be empty in a draft.' })
  achieved!: string;

  @Field(() => String, { description: 'What it takes to do the same elsewhere. May be empty.' })
  conditions!: string;

  @Field(() => [Evidence], { description: 'In the order in which its owner gave it.' })
  evidence!: Evidence[];

  @Field(() => Programme, { nullable: true, description: 'What it comes from. Null: not said, or not visible to you.' })
  programme!: Programme | null;

  @Field(() => Campaign, { nullable: true, description: 'What it comes from. Null: not said, or not visible to you.' })
  campaign!: Campaign | null;

  @Field(() => [Place], { description: 'Where it was done, as exactly as its owner says here.' })
  places!: Place[];

  @Field(() => [Corridor], {
    description: 'On which it was done, and is offered. Without any, it is offered everywhere.',
  })
  corridors!: Corridor[];

  @Field(() => [Term], { description: 'Of taxonomy AUDIENCE.' })
  audiences!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy THEME.' })
  themes!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy CHANNEL.' })
  channels!: Term[];

  @Field(() => [String], { description: 'BCP 47.' })
  languages!: string[];

  @Field(() => Term, { nullable: true, description: 'Of taxonomy OBJECTIVE_LEVEL. Null: not said.' })
  objectiveLevel!: Term | null;

  @Field(() => Visibility, {
    description: 'Who sees it once it is published: PUBLIC or MEMBERS, and never more than see its owner.',
  })
  visibility!: Visibility;

  @Field(() => CaseStudyStatus, { description: 'Whether others see it.' })
  status!: CaseStudyStatus;

  @Field(() => DateTime, { nullable: true, description: 'Null: never.' })
  publishedAt!: Date | null;

  @Field(() => Boolean, { description: 'Coordinators recommend it.' })
  featured!: boolean;

  @Field(() => Boolean, { description: 'True: invented or dated for demonstration.' })
  illustrative!: boolean;

  @Field(() => String, { nullable: true, description: 'Where the facts come from. Null: its owner says so itself.' })
  source!: string | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const CaseStudyConnection = connectionOf(CaseStudy);
export const CaseStudyOrder = orderOf('CaseStudyOrder', {
  PUBLISHED: 'published',
  TITLE: 'title',
  UPDATED: 'updated',
});

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class CaseStudyFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Part of the title or summary; case and accents are ignored.',
  })
  search?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these actors.' })
  owners?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Done in one of these countries: ISO 3166-1 alpha-2.' })
  countries?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Done on one of these corridors.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevels?: string[] | null;

  @Field(() => [CaseStudyStatus], {
    nullable: true,
    description: 'Default: all that you see, your own drafts included.',
  })
  statuses?: CaseStudyStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Recommended by coordinators, or not.' })
  featured?: boolean | null;

  @Field(() => [EvidenceKind], { nullable: true, description: 'With evidence of one of these kinds.' })
  evidence?: EvidenceKind[] | null;

  @Field(() => ChangeToken, { nullable: true, description: 'Written since an earlier answer.' })
  changedAfter?: string | null;
}
