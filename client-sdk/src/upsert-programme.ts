import type { CallOptions, Calls } from './calls.ts';
import { FindProgramme, RegisterProgramme, type RegisterProgrammeInput, ReviseProgramme } from './generated.ts';
import type { Problem, Programme } from './records.ts';
import { saysTheSame, type StoredProgramme } from './says-the-same.ts';

/** The code by which its owner knows a record. */
export interface ExternalId {
  /** Such as `iati`, or a name for the list it comes from. */
  readonly scheme: string;
  readonly value: string;
}

type Wanted = Omit<RegisterProgrammeInput, 'identifier'> & { readonly identifier: ExternalId };

/** How often to look again after somebody else was faster; then what the hub said last is the answer. */
const ROUNDS = 5;

/** See `Programmes.upsertByExternalId`. `owner`: null when it is not known; then the hub decides, which registers. */
export async function upsertProgramme(
  calls: Calls,
  owner: string | null,
  wanted: Wanted,
  options?: CallOptions,
): Promise<Programme | Problem> {
  const fields = { ...wanted, clientMutationKey: undefined };
  for (let round = 1; ; round += 1) {
    const stored = owner === null ? undefined : await findByIdentifier(calls, owner, wanted.identifier, options);
    if (stored && saysTheSame(stored, fields)) return stored;
    const result = await (stored ? revise(calls, stored, fields, options) : register(calls, wanted, options));
    // Between looking and writing somebody has registered the same, or changed it.
    const isOvertaken = result.__typename === (stored ? 'StaleVersion' : 'Conflict');
    if (!isOvertaken || owner === null || round === ROUNDS) return result;
  }
}

async function findByIdentifier(
  calls: Calls,
  owner: string,
  identifier: ExternalId,
  options?: CallOptions,
): Promise<StoredProgramme | undefined> {
  const { list } = await calls.read(FindProgramme, { owner, identifier }, options);
  return list.nodes[0];
}

function register(calls: Calls, wanted: Wanted, options?: CallOptions): Promise<Programme | Problem> {
  return calls.create(RegisterProgramme, wanted, options);
}

/** Sent again it would find the version it made itself, look again and write the same: harmless to repeat. */
function revise(
  calls: Calls,
  { id, version }: StoredProgramme,
  { owner: _owner, ...wanted }: Wanted,
  options?: CallOptions,
): Promise<Programme | Problem> {
  return calls.repeatable(ReviseProgramme, { ...wanted, id, expectedVersion: version }, options);
}
