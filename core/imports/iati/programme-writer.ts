import type { Work } from '../../access/unit-of-work.ts';
import { PlainError } from '../../../platform/plain-error.ts';
import { type Refused, assertNever } from '../../outcome.ts';
import type { ProgrammeService } from '../../programmes/programme.service.ts';
import type { VocabularyService } from '../../vocabulary/vocabulary.service.ts';
import type { IatiActivity } from './activity.ts';
import type { LoadedActivity } from './load-report.ts';
import { mergeActivities } from './merge-activities.ts';
import type { OrganisationDirectory } from './organisation-directory.ts';
import type { Mention } from './organisations.ts';
import {
  ACTIVITY_SCHEME,
  type Partner,
  type StoredProgramme,
  programmeKey,
  saysTheSame,
  storedProgrammes,
} from './stored-programmes.ts';
import type { SameActivity } from './survey.ts';
import { type FileProgramme, type Translated, essentialsOf, toProgramme } from './to-programme.ts';

type Settled = Omit<LoadedActivity, 'line' | 'identifier'>;
type Written =
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string };

const WITHDRAWN_BECAUSE = 'Its publisher says in IATI that it is cancelled.';

/** Writes the activities of a file as programmes of their publishers. */
export class ProgrammeWriter {
  constructor(
    private readonly services: { readonly programmes: ProgrammeService; readonly vocabulary: VocabularyService },
    private readonly directory: OrganisationDirectory,
    private readonly fileName: string,
  ) {}

  /** Writes a batch in the caller's transaction. @returns what became of each activity, repeated ones in the order of the file. */
  async write(work: Work, batch: readonly SameActivity[]): Promise<LoadedActivity[]> {
    const vocabulary = await this.services.vocabulary.current(work.em);
    const translated = batch.map((same) => {
      const [first, ...others] = same.filter(isFit);
      return { same, result: first ? toProgramme(mergeActivities([first, ...others]), vocabulary) : null };
    });
    const wanted = translated.flatMap(({ result }) =>
      result?.kind === 'programme'
        ? [{ ownerId: this.ownerOf(result.programme.publisher), identifier: result.programme.identifier }]
        : [],
    );
    const stored = await storedProgrammes(work.em, wanted);
    const loaded: LoadedActivity[] = [];
    for (const { same, result } of translated) {
      loaded.push(...accountFor(same, result && (await this.settle(work, result, stored))));
      // It is written; what stays in memory would be compared with the database at every later write.
      work.em.clear();
    }
    return loaded;
  }

  private async settle(work: Work, result: Translated, stored: ReadonlyMap<string, StoredProgramme>): Promise<Settled> {
    if (result.kind === 'refused') return refusal(result.reason);
    const { programme } = result;
    const ownerId = this.ownerOf(programme.publisher);
    const written = await this.save(work, ownerId, programme, stored.get(programmeKey({ ownerId, ...programme })));
    if (written.kind === 'refused') return refusal(written.reason);
    return {
      outcome: written.kind,
      programmeId: written.id,
      reason: null,
      silent: programme.silent ?? (this.directory.unverified.has(ownerId) ? 'publisher-not-verified' : null),
      unknownCountries: programme.unknownCountries,
    };
  }

  private async save(
    work: Work,
    ownerId: string,
    file: FileProgramme,
    stored: StoredProgramme | undefined,
  ): Promise<Written> {
    const partners = this.partnersOf(file);
    if (stored?.withdrawn) {
      return file.cancelled
        ? { kind: 'unchanged', id: stored.id }
        : {
            kind: 'refused',
            reason: 'it was withdrawn from the hub, and a withdrawn programme does not change any more',
          };
    }
    if (stored && !file.cancelled && saysTheSame(stored, file, partners)) return { kind: 'unchanged', id: stored.id };
    const { programmes } = this.services;
    const fields = toInput(file, partners);
    const outcome = stored
      ? await programmes.reviseIn(work, { id: stored.id, expectedVersion: stored.version, ...fields })
      : await programmes.registerIn(work, { owner: ownerId, source: `IATI file ${this.fileName}`, ...fields });
    if (outcome.kind !== 'saved') return { kind: 'refused', reason: inWords(outcome) };
    if (file.cancelled) {
      const withdrawal = { id: outcome.id, expectedVersion: (stored?.version ?? 0) + 1, reason: WITHDRAWN_BECAUSE };
      const withdrawn = await programmes.withdrawIn(work, withdrawal);
      if (withdrawn.kind !== 'saved') throw new Error(`a cancelled activity was not withdrawn: ${inWords(withdrawn)}`);
    }
    return { kind: stored ? 'changed' : 'created', id: outcome.id };
  }

  private ownerOf(publisher: Mention): string {
    const id = this.directory.actorIds.get(publisher.key);
    // The file was read before, to its end: it has changed since.
    if (id === undefined) throw new PlainError(`${this.fileName} changed while it was loaded. Load it again.`);
    return id;
  }

  /** Each once. An organisation that only a refused repetition of the activity mentions is nobody's partner. */
  private partnersOf({ partners }: FileProgramme): readonly Partner[] {
    const known = partners.flatMap(({ organisation, role }) => {
      const actor = this.directory.actorIds.get(organisation.key);
      return actor === undefined ? [] : [{ actor, role }];
    });
    return [...new Map(known.map((partner) => [`${partner.actor} ${partner.role}`, partner])).values()];
  }
}

/** What the hub's own rules check again. */
function toInput(file: FileProgramme, partners: readonly Partner[]) {
  const { identifier, name, names, description, descriptions, days, places, themes } = file;
  const texts = (byLanguage: Readonly<Record<string, string>>) =>
    Object.entries(byLanguage).map(([language, text]) => ({ language, text }));
  return {
    name,
    names: texts(names),
    description,
    descriptions: texts(descriptions),
    identifier: { scheme: ACTIVITY_SCHEME, value: identifier },
    footprint: { days, places, themes },
    partners,
  };
}

const isFit = (activity: IatiActivity): boolean => essentialsOf(activity).kind === 'essentials';

/**
 * Of those that are fit, the first is what became of the programme, and the others went into it; a refusal is of them all.
 * Each of the others is refused for its own reason.
 */
function accountFor(same: SameActivity, settled: Settled | null): LoadedActivity[] {
  const first = same.find(isFit);
  return same.map((activity) => {
    const { line, identifier } = activity;
    const essentials = essentialsOf(activity);
    if (essentials.kind === 'refused') return { line, identifier, ...refusal(essentials.reason) };
    if (settled === null) throw new Error('a fit activity was not settled');
    const outcome = activity === first || settled.outcome === 'refused' ? settled.outcome : 'merged';
    return { line, identifier, ...settled, outcome };
  });
}

function refusal(reason: string): Settled {
  return { outcome: 'refused', programmeId: null, reason, silent: null, unknownCountries: [] };
}

function inWords(refused: Refused): string {
  switch (refused.kind) {
    case 'invalid':
      return refused.issues.map(({ path, message }) => `${path.replace(/^input\./, '')}: ${message}`).join('; ');
    case 'not-found':
      return `${refused.id} is not there any more`;
    case 'forbidden':
    case 'conflict':
      return refused.reason;
    case 'stale':
      return 'somebody else changed it at the same moment; load again';
    case 'limit-exceeded':
      return `at most ${String(refused.allowed)} ${refused.limit}, found ${String(refused.found)}`;
    default:
      return assertNever(refused);
  }
}
