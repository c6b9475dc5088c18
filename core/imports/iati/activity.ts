/** A text of the file and the language it is in: canonical BCP 47, or null where the file names none that exists. */
export interface Narrative {
  readonly language: string | null;
  /** Not empty; blanks at its ends and doubled blanks are gone. */
  readonly text: string;
}

export interface Organisation {
  /** As written, without blanks around it. */
  readonly ref: string | null;
  /** Code of IATI's OrganisationType. */
  readonly type: string | null;
  readonly names: readonly Narrative[];
}

export interface Participant extends Organisation {
  /** Code of IATI's OrganisationRole; in IATI 1 its English name. */
  readonly role: string | null;
}

/** An element that says what it means by a code, by names, or by both. */
export interface Coded {
  readonly code: string | null;
  readonly names: readonly Narrative[];
}

export interface Sector extends Coded {
  readonly vocabulary: string | null;
}

export interface ActivityLocation {
  /** Everything by which the file identifies it, in whatever vocabulary. */
  readonly codes: readonly string[];
  readonly names: readonly Narrative[];
}

/** One `iati-activity` as the file has it, without anything that Concord has no use for. Nothing is checked yet. */
export interface IatiActivity {
  /** Line of its start tag, from 1. */
  readonly line: number;
  readonly identifier: string | null;
  /** `last-updated-datetime`, as written. */
  readonly updatedAt: string | null;
  readonly reporter: Organisation | null;
  readonly participants: readonly Participant[];
  readonly titles: readonly Narrative[];
  readonly descriptions: readonly Narrative[];
  /** Code of IATI's ActivityStatus. */
  readonly status: string | null;
  /** By code of IATI's ActivityDateType (in IATI 1 its English name), as written. */
  readonly dates: readonly { readonly type: string | null; readonly day: string }[];
  readonly countries: readonly Coded[];
  readonly locations: readonly ActivityLocation[];
  readonly sectors: readonly Sector[];
}
