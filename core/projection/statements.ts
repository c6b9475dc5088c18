import { LRUCache } from 'lru-cache';
import type { Statement } from '../../platform/database/read-once.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Selection } from './selection.ts';

/** Characters of SQL that are kept: some ten thousand a statement, so for some hundred pages of some ten people. */
const KEPT = 8_000_000;

/**
 * Statements by what they were compiled from, so that what is asked again is not compiled again. A list of selected fields is known
 * by its identity: whoever makes it anew for every request finds nothing again.
 */
export class Statements {
  private readonly statements = new LRUCache<string, Statement>({
    maxSize: KEPT,
    sizeCalculation: ({ text }) => text.length,
  });
  private readonly numbers = new WeakMap<readonly Selection[], number>();
  private lastNumber = 0;

  /** @param kind everything the statement depends on beside selection and viewer */
  of(selection: Selection, viewer: Viewer, kind: string, compile: () => Statement): Statement {
    const { fields, args, asText = false } = selection;
    const key = JSON.stringify([this.numberOf(fields), kind, asText, args, viewer]);
    const known = this.statements.get(key);
    if (known) return known;
    const statement = compile();
    this.statements.set(key, statement);
    return statement;
  }

  private numberOf(fields: readonly Selection[]): number {
    const known = this.numbers.get(fields);
    if (known !== undefined) return known;
    this.lastNumber += 1;
    this.numbers.set(fields, this.lastNumber);
    return this.lastNumber;
  }
}
