import { sql } from 'kysely';
import {
  holderFields,
  holderFilterCodes,
  holderFilters,
  holderOrders,
  isInside,
  isOneOf,
  isRestricted,
  statusByDays,
} from '../footprints/holder-view.ts';
import { channelFit } from '../insights/channel-fit.ts';
import { elements, localized, oneOf, term, terms, variants } from '../projection/readers.ts';
import { type View, column, toConnection, toMany, toOne } from '../projection/view.ts';

/** Who has more has the same ones over and over. */
const WARNINGS_SHOWN = 50;

const status = statusByDays({ column: 'cancelled_at', status: 'cancelled' });

export const campaignViews: readonly View[] = [
  {
    type: 'Campaign',
    table: 'campaign',
    prefix: 'cmp',
    fields: {
      ...holderFields,
      programme: toOne('Programme', 'programme_id'),
      objectiveLevel: term('objective_level', 'objective_level'),
      phase: term('phase', 'phase'),
      status,
      cancelledReason: column(),
      messages: toMany('Message', {
        where: (message, campaign) => sql`${message.column('campaign_id')} = ${campaign.column('id')}`,
        orderBy: (message) => message.column('position'),
      }),
      warnings: toMany('CampaignWarning', {
        where: (warning, campaign) => sql`${warning.column('campaign_id')} = ${campaign.column('id')}`,
        orderBy: (warning) =>
          sql`${warning.column('position')}, ${warning.column('code')}, ${warning.column('other_campaign_id')}, ${warning.column('text')}`,
        atMost: WARNINGS_SHOWN,
      }),
      channelFit,
      entries: toConnection('CalendarEntry', (entry, campaign) => {
        return sql`${entry.column('campaign_id')} = ${campaign.column('id')}`;
      }),
    },
    filterCodes: holderFilterCodes,
    filters: {
      ...holderFilters,
      statuses: isOneOf(status),
      programmes: isInside('programme_id', 'programme'),
      objectiveLevels: oneOf('objective_level'),
      phases: oneOf('phase'),
    },
    orders: holderOrders,
    watched: isRestricted,
  },
  {
    type: 'Message',
    table: 'message',
    fields: {
      text: localized('text', 'texts'),
      texts: variants('texts'),
      language: column(),
      stance: term('stance', 'stance'),
      frame: term('message_frame', 'frame'),
      perspective: column(),
      audiences: terms('audience', 'audiences'),
      source: column(),
      reviewedOn: column(),
      validFrom: column(),
      validTo: column(),
      facts: toMany('MessageFact', {
        where: (fact, message) => sql`${fact.column('message_id')} = ${message.column('id')}`,
        orderBy: (fact) => fact.column('position'),
      }),
    },
  },
  {
    type: 'MessageFact',
    table: 'message_fact',
    fields: { kind: column(), subject: column(), value: column(), normalized: column('value_key') },
  },
  {
    type: 'CampaignWarning',
    table: 'campaign_warning',
    fields: {
      code: column(),
      message: column('position'),
      other: toOne('Campaign', 'other_campaign_id'),
      parameters: elements('WarningParameter', 'parameters'),
      text: column(),
    },
  },
  { type: 'WarningParameter', table: 'campaign_warning', fields: { name: column(), values: column() } },
];
