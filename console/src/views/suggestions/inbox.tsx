import type { SuggestionFilter, SuggestionKind } from '@concord/client-sdk';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useSearch } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { useBeat } from '../../hub/live.ts';
import { usePages } from '../../hub/use-pages.ts';
import { useViewer } from '../../hub/viewer.ts';
import { Card } from './card.tsx';
import { listSuggestions, type Suggestion } from './suggestion.ts';
import styles from './suggestions.module.css';

const KINDS = [
  'JOINT_CAMPAIGN',
  'ALIGN_DATES',
  'AVOID_DUPLICATION',
  'RESOLVE_CONTRADICTION',
  'LEVERAGE_CHANNEL',
  'FILL_GAP',
  'REPLICATE_PRACTICE',
] as const satisfies readonly SuggestionKind[];

const STATUSES = {
  open: ['OPEN', 'AGREED'],
  agreed: ['AGREED'],
  dismissed: ['DISMISSED'],
  past: ['EXPIRED', 'LAPSED'],
} as const satisfies Record<string, SuggestionFilter['statuses']>;
type Standing = keyof typeof STATUSES;
type Whose = 'mine' | 'all';

/** What could be done together, the best first; to begin with, what is addressed to the viewer's organisation. */
export function Inbox() {
  const { formatMessage, formatNumber, locale } = useIntl();
  const { actor } = useViewer();
  const [whose, setWhose] = useState<Whose>(actor ? 'mine' : 'all');
  const asked = new URLSearchParams(useSearch()).get('kind');
  const [kind, setKind] = useState<SuggestionKind | 'every'>(KINDS.find((id) => id === asked) ?? 'every');
  const [standing, setStanding] = useState<Standing>('open');
  const [changed, setChanged] = useState<ReadonlyMap<string, Suggestion>>(new Map());
  const list = usePages(
    () =>
      listSuggestions(
        {
          statuses: STATUSES[standing],
          ...(kind !== 'every' && { kinds: [kind] }),
          ...(whose === 'mine' && { addressedToMe: true }),
        },
        locale,
      ),
    [locale, whose, kind, standing, useBeat()],
  );
  const isStale = list.kind === 'here' && list.isStale;
  useEffect(() => {
    // What was just read says all that was answered here.
    if (!isStale) setChanged(new Map());
  }, [isStale]);
  const choice = <Id extends string>(id: Id): { id: Id; label: string } => ({
    id,
    label: formatMessage({ id: `suggestions.choice.${id}` }),
  });
  return (
    <div className={styles['inbox']}>
      <header className={styles['heading']}>
        <h1>
          <FormattedMessage id="suggestions.heading" />
        </h1>
        {list.kind === 'here' && list.value.total !== null && (
          <p role="status">
            <FormattedMessage id="suggestions.found" values={{ count: list.value.total }} />
          </p>
        )}
      </header>
      <div className={styles['filters']}>
        {actor && (
          <Select
            label={formatMessage({ id: 'suggestions.whose' })}
            choices={(['mine', 'all'] as const).map(choice)}
            value={whose}
            onChange={setWhose}
          />
        )}
        <Select
          label={formatMessage({ id: 'suggestions.ofKind' })}
          choices={[
            choice('every'),
            ...KINDS.map((id) => ({ id, label: formatMessage({ id: `suggestions.kind.${id}` }) })),
          ]}
          value={kind}
          onChange={setKind}
        />
        <Select
          label={formatMessage({ id: 'suggestions.standing' })}
          choices={(Object.keys(STATUSES) as Standing[]).map(choice)}
          value={standing}
          onChange={setStanding}
        />
      </div>
      {list.kind === 'waiting' && <Skeleton lines={10} />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState>
          <FormattedMessage id={whose === 'mine' ? 'suggestions.nothingForYou' : 'suggestions.nothing'} />
        </EmptyState>
      )}
      {list.kind === 'here' &&
        list.value.nodes.map((suggestion) => (
          <Card
            key={suggestion.id}
            suggestion={changed.get(suggestion.id) ?? suggestion}
            onChanged={(one) => {
              setChanged((known) => new Map(known).set(one.id, one));
            }}
            onAgain={() => {
              setChanged(new Map());
              list.again();
            }}
          />
        ))}
      {list.more && list.kind === 'here' && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage
            id="suggestions.more"
            values={{ shown: formatNumber(list.value.nodes.length), total: formatNumber(list.value.total ?? 0) }}
          />
        </Button>
      )}
    </div>
  );
}
