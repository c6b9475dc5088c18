import { FormattedMessage } from 'react-intl';
import { Link } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { useDayRange } from '../../language/use-day-range.ts';
import { Nothing, Panel } from './panel.tsx';
import type { Today } from './today.ts';
import styles from './today.module.css';

/** What is done together, as far as it is prepared or running. */
export function Joint({ joint }: Pick<Today, 'joint'>) {
  const days = useDayRange();
  return (
    <Panel id="joint" title="today.joint">
      {joint.nodes.length === 0 && <Nothing id="today.nothingJoint" />}
      <ul className={styles['lines']}>
        {joint.nodes.map(({ id, name, status, window }) => (
          <li key={id}>
            <Badge tone={status === 'ACTIVE' ? 'good' : 'warn'}>
              <FormattedMessage id={`today.status.${status}`} />
            </Badge>
            <span>
              <Link href={`~/joint-campaigns/${id}`}>{name}</Link>{' '}
              <span className={styles['quiet']}>{days(window)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
