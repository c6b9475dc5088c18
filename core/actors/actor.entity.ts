import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Visibility } from '../access/release.ts';

export type LegalStatus = 'registered' | 'unregistered' | 'hosted';
export type BaliRole = 'member' | 'observer' | 'member_organisation' | 'office' | 'none';
export type Vetting = 'pending' | 'verified' | 'suspended';

/** A party that talks to people at risk: a state body, an NGO, a diaspora group, a company … */
const ActorSchema = defineEntity({
  name: 'Actor',
  tableName: 'actor',
  properties: {
    id: p.text().primary(),
    kind: p.text(),
    name: p.text(),
    names: p.json<Record<string, string>>(),
    aliases: p.array<string>(),
    description: p.text(),
    website: p.text().nullable(),
    legalStatus: p.text().$type<LegalStatus>(),
    hostedById: p.text().nullable(),
    baliRole: p.text().$type<BaliRole>(),
    /** Where it works from. Places where its audiences are reached belong to its programmes. */
    basedIn: p.array<string>(),
    /** For diaspora: where its community comes from. */
    communityOf: p.array<string>(),
    vetting: p.text().$type<Vetting>(),
    /** Who else may see it while it is verified. */
    visibility: p.text().$type<Visibility>(),
    /** The actor that entered it, if none of the hub's own. */
    registeredBy: p.text().nullable(),
    vettedUntil: p.date().nullable(),
    /** After a merge the losing record stays as a signpost to the surviving one. */
    mergedIntoId: p.text().nullable(),
    /** Invented or dated for demonstration; shown wherever the record is shown. */
    illustrative: p.boolean(),
    source: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export class Actor extends ActorSchema.class {}
ActorSchema.setClass(Actor);

/** A code by which others know the actor: IATI organisation identifier, org-id … Not globally unique: duplicates are for a person to merge. */
const ActorIdentifierSchema = defineEntity({
  name: 'ActorIdentifier',
  tableName: 'actor_identifier',
  properties: {
    actorId: p.text().primary(),
    scheme: p.text().primary(),
    value: p.text().primary(),
  },
});
export class ActorIdentifier extends ActorIdentifierSchema.class {}
ActorIdentifierSchema.setClass(ActorIdentifier);

export const COMMITMENT_KINDS = [
  'funds',
  'staff',
  'airtime',
  'venue',
  'materials',
  'translation',
  'training',
  'other',
] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

/**
 * Resources an actor has committed, to everything it does or to one programme. As long as they last, they count in
 * suggestions. What else is known of them (validity, corridors …) is written one by one: see core/commitments.
 */
const CommitmentSchema = defineEntity({
  name: 'Commitment',
  tableName: 'commitment',
  properties: {
    id: p.text().primary(),
    actorId: p.text(),
    programmeId: p.text().nullable(),
    kind: p.text().$type<CommitmentKind>(),
    description: p.text(),
    amount: p.decimal('string').nullable(),
    currency: p.text().nullable(),
    source: p.text().nullable(),
  },
});
export class Commitment extends CommitmentSchema.class {}
CommitmentSchema.setClass(Commitment);
