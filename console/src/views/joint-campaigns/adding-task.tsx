import type { JointTask } from '@concord/client-sdk';
import { parseDate } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateField } from '../../components/date-field.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState } from '../../components/states.tsx';
import { Tick } from '../../components/tick.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { isTaken } from './inside.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

type Phase = JointTask['phase'];
const PHASES = ['PREPARE', 'LAUNCH', 'RUN', 'CLOSE'] as const satisfies readonly Phase[];

interface Draft {
  readonly part: string;
  readonly title: string;
  readonly phase: Phase;
  readonly dueOn: string | null;
  readonly required: boolean;
}

/** One more thing to do for a part of one's own, or as the lead for any that is accepted. */
export function AddingTask({ inside: { joint, leads }, onChanged }: InsideProps) {
  const { formatMessage } = useIntl();
  const place = usePlaceName();
  const parts = joint.parts
    .filter((part) => isTaken(part) && (part.mine || leads))
    .toSorted((one, other) => Number(other.mine) - Number(one.mine));
  const { isPending, error, run } = useDeed(onChanged);
  const { draft, change, discard } = useDraft<Draft>(`task-${joint.id}`, {
    part: '',
    title: '',
    phase: 'PREPARE',
    dueOn: null,
    required: false,
  });
  const part = parts.find(({ id }) => id === draft.part) ?? parts[0];
  if (!part) return null;
  const { title, phase, dueOn, required } = draft;
  const add = (day: string): void => {
    // In days from the first of the window, so that it moves with it.
    const dueAfterDays = parseDate(day).compare(parseDate(joint.window.start));
    run(
      () => hub.jointCampaigns.tasks.add({ part: part.id, title: title.trim(), phase, dueAfterDays, required }),
      'joint-campaigns.taskAdded',
      discard,
    );
  };
  return (
    <div className={styles['drafting']}>
      <TextField
        label={formatMessage({ id: 'joint-campaigns.addTask' })}
        value={title}
        onChange={(text) => {
          change({ title: text });
        }}
      />
      <div className={styles['fields']}>
        {parts.length > 1 && (
          <Select
            label={formatMessage({ id: 'joint-campaigns.forPart' })}
            choices={parts.map(({ id, actor, place: { code } }) => ({
              id,
              label: [place(code), actor?.name].filter((text) => text !== undefined).join(' · '),
            }))}
            value={part.id}
            onChange={(id) => {
              change({ part: id });
            }}
          />
        )}
        <Select
          label={formatMessage({ id: 'joint-campaigns.phase' })}
          choices={PHASES.map((id) => ({ id, label: formatMessage({ id: `joint-campaigns.phase.${id}` }) }))}
          value={phase}
          onChange={(id) => {
            change({ phase: id });
          }}
        />
        <DateField
          label={formatMessage({ id: 'joint-campaigns.dueOn' })}
          value={dueOn}
          onChange={(day) => {
            change({ dueOn: day });
          }}
        />
      </div>
      <Tick
        isSelected={required}
        onChange={(isRequired) => {
          change({ required: isRequired });
        }}
      >
        <FormattedMessage id="joint-campaigns.isRequired" />
      </Tick>
      <div className={styles['actions']}>
        <Button
          isPending={isPending}
          isDisabled={title.trim() === '' || dueOn === null}
          onPress={() => {
            if (dueOn !== null) add(dueOn);
          }}
        >
          <FormattedMessage id="joint-campaigns.addIt" />
        </Button>
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </div>
  );
}
