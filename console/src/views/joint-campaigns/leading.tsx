import { FormattedMessage } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useViewer } from '../../hub/viewer.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

/** What only the lead decides; where nobody leads, whoever takes part may begin to. */
export function Leading({ inside, onChanged }: InsideProps) {
  const { scopes } = useViewer();
  const { joint, leads, isMember, isLiving } = inside;
  const { isPending, error, run } = useDeed(onChanged);
  const isLed = joint.parts.some(({ lead }) => lead);
  if (!isLiving || !scopes.includes('WRITE') || !(leads || (isMember && !isLed))) return null;
  return (
    <section className={styles['own']} aria-labelledby="leading">
      <h2 id="leading">
        <FormattedMessage id={leads ? 'joint-campaigns.youLead' : 'joint-campaigns.nobodyLeads'} />
      </h2>
      <div className={styles['actions']}>
        {!leads && (
          <Button
            kind="main"
            isPending={isPending}
            onPress={() => {
              run(() => hub.jointCampaigns.takeLead(joint), 'joint-campaigns.leadTaken');
            }}
          >
            <FormattedMessage id="joint-campaigns.takeLead" />
          </Button>
        )}
        {leads && joint.status === 'PREPARING' && (
          <Button
            kind="main"
            isPending={isPending}
            onPress={() => {
              run(() => hub.jointCampaigns.activate(joint), 'joint-campaigns.activated');
            }}
          >
            <FormattedMessage id="joint-campaigns.activate" />
          </Button>
        )}
        {leads && joint.status === 'ACTIVE' && (
          <Button
            kind="main"
            isPending={isPending}
            onPress={() => {
              run(() => hub.jointCampaigns.complete(joint), 'joint-campaigns.completed');
            }}
          >
            <FormattedMessage id="joint-campaigns.complete" />
          </Button>
        )}
        {leads && (
          <Button
            kind="danger"
            isPending={isPending}
            onPress={() => {
              run(() => hub.jointCampaigns.cancel(joint), 'joint-campaigns.calledOff');
            }}
          >
            <FormattedMessage id="joint-campaigns.callOff" />
          </Button>
        )}
      </div>
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}
