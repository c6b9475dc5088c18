import { type ReactNode, type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { DateField } from '../../../components/date-field.tsx';
import { TextField } from '../../../components/field.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { useAnswer } from '../../../hub/use-answer.ts';
import { useDraft } from '../../../hub/use-draft.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useVocabulary } from '../../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../../language/use-place-name.ts';
import { Vetting } from '../../registry/vetting.tsx';
import styles from '../admin.module.css';
import { readVetting, type VettedActor, type VettingDecision } from './read-vetting.ts';

/** One actor, on what grounds it was vouched for, and the word of whoever looks. */
export function ActorVetting({ id }: { readonly id: string }) {
  const { formatMessage, formatDate } = useIntl();
  const nameOf = usePlaceName();
  const { word } = useVocabulary();
  const answer = useAnswer((signal) => readVetting(id, signal), [id]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const actor = answer.value;
  const back = (
    <Link href="/vetting">
      <FormattedMessage id="admin.part.vetting" />
    </Link>
  );
  if (!actor) {
    return (
      <EmptyState action={back}>
        <FormattedMessage id="registry.noSuchActor" />
      </EmptyState>
    );
  }
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['registry.kind', word('actorKinds', actor.kind.code)],
    ['registry.basedIn', actor.basedIn.map(({ code }) => nameOf(code)).join(', ')],
    ['admin.identifiers', actor.identifiers.map(({ scheme, value }) => `${scheme}: ${value}`).join(', ')],
    [
      'registry.website',
      actor.website !== null && /^https?:/.test(actor.website) ? (
        <a href={actor.website} rel="noreferrer">
          {actor.website}
        </a>
      ) : (
        ''
      ),
    ],
    ['admin.source', actor.source ?? ''],
    ['admin.registeredOn', formatDate(actor.createdAt, { dateStyle: 'medium' })],
  ];
  return (
    <article className={styles['part']}>
      <p>{back}</p>
      <header className={styles['heading']}>
        <h2>{actor.name}</h2>
        <Vetting vetting={actor.vetting} />
      </header>
      {actor.description !== '' && <p className={styles['lead']}>{actor.description}</p>}
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{formatMessage({ id: label })}</dt>
            <dd>{value === '' ? '–' : value}</dd>
          </div>
        ))}
      </dl>
      <section className={styles['part']}>
        <h3>
          <FormattedMessage id="admin.decisions" />
        </h3>
        <Decisions decisions={actor.vettingDecisions} />
      </section>
      <div className={styles['pairs']}>
        <Verify key={`verify ${String(actor.version)}`} actor={actor} onDecided={answer.again} />
        {actor.vetting !== 'SUSPENDED' && (
          <Suspend key={`suspend ${String(actor.version)}`} actor={actor} onDecided={answer.again} />
        )}
      </div>
    </article>
  );
}

export function Decisions({ decisions }: { readonly decisions: readonly VettingDecision[] }) {
  const { formatMessage, formatDate } = useIntl();
  if (decisions.length === 0) {
    return (
      <p className={styles['lead']}>
        <FormattedMessage id="admin.noDecisions" />
      </p>
    );
  }
  return (
    <ol className={styles['decisions']}>
      {decisions.map(({ decidedAt, decision, evidence, validUntil }) => (
        <li key={decidedAt}>
          <p>
            {formatDate(decidedAt, { dateStyle: 'medium', timeStyle: 'short' })} ·{' '}
            {formatMessage({ id: 'admin.decision' }, { decision })}
            {validUntil !== null && (
              <>
                {' · '}
                {formatMessage(
                  { id: 'admin.until' },
                  { day: formatDate(validUntil, { dateStyle: 'medium', timeZone: 'UTC' }) },
                )}
              </>
            )}
          </p>
          <p>{evidence}</p>
        </li>
      ))}
    </ol>
  );
}

interface DecideProps {
  readonly actor: VettedActor;
  readonly onDecided: () => void;
}

function Verify({ actor, onDecided }: DecideProps) {
  const { formatMessage } = useIntl();
  const { draft, change, discard } = useDraft(`verify.${actor.id}`, {
    evidence: '',
    validUntil: null as string | null,
  });
  const sending = useSend(['evidence', 'validUntil']);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.send(
      () => hub.actors.verify(actor, { evidence: draft.evidence, validUntil: draft.validUntil ?? undefined }),
      ({ vetting }) => {
        discard();
        say(formatMessage({ id: vetting === 'VERIFIED' ? 'admin.verified' : 'admin.vouched' }, { name: actor.name }));
        onDecided();
      },
    );
  };
  return (
    <form onSubmit={submit} className={styles['card']} noValidate>
      <h3>
        <FormattedMessage id="admin.verify" />
      </h3>
      <TextField
        label={formatMessage({ id: 'admin.evidence' })}
        hint={formatMessage({ id: 'admin.evidenceHint' })}
        isRequired
        isLong
        value={draft.evidence}
        onChange={(evidence) => {
          change({ evidence });
        }}
        problem={sending.problemOf('evidence')}
      />
      <DateField
        label={formatMessage({ id: 'admin.validUntil' })}
        value={draft.validUntil}
        onChange={(validUntil) => {
          change({ validUntil });
        }}
        problem={sending.problemOf('validUntil')}
      />
      {sending.error !== null && <FailedState error={sending.error} />}
      <Button kind="main" type="submit" isDisabled={sending.isSending || draft.evidence.trim() === ''}>
        <FormattedMessage id="admin.verify" />
      </Button>
    </form>
  );
}

function Suspend({ actor, onDecided }: DecideProps) {
  const { formatMessage } = useIntl();
  const [reason, setReason] = useState('');
  const sending = useSend(['reason']);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.send(
      () => hub.actors.suspend(actor, reason),
      () => {
        say(formatMessage({ id: 'admin.suspended' }, { name: actor.name }));
        onDecided();
      },
    );
  };
  return (
    <form onSubmit={submit} className={styles['card']} noValidate>
      <h3>
        <FormattedMessage id="admin.suspend" />
      </h3>
      <TextField
        label={formatMessage({ id: 'admin.reason' })}
        hint={formatMessage({ id: 'admin.suspendMeans' })}
        isRequired
        isLong
        value={reason}
        onChange={setReason}
        problem={sending.problemOf('reason')}
      />
      {sending.error !== null && <FailedState error={sending.error} />}
      <Button kind="danger" type="submit" isDisabled={sending.isSending || reason.trim() === ''}>
        <FormattedMessage id="admin.suspend" />
      </Button>
    </form>
  );
}
