import type { JointCampaign, JointPart } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './joint-campaigns.module.css';

const TONES = { READY: 'good', ACCEPTED: 'warn', INVITED: 'plain', DECLINED: 'bad', WITHDRAWN: 'bad' } as const;

/** Who takes part in what, and what each still lacks; below it, by country, whether it is ready. */
export function Parts({ joint }: { readonly joint: JointCampaign }) {
  const { formatMessage, formatList } = useIntl();
  const place = usePlaceName();
  const missing = (pieces: JointPart['missing']): string =>
    formatList(pieces.map(({ code }) => formatMessage({ id: `joint-campaigns.missing.${code}` })));
  const columns: readonly Column<JointPart>[] = [
    {
      id: 'who',
      title: formatMessage({ id: 'joint-campaigns.who' }),
      show: ({ actor, mine, lead }) => (
        <>
          {actor?.name ?? formatMessage({ id: 'joint-campaigns.somebody' })}{' '}
          {mine && <Badge tone="good">{formatMessage({ id: 'joint-campaigns.you' })}</Badge>}{' '}
          {lead && <Badge>{formatMessage({ id: 'joint-campaigns.lead' })}</Badge>}
        </>
      ),
    },
    {
      id: 'country',
      title: formatMessage({ id: 'joint-campaigns.country' }),
      show: ({ place: { code }, role }) =>
        role ? `${place(code)} · ${formatMessage({ id: 'joint-campaigns.role' }, { role })}` : place(code),
    },
    {
      id: 'status',
      title: formatMessage({ id: 'joint-campaigns.standing' }),
      show: ({ status, required }) => (
        <>
          <Badge tone={TONES[status]}>
            <FormattedMessage id={`joint-campaigns.part.${status}`} />
          </Badge>{' '}
          {!required && <Badge>{formatMessage({ id: 'joint-campaigns.notRequired' })}</Badge>}
        </>
      ),
    },
    {
      id: 'brings',
      title: formatMessage({ id: 'joint-campaigns.contribution' }),
      show: ({ contribution, languages }) =>
        [contribution, languages.join(', ')].filter((text) => text !== '').join(' · ') || '–',
    },
    {
      id: 'missing',
      title: formatMessage({ id: 'joint-campaigns.lacks' }),
      show: (part) => missing(part.missing) || '–',
    },
  ];
  const title = formatMessage({ id: 'joint-campaigns.parts' });
  return (
    <section className={styles['page']}>
      <h2>{title}</h2>
      <Table label={title} columns={columns} rows={joint.parts} idOf={({ id }) => id} />
      {joint.readiness.length > 0 && (
        <ul className={styles['countries']} aria-label={formatMessage({ id: 'joint-campaigns.readiness' })}>
          {joint.readiness.map(({ place: { code }, ready, missing: pieces }) => (
            <li key={code}>
              <Badge tone={ready ? 'good' : 'warn'}>
                {place(code)}: {formatMessage({ id: ready ? 'joint-campaigns.isReady' : 'joint-campaigns.isNotReady' })}
              </Badge>{' '}
              {!ready && <span className={styles['quiet']}>{missing(pieces)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
