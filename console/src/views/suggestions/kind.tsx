import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import type { Suggestion } from './suggestion.ts';
import styles from './suggestions.module.css';

const TONES = { OPEN: 'plain', AGREED: 'good', DISMISSED: 'bad', EXPIRED: 'plain', LAPSED: 'plain' } as const;

/** What kind of suggestion it is, and what became of it where that is something. */
export function Kind({ suggestion: { kind, status } }: { readonly suggestion: Suggestion }) {
  const { formatMessage } = useIntl();
  return (
    <p className={styles['kind']}>
      <span>{formatMessage({ id: `suggestions.kind.${kind}` })}</span>
      {status !== 'OPEN' && (
        <Badge tone={TONES[status]}>
          <FormattedMessage id={`suggestions.status.${status}`} />
        </Badge>
      )}
    </p>
  );
}
