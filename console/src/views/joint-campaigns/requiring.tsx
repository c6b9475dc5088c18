import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { Tick } from '../../components/tick.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

/** For the lead while it is prepared: without which parts it does not begin. */
export function Requiring({ inside: { joint, leads }, onChanged }: InsideProps) {
  const { formatMessage } = useIntl();
  const { scopes } = useViewer();
  const place = usePlaceName();
  const { isPending, error, run } = useDeed(onChanged);
  /** What is to change, part by part. */
  const { draft, change, discard } = useDraft<{ required: Readonly<Record<string, boolean>> }>(`require-${joint.id}`, {
    required: {},
  });
  const parts = joint.parts.filter(({ status }) => status !== 'DECLINED' && status !== 'WITHDRAWN');
  if (!leads || joint.status !== 'PREPARING' || !scopes.includes('WRITE') || parts.length === 0) return null;
  const isRequired = ({ id, required }: (typeof parts)[number]): boolean => draft.required[id] ?? required;
  const changed = parts.filter((part) => isRequired(part) !== part.required);
  const save = (): void => {
    const required = changed.map((part) => ({ part: part.id, required: isRequired(part) }));
    run(
      () => hub.jointCampaigns.revise({ id: joint.id, expectedVersion: joint.version, required }),
      'joint-campaigns.requirementsSaved',
      discard,
    );
  };
  return (
    <section className={styles['panel']} aria-labelledby="requiring">
      <h2 id="requiring">
        <FormattedMessage id="joint-campaigns.requiring" />
      </h2>
      <p className={styles['quiet']}>
        <FormattedMessage id="joint-campaigns.requiringHint" />
      </p>
      {parts.map((part) => (
        <Tick
          key={part.id}
          isSelected={isRequired(part)}
          onChange={(required) => {
            change({ required: { ...draft.required, [part.id]: required } });
          }}
        >
          {place(part.place.code)} · {part.actor?.name ?? formatMessage({ id: 'joint-campaigns.somebody' })}
        </Tick>
      ))}
      <div className={styles['actions']}>
        <Button isPending={isPending} isDisabled={changed.length === 0} onPress={save}>
          <FormattedMessage id="joint-campaigns.savePart" />
        </Button>
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}
