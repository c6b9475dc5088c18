import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';

export enum ViewerRole {
  COORDINATOR = 'coordinator',
  EDITOR = 'editor',
  PLANNER = 'planner',
  VIEWER = 'viewer',
  OBSERVER = 'observer',
}
registerEnumType(ViewerRole, { name: 'ViewerRole', description: 'What the key of this request may do.' });

@ObjectType({ description: 'Who is asking.' })
export class Viewer {
  @Field(() => String, { description: 'The label of the key.' })
  label!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => Actor, {
    nullable: true,
    description: 'The actor it acts for. Null for a coordinator or observer that acts for none.',
  })
  actor!: Actor | null;
}
