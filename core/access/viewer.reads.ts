import { sql } from 'kysely';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import {
  type FieldReader,
  type Row,
  type Sql,
  type View,
  column,
  constant,
  sameRow,
  toOne,
} from '../projection/view.ts';
import type { Viewer } from './viewer.ts';

const ofUser = (name: string): FieldReader => {
  return (row) => sql`(select ${sql.ref(`u.${name}`)} from hub_user u where u.id = ${row.column('user_id')})`;
};

const newestFirst: View['orders'] = {
  created: { by: (row) => row.column('created_at'), type: 'timestamptz', descending: true },
};

/** Who asks, and whom else they let in: never a secret, nor its hash. */
export const accessViews: readonly View[] = [
  {
    type: 'Viewer',
    table: 'api_key',
    fields: {
      label: column(),
      role: column(),
      scopes: column(),
      actor: toOne('Actor', 'actor_id'),
      // Row level security leaves those that are the viewer's and whose subject it may see.
      unread: () => sql`(select count(*)::int from notification where read_at is null)`,
    },
  },
  {
    type: 'ApiKey',
    table: 'api_key',
    prefix: 'key',
    fields: {
      id: column(),
      label: column(),
      role: column(),
      actor: toOne('Actor', 'actor_id'),
      scopes: column(),
      createdAt: column(),
      expiresAt: column(),
      revokedAt: column(),
      lastUsedOn: column(),
    },
    orders: newestFirst,
  },
  // The text is put in by the resolver that got it: it must not pass through a statement.
  { type: 'IssuedApiKey', table: 'api_key', fields: { key: sameRow('ApiKey'), text: constant('') } },
  {
    type: 'Membership',
    table: 'membership',
    prefix: 'mem',
    fields: {
      id: column(),
      label: column(),
      issuer: ofUser('issuer'),
      subject: ofUser('subject'),
      role: column(),
      actor: toOne('Actor', 'actor_id'),
      createdAt: column(),
      revokedAt: column(),
      suspendedAt: ofUser('suspended_at'),
    },
    orders: newestFirst,
  },
];

/** Who asks, as the sign-in found: a person who came with a token has no row that says it. */
export function readViewer(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.value(viewer, (compiler) => compiler.object('Viewer', rowOf(viewer), selection));
}

function rowOf(viewer: Viewer): Row {
  const columns: Readonly<Record<string, Sql>> = {
    label: sql`${viewer.label}::text`,
    role: sql`${viewer.role}::text`,
    actor_id: sql`${viewer.actorId}::text`,
    scopes: sql`${[...viewer.scopes]}::text[]`,
  };
  return {
    alias: 'viewer',
    column: (name) => {
      const value = columns[name];
      if (!value) throw new Error(`the viewer has no column ${name}`);
      return value;
    },
  };
}
