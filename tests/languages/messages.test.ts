import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../console/src/language/languages.ts';

const FOLDER = 'console/src/language';

type Messages = Readonly<Record<string, string>>;
const read = (tag: string, file: string): Messages =>
  JSON.parse(readFileSync(join(FOLDER, tag, file), 'utf8')) as Messages;

const files = readdirSync(join(FOLDER, 'en')).sort();
const others = LANGUAGES.map(({ tag }) => tag).filter((tag) => tag !== 'en');

/** What a message is told and chooses by, such as `role:select`; for a choice by words also the words. */
function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.select: {
        const said = `${element.value}:select(${Object.keys(element.options).sort().join()})`;
        return [said, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))];
      }
      case TYPE.plural:
        // Each language has its own plurals.
        return [`${element.value}:plural`];
      case TYPE.tag:
        return [`<${element.value}>`, ...argumentsOf(element.children)];
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.argument:
      case TYPE.number:
      case TYPE.date:
      case TYPE.time:
        return [`${element.value}:${String(element.type)}`];
    }
  });
}
const told = (text: string): string[] => [...new Set(argumentsOf(parse(text)))].sort();

test('every language of the menu has a folder, and no folder is without its language', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(LANGUAGES.map(({ tag }) => tag as string).sort());
  expect(others.length).toBeGreaterThanOrEqual(4);
});

test('a view has messages of its name, and only a view has', () => {
  const views = readdirSync('console/src/views', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(files).toEqual(['shell.json', ...views.map(({ name }) => `${name}.json`)].sort());
});

describe.each(others)('%s', (tag) => {
  test('has the files of English', () => {
    expect(readdirSync(join(FOLDER, tag)).sort()).toEqual(files);
  });

  test.each(files)('says all that English says, and is told the same: %s', (file) => {
    const english = read('en', file);
    const own = read(tag, file);
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(own)) expect([key, told(text)]).toEqual([key, told(english[key] ?? '')]);
  });

  test.each(files)('leaves nothing empty: %s', (file) => {
    for (const [key, text] of Object.entries(read(tag, file))) expect([key, text.trim()]).not.toEqual([key, '']);
  });
});
