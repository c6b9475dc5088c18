import type { JointPart, Suggestion } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { ChooseMany } from '../../components/choose-many.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

type Seat = Suggestion['participants'][number];

/** For the lead while it is prepared: asks further participants of the suggestion, whether they are named to it or not. */
export function Inviting({ inside, onChanged }: InsideProps) {
  const { scopes } = useViewer();
  const { joint, leads } = inside;
  const suggestion = joint.suggestion?.id;
  if (!leads || joint.status !== 'PREPARING' || !scopes.includes('WRITE') || suggestion === undefined) return null;
  return <Asking key={joint.id} suggestion={suggestion} joint={joint} onChanged={onChanged} />;
}

interface AskingProps {
  readonly suggestion: string;
  readonly joint: InsideProps['inside']['joint'];
  readonly onChanged: () => void;
}

function Asking({ suggestion, joint, onChanged }: AskingProps) {
  const { formatMessage } = useIntl();
  const place = usePlaceName();
  const answer = useAnswer((signal) => hub.suggestions.get(suggestion, { signal }), [suggestion, joint.version]);
  const { isPending, error, run } = useDeed(onChanged);
  const { draft, change, discard } = useDraft<{ seats: readonly string[] }>(`invite-${joint.id}`, { seats: [] });
  const seats = answer.kind === 'here' && answer.value ? answer.value.participants : [];
  const choices = seats
    .filter((seat) => !joint.parts.some((part) => isOf(part, seat)))
    .map(({ position, actor, place: { code }, subject }) => ({
      id: String(position),
      label: [place(code), actor?.name ?? formatMessage({ id: 'joint-campaigns.somebody' }), subject?.name]
        .filter((text) => text !== undefined)
        .join(' · '),
    }));
  // A draft may be older than what was invited since.
  const chosen = draft.seats.filter((seat) => choices.some(({ id }) => id === seat));
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  if (answer.kind === 'waiting') return null;
  return (
    <section className={styles['panel']} aria-labelledby="inviting">
      <h2 id="inviting">
        <FormattedMessage id="joint-campaigns.inviting" />
      </h2>
      {choices.length === 0 ? (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.allInvited" />
        </p>
      ) : (
        <>
          <ChooseMany
            label={formatMessage({ id: 'joint-campaigns.further' })}
            choices={choices}
            value={chosen}
            onChange={(asked) => {
              change({ seats: asked });
            }}
          />
          <div className={styles['actions']}>
            <Button
              isPending={isPending}
              isDisabled={chosen.length === 0}
              onPress={() => {
                run(
                  () => hub.jointCampaigns.invite(joint, chosen.map(Number)),
                  'joint-campaigns.othersInvited',
                  discard,
                );
              }}
            >
              <FormattedMessage id="joint-campaigns.invite" />
            </Button>
          </div>
        </>
      )}
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}

/** As the hub decides it: the same actor, or in both cases one who is not named, in the same country. */
function isOf({ actor, place, status }: JointPart, seat: Seat): boolean {
  return status !== 'WITHDRAWN' && actor?.id === seat.actor?.id && place.code === seat.place.code;
}
