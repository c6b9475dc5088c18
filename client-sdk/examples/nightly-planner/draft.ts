/** A campaign as the ministry has it in mind, before anybody else knows of it. */
export interface Draft {
  readonly name: string;
  readonly footprint: {
    readonly days: { readonly start: string; readonly end: string };
    readonly places: readonly string[];
    readonly corridors: readonly string[];
    readonly audiences: readonly string[];
    readonly themes: readonly string[];
  };
  /** The days to choose from, both included. */
  readonly between: { readonly start: string; readonly end: string };
  readonly lengthDays: number;
}
