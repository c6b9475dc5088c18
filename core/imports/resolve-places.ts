import { type PlaceVerdict, matchPlaces, placeKey } from '../names/match-place.ts';
import type { Vocabulary, VocabularyPlace } from '../vocabulary/vocabulary.ts';
import type { NamedPlace, SourceRecord } from './source-record.ts';

/** What is to be said of a place that is not taken as it is written. */
export interface PlaceDoubt {
  readonly written: string;
  readonly reason: string;
  readonly suggestion: string;
}

export interface FoundPlaces {
  /** Of the hub, each once, in their order. */
  readonly codes: readonly string[];
  /** The countries that they lie in: ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly doubts: readonly PlaceDoubt[];
}

/**
 * The places that rows mean, each as the matching of names has it: inside the place or country that the row names, else that the sender
 * says. A country of which the same row names a part is left to that part; a part that is unknown or doubtful stands for what it lies in.
 */
export class Places {
  private readonly verdicts = new Map<string, PlaceVerdict>();
  private readonly inside: VocabularyPlace | null;

  /** @param country of places that are named without one: ISO 3166-1 alpha-2 */
  constructor(
    private readonly vocabulary: Vocabulary,
    country: string | null,
  ) {
    this.inside = country === null ? null : (vocabulary.place(country) ?? null);
  }

  of({ places: named, rows }: Pick<SourceRecord, 'places' | 'rows'>): FoundPlaces {
    const doubts: PlaceDoubt[] = [];
    const whole = named.filter(({ level }) => level === 0).flatMap((place) => this.countryOf(place, doubts));
    const countries = new Set(whole.map(({ country }) => country));
    const parts = named
      .filter(({ level }) => level !== 0)
      .flatMap((place) => this.partOf(place, countries, doubts) ?? [])
      .filter(({ country }) => countries.size === 0 || countries.has(country));
    const found = [...whole, ...parts];
    if (found.length === 0 && this.inside !== null) found.push(this.inside);
    // Of several rows one may say the country alone, and means it.
    const isOneRow = rows.length < 2;
    const divided = new Set(
      found.filter(({ code, country }) => isOneRow && code !== country).map(({ country }) => country),
    );
    return {
      codes: unique(found.map(({ code }) => code).filter((code) => !divided.has(code))),
      countries: unique(found.map(({ country }) => country)),
      doubts,
    };
  }

  private countryOf(place: NamedPlace, doubts: PlaceDoubt[]): VocabularyPlace[] {
    const verdict = this.match(place);
    const country = verdict.kind === 'sure' ? this.placeOf(this.placeOf(verdict.code)?.country ?? null) : null;
    if (country !== null) return [country];
    const written = place.code ?? place.name;
    if (written === null) return [];
    const suggestion =
      verdict.kind === 'doubtful' ? `Write ${verdict.codes.join(' or ')}.` : 'Write its code, such as BD.';
    doubts.push({ written, reason: 'No country of ISO 3166-1 has that code or name.', suggestion });
    return [];
  }

  private partOf(place: NamedPlace, countries: ReadonlySet<string>, doubts: PlaceDoubt[]): VocabularyPlace | null {
    const { verdict, isAnchored } = this.matchPart(place, countries);
    const written = place.name ?? place.code;
    const doubt = (reason: string, suggestion: string): void => {
      if (written !== null) doubts.push({ written, reason, suggestion });
    };
    switch (verdict.kind) {
      case 'sure':
        if (!verdict.exact && verdict.by === 'CODE')
          doubt(
            `The hub does not know this place: ${verdict.code} is taken, which it lies in.`,
            'Have the operator load a table of such codes, or write a code of ISO 3166.',
          );
        else if (!verdict.exact) doubt(NO_SUCH_PLACE, 'Write its code, or add the name to the place.');
        return this.placeOf(verdict.code);
      case 'doubtful': {
        const here = verdict.codes.filter((code) => countries.has(this.placeOf(code)?.country ?? ''));
        const [only] = here;
        if (!isAnchored && only !== undefined && here.length === 1) return this.placeOf(only);
        doubt(
          'It is not sure which place is meant.',
          `Write ${(here.length > 0 ? here : verdict.codes).join(' or ')}, or say what it lies in.`,
        );
        return this.placeOf(verdict.around);
      }
      case 'unknown':
        // Of several countries nobody knows which one a name is to be looked for in; they stand for it.
        if (isAnchored || countries.size === 0)
          doubt(NO_SUCH_PLACE, 'Say in which country it lies, or write its code.');
        return null;
    }
  }

  /** What says its country itself is taken at its word; else it lies in what the sender says, or in the row's only country. */
  private matchPart(
    place: NamedPlace,
    countries: ReadonlySet<string>,
  ): { readonly verdict: PlaceVerdict; readonly isAnchored: boolean } {
    const alone = place.code !== null || place.within !== null ? this.match(place) : null;
    if (alone?.kind === 'sure' && alone.by === 'CODE') return { verdict: alone, isAnchored: true };
    const [only] = countries;
    const around = this.inside?.code ?? (countries.size === 1 ? only : undefined);
    if (around === undefined || saysCountry(place))
      return { verdict: alone ?? this.match(place), isAnchored: saysCountry(place) };
    return { verdict: this.match(inCountry(place, around)), isAnchored: true };
  }

  private match(place: NamedPlace): PlaceVerdict {
    const key = placeKey(place);
    const known = this.verdicts.get(key) ?? matchPlaces(this.vocabulary, [place]).get(key) ?? { kind: 'unknown' };
    this.verdicts.set(key, known);
    return known;
  }

  private placeOf(code: string | null): VocabularyPlace | null {
    return code === null ? null : (this.vocabulary.place(code) ?? null);
  }
}

const NO_SUCH_PLACE = 'The hub knows no place of that name there.';

const saysCountry = ({ level, within }: NamedPlace): boolean => level === 0 || (within !== null && saysCountry(within));

function inCountry(place: NamedPlace, country: string): NamedPlace {
  const within =
    place.within === null ? { name: null, code: country, level: 0, within: null } : inCountry(place.within, country);
  return { ...place, within };
}

const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort();
