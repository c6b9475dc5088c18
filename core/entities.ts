import type { EntityClass } from '@mikro-orm/postgresql';
import { ApiKey } from './access/api-key.entity.ts';
import { Membership } from './access/membership.entity.ts';
import { Actor, ActorIdentifier, Commitment } from './actors/actor.entity.ts';
import { CalendarEntry } from './calendar/calendar-entry.entity.ts';
import { Campaign, Message } from './campaigns/campaign.entity.ts';
import { GuidanceSection } from './guidance/guidance-section.entity.ts';
import { Mechanism, Programme, ProgrammePartner } from './programmes/programme.entity.ts';

/** Every table that services write through. */
export const entities: readonly EntityClass[] = [
  ApiKey,
  Membership,
  Actor,
  ActorIdentifier,
  Commitment,
  Programme,
  ProgrammePartner,
  Mechanism,
  Campaign,
  Message,
  CalendarEntry,
  GuidanceSection,
];
