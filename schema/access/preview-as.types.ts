import { Extensions, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MADE_IN_CODE } from '../made-in-code.ts';
import { Footprint } from '../footprints/footprint.types.ts';

export enum Eyes {
  ANYBODY = 'anybody',
  ANY_MEMBER = 'any_member',
  COORDINATOR = 'coordinator',
}
registerEnumType(Eyes, {
  name: 'Eyes',
  description: 'Through whose eyes an owner looks at its own record.',
  valuesConfig: {
    ANYBODY: { description: 'Whoever has a key and acts for no verified actor.' },
    ANY_MEMBER: { description: 'A verified actor that nothing is shared with.' },
    COORDINATOR: { description: 'The Regional Support Office.' },
  },
});

@InputType({ description: 'One of the two.' })
export class PreviewAsInput {
  @Field(() => Eyes, { nullable: true, description: 'Somebody of a kind.' })
  eyes?: Eyes | null;

  @Field(() => ID, { nullable: true, description: 'One actor, for instance one it is shared with.' })
  actor?: string | null;
}

@ObjectType({ description: 'What somebody else sees of a record.' })
export class SeenRecord {
  @Field(() => String, { description: 'Its main name.' })
  name!: string;

  @Field(() => String, { description: 'Its main text.' })
  description!: string;

  @Field(() => Footprint, { description: 'Who, what, where and when, as exactly as they learn it.' })
  footprint!: Footprint;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ description: 'Whether somebody else sees a record, and what.' })
export class RecordPreview {
  @Field(() => SeenRecord, { nullable: true, description: 'Null: for them it does not exist.' })
  seen!: SeenRecord | null;
}
