import { elements } from '../projection/readers.ts';
import { type View, column, sameRow } from '../projection/view.ts';

/** Proposals are rows that no table holds: see `DateProposals`. */
const NO_TABLE = 'date_proposal';

export const dateViews: readonly View[] = [
  {
    type: 'DateProposal',
    table: NO_TABLE,
    fields: {
      window: sameRow('DayRange'),
      score: column(),
      tradeOffs: elements('TradeOff', 'trade_offs'),
      explanation: column(),
    },
  },
  {
    type: 'TradeOff',
    table: NO_TABLE,
    fields: {
      code: column(),
      favourable: column(),
      parameters: elements('TradeOffParameter', 'parameters'),
      sentence: column(),
    },
  },
  { type: 'TradeOffParameter', table: NO_TABLE, fields: { name: column(), values: column() } },
];
