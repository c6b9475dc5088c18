import type { NameQuestion } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { ActorField, type ChosenActor } from '../../../components/actor-field.tsx';
import { Bar } from '../../../components/bar.tsx';
import { Button } from '../../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import { mayUnite } from '../may.ts';
import styles from './merge.module.css';
import { Unite } from './unite.tsx';

/** Names in files of which only a person can say whom they mean; for coordinators also actors that are there twice. */
export function MergeQueue() {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const list = usePages(() => hub.names.list({ first: 20, filter: { states: ['OPEN'] } }), []);
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  return (
    <div className={styles['page']}>
      <header className={styles['heading']}>
        <Link href="/">{label('back')}</Link>
        <h1>{label(mayUnite(viewer) ? 'doubles' : 'names')}</h1>
      </header>
      <section className={styles['part']}>
        <h2>{label('openNames')}</h2>
        {list.kind === 'waiting' && <Skeleton lines={4} />}
        {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
        {list.kind === 'here' && list.value.nodes.length === 0 && <EmptyState>{label('noOpenNames')}</EmptyState>}
        {list.kind === 'here' && (
          <ul className={styles['questions']}>
            {list.value.nodes.map((question) => (
              <li key={question.id}>
                <Question question={question} onDecided={list.again} />
              </li>
            ))}
          </ul>
        )}
        {list.more && (
          <Button onPress={list.more} isPending={list.isTurning}>
            <FormattedMessage id="shell.more" />
          </Button>
        )}
      </section>
      {mayUnite(viewer) && <Unite />}
    </div>
  );
}

function Question({ question, onDecided }: { readonly question: NameQuestion; readonly onDecided: () => void }) {
  const { formatMessage, formatNumber } = useIntl();
  const [other, setOther] = useState<ChosenActor | null>(null);
  const sending = useSend();
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const decide = (call: () => Promise<unknown>): void => {
    sending.send(call, () => {
      say(label('decided'));
      onDecided();
    });
  };
  const means = ({ id, name }: ChosenActor) => (
    <Button
      isDisabled={sending.isSending}
      aria-label={formatMessage({ id: 'registry.meansActor' }, { name })}
      onPress={() => {
        decide(() => hub.names.confirm(question, id));
      }}
    >
      {label('meansThis')}
    </Button>
  );
  return (
    <article className={styles['question']}>
      <h3>
        <q>{question.name}</q>
      </h3>
      {question.source !== null && (
        <p className={styles['lead']}>
          <FormattedMessage id="registry.asFileSays" values={{ file: question.source }} />
        </p>
      )}
      <ul className={styles['candidates']}>
        {question.candidates.map(({ actor, confidence }) =>
          actor === null ? null : (
            <li key={actor.id}>
              <Bar label={actor.name} value={confidence} said={formatNumber(confidence, { style: 'percent' })} />
              {means(actor)}
            </li>
          ),
        )}
      </ul>
      <div className={styles['other']}>
        <ActorField label={label('anotherActor')} value={other} onChange={setOther} />
        {other && means(other)}
        <Button
          kind="quiet"
          isDisabled={sending.isSending}
          onPress={() => {
            decide(() => hub.names.refuse(question));
          }}
        >
          {label('meansNone')}
        </Button>
      </div>
      {sending.error !== null && <FailedState error={sending.error} />}
    </article>
  );
}
