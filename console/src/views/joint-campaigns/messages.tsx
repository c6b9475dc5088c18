import type { CountryRole, JointMessage } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { useViewer } from '../../hub/viewer.ts';
import { isTaken } from './inside.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

const TONES = { PROPOSED: 'warn', APPROVED: 'good', RETURNED: 'bad', WITHDRAWN: 'plain' } as const;
const PERSPECTIVES = ['ORIGIN', 'TRANSIT', 'DESTINATION', 'RETURN'] as const satisfies readonly CountryRole[];

/** What is to be said: proposed by one part, reviewed by another. */
export function Messages({ inside, onChanged }: InsideProps) {
  const { scopes } = useViewer();
  const { joint, messages, isLiving } = inside;
  const mayWrite = isLiving && scopes.includes('WRITE');
  const own = joint.parts.filter((part) => part.mine && isTaken(part));
  return (
    <section className={styles['panel']} aria-labelledby="messages">
      <h2 id="messages">
        <FormattedMessage id="joint-campaigns.messages" />
      </h2>
      {messages.length === 0 && (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.noMessages" />
        </p>
      )}
      <ul className={styles['lines']}>
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            author={joint.parts.find(({ id }) => id === message.part?.id)?.actor?.name ?? null}
            isOwn={own.some(({ id }) => id === message.part?.id)}
            mayWrite={mayWrite}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {mayWrite && own[0] && <Drafting part={own[0].id} onChanged={onChanged} />}
    </section>
  );
}

interface MessageProps {
  readonly message: JointMessage;
  /** Null: not for the viewer to know. */
  readonly author: string | null;
  readonly isOwn: boolean;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
}

function Message({ message, author, isOwn, mayWrite, onChanged }: MessageProps) {
  const { formatMessage } = useIntl();
  const { word } = useVocabulary();
  const [isReturning, setReturning] = useState(false);
  const { draft, change, discard } = useDraft(`return-${message.id}`, { note: '' });
  const { isPending, error, run } = useDeed(onChanged);
  const { perspective, language, text, status, reviewNote } = message;
  return (
    <li className={styles['message']}>
      <p className={styles['quiet']}>
        <Badge tone={TONES[status]}>
          <FormattedMessage id={`joint-campaigns.message.${status}`} />
        </Badge>{' '}
        {formatMessage({ id: 'joint-campaigns.role' }, { role: perspective })} · {word('languages', language)}
        {author !== null && ` · ${author}`}
      </p>
      <p lang={language} dir="auto">
        {text}
      </p>
      {reviewNote !== null && <p className={styles['quiet']}>{reviewNote}</p>}
      {mayWrite && !isOwn && status === 'PROPOSED' && (
        <>
          {isReturning && (
            <TextField
              label={formatMessage({ id: 'joint-campaigns.note' })}
              value={draft.note}
              onChange={(note) => {
                change({ note });
              }}
            />
          )}
          <div className={styles['actions']}>
            {!isReturning && (
              <Button
                kind="main"
                isPending={isPending}
                onPress={() => {
                  run(
                    () => hub.jointCampaigns.messages.review(message, { verdict: 'APPROVE' }),
                    'joint-campaigns.approved',
                  );
                }}
              >
                <FormattedMessage id="joint-campaigns.approve" />
              </Button>
            )}
            <Button
              isPending={isPending}
              onPress={() => {
                if (!isReturning) setReturning(true);
                else {
                  run(
                    () => hub.jointCampaigns.messages.review(message, { verdict: 'RETURN', note: draft.note }),
                    'joint-campaigns.returned',
                    discard,
                  );
                }
              }}
            >
              <FormattedMessage id="joint-campaigns.return" />
            </Button>
          </div>
        </>
      )}
      {mayWrite && isOwn && status !== 'WITHDRAWN' && (
        <Button
          kind="quiet"
          isPending={isPending}
          onPress={() => {
            run(() => hub.jointCampaigns.messages.withdraw(message), 'joint-campaigns.messageWithdrawn');
          }}
        >
          <FormattedMessage id="joint-campaigns.withdrawMessage" />
        </Button>
      )}
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </li>
  );
}

function Drafting({ part, onChanged }: { readonly part: string; readonly onChanged: () => void }) {
  const { formatMessage } = useIntl();
  const { draft, change, discard } = useDraft<{ text: string; language: string; perspective: CountryRole }>(
    `message-${part}`,
    { text: '', language: '', perspective: 'ORIGIN' },
  );
  const { isPending, error, run } = useDeed(onChanged);
  const isWhole = draft.text.trim() !== '' && draft.language.trim() !== '';
  return (
    <div className={styles['drafting']}>
      <TextField
        label={formatMessage({ id: 'joint-campaigns.text' })}
        value={draft.text}
        onChange={(text) => {
          change({ text });
        }}
        isLong
      />
      <div className={styles['fields']}>
        <TextField
          label={formatMessage({ id: 'joint-campaigns.language' })}
          hint={formatMessage({ id: 'joint-campaigns.languagesHint' })}
          value={draft.language}
          onChange={(language) => {
            change({ language });
          }}
        />
        <Select
          label={formatMessage({ id: 'joint-campaigns.perspective' })}
          choices={PERSPECTIVES.map((id) => ({
            id,
            label: formatMessage({ id: 'joint-campaigns.role' }, { role: id }),
          }))}
          value={draft.perspective}
          onChange={(perspective) => {
            change({ perspective });
          }}
        />
      </div>
      <div className={styles['actions']}>
        <Button
          isPending={isPending}
          isDisabled={!isWhole}
          onPress={() => {
            const { text, language, perspective } = draft;
            run(
              () =>
                hub.jointCampaigns.messages.draft({ part, text: text.trim(), language: language.trim(), perspective }),
              'joint-campaigns.messageProposed',
              discard,
            );
          }}
        >
          <FormattedMessage id="joint-campaigns.proposeMessage" />
        </Button>
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </div>
  );
}
