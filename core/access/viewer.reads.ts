import { type View, column, toOne } from '../projection/view.ts';

export const viewerViews: readonly View[] = [
  { type: 'Viewer', table: 'api_key', fields: { label: column(), role: column(), actor: toOne('Actor', 'actor_id') } },
];
