import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import { assertNever } from '../outcome.ts';
import { type FoundOrganisation } from './find-organisations.ts';
import { type Partner } from './imported-fields.ts';
import { findOwners } from './stored-records.ts';
import type { NamedOrganisation, Remark, SourceRecord } from './source-record.ts';
import { KINDS, remarkOn } from './import-item.ts';

export type Owner =
  | { readonly kind: 'owner'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly value: string | null; readonly suggestion: string };

/** Whose a record becomes: the sender's own, or for coordinators that of whoever the file names. */
export function ownerOf(
  { viewer }: Work,
  { owner }: SourceRecord,
  find: (named: NamedOrganisation) => FoundOrganisation,
): Owner {
  if (owner === null) {
    if (viewer.actorId !== null) return { kind: 'owner', id: viewer.actorId };
    const suggestion = 'Map a column to the organisation, or set it for the whole file.';
    return { kind: 'refused', reason: 'The row does not say whose it is.', value: null, suggestion };
  }
  const found = find(owner);
  const value = owner.name;
  switch (found.kind) {
    case 'actor': {
      if (mayCurate(viewer) || found.id === viewer.actorId) return { kind: 'owner', id: found.id };
      const suggestion = 'Send only rows of your own, or ask a coordinator to import the file.';
      return { kind: 'refused', reason: 'The row is of another organisation than yours.', value, suggestion };
    }
    case 'unknown': {
      const suggestion = 'If it is yours, say so: add the name to your aliases, or confirm it for this file.';
      return { kind: 'refused', reason: 'Nobody in the hub that you act for is called so.', value, suggestion };
    }
    case 'ambiguous': {
      const suggestion = `Say for this file who is meant, or answer the question that applying it asks: ${found.ids.slice(0, 3).join(', ')}.`;
      return { kind: 'refused', reason: 'It is not sure which organisation of the hub is meant.', value, suggestion };
    }
    default:
      return assertNever(found);
  }
}

/** Whose the records of the hub's own sheets are, by their ids. */
export async function ownersOfOwn(
  work: Work,
  records: readonly { readonly record: SourceRecord }[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (const [kind, stored] of Object.entries(KINDS)) {
    const ids = records.flatMap(({ record }) => (record.kind === kind && record.own ? [record.own.id] : []));
    for (const [id, owner] of await findOwners(work, stored, ids)) owners.set(id, owner);
  }
  return owners;
}

/** What is not the sender's is not compared either: whether it is the same would tell what is hidden of it. */
export function ownerOfOwn({ viewer }: Work, id: string, owner: string | undefined): Owner {
  const suggestion = 'Send only rows of your own, or ask a coordinator to import the file.';
  if (owner === undefined) return { kind: 'refused', reason: 'The hub has no such record.', value: id, suggestion };
  if (mayCurate(viewer) || owner === viewer.actorId) return { kind: 'owner', id: owner };
  return { kind: 'refused', reason: 'The row is of another organisation than yours.', value: id, suggestion };
}

export function partnersOf(
  record: SourceRecord,
  find: (named: NamedOrganisation) => FoundOrganisation,
): { readonly known: readonly Partner[]; readonly remarks: readonly Remark[] } {
  const known: Partner[] = [];
  const remarks: Remark[] = [];
  const warn = (value: string, reason: string): void => {
    remarks.push({ ...remarkOn(record, 'partners', { reason, value, suggestion: null }), severity: 'WARNING' });
  };
  for (const { organisation, role } of record.partners) {
    const found = find(organisation);
    if (record.kind !== 'programme') warn(organisation.name, 'Only programmes have partners: it is left out.');
    else if (found.kind === 'actor') known.push({ actor: found.id, role });
    else if (found.kind === 'ambiguous')
      warn(organisation.name, 'It is not sure which organisation is meant: it is left out.');
    else warn(organisation.name, 'Nobody in the hub is called so: it is left out.');
  }
  return { known, remarks };
}
