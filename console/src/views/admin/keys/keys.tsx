import type { ApiKey } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { SecretOnce } from '../../../components/secret-once.tsx';
import type { Column } from '../../../components/table.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { type AskedDeed, ConfirmDeed } from '../confirm-deed.tsx';
import { ListPart } from '../list-part.tsx';
import { IssueKey } from './issue-key.tsx';

/** What lets programs and people in; of an editor those of its organisation, of a coordinator all. */
export function Keys() {
  const { formatMessage, formatDate } = useIntl();
  const [isIssuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<string | null>(null);
  const [asked, setAsked] = useState<AskedDeed | null>(null);
  const list = usePages(() => hub.apiKeys.list({ first: 25 }), []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const now = new Date().toISOString();
  const opens = ({ revokedAt, expiresAt }: ApiKey): boolean => revokedAt === null && expiresAt > now;
  const columns: readonly Column<ApiKey>[] = [
    { id: 'label', title: label('keyLabel'), show: (key) => key.label },
    { id: 'actor', title: label('actsFor'), show: ({ actor }) => actor?.name ?? '–' },
    { id: 'role', title: label('role'), show: ({ role }) => formatMessage({ id: 'shell.role' }, { role }) },
    {
      id: 'state',
      title: label('state'),
      show: (key) => (
        <Badge tone={opens(key) ? 'good' : 'plain'}>
          {label(key.revokedAt !== null ? 'revoked' : opens(key) ? 'valid' : 'expired')}
        </Badge>
      ),
    },
    {
      id: 'until',
      title: label('expires'),
      isNumeric: true,
      show: ({ expiresAt }) => formatDate(expiresAt, { dateStyle: 'medium' }),
    },
    {
      id: 'used',
      title: label('lastUsed'),
      isNumeric: true,
      show: ({ lastUsedOn }) =>
        lastUsedOn === null ? label('neverUsed') : formatDate(lastUsedOn, { dateStyle: 'medium', timeZone: 'UTC' }),
    },
    {
      id: 'deeds',
      title: label('deeds'),
      show: (key) => {
        const title = formatMessage({ id: 'admin.revokeNamed' }, { name: key.label });
        return (
          opens(key) && (
            <Button
              kind="quiet"
              aria-label={title}
              onPress={() => {
                setAsked({
                  title,
                  action: label('revoke'),
                  means: label('revokeMeans'),
                  call: () => hub.apiKeys.revoke(key.id),
                  said: 'admin.keyRevoked',
                });
              }}
            >
              {label('revoke')}
            </Button>
          )
        );
      },
    },
  ];
  return (
    <ListPart
      title={label('part.keys')}
      adding={{
        label: label('issueKey'),
        onPress: () => {
          setIssuing(true);
        },
      }}
      list={list}
      columns={columns}
      none={label('noKeys')}
    >
      {isIssuing && (
        <IssueKey
          onClose={() => {
            setIssuing(false);
          }}
          onIssued={(text) => {
            setIssuing(false);
            setIssued(text);
            list.again();
          }}
        />
      )}
      <SecretOnce
        title={label('keyIssued')}
        secret={issued}
        copy={label('copy')}
        onClose={() => {
          setIssued(null);
        }}
      >
        <p>{label('keyOnce')}</p>
      </SecretOnce>
      {asked && (
        <ConfirmDeed
          deed={asked}
          onDone={list.again}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </ListPart>
  );
}
