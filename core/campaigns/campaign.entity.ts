import { defineEntity, p } from '@mikro-orm/postgresql';
import { holderProperties } from '../footprints/holder.entity.ts';

/** A communication effort, usually inside a programme. */
const CampaignSchema = defineEntity({
  name: 'Campaign',
  tableName: 'campaign',
  properties: {
    ...holderProperties(),
    programmeId: p.text().nullable(),
    /** What it wants to change, from awareness to the use of services; null: not stated. */
    objectiveLevel: p.text().nullable(),
    /** How far it is; null: not stated. */
    phase: p.text().nullable(),
    /** Final: a cancelled campaign does not change any more. */
    cancelledAt: p.datetime().nullable(),
    cancelledReason: p.text().nullable(),
  },
});
export class Campaign extends CampaignSchema.class {}
CampaignSchema.setClass(Campaign);

export type Perspective = 'origin' | 'transit' | 'destination' | 'return';

/** What a campaign tells people. */
const MessageSchema = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    id: p.text().primary(),
    campaignId: p.text(),
    position: p.integer(),
    text: p.text(),
    texts: p.json<Record<string, string>>(),
    /** Of `text`, BCP 47; null: not stated. */
    language: p.text().nullable(),
    stance: p.text(),
    frame: p.text().nullable(),
    /** From which end of the journey it speaks. */
    perspective: p.text().$type<Perspective>().nullable(),
    /** Whom it addresses; none: the audiences of its campaign. */
    audiences: p.array<string>(),
    source: p.text().nullable(),
    reviewedOn: p.date().nullable(),
    /** Both included; null is open. */
    validFrom: p.date().nullable(),
    validTo: p.date().nullable(),
  },
});
export class Message extends MessageSchema.class {}
MessageSchema.setClass(Message);
