import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';

export enum ViewerRole {
  COORDINATOR = 'coordinator',
  EDITOR = 'editor',
  PLANNER = 'planner',
  VIEWER = 'viewer',
  OBSERVER = 'observer',
}
registerEnumType(ViewerRole, { name: 'ViewerRole', description: 'As what a key or a person is let in.' });

export enum Scope {
  WRITE = 'write',
  VET = 'vet',
  KEYS = 'keys',
  OPERATE = 'operate',
}
registerEnumType(Scope, {
  name: 'Scope',
  description: 'What a key may do beside reading what its role sees. A key without any only reads.',
  valuesConfig: {
    WRITE: { description: 'Change records. Every mutation needs it; most need nothing else.' },
    VET: { description: 'Verify, suspend and merge actors, suspend people. Coordinators only.' },
    KEYS: { description: 'Issue and revoke keys, grant and revoke memberships. Coordinators and editors only.' },
    OPERATE: { description: 'See to jobs that failed, and look at the queues. Coordinators only.' },
  },
});

@ObjectType({ description: 'Who is asking.' })
export class Viewer {
  @Field(() => String, { description: 'The label of the key, or of the membership of a person who came with a token.' })
  label!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => [Scope], { description: 'What this request may do beside reading.' })
  scopes!: Scope[];

  @Field(() => Actor, {
    nullable: true,
    description: 'The actor it acts for. Null for a coordinator or observer that acts for none.',
  })
  actor!: Actor | null;

  @Field(() => Int, { description: 'How many notifications of its inbox are unread.' })
  unread!: number;
}
