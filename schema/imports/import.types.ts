import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DayRangeInput } from '../footprints/footprint.types.ts';
import { FootprintHolder } from '../footprints/holder.types.ts';
import { Node } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';

export enum ImportState {
  UPLOADED = 'UPLOADED',
  READING = 'READING',
  READY = 'READY',
  APPLYING = 'APPLYING',
  APPLIED = 'APPLIED',
  ROLLING_BACK = 'ROLLING_BACK',
  ROLLED_BACK = 'ROLLED_BACK',
  FAILED = 'FAILED',
}
registerEnumType(ImportState, {
  name: 'ImportState',
  description: 'How far an import is.',
  valuesConfig: {
    UPLOADED: { description: 'It waits for planImport.' },
    READING: { description: 'It is being read; nothing is written.' },
    READY: { description: 'What applying it would do is known.' },
    APPLYING: { description: 'It is being written, all at once: nothing of it is seen before the end.' },
    ROLLING_BACK: { description: 'It is being taken back, all at once.' },
    FAILED: { description: 'It could not be read or applied; nothing was written. `failure` says why.' },
  },
});

export enum ImportOutcome {
  CREATED = 'CREATED',
  CHANGED = 'CHANGED',
  UNCHANGED = 'UNCHANGED',
  REFUSED = 'REFUSED',
}
registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of something in a file, or would become while the import is READY.',
  valuesConfig: {
    UNCHANGED: { description: 'The hub has it so, or what people changed in it stays, since the file says no other.' },
    REFUSED: { description: 'Nothing was written of it; its remarks say why.' },
  },
});

export enum RemarkSeverity {
  ERROR = 'ERROR',
  WARNING = 'WARNING',
}
registerEnumType(RemarkSeverity, {
  name: 'RemarkSeverity',
  description: 'How much a remark matters.',
  valuesConfig: {
    ERROR: { description: 'The row is refused.' },
    WARNING: { description: 'The row is taken, and something of it is not.' },
  },
});

export enum ImportUndone {
  WITHDRAWN = 'WITHDRAWN',
  RESTORED = 'RESTORED',
  KEPT = 'KEPT',
}
registerEnumType(ImportUndone, {
  name: 'ImportUndone',
  description: 'What rolling back did to a record.',
  valuesConfig: {
    WITHDRAWN: { description: 'It was entered by the import, and is withdrawn or cancelled.' },
    RESTORED: { description: 'It says again what it said before.' },
    KEPT: { description: 'It stays as it is: `undoneBecause` says why.' },
  },
});

@ObjectType({ description: 'How much of the work that is under way is done, in different things that the file says.' })
export class ImportProgress {
  @Field(() => Int)
  done!: number;

  @Field(() => Int, { description: '0: not known yet.' })
  total!: number;
}

@ObjectType({
  description:
    'What became of every row, or would: `rows` is the sum of created, changed, unchanged, merged and refused. Rows of an IATI file are its activities.',
})
export class ImportCounts {
  @Field(() => Int)
  rows!: number;

  @Field(() => Int, { description: 'Rows that differ from all before them.' })
  distinct!: number;

  @Field(() => Int, { description: 'Different things that the rows say.' })
  records!: number;

  @Field(() => Int)
  created!: number;

  @Field(() => Int)
  changed!: number;

  @Field(() => Int)
  unchanged!: number;

  @Field(() => Int, { description: 'Rows that went into the record of another row.' })
  merged!: number;

  @Field(() => Int)
  refused!: number;

  @Field(() => Int, { description: 'Organisations that were nobody in the hub, and were registered; they stay.' })
  registered!: number;
}

@ObjectType({ description: 'The days of rows that state none.' })
export class ImportPeriod {
  @Field(() => CalendarDate)
  start!: string;

  @Field(() => CalendarDate)
  end!: string;
}

@ObjectType({ description: 'Whom a name might mean.' })
export class ImportCandidate {
  @Field(() => Actor, { nullable: true, description: 'Null: not visible to you.' })
  actor!: Actor | null;

  @Field(() => Float, { description: '0 to 1.' })
  confidence!: number;
}

@ObjectType({ description: 'A name in the file that a person should look at; planImport takes what they decide.' })
export class ImportMatch {
  @Field(() => String, { description: 'As written.' })
  name!: string;

  @Field(() => Actor, { nullable: true, description: 'Whom it is taken for. Null: nobody, or not visible to you.' })
  actor!: Actor | null;

  @Field(() => [ImportCandidate], { description: 'Whom it might mean, the likest first.' })
  candidates!: ImportCandidate[];
}

@ObjectType({ description: 'What is to be said of a place in a file.' })
export class ImportRemark {
  @Field(() => Int, { description: 'Line of a text file, row of a sheet; from 1.' })
  row!: number;

  @Field(() => String, { nullable: true, description: 'As written. Null: the row as a whole.' })
  column!: string | null;

  @Field(() => RemarkSeverity)
  severity!: RemarkSeverity;

  @Field(() => String, { nullable: true, description: 'As written, shortened. Null: there is none.' })
  value!: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { nullable: true, description: 'What to do about it. Null: nobody knows.' })
  suggestion!: string | null;
}

@ObjectType({
  implements: Node,
  description: 'One thing that a file says, the rows that say it, and what became of it.',
})
export class ImportItem extends Node {
  @Field(() => [Int], { description: 'The first made it, the others went into it.' })
  rows!: number[];

  @Field(() => ImportOutcome)
  outcome!: ImportOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'What the file calls it. Null: it is refused before it has a name.',
  })
  name!: string | null;

  @Field(() => FootprintHolder, {
    nullable: true,
    description: 'Null: there is none (yet), or it is not visible to you.',
  })
  record!: FootprintHolder | null;

  @Field(() => [String], { description: 'Of a changed one: what of it.' })
  changedFields!: string[];

  @Field(() => [ImportRemark], { description: 'At most 20.' })
  remarks!: ImportRemark[];

  @Field(() => ImportUndone, {
    nullable: true,
    description: 'Null: it was not rolled back, or there was nothing to do.',
  })
  undone!: ImportUndone | null;

  @Field(() => String, { nullable: true, description: 'Why it is kept. Null: it is not.' })
  undoneBecause!: string | null;
}

@InputType()
export class ImportItemFilter {
  @Field(() => [ImportOutcome], { nullable: true })
  outcomes?: ImportOutcome[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those of which something is to be said.' })
  withRemarks?: boolean | null;
}

export const ImportItemConnection = connectionOf(ImportItem);

@ObjectType({
  implements: Node,
  description:
    'A file that you or others of your actor sent to `POST /imports`, and what becomes of it. Only its party sees it.',
})
export class ImportRun extends Node {
  @Field(() => String)
  fileName!: string;

  @Field(() => String, { nullable: true, description: 'What its content is, such as IATI. Null: it was not read yet.' })
  format!: string | null;

  @Field(() => Int)
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal.' })
  digest!: string;

  @Field(() => ImportState)
  state!: ImportState;

  @Field(() => ImportProgress)
  progress!: ImportProgress;

  @Field(() => ImportCounts, { nullable: true, description: 'Null: it was not read yet.' })
  counts!: ImportCounts | null;

  @Field(() => String, {
    nullable: true,
    description: 'How its columns are understood, as JSON that planImport takes back. Null: it has none.',
  })
  mapping!: string | null;

  @Field(() => ImportPeriod, { nullable: true, description: 'As planImport was told. Null: it was not.' })
  period!: ImportPeriod | null;

  @Field(() => String, { nullable: true, description: 'As planImport was told. Null: it was not.' })
  country!: string | null;

  @Field(() => Boolean, { description: 'As planImport was told.' })
  vouch!: boolean;

  @Field(() => [ImportMatch], { description: 'At most 2,000.' })
  matches!: ImportMatch[];

  @Field(() => String, { nullable: true, description: 'Why it is FAILED: what was found, where, and what helps.' })
  failure!: string | null;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null: it was not applied.' })
  appliedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Null: it was not rolled back.' })
  rolledBackAt!: Date | null;
}

export const ImportRunConnection = connectionOf(ImportRun);
export const ImportRunOrder = orderOf('ImportRunOrder', { CREATED: 'created' });

@InputType()
export class ImportRunFilter {
  @Field(() => [ImportState], { nullable: true })
  states?: ImportState[] | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}

@InputType({ description: 'Whom a name in the file means.' })
export class ImportNameInput {
  @Field(() => String, { description: 'As the file writes it.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'An actor. Null: nobody whom the hub knows.' })
  actor?: string | null;
}

@InputType()
export class PlanImportInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DayRangeInput, { nullable: true, description: 'The days of rows that state none.' })
  period?: DayRangeInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where places lie that the file names without a country: ISO 3166-1 alpha-2.',
  })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'How to understand its columns, as JSON. Left out: as you had sheets with these headers understood before, else as they seem.',
  })
  mapping?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Coordinators: verify the organisations whose records the file brings and that nobody has vetted.',
  })
  vouch?: boolean | null;

  @Field(() => [ImportNameInput], { nullable: true, description: 'At most 2,000.' })
  names?: ImportNameInput[] | null;
}

@InputType()
export class ApplyImportInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class RollBackImportInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

export const PlanImportResult = resultOf('PlanImportResult', ImportRun);
export const ApplyImportResult = resultOf('ApplyImportResult', ImportRun);
export const RollBackImportResult = resultOf('RollBackImportResult', ImportRun);
