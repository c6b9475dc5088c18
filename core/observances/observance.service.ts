import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayCurate, mayEdit, type Viewer } from '../access/viewer.ts';
import {
  type Issue,
  type Outcome,
  type Refused,
  conflict,
  forbidden,
  invalid,
  notFound,
  saved,
  stale,
} from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import {
  type ObservanceFields,
  recordObservanceInput,
  reviseObservanceInput,
  withdrawObservanceInput,
} from './observance.input.ts';
import {
  findObservance,
  insertObservance,
  type ObservanceRow,
  readOwnCountries,
  type StoredObservance,
  updateObservance,
} from './observance.rows.ts';

interface Changed {
  readonly kind: 'changed';
  readonly row: ObservanceRow & { readonly withdrawn: boolean };
}

/** Keeps the observances that people enter: coordinators for anywhere, an actor's editors for the countries where it is based. */
export class ObservanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Enters an observance, which everybody with a key sees. */
  enter(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.enterIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async enterIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(recordObservanceInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'recordObservance', key, input: fields }, async () => {
      const { countries, issues } = await this.resolveCountries(work, fields.countries ?? []);
      if (issues.length > 0) return invalid(issues);
      const ownerId = mayCurate(work.viewer) ? null : work.viewer.actorId;
      const row = revised(blank(work.newId('obs'), ownerId), fields, countries);
      const refused = await refuseOutside(work, row);
      if (refused) return refused;
      await insertObservance(work, row);
      await record(work, 'observance.recorded', row.id, { kind: row.kind });
      return saved(row.id);
    });
  }

  /** Changes an observance. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseObservanceInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, ...fields } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      this.change(work, { id, expectedVersion }, 'observance.revised', async (stored) => {
        const { countries, issues } = await this.resolveCountries(work, fields.countries ?? []);
        if (issues.length > 0) return invalid(issues);
        const row = revised(stored, fields, fields.countries === undefined ? stored.countries : countries);
        return (await refuseOutside(work, row)) ?? { kind: 'changed', row: { ...row, withdrawn: false } };
      }),
    );
  }

  /** Takes an observance back for good. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(withdrawObservanceInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.unitOfWork.run(viewer, (work) =>
      this.change(work, parsed.value, 'observance.withdrawn', (stored) =>
        Promise.resolve({ kind: 'changed', row: { ...stored, withdrawn: true } }),
      ),
    );
  }

  private async change(
    work: Work,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    action: string,
    body: (stored: StoredObservance) => Promise<Changed | Refused>,
  ): Promise<Outcome> {
    const stored = await findObservance(work, id);
    if (stored === null) return notFound(id);
    if (!mayChange(work.viewer, stored)) return forbidden('Only who entered it and coordinators may change it.');
    if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
    if (stored.withdrawn) return conflict('It was withdrawn: it does not change any more.');
    const change = await body(stored);
    if (change.kind !== 'changed') return change;
    if (!(await updateObservance(work, change.row, expectedVersion))) return overtaken(work, id, expectedVersion);
    await record(work, action, id);
    return saved(id);
  }

  /** The countries meant, in order, each once. */
  private async resolveCountries(
    work: Work,
    written: readonly string[],
  ): Promise<{ readonly countries: readonly string[]; readonly issues: readonly Issue[] }> {
    const named = written.map((code, index) => ({
      kind: 'place' as const,
      code,
      path: `input.countries[${String(index)}]`,
    }));
    const { resolved, issues } = await this.vocabulary.resolveCodes(work.em, named);
    const vocabulary = await this.vocabulary.current(work.em);
    const parts = resolved.filter(({ code }) => vocabulary.place(code)?.kind !== 'country');
    return {
      countries: [...new Set(resolved.map(({ code }) => code))].sort(),
      issues: [
        ...issues,
        ...parts.map((part) => ({
          path: part.written.path,
          message: `${part.code} is a part of a country: name the country.`,
        })),
      ],
    };
  }
}

/** What is entered for everybody, only coordinators change; the rest, whoever edits for the actor too. */
function mayChange(viewer: Viewer, { ownerId }: ObservanceRow): boolean {
  return ownerId === null ? mayCurate(viewer) : mayEdit(viewer, ownerId);
}

async function refuseOutside(work: Work, { countries }: ObservanceRow): Promise<Refused | null> {
  if (mayCurate(work.viewer)) return null;
  const own = await readOwnCountries(work);
  if (countries.length > 0 && countries.every((country) => own.includes(country))) return null;
  return forbidden(
    'An actor that was verified enters what is observed in the countries where it is based; coordinators, anything.',
  );
}

const blank = (id: string, ownerId: string | null): ObservanceRow => ({
  id,
  ownerId,
  kind: 'OTHER',
  name: '',
  startsOn: '',
  endsOn: '',
  countries: [],
  reason: null,
  source: '',
  estimated: false,
});

/** What is absent stays. */
function revised(
  row: ObservanceRow,
  changes: { readonly [K in keyof ObservanceFields]?: ObservanceFields[K] | undefined },
  countries: readonly string[],
): ObservanceRow {
  return {
    ...row,
    kind: changes.kind ?? row.kind,
    name: changes.name ?? row.name,
    startsOn: changes.days?.start ?? row.startsOn,
    endsOn: changes.days?.end ?? row.endsOn,
    countries,
    reason: changes.reason === undefined ? row.reason : changes.reason,
    source: changes.source ?? row.source,
    estimated: changes.estimated ?? row.estimated,
  };
}

/** Somebody else was faster. */
async function overtaken(work: Work, id: string, expected: number): Promise<Refused> {
  const stored = await findObservance(work, id);
  return stored ? stale(expected, stored.version) : notFound(id);
}
