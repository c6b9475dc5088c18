import { FormattedMessage } from 'react-intl';
import { Link } from 'wouter';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { useBeat } from '../../hub/live.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { Dates } from './dates.tsx';
import { type Inside, lookInside } from './inside.ts';
import styles from './joint-campaigns.module.css';
import { Inviting } from './inviting.tsx';
import { Leading } from './leading.tsx';
import { Status } from './list.tsx';
import { Log } from './log.tsx';
import { Messages } from './messages.tsx';
import { Outcomes } from './outcomes.tsx';
import { OwnPart } from './own-part.tsx';
import { Parts } from './parts.tsx';
import { Requiring } from './requiring.tsx';
import { Tasks } from './tasks.tsx';

/** One joint campaign; what is inside is empty for whoever did not accept yet. */
export function One({ id }: { readonly id: string }) {
  const answer = useAnswer((signal) => lookInside(id, signal), [id, useBeat()]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  return (
    <div className={styles['page']}>
      <Link href="/">
        <FormattedMessage id="joint-campaigns.back" />
      </Link>
      {answer.value ? (
        <Whole inside={answer.value} onChanged={answer.again} />
      ) : (
        <EmptyState>
          <FormattedMessage id="joint-campaigns.noSuch" />
        </EmptyState>
      )}
    </div>
  );
}

export interface InsideProps {
  readonly inside: Inside;
  readonly onChanged: () => void;
}

function Whole({ inside, onChanged }: InsideProps) {
  const days = useDayRange();
  const { joint, isMember } = inside;
  return (
    <article className={styles['page']}>
      <header className={styles['title']}>
        <Status status={joint.status} />
        <h1>{joint.name}</h1>
        <p className={styles['quiet']}>
          <strong>{days(joint.window)}</strong> {joint.corridor?.name}
        </p>
        {joint.description !== '' && <p>{joint.description}</p>}
      </header>
      {joint.parts
        .filter(({ mine }) => mine)
        .map((part) => (
          <OwnPart key={part.id} part={part} inside={inside} onChanged={onChanged} />
        ))}
      <Leading inside={inside} onChanged={onChanged} />
      <Parts joint={joint} />
      <Requiring inside={inside} onChanged={onChanged} />
      <Inviting inside={inside} onChanged={onChanged} />
      <div className={styles['halves']}>
        <Dates inside={inside} onChanged={onChanged} />
        <Tasks inside={inside} onChanged={onChanged} />
      </div>
      {isMember ? (
        <>
          <Messages inside={inside} onChanged={onChanged} />
          <Outcomes inside={inside} onChanged={onChanged} />
          <Log inside={inside} />
        </>
      ) : (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.onlyMembers" />
        </p>
      )}
    </article>
  );
}
