import { defineEntity, p } from '@mikro-orm/postgresql';
import { holderProperties } from '../footprints/holder.entity.ts';

/** How an organisation takes part (IATI OrganisationRole 1 to 4). */
export type PartnerRole = 'funding' | 'accountable' | 'extending' | 'implementing';

/** Standing work of an actor. */
const ProgrammeSchema = defineEntity({
  name: 'Programme',
  tableName: 'programme',
  properties: {
    ...holderProperties(),
    /** Final: a withdrawn programme does not change any more. */
    withdrawnAt: p.datetime().nullable(),
    withdrawnReason: p.text().nullable(),
  },
});
export class Programme extends ProgrammeSchema.class {}
ProgrammeSchema.setClass(Programme);

/** An actor's part in another's programme. It gives no sight of it, but the two never overlap. */
const ProgrammePartnerSchema = defineEntity({
  name: 'ProgrammePartner',
  tableName: 'programme_partner',
  properties: {
    programmeId: p.text().primary(),
    actorId: p.text().primary(),
    role: p.text().$type<PartnerRole>().primary(),
  },
});
export class ProgrammePartner extends ProgrammePartnerSchema.class {}
ProgrammePartnerSchema.setClass(ProgrammePartner);

/** Something of a programme that others may use: a hotline, a network of volunteers, a slot on the radio. */
const MechanismSchema = defineEntity({
  name: 'Mechanism',
  tableName: 'mechanism',
  properties: {
    id: p.text().primary(),
    programmeId: p.text(),
    position: p.integer(),
    name: p.text(),
    description: p.text(),
    channel: p.text().nullable(),
    howToUse: p.text().nullable(),
  },
});
export class Mechanism extends MechanismSchema.class {}
MechanismSchema.setClass(Mechanism);
