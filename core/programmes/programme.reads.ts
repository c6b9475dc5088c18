import { sql } from 'kysely';
import {
  holderFields,
  holderFilterCodes,
  holderFilters,
  holderOrders,
  isOneOf,
  isRestricted,
  statusByDays,
} from '../footprints/holder-view.ts';
import { term } from '../projection/readers.ts';
import { type View, column, toConnection, toMany, toOne } from '../projection/view.ts';

const status = statusByDays({ column: 'withdrawn_at', status: 'withdrawn' });

export const programmeViews: readonly View[] = [
  {
    type: 'Programme',
    table: 'programme',
    prefix: 'prg',
    fields: {
      ...holderFields,
      status,
      withdrawnReason: column(),
      partners: toMany('ProgrammePartner', {
        where: (partner, programme) => sql`${partner.column('programme_id')} = ${programme.column('id')}`,
        orderBy: (partner) => sql`${partner.column('role')}, ${partner.column('actor_id')}`,
      }),
      mechanisms: toMany('Mechanism', {
        where: (mechanism, programme) => sql`${mechanism.column('programme_id')} = ${programme.column('id')}`,
        orderBy: (mechanism) => mechanism.column('position'),
      }),
      commitments: toMany('Commitment', {
        where: (commitment, programme) => sql`${commitment.column('programme_id')} = ${programme.column('id')}`,
        orderBy: (commitment) => commitment.column('id'),
      }),
      shares: toMany('Share', {
        where: (share, programme) => sql`${share.column('programme_id')} = ${programme.column('id')}`,
        orderBy: (share) => share.column('id'),
      }),
      campaigns: toConnection('Campaign', (campaign, programme) => {
        return sql`${campaign.column('programme_id')} = ${programme.column('id')}`;
      }),
    },
    filterCodes: holderFilterCodes,
    filters: {
      ...holderFilters,
      statuses: isOneOf(status),
      partners: (row, value) =>
        sql`exists (select from programme_partner where programme_id = ${row.column('id')} and actor_id = any(${value}))`,
    },
    orders: holderOrders,
    watched: isRestricted,
  },
  {
    type: 'ProgrammePartner',
    table: 'programme_partner',
    fields: { actor: toOne('Actor', 'actor_id'), role: column() },
  },
  {
    type: 'Mechanism',
    table: 'mechanism',
    fields: { name: column(), description: column(), channel: term('channel', 'channel'), howToUse: column() },
  },
];
