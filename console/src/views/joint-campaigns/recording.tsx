import type { JointOutcome } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import styles from './joint-campaigns.module.css';

interface Props {
  /** The id of the joint campaign. */
  readonly joint: string;
  /** What the viewer recorded before, to be corrected. */
  readonly own: JointOutcome | null;
  readonly onChanged: () => void;
}

interface Draft {
  readonly achieved: string;
  readonly learnt: string;
  readonly reached: number | null;
  readonly reachMethod: string;
  /** Addresses, one a line. */
  readonly evidence: string;
}

/** Says what came of it; whoever does agrees to its being published, and all others are asked. */
export function Recording({ joint, own, onChanged }: Props) {
  const { formatMessage } = useIntl();
  const { isPending, error, run } = useDeed(onChanged);
  const { draft, change, discard } = useDraft<Draft>(`outcome-${joint}`, {
    achieved: own?.achieved ?? '',
    learnt: own?.learnt ?? '',
    reached: own?.reached ?? null,
    reachMethod: own?.reachMethod ?? '',
    evidence: own?.evidence.join('\n') ?? '',
  });
  const record = (): void => {
    const { achieved, learnt, reached, reachMethod, evidence } = draft;
    run(
      () =>
        hub.jointCampaigns.outcomes.record({
          jointCampaign: joint,
          achieved: achieved.trim(),
          learnt,
          reached,
          reachMethod,
          evidence: evidence.split(/\s+/).filter((address) => address !== ''),
          ...(own && { expectedVersion: own.version }),
        }),
      'joint-campaigns.recorded',
      discard,
    );
  };
  return (
    <div className={styles['drafting']}>
      <TextField
        label={formatMessage({ id: 'joint-campaigns.achieved' })}
        value={draft.achieved}
        onChange={(achieved) => {
          change({ achieved });
        }}
        isLong
      />
      <TextField
        label={formatMessage({ id: 'joint-campaigns.learnt' })}
        value={draft.learnt}
        onChange={(learnt) => {
          change({ learnt });
        }}
        isLong
      />
      <div className={styles['fields']}>
        <NumberField
          label={formatMessage({ id: 'joint-campaigns.reached' })}
          value={draft.reached}
          onChange={(reached) => {
            change({ reached });
          }}
        />
        <TextField
          label={formatMessage({ id: 'joint-campaigns.reachMethod' })}
          value={draft.reachMethod}
          onChange={(reachMethod) => {
            change({ reachMethod });
          }}
        />
      </div>
      <TextField
        label={formatMessage({ id: 'joint-campaigns.evidence' })}
        hint={formatMessage({ id: 'joint-campaigns.evidenceHint' })}
        value={draft.evidence}
        onChange={(evidence) => {
          change({ evidence });
        }}
        isLong
      />
      <p className={styles['quiet']}>
        <FormattedMessage id="joint-campaigns.recordHint" />
      </p>
      <div className={styles['actions']}>
        <Button
          kind={own ? 'plain' : 'main'}
          isPending={isPending}
          isDisabled={draft.achieved.trim() === ''}
          onPress={record}
        >
          <FormattedMessage id={own ? 'joint-campaigns.correct' : 'joint-campaigns.record'} />
        </Button>
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </div>
  );
}
