/** The column of letters, from 0: A is 0, AA is 26. */
export function columnIndex(letters: string): number {
  let number = 0;
  for (let index = 0; index < letters.length; index++) number = number * 26 + letters.charCodeAt(index) - 64;
  return number - 1;
}

/** The column of a reference such as `AB12`, from 0; null when it is none. */
export function columnOf(reference: string): number | null {
  const [, letters] = /^([A-Z]{1,3})\d+$/.exec(reference) ?? [];
  return letters === undefined ? null : columnIndex(letters);
}
