import type { InvitationReply, JointPart } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateRangeField, type Days } from '../../components/date-field.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { closed, isTaken } from './inside.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

interface Props extends InsideProps {
  readonly part: JointPart;
}

interface Draft {
  readonly contribution: string;
  readonly languages: string;
  readonly campaign: string;
  readonly reason: string;
  readonly days: Days | null;
}

/** What the viewer does for a part of its own: answers the invitation, then brings something and confirms the dates. */
export function OwnPart({ part, inside, onChanged }: Props) {
  const { formatMessage } = useIntl();
  const { scopes } = useViewer();
  const place = usePlaceName();
  const { joint, campaigns, isLiving } = inside;
  const [asks, setAsks] = useState<'decline' | 'dates' | null>(null);
  const { isPending, error, run } = useDeed(onChanged);
  const { draft, change, discard } = useDraft<Draft>(`part-${part.id}`, {
    contribution: part.contribution,
    languages: part.languages.join(', '),
    campaign: '',
    reason: '',
    days: closed(joint.window),
  });
  if (!isLiving || !scopes.includes('WRITE')) return null;
  const respond = (reply: InvitationReply, said: string): void => {
    run(
      () => hub.jointCampaigns.respond(part, reply),
      said,
      () => {
        discard();
        setAsks(null);
      },
    );
  };
  const languages = draft.languages.split(/[\s,;]+/).filter((tag) => tag !== '');
  const home = draft.campaign === '' ? null : { campaign: draft.campaign, windowVersion: joint.windowVersion };
  const fields = (
    <div className={styles['fields']}>
      <TextField
        label={formatMessage({ id: 'joint-campaigns.contribution' })}
        value={draft.contribution}
        onChange={(contribution) => {
          change({ contribution });
        }}
      />
      <TextField
        label={formatMessage({ id: 'joint-campaigns.languages' })}
        hint={formatMessage({ id: 'joint-campaigns.languagesHint' })}
        value={draft.languages}
        onChange={(tags) => {
          change({ languages: tags });
        }}
      />
    </div>
  );
  const keptIn = campaigns.length > 0 && (
    <Select
      label={formatMessage({ id: 'joint-campaigns.keptIn' })}
      choices={[
        { id: '', label: formatMessage({ id: 'joint-campaigns.notYet' }) },
        ...campaigns.map(({ id, name }) => ({ id, label: name })),
      ]}
      value={draft.campaign}
      onChange={(campaign) => {
        change({ campaign });
      }}
    />
  );
  const isTakenPart = isTaken(part);
  if (!isTakenPart && part.status !== 'INVITED') return null;
  return (
    <section className={styles['own']} aria-labelledby={`own-${part.id}`}>
      <h2 id={`own-${part.id}`}>
        <FormattedMessage
          id={isTakenPart ? 'joint-campaigns.ownPart' : 'joint-campaigns.youAreInvited'}
          values={{ country: place(part.place.code) }}
        />
      </h2>
      {part.missing.length > 0 && isTakenPart && (
        <ul className={styles['missing']}>
          {part.missing.map(({ code }) => (
            <li key={code}>
              <FormattedMessage id={`joint-campaigns.missing.${code}`} />
            </li>
          ))}
        </ul>
      )}
      {asks === null && fields}
      {asks === null && (!isTakenPart || !part.datesConfirmed) && keptIn}
      {asks === 'dates' && (
        <DateRangeField
          label={formatMessage({ id: 'joint-campaigns.otherDays' })}
          value={draft.days}
          onChange={(days) => {
            change({ days });
          }}
        />
      )}
      {asks !== null && (
        <TextField
          label={formatMessage({ id: 'joint-campaigns.reason' })}
          value={draft.reason}
          onChange={(reason) => {
            change({ reason });
          }}
        />
      )}
      <div className={styles['actions']}>
        {asks === null && !isTakenPart && (
          <>
            <Button
              kind="main"
              isPending={isPending}
              onPress={() => {
                respond(
                  { answer: 'ACCEPT', contribution: draft.contribution, languages, ...(home && { confirm: home }) },
                  'joint-campaigns.accepted',
                );
              }}
            >
              <FormattedMessage id="joint-campaigns.accept" />
            </Button>
            <Button
              onPress={() => {
                setAsks('decline');
              }}
            >
              <FormattedMessage id="joint-campaigns.decline" />
            </Button>
          </>
        )}
        {asks === null && isTakenPart && !part.datesConfirmed && (
          <Button
            kind="main"
            isPending={isPending}
            isDisabled={home === null}
            onPress={() => {
              if (home)
                run(() => hub.jointCampaigns.confirmDates(part, home), 'joint-campaigns.datesConfirmed', discard);
            }}
          >
            <FormattedMessage id="joint-campaigns.confirmDates" />
          </Button>
        )}
        {asks === null && isTakenPart && (
          <Button
            isPending={isPending}
            onPress={() => {
              const { contribution } = draft;
              run(
                () => hub.jointCampaigns.revisePart(part, { contribution, languages }),
                'joint-campaigns.saved',
                discard,
              );
            }}
          >
            <FormattedMessage id="joint-campaigns.savePart" />
          </Button>
        )}
        {asks === null && (
          <Button
            onPress={() => {
              setAsks('dates');
            }}
          >
            <FormattedMessage id="joint-campaigns.proposeDates" />
          </Button>
        )}
        {asks === null && isTakenPart && (
          <Button
            kind="danger"
            isPending={isPending}
            onPress={() => {
              run(() => hub.jointCampaigns.withdraw(part), 'joint-campaigns.left');
            }}
          >
            <FormattedMessage id="joint-campaigns.leave" />
          </Button>
        )}
        {asks !== null && (
          <>
            <Button
              kind={asks === 'decline' ? 'danger' : 'main'}
              isPending={isPending}
              onPress={() => {
                const { reason, days } = draft;
                if (asks === 'decline')
                  respond({ answer: 'DECLINE', ...(reason !== '' && { reason }) }, 'joint-campaigns.declined');
                else if (days) {
                  respond(
                    { answer: 'PROPOSE_DATES', days, ...(reason !== '' && { reason }) },
                    'joint-campaigns.datesProposed',
                  );
                }
              }}
            >
              <FormattedMessage id={asks === 'decline' ? 'joint-campaigns.declineNow' : 'joint-campaigns.proposeNow'} />
            </Button>
            <Button
              onPress={() => {
                setAsks(null);
              }}
            >
              <FormattedMessage id="joint-campaigns.notNow" />
            </Button>
          </>
        )}
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}
