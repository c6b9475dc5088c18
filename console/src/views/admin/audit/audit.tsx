import { useIntl } from 'react-intl';
import { Link } from 'wouter';
import type { Column } from '../../../components/table.tsx';
import { useAnswer } from '../../../hub/use-answer.ts';
import { ListPart } from '../list-part.tsx';
import { type Decided, readDecisions } from './read-decisions.ts';

/** What the hub tells coordinators of its audit: who was vouched for, suspended and united, and on what grounds. */
export function Audit() {
  const { formatMessage, formatDate } = useIntl();
  const answer = useAnswer(readDecisions, []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const columns: readonly Column<Decided>[] = [
    {
      id: 'at',
      title: label('when'),
      show: ({ at }) => formatDate(at, { dateStyle: 'medium', timeStyle: 'short' }),
    },
    {
      id: 'what',
      title: label('what'),
      show: ({ what }) => formatMessage({ id: 'admin.decision' }, { decision: what }),
    },
    {
      id: 'actor',
      title: label('about'),
      show: ({ actor }) => <Link href={`/vetting/${actor.id}`}>{actor.name}</Link>,
    },
    { id: 'evidence', title: label('evidence'), show: ({ evidence }) => evidence ?? '–' },
  ];
  return (
    <ListPart
      title={label('part.audit')}
      lead={label('auditLead')}
      list={answer}
      columns={columns}
      none={label('noDecisionsYet')}
    />
  );
}
