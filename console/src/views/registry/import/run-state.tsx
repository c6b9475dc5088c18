import type { ImportState } from '@concord/client-sdk';
import { FormattedMessage } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';

const TONES: Readonly<Partial<Record<ImportState, 'good' | 'warn' | 'bad'>>> = {
  APPLIED: 'good',
  READY: 'warn',
  FAILED: 'bad',
};

/** How far an import is. */
export function RunState({ state }: { readonly state: ImportState }) {
  return (
    <Badge tone={TONES[state] ?? 'plain'}>
      <FormattedMessage id="registry.importState" values={{ state }} />
    </Badge>
  );
}
