import type { EntityClass } from '@mikro-orm/postgresql';
import { ApiKey } from './access/api-key.entity.ts';
import { Actor, ActorIdentifier, Commitment } from './actors/actor.entity.ts';

/** Every table that services write through. */
export const entities: readonly EntityClass[] = [ApiKey, Actor, ActorIdentifier, Commitment];
