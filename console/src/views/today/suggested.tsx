import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Bar } from '../../components/bar.tsx';
import { Answering } from '../suggestions/answering.tsx';
import { Kind } from '../suggestions/kind.tsx';
import type { Suggestion } from '../suggestions/suggestion.ts';
import { useSaying } from '../suggestions/use-saying.ts';
import { Nothing, Panel } from './panel.tsx';
import type { Today } from './today.ts';
import styles from './today.module.css';

const SHOWN = 3;

interface Props {
  readonly suggestions: Today['suggestions'];
  readonly onChanged: () => void;
}

/** The best of what is suggested, to be answered here. */
export function Suggested({ suggestions: { nodes, total }, onChanged }: Props) {
  return (
    <Panel
      id="suggested"
      title="today.suggested"
      more={
        total > SHOWN && (
          <Link href="~/suggestions">
            <FormattedMessage id="today.allSuggestions" values={{ count: total }} />
          </Link>
        )
      }
    >
      {nodes.length === 0 && <Nothing id="today.nothingSuggested" />}
      <ul className={styles['rows']}>
        {nodes.slice(0, SHOWN).map((suggestion) => (
          <li key={suggestion.id} className={styles['suggestion']}>
            <Short suggestion={suggestion} />
            <Answering suggestion={suggestion} onChanged={onChanged} onAgain={onChanged} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Short({ suggestion }: { readonly suggestion: Suggestion }) {
  const { formatMessage } = useIntl();
  const { title, why, when } = useSaying()(suggestion);
  return (
    <>
      <Kind suggestion={suggestion} />
      <h3>
        <Link href={`~/suggestions/${suggestion.id}`}>{title}</Link>
      </h3>
      <p>
        <strong>{when}</strong> {why}
      </p>
      <Bar label={formatMessage({ id: 'suggestions.part.SCORE' })} value={suggestion.score} />
    </>
  );
}
