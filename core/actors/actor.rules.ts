import { defaultRelease } from '../access/release.ts';
import type { Issue } from '../outcome.ts';
import { canonicalTag } from '../vocabulary/language.ts';
import type { WrittenCode } from '../vocabulary/resolve-codes.ts';
import type { Actor } from './actor.entity.ts';
import type { RegisterActor, ReviseActor } from './actor.input.ts';

/** The fields whose rules need more than their own shape. */
export type Checked = Pick<
  ReviseActor,
  'kind' | 'basedIn' | 'communityOf' | 'legalStatus' | 'hostedBy' | 'commitments'
>;

/** Names by language tag in canonical form (`BN-bd` → `bn-BD`). */
export function toNames(texts: RegisterActor['names']): Record<string, string> {
  return Object.fromEntries((texts ?? []).map(({ language, text }) => [canonicalTag(language) ?? language, text]));
}

export function placesOf(field: string, codes: readonly string[] | null | undefined): (WrittenCode & { of: string })[] {
  return (codes ?? []).map((code, index) => ({
    kind: 'place',
    code,
    path: `input.${field}[${String(index)}]`,
    of: field,
  }));
}

/** Fields that contradict each other. */
export function inconsistencies(fields: Checked): Issue[] {
  const hosted = fields.legalStatus === 'hosted';
  const hasHost = typeof fields.hostedBy === 'string';
  const unpaired = (fields.commitments ?? []).flatMap(({ amount, currency }, index) =>
    (typeof amount === 'number') === (typeof currency === 'string')
      ? []
      : [
          {
            path: `input.commitments[${String(index)}].currency`,
            message: 'An amount and its currency belong together.',
          },
        ],
  );
  return hosted === hasHost
    ? unpaired
    : [{ path: 'input.hostedBy', message: 'A hosted actor names its host, and only a hosted one does.' }, ...unpaired];
}

export function revise(actor: Actor, fields: ReviseActor): void {
  if (fields.name !== undefined) actor.name = fields.name;
  if (fields.kind !== undefined) actor.kind = fields.kind;
  if (fields.names !== undefined) actor.names = toNames(fields.names);
  if (fields.aliases !== undefined) actor.aliases = fields.aliases ?? [];
  if (fields.description !== undefined) actor.description = fields.description ?? '';
  if (fields.website !== undefined) actor.website = fields.website ?? null;
  if (fields.legalStatus !== undefined) actor.legalStatus = fields.legalStatus ?? 'registered';
  if (fields.hostedBy !== undefined) actor.hostedById = fields.hostedBy ?? null;
  if (fields.baliProcessRole !== undefined) actor.baliRole = fields.baliProcessRole ?? 'none';
  if (fields.basedIn !== undefined) actor.basedIn = fields.basedIn ?? [];
  if (fields.communityOf !== undefined) actor.communityOf = fields.communityOf ?? [];
  if (fields.illustrative !== undefined) actor.illustrative = fields.illustrative ?? false;
  if (fields.visibility !== undefined) actor.visibility = fields.visibility ?? defaultRelease(actor.kind).visibility;
  if (fields.source !== undefined) actor.source = fields.source ?? null;
}
