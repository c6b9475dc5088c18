import { sql } from 'kysely';
import type { AccessService } from './access.service.ts';
import { record } from './audit.ts';
import { takeTurn } from './letting-in.ts';
import { scopesOf } from './scopes.ts';
import type { Work } from './unit-of-work.ts';

export type FirstCoordinator =
  | { readonly kind: 'issued'; readonly id: string; readonly text: string; readonly expiresAt: string }
  /** So many keys and memberships of coordinators count already. */
  | { readonly kind: 'exists'; readonly coordinators: number };

/** How the text of keys begins that are issued for real: `ccd_live_…`. */
const ENVIRONMENT = 'live';

/**
 * Issues a coordinator's key to whoever operates the hub, because somebody has to let the first person in. Refused where a coordinator
 * exists, unless another one is asked for. The text is in this answer and nowhere else.
 * @param work on the app login, as the hub
 */
export async function createCoordinator(
  work: Work,
  access: AccessService,
  { label, another }: { readonly label: string; readonly another: boolean },
): Promise<FirstCoordinator> {
  await takeTurn(work, ['first coordinator']);
  const { rows } = await sql<{ coordinators: number }>`
    select ((select count(*) from api_key where role = 'coordinator' and revoked_at is null and expires_at > ${work.now})
      + (select count(*) from membership where role = 'coordinator' and revoked_at is null))::int as coordinators`.execute(
    work.em.getKysely(),
  );
  const coordinators = rows[0]?.coordinators ?? 0;
  if (coordinators > 0 && !another) return { kind: 'exists', coordinators };
  const key = access.issueKey(work, { label, role: 'coordinator', actorId: null, environment: ENVIRONMENT });
  await work.em.flush();
  await record(work, 'key.issued', key.id, { role: 'coordinator', scopes: scopesOf('coordinator').join(':') });
  const [issued] = (
    await sql<{
      expiresAt: string;
    }>`select to_json(expires_at) #>> '{}' as "expiresAt" from api_key where id = ${key.id}`.execute(
      work.em.getKysely(),
    )
  ).rows;
  return { kind: 'issued', ...key, expiresAt: issued?.expiresAt ?? '' };
}
