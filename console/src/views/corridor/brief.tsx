import type { TypedDocument } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { FailedState, Skeleton } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { saveFile } from '../../hub/save-file.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import styles from './brief.module.css';
import { Figures } from './figures.tsx';
import { Words } from './words.tsx';

interface BriefSection {
  readonly topic: string;
  readonly heading: string;
  readonly text: string;
  readonly figures: readonly { readonly label: string; readonly value: number }[];
}

const BRIEF: TypedDocument<
  { readonly brief: { readonly title: string; readonly asOf: string; readonly sections: readonly BriefSection[] } },
  { readonly code: string }
> = `query ConsoleBrief($code: String!) {
  brief: corridorBrief(code: $code) {
    title asOf
    sections { topic heading text figures { label value } }
  }
}`;

/** Topics whose figures are of one kind, so that bars beside one another say something. */
const COMPARED = new Set(['MONTHS', 'AUDIENCES', 'LANGUAGES', 'CHANNELS']);

/** A corridor in words and figures, on sheets of paper; the hub writes it in English. */
export function Brief({ code }: { readonly code: string }) {
  const { formatMessage } = useIntl();
  const [error, setError] = useState<unknown>(null);
  const answer = useAnswer(async (signal) => (await hub.query(BRIEF, { code }, { signal })).brief, [code]);
  const take = (format: 'html' | 'md'): void => {
    setError(null);
    hub.exports.brief(code, format).then(saveFile).catch(setError);
  };
  return (
    <div className={styles['page']}>
      <nav className={styles['tools']} aria-label={formatMessage({ id: 'corridor.brief' })}>
        <Link href={`/${code}`}>
          <FormattedMessage id="corridor.backToOne" />
        </Link>
        <Menu
          label={formatMessage({ id: 'corridor.save' })}
          choices={[
            { id: 'html', label: formatMessage({ id: 'corridor.asPage' }) },
            { id: 'md', label: 'Markdown' },
          ]}
          onChoose={take}
        />
        <Button
          kind="main"
          isDisabled={answer.kind !== 'here'}
          onPress={() => {
            print();
          }}
        >
          <FormattedMessage id="corridor.print" />
        </Button>
      </nav>
      {error !== null && <FailedState error={error} />}
      {answer.kind === 'waiting' && <Skeleton lines={14} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {answer.kind === 'here' && (
        <article lang="en" dir="ltr" className={styles['brief']}>
          <h1>{answer.value.title}</h1>
          {answer.value.sections.map(({ topic, heading, text, figures }) => (
            <section key={topic}>
              <h2>{heading}</h2>
              <Words markdown={text} />
              {COMPARED.has(topic) && <Figures label={heading} figures={figures} />}
            </section>
          ))}
        </article>
      )}
    </div>
  );
}
