import type { CalendarFeed } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../../../components/button.tsx';
import { SecretOnce } from '../../../components/secret-once.tsx';
import type { Column } from '../../../components/table.tsx';
import { hub } from '../../../hub/hub.ts';
import { useAnswer } from '../../../hub/use-answer.ts';
import { useVocabulary } from '../../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../../language/use-place-name.ts';
import { type AskedDeed, ConfirmDeed } from '../confirm-deed.tsx';
import { ListPart } from '../list-part.tsx';
import { IssueFeed } from './issue-feed.tsx';

/** Calendars that programs outside subscribe to. */
export function Feeds() {
  const { formatMessage, formatDate } = useIntl();
  const [isIssuing, setIssuing] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const [asked, setAsked] = useState<AskedDeed | null>(null);
  const nameOf = usePlaceName();
  const { word } = useVocabulary();
  const answer = useAnswer((signal) => hub.feeds.list({ signal }), []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const columns: readonly Column<CalendarFeed>[] = [
    { id: 'label', title: label('feedLabel'), show: (feed) => feed.label },
    {
      id: 'shows',
      title: label('shows'),
      show: ({ corridors, countries, themes, mine, observances }) =>
        [
          ...(mine ? [label('onlyOwn')] : []),
          ...corridors.map(({ code }) => word('corridors', code)),
          ...countries.map(({ code }) => nameOf(code)),
          ...themes.map(({ code }) => word('themes', code)),
          ...(observances ? [label('withObservances')] : []),
        ].join(', ') || label('everything'),
    },
    {
      id: 'since',
      title: label('issuedOn'),
      isNumeric: true,
      show: ({ createdAt }) => formatDate(createdAt, { dateStyle: 'medium' }),
    },
    {
      id: 'deeds',
      title: label('deeds'),
      show: ({ id, label: name }) => {
        const title = formatMessage({ id: 'admin.revokeNamed' }, { name });
        return (
          <Button
            kind="quiet"
            aria-label={title}
            onPress={() => {
              setAsked({
                title,
                action: label('revoke'),
                means: label('revokeFeedMeans'),
                call: () => hub.feeds.revoke(id),
                said: 'admin.feedRevoked',
              });
            }}
          >
            {label('revoke')}
          </Button>
        );
      },
    },
  ];
  return (
    <ListPart
      title={label('part.feeds')}
      lead={label('feedLead')}
      adding={{
        label: label('issueFeed'),
        onPress: () => {
          setIssuing(true);
        },
      }}
      list={answer}
      columns={columns}
      none={label('noFeeds')}
    >
      {isIssuing && (
        <IssueFeed
          onClose={() => {
            setIssuing(false);
          }}
          onIssued={(address) => {
            setIssuing(false);
            setUrl(address);
            answer.again();
          }}
        />
      )}
      <SecretOnce
        title={label('feedIssued')}
        secret={url}
        copy={label('copy')}
        onClose={() => {
          setUrl(null);
        }}
      >
        <p>{label('feedOnce')}</p>
      </SecretOnce>
      {asked && (
        <ConfirmDeed
          deed={asked}
          onDone={answer.again}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </ListPart>
  );
}
