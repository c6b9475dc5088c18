import type { Campaign, CountryRole } from '@concord/client-sdk';
import { getLocalTimeZone, today } from '@internationalized/date';
import { useMemo, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { Twin } from '../../components/twin.tsx';
import { CampaignDialog } from './campaign-dialog.tsx';
import styles from './corridor.module.css';
import { Facts } from './facts.tsx';
import { Gaps } from './gaps.tsx';
import { Lanes } from './lanes.tsx';
import { LanesTable } from './lanes-table.tsx';
import { type Corridor, useCorridors } from './use-corridors.ts';
import { gapsOf, lanesOf, useWork } from './use-work.ts';
import { type Year, yearFrom } from './year.ts';

/** One route: who speaks to people along it in the coming year, and what nobody does. */
export function One({ code }: { readonly code: string }) {
  const answer = useCorridors();
  if (answer.kind === 'waiting') return <Skeleton lines={12} />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const corridor = answer.value.find((one) => one.code === code);
  return (
    <article className={styles['corridor']}>
      <Link href="/" className={styles['back'] ?? ''}>
        <FormattedMessage id="corridor.back" />
      </Link>
      {corridor ? (
        <>
          <header className={styles['heading']}>
            <h1>{corridor.name}</h1>
            <Link href={`/${code}/brief`}>
              <FormattedMessage id="corridor.brief" />
            </Link>
          </header>
          <Facts corridor={corridor} />
          <Along corridor={corridor} />
        </>
      ) : (
        <EmptyState>
          <FormattedMessage id="corridor.noSuch" />
        </EmptyState>
      )}
    </article>
  );
}

interface Chosen {
  readonly role: CountryRole;
  readonly quarter: Year['start'];
}

function Along({ corridor }: { readonly corridor: Corridor }) {
  const { formatMessage } = useIntl();
  const year = useMemo(() => yearFrom(today(getLocalTimeZone())), []);
  const [open, setOpen] = useState<Campaign | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const work = useWork(corridor.code, year);
  if (work.kind === 'waiting') return <Skeleton lines={12} />;
  if (work.kind === 'failed') return <FailedState error={work.error} onAgain={work.again} />;
  const { campaigns, total, gaps } = work.value;
  const lanes = lanesOf(corridor, campaigns, year);
  return (
    <>
      {total > campaigns.length && (
        <p role="status">
          <FormattedMessage id="corridor.tooMany" values={{ shown: campaigns.length, total }} />
        </p>
      )}
      <Twin
        title={formatMessage({ id: 'corridor.lanes' })}
        picture={
          <Lanes
            lanes={lanes}
            gaps={gaps}
            season={corridor.season}
            year={year}
            onOpen={setOpen}
            onGaps={(role, quarter) => {
              setChosen({ role, quarter });
              heading.current?.focus();
              heading.current?.scrollIntoView({ block: 'start' });
            }}
          />
        }
        table={<LanesTable lanes={lanes} onOpen={setOpen} />}
      />
      <section className={styles['section']}>
        <header className={styles['heading']}>
          <h2 ref={heading} tabIndex={-1}>
            {chosen ? (
              <FormattedMessage
                id="corridor.gapsOf"
                values={{ role: formatMessage({ id: 'corridor.role' }, { role: chosen.role }) }}
              />
            ) : (
              <FormattedMessage id="corridor.gaps" />
            )}
          </h2>
          {chosen && (
            <Button
              kind="quiet"
              onPress={() => {
                setChosen(null);
              }}
            >
              <FormattedMessage id="corridor.allGaps" values={{ number: gaps.length }} />
            </Button>
          )}
        </header>
        <Gaps gaps={chosen ? gapsOf(gaps, chosen.role, chosen.quarter) : gaps} />
      </section>
      <CampaignDialog
        campaign={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </>
  );
}
