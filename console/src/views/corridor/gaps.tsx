import type { Gap } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { useVocabulary, type VocabularyList } from '../../hub/use-vocabulary.ts';

/** They are ranked: the first few are what to talk about. */
const AT_ONCE = 8;

/** Needs that somebody declared and nobody answers, the most pressing first. */
export function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  const { formatMessage, formatDate, formatList } = useIntl();
  const { word } = useVocabulary();
  const [shown, setShown] = useState(AT_ONCE);
  if (gaps.length === 0) {
    return (
      <EmptyState>
        <FormattedMessage id="corridor.noGaps" />
      </EmptyState>
    );
  }
  const words = (list: VocabularyList, terms: readonly { readonly code: string }[]): string =>
    formatList(
      terms.map(({ code }) => word(list, code)),
      { type: 'unit' },
    );
  const month = (year: number, at: number): string =>
    formatDate(new Date(Date.UTC(year, at, 1)), { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const columns: readonly Column<Gap>[] = [
    {
      id: 'audience',
      title: formatMessage({ id: 'corridor.need' }),
      show: ({ audience, theme }) =>
        formatMessage(
          { id: 'corridor.needOf' },
          { audience: word('audiences', audience.code), theme: word('themes', theme.code) },
        ),
    },
    {
      id: 'quarter',
      title: formatMessage({ id: 'corridor.when' }),
      show: ({ quarter: { year, quarter }, inSeason }) => (
        <>
          {month(year, 3 * quarter - 3)} – {month(year, 3 * quarter - 1)}{' '}
          {inSeason && (
            <Badge tone="warn">
              <FormattedMessage id="corridor.inSeason" />
            </Badge>
          )}
        </>
      ),
    },
    {
      id: 'roles',
      title: formatMessage({ id: 'corridor.silentIn' }),
      show: ({ uncoveredRoles }) =>
        formatList(
          uncoveredRoles.map((role) => formatMessage({ id: 'corridor.role' }, { role })),
          { type: 'unit' },
        ),
    },
    {
      id: 'missing',
      title: formatMessage({ id: 'corridor.missing' }),
      show: ({ missingLanguages, missingChannels }) => (
        <>
          {missingLanguages.length > 0 && (
            <p>
              <FormattedMessage
                id="corridor.missingLanguages"
                values={{ list: words('languages', missingLanguages) }}
              />
            </p>
          )}
          {missingChannels.length > 0 && (
            <p>
              <FormattedMessage id="corridor.missingChannels" values={{ list: words('channels', missingChannels) }} />
            </p>
          )}
        </>
      ),
    },
    {
      id: 'suggestion',
      title: formatMessage({ id: 'corridor.suggestion' }),
      show: ({ suggestion }) =>
        suggestion ? (
          <Link href={`~/suggestions/${suggestion.id}`}>
            <FormattedMessage id="corridor.openSuggestion" />
          </Link>
        ) : null,
    },
  ];
  return (
    <>
      <Table
        label={formatMessage({ id: 'corridor.gaps' })}
        columns={columns}
        rows={gaps.slice(0, shown)}
        idOf={({ id }) => id}
      />
      {shown < gaps.length && (
        <Button
          onPress={() => {
            setShown(shown + AT_ONCE);
          }}
        >
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </>
  );
}
