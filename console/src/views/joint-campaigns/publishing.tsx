import type { JointOutcome } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { ChooseMany } from '../../components/choose-many.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState } from '../../components/states.tsx';
import { say } from '../../components/toast.tsx';
import { hub } from '../../hub/hub.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useSend } from '../../hub/use-send.ts';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import styles from './joint-campaigns.module.css';

const AUDIENCES = ['MEMBERS', 'PUBLIC'] as const;
const FIELDS = ['title', 'summary', 'done', 'channels', 'languages'];

interface Draft {
  readonly title: string;
  readonly summary: string;
  readonly done: string;
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly visibility: (typeof AUDIENCES)[number];
  /** Of the try that is under way; another after each change. */
  readonly clientMutationKey: string | null;
}

interface Props {
  /** One's own, to which all agreed. */
  readonly outcome: JointOutcome;
  readonly onChanged: () => void;
}

/** Tells others what was done and what came of it, so that they can do the like; from then on it is suggested to them. */
export function Publishing({ outcome, onChanged }: Props) {
  const { formatMessage } = useIntl();
  const vocabulary = useVocabulary();
  const sending = useSend(FIELDS);
  const { draft, change, discard } = useDraft<Draft>(`publish-${outcome.id}`, {
    title: '',
    summary: '',
    done: '',
    channels: [],
    languages: [],
    visibility: 'MEMBERS',
    clientMutationKey: null,
  });
  const label = (key: string): string => formatMessage({ id: `joint-campaigns.${key}` });
  const edit = (part: Partial<Draft>): void => {
    change({ ...part, clientMutationKey: null });
  };
  const isWhole = [draft.title, draft.summary, draft.done].every((text) => text.trim() !== '');
  const publish = (): void => {
    const clientMutationKey = draft.clientMutationKey ?? crypto.randomUUID();
    change({ clientMutationKey });
    const { title, summary, done, channels, languages, visibility } = draft;
    sending.send(
      () =>
        hub.jointCampaigns.outcomes.publish(outcome, {
          title: title.trim(),
          summary: summary.trim(),
          done: done.trim(),
          channels: [...channels],
          languages: [...languages],
          visibility,
          clientMutationKey,
        }),
      () => {
        discard();
        say(label('published'));
        onChanged();
      },
    );
  };
  return (
    <section className={styles['drafting']} aria-labelledby="publishing">
      <h3 id="publishing">{label('publishing')}</h3>
      <p className={styles['quiet']}>{label('publishingHint')}</p>
      <TextField
        label={label('studyTitle')}
        isRequired
        value={draft.title}
        onChange={(title) => {
          edit({ title });
        }}
        problem={sending.problemOf('title')}
      />
      <TextField
        label={label('studySummary')}
        isRequired
        isLong
        value={draft.summary}
        onChange={(summary) => {
          edit({ summary });
        }}
        problem={sending.problemOf('summary')}
      />
      <TextField
        label={label('studyDone')}
        isRequired
        isLong
        value={draft.done}
        onChange={(done) => {
          edit({ done });
        }}
        problem={sending.problemOf('done')}
      />
      <div className={styles['fields']}>
        <ChooseMany
          label={label('studyChannels')}
          choices={vocabulary.channels}
          value={draft.channels}
          onChange={(channels) => {
            edit({ channels });
          }}
          problem={sending.problemOf('channels')}
        />
        <ChooseMany
          label={label('studyLanguages')}
          choices={vocabulary.languages}
          value={draft.languages}
          onChange={(languages) => {
            edit({ languages });
          }}
          problem={sending.problemOf('languages')}
        />
        <Select
          label={label('studyFor')}
          choices={AUDIENCES.map((id) => ({ id, label: label(`studyFor.${id}`) }))}
          value={draft.visibility}
          onChange={(visibility) => {
            edit({ visibility });
          }}
        />
      </div>
      <div className={styles['actions']}>
        <Button kind="main" isDisabled={sending.isSending || !isWhole} onPress={publish}>
          <FormattedMessage id="joint-campaigns.publish" />
        </Button>
      </div>
      {sending.error !== null && <FailedState error={sending.error} onAgain={onChanged} />}
    </section>
  );
}
