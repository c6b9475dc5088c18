import type { JointDecision, JointOutcome } from '@concord/client-sdk';
import { today } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useViewer } from '../../hub/viewer.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';
import { Publishing } from './publishing.tsx';
import { Recording } from './recording.tsx';

/** What came of it, as each says that took part; others read an outcome only once all of them agree. */
export function Outcomes({ inside, onChanged }: InsideProps) {
  const viewer = useViewer();
  const { joint, outcomes, decisions } = inside;
  const mayWrite = viewer.scopes.includes('WRITE');
  const isOver =
    joint.status === 'COMPLETED' ||
    (joint.status === 'ACTIVE' && joint.window.end !== null && joint.window.end < today('UTC').toString());
  if (!isOver && outcomes.length === 0) return null;
  const own = outcomes.find(({ owner }) => owner !== null && owner.id === viewer.actor?.id) ?? null;
  return (
    <section className={styles['panel']} aria-labelledby="outcomes">
      <h2 id="outcomes">
        <FormattedMessage id="joint-campaigns.outcomes" />
      </h2>
      {outcomes.length === 0 && (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.noOutcomes" />
        </p>
      )}
      <ul className={styles['lines']}>
        {outcomes.map((outcome) => (
          <Said
            key={outcome.id}
            outcome={outcome}
            isOwn={outcome === own}
            isPublished={decisions.some((decision) => tellsOf(decision, outcome))}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {isOver && mayWrite && <Recording key={own?.version ?? 0} joint={joint.id} own={own} onChanged={onChanged} />}
    </section>
  );
}

interface SaidProps {
  readonly outcome: JointOutcome;
  readonly isOwn: boolean;
  /** As it stands it was made a case study of. */
  readonly isPublished: boolean;
  readonly onChanged: () => void;
}

function Said({ outcome, isOwn, isPublished, onChanged }: SaidProps) {
  const { formatMessage } = useIntl();
  const { role, scopes } = useViewer();
  const mayWrite = scopes.includes('WRITE');
  const { isPending, error, run } = useDeed(onChanged);
  const { achieved, learnt, reached, reachMethod, evidence, owner, iConsent, publishable } = outcome;
  return (
    <li className={styles['message']}>
      <p className={styles['quiet']}>
        <strong>{owner?.name ?? formatMessage({ id: 'joint-campaigns.somebody' })}</strong>{' '}
        <Badge tone={publishable ? 'good' : 'plain'}>
          <FormattedMessage id={publishable ? 'joint-campaigns.publishable' : 'joint-campaigns.notPublishable'} />
        </Badge>{' '}
        {iConsent && (
          <Badge tone="good">
            <FormattedMessage id="joint-campaigns.youAgree" />
          </Badge>
        )}{' '}
        {isPublished && (
          <Badge tone="good">
            <FormattedMessage id="joint-campaigns.isPublished" />
          </Badge>
        )}
      </p>
      <p dir="auto">{achieved}</p>
      {learnt !== '' && <p dir="auto">{learnt}</p>}
      {reached !== null && (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.peopleReached" values={{ count: reached }} />{' '}
          <span dir="auto">{reachMethod}</span>
        </p>
      )}
      {evidence.map((address) => (
        <a key={address} href={address} rel="noreferrer" target="_blank" dir="ltr" className={styles['address']}>
          {address}
        </a>
      ))}
      {mayWrite && (
        <Button
          kind={iConsent ? 'quiet' : 'main'}
          isPending={isPending}
          onPress={() => {
            run(
              () => hub.jointCampaigns.outcomes.consent(outcome, !iConsent),
              iConsent ? 'joint-campaigns.consentTaken' : 'joint-campaigns.consented',
            );
          }}
        >
          <FormattedMessage id={iConsent ? 'joint-campaigns.takeConsent' : 'joint-campaigns.consent'} />
        </Button>
      )}
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
      {isOwn && mayWrite && publishable && !isPublished && role === 'EDITOR' && (
        <Publishing outcome={outcome} onChanged={onChanged} />
      )}
      {isOwn && publishable && !isPublished && role === 'PLANNER' && (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.byEditor" />
        </p>
      )}
    </li>
  );
}

/** Whether a decision was to publish this outcome as it stands. */
function tellsOf({ code, parameters }: JointDecision, { id, version }: JointOutcome): boolean {
  const said = (name: string): string | undefined => parameters.find((one) => one.name === name)?.values[0];
  return code === 'PUBLISHED' && said('OUTCOME') === id && said('VERSION') === String(version);
}
