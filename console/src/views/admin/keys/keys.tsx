import type { ApiKey } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { SecretOnce } from '../../../components/secret-once.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useSend } from '../../../hub/use-send.ts';
import styles from '../admin.module.css';
import { IssueKey } from './issue-key.tsx';

/** What lets programs and people in; of an editor those of its organisation, of a coordinator all. */
export function Keys() {
  const { formatMessage, formatDate } = useIntl();
  const [isIssuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<string | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const revoking = useSend();
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
      show: (key) =>
        opens(key) && (
          <Button
            kind="quiet"
            aria-label={formatMessage({ id: 'admin.revokeNamed' }, { name: key.label })}
            onPress={() => {
              revoking.forget();
              setRevoked(key);
            }}
          >
            {label('revoke')}
          </Button>
        ),
    },
  ];
  return (
    <section className={styles['part']}>
      <header className={styles['heading']}>
        <h2>{label('part.keys')}</h2>
        <Button
          kind="main"
          onPress={() => {
            setIssuing(true);
          }}
        >
          {label('issueKey')}
        </Button>
      </header>
      {list.kind === 'waiting' && <Skeleton />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && <EmptyState>{label('noKeys')}</EmptyState>}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <Table label={label('part.keys')} columns={columns} rows={list.value.nodes} idOf={({ id }) => id} />
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
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
      <Confirm
        title={formatMessage({ id: 'admin.revokeNamed' }, { name: revoked?.label ?? '' })}
        action={label('revoke')}
        isOpen={revoked !== null}
        isPending={revoking.isSending}
        error={revoking.error}
        onConfirm={() => {
          if (!revoked) return;
          revoking.send(
            () => hub.apiKeys.revoke(revoked.id),
            () => {
              setRevoked(null);
              say(label('keyRevoked'));
              list.again();
            },
          );
        }}
        onClose={() => {
          setRevoked(null);
        }}
      >
        <p>{label('revokeMeans')}</p>
      </Confirm>
    </section>
  );
}
