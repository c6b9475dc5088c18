import { foldName } from '../../vocabulary/place-names.ts';

/** `foldName`, sooner for the texts of most cells: of ASCII, with single blanks. */
export function foldText(text: string): string {
  return /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text) ? text.toLowerCase() : foldName(text);
}
