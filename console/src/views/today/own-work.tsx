import { FormattedMessage } from 'react-intl';
import { useViewer } from '../../hub/viewer.ts';
import { Nothing, Panel } from './panel.tsx';
import type { Today, Work } from './today.ts';
import styles from './today.module.css';
import { WorkRow } from './work-row.tsx';

/** Programmes, each with its campaigns under it, then campaigns on their own. */
export function OwnWork({ today, onChanged }: { readonly today: Today; readonly onChanged: () => void }) {
  const { actor, scopes } = useViewer();
  const { programmes, campaigns } = today;
  const known = new Set(programmes.nodes.map(({ id }) => id));
  const groups: readonly (readonly Work[])[] = [
    ...programmes.nodes.map((programme) => [
      programme,
      ...campaigns.nodes.filter((campaign) => campaign.programme?.id === programme.id),
    ]),
    ...campaigns.nodes.filter(({ programme }) => !programme || !known.has(programme.id)).map((campaign) => [campaign]),
  ];
  const isHub = actor === null;
  return (
    <Panel id="work" title={isHub ? 'today.onNow' : 'today.work'}>
      {groups.length === 0 && <Nothing id={isHub ? 'today.nothingOn' : 'today.nothingRegistered'} />}
      <ul className={styles['work']}>
        {groups.slice(0, isHub ? 8 : undefined).map(
          ([first, ...inside]) =>
            first && (
              <li key={first.id}>
                <WorkRow
                  work={first}
                  mayChange={!isHub && scopes.includes('WRITE')}
                  onChanged={onChanged}
                  isOfHub={isHub}
                />
                {inside.length > 0 && (
                  <ul>
                    {inside.map((campaign) => (
                      <li key={campaign.id}>
                        <WorkRow
                          work={campaign}
                          mayChange={!isHub && scopes.includes('WRITE')}
                          onChanged={onChanged}
                          isOfHub={false}
                        />
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ),
        )}
      </ul>
      {isHub && groups.length > 8 && (
        <p className={styles['quiet']}>
          <FormattedMessage id="today.andMore" values={{ count: groups.length - 8 }} />
        </p>
      )}
    </Panel>
  );
}
