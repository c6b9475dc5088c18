import type { Actor } from '@concord/client-sdk';
import { FormattedMessage } from 'react-intl';
import { Badge } from '../../components/badge.tsx';

const TONES = { VERIFIED: 'good', PENDING: 'warn', SUSPENDED: 'bad' } as const;

/** Whether somebody vouched for an actor. */
export function Vetting({ vetting }: Pick<Actor, 'vetting'>) {
  return (
    <Badge tone={TONES[vetting]}>
      <FormattedMessage id={`registry.vetting.${vetting}`} />
    </Badge>
  );
}
