const ID = /\b([a-z]{3})_[0-9A-Za-z]{20,}\b/g;

/** A text in which ids of records are blanked but for their kind (`prg_…`): a reason is shown to people who may not know of the record. */
export function withoutIds(text: string): string {
  return text.replace(ID, '$1_…');
}
