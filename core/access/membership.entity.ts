import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Role } from './viewer.ts';

/** What a person may be in this hub: one role, for one actor or for none. */
const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.text().primary(),
    userId: p.text(),
    actorId: p.text().nullable(),
    role: p.text().$type<Role>(),
    /** What those who let the person in call it. */
    label: p.text(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);
