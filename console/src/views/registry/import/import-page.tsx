import type { ImportRun } from '@concord/client-sdk';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { LinkButton } from '../../../components/link-button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { hub } from '../../../hub/hub.ts';
import { useAnswer } from '../../../hub/use-answer.ts';
import { type Sending, useSend } from '../../../hub/use-send.ts';
import styles from './import.module.css';
import { ReadAgain } from './read-again.tsx';
import { Records } from './records.tsx';
import { Remarks } from './remarks.tsx';
import { RunState } from './run-state.tsx';
import { saveCopy } from './save-copy.ts';

const COUNTED = ['rows', 'records', 'created', 'changed', 'unchanged', 'refused', 'registered'] as const;

/** One file: what applying it would do, what is wrong with which cell, and what became of it. */
export function ImportPage({ id }: { readonly id: string }) {
  const { formatMessage } = useIntl();
  const [now, setNow] = useState<ImportRun | null>(null);
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  // Begins again whenever something is asked of it, and ends when nothing is under way.
  const answer = useAnswer(
    async (signal) => {
      const run = await hub.imports.get(id, { signal });
      return run && hub.imports.settled(run, { signal, onProgress: setNow });
    },
    [id],
  );
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  if (answer.kind === 'here' && answer.value === null) {
    return (
      <EmptyState action={<LinkButton href="/import">{label('imports')}</LinkButton>}>
        {label('noSuchImport')}
      </EmptyState>
    );
  }
  if (now?.id !== id) return <Skeleton />;
  return <Run run={now} onMoved={answer.again} />;
}

function Run({ run, onMoved }: { readonly run: ImportRun; readonly onMoved: () => void }) {
  const { formatMessage, formatNumber } = useIntl();
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const { counts, progress, state } = run;
  const isUnderWay = state === 'READING' || state === 'APPLYING' || state === 'ROLLING_BACK';
  return (
    <article className={styles['page']}>
      <header className={styles['heading']}>
        <Link href="/import">{label('imports')}</Link>
        <div className={styles['name']}>
          <h1>{run.fileName}</h1>
          <span role="status">
            <RunState state={state} />
          </span>
        </div>
        {state === 'READY' && <p className={styles['lead']}>{label('dryRun')}</p>}
      </header>
      {isUnderWay && (
        <>
          <p>
            {progress.total > 0
              ? formatMessage({ id: 'registry.progress' }, progress)
              : formatMessage({ id: 'shell.loading' })}
          </p>
          <Skeleton lines={4} />
        </>
      )}
      {run.failure !== null && (
        <p role="alert" className={styles['bad']}>
          <bdi lang="en">{run.failure}</bdi>
        </p>
      )}
      {counts && (
        <dl className={styles['counts']}>
          {COUNTED.map((key) => (
            <div key={key} data-refused={key === 'refused' && counts[key] > 0 ? '' : undefined}>
              <dt>{label(`count.${key}`)}</dt>
              <dd>{formatNumber(counts[key])}</dd>
            </div>
          ))}
        </dl>
      )}
      {!isUnderWay && <Deeds run={run} onMoved={onMoved} />}
      {!isUnderWay && counts && <Remarks key={`remarks ${String(run.version)}`} run={run} />}
      {(state === 'READY' || state === 'FAILED') && (
        <ReadAgain key={`read ${String(run.version)}`} run={run} onMoved={onMoved} />
      )}
      {!isUnderWay && counts && <Records key={`records ${String(run.version)}`} run={run} />}
    </article>
  );
}

function Deeds({ run, onMoved }: { readonly run: ImportRun; readonly onMoved: () => void }) {
  const { formatMessage } = useIntl();
  const [isAsking, setAsking] = useState(false);
  const applying = useSend();
  const copying = useSend();
  const rolling: Sending = useSend();
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const isReady = run.state === 'READY';
  const writes = (run.counts?.created ?? 0) + (run.counts?.changed ?? 0);
  useEffect(() => {
    setAsking(false);
  }, [run.state]);
  if (!isReady && run.state !== 'APPLIED') return null;
  return (
    <>
      <div className={styles['deeds']}>
        {isReady && (
          <Button
            kind="main"
            isDisabled={applying.isSending || writes === 0}
            onPress={() => {
              applying.send(() => hub.imports.apply(run), onMoved);
            }}
          >
            {formatMessage({ id: 'registry.apply' }, { count: writes })}
          </Button>
        )}
        {isReady && (
          <Button
            isPending={copying.isSending}
            onPress={() => {
              copying.send(
                () => saveCopy(run),
                () => undefined,
              );
            }}
          >
            {label('copyWithRemarks')}
          </Button>
        )}
        {run.state === 'APPLIED' && (
          <Button
            kind="danger"
            onPress={() => {
              setAsking(true);
            }}
          >
            {label('takeBack')}
          </Button>
        )}
      </div>
      {applying.error !== null && <FailedState error={applying.error} />}
      {copying.error !== null && <FailedState error={copying.error} />}
      <Confirm
        title={label('takeBack')}
        action={label('takeBack')}
        isOpen={isAsking}
        isPending={rolling.isSending}
        error={rolling.error}
        onConfirm={() => {
          rolling.send(() => hub.imports.rollBack(run), onMoved);
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>{label('takeBackMeans')}</p>
      </Confirm>
    </>
  );
}
