import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { type AccessService, LONGEST_LIFE_DAYS } from './access.service.ts';
import { ApiKey } from './api-key.entity.ts';
import { record } from './audit.ts';
import { issueApiKeyInput, revokeApiKeyInput } from './letting-in.input.ts';
import { NOT_YOURS_TO_LET_IN, actorMeant, mayLetIn, refuseLettingIn, takeTurn } from './letting-in.ts';
import { type Scope, commonScopes, scopesOf } from './scopes.ts';
import type { UnitOfWork, Work } from './unit-of-work.ts';
import type { Role, Viewer } from './viewer.ts';

const DAY_MS = 86_400_000;
/** The old key and its successor, while programs change over. */
const MOST_ALIKE = 2;
/** How the text of keys begins that people issue, beside those of a demo: `ccd_live_…`. */
const ENVIRONMENT = 'live';

export type IssueOutcome = { readonly kind: 'issued'; readonly id: string; readonly text: string } | Refused;

/** Issues and revokes keys on behalf of those who may let others in. */
export class ApiKeyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: AccessService,
  ) {}

  /** A new key of at most the creator's rights. Its text is in this answer and nowhere else. */
  issue(viewer: Viewer, input: unknown): Promise<IssueOutcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(issueApiKeyInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { label, role, expiresAt } = parsed.value;
      const actorId = actorMeant(viewer, parsed.value.actor);
      const scopes = parsed.value.scopes ?? commonScopes(scopesOf(role), viewer.scopes);
      const refused =
        (await refuseLettingIn(work, { role, actorId })) ??
        refuseScopes(viewer, role, scopes) ??
        refuseExpiry(work, expiresAt ?? null) ??
        (await refuseThird(work, { label, role, actorId }));
      if (refused) return refused;
      const key = this.access.issueKey(work, { label, role, actorId, scopes, expiresAt, environment: ENVIRONMENT });
      await work.em.flush();
      await record(work, 'key.issued', key.id, {
        role,
        scopes: scopes.join(':'),
        ...(actorId !== null && { actor: actorId }),
      });
      return { kind: 'issued', ...key };
    });
  }

  /** The next request with this key is refused, and its open streams end. Doing it twice is doing it once. */
  revoke(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(revokeApiKeyInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const key = await work.em.findOne(ApiKey, { id: parsed.value.id });
      if (!key) return notFound(parsed.value.id);
      if (!mayLetIn(viewer, key)) return NOT_YOURS_TO_LET_IN;
      if (key.revokedAt !== null) return saved(key.id);
      key.revokedAt = work.now;
      await work.em.flush();
      await record(work, 'key.revoked', key.id);
      return saved(key.id);
    });
  }
}

function refuseScopes(viewer: Viewer, role: Role, scopes: readonly Scope[]): Refused | null {
  const issues = scopes.flatMap((scope, index) => {
    const path = `input.scopes[${String(index)}]`;
    if (!scopesOf(role).includes(scope)) return [{ path, message: `A ${role} cannot have ${scope.toUpperCase()}.` }];
    if (!scopes.includes('write')) return [{ path, message: `${scope.toUpperCase()} needs WRITE beside it.` }];
    return [];
  });
  if (issues.length > 0) return invalid(issues);
  const beyond = scopes.find((scope) => !viewer.scopes.includes(scope));
  return beyond ? forbidden(`You cannot give ${beyond.toUpperCase()}: your own key lacks it.`) : null;
}

function refuseExpiry(work: Work, expiresAt: Date | null): Refused | null {
  if (expiresAt === null) return null;
  const lifeMs = expiresAt.getTime() - work.now.getTime();
  if (lifeMs > 0 && lifeMs <= LONGEST_LIFE_DAYS * DAY_MS) return null;
  return invalid([
    {
      path: 'input.expiresAt',
      message: `A key ends within ${String(LONGEST_LIFE_DAYS)} days from now, not at ${expiresAt.toISOString()}.`,
    },
  ]);
}

async function refuseThird(
  work: Work,
  alike: { readonly label: string; readonly role: Role; readonly actorId: string | null },
): Promise<Refused | null> {
  await takeTurn(work, ['api_key', alike.actorId, alike.role, alike.label]);
  const active = await work.em.find(
    ApiKey,
    { ...alike, revokedAt: null, expiresAt: { $gt: work.now } },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  if (active.length < MOST_ALIKE) return null;
  const names = active.map(({ id }) => id).join(' and ');
  return conflict(`Two active keys are called "${alike.label}" already, ${names}: revoke one of them first.`);
}
