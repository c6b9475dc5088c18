import { type View, column, toOne } from '../projection/view.ts';

export const shareViews: readonly View[] = [
  {
    type: 'Share',
    table: 'share',
    prefix: 'shr',
    fields: {
      id: column(),
      programme: toOne('Programme', 'programme_id'),
      with: toOne('Actor', 'actor_id'),
      purpose: column(),
      until: column(),
      createdAt: column(),
      revokedAt: column(),
      version: column(),
    },
  },
];
