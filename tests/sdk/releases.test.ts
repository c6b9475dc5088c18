import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changesetIn } from '../../client-sdk/scripts/contract/changesets.ts';
import { contractChanges } from '../../client-sdk/scripts/contract/contract-changes.ts';
import { endedEarly, faultsOfDeprecations } from '../../client-sdk/scripts/contract/deprecations.ts';
import { nextVersion, weightiest } from '../../client-sdk/scripts/contract/release-kind.ts';

const RELEASED = `
  type Query { programmes(first: Int = 20): [Programme!]! facets: [Facet!]! subject: Subject }
  type Programme { id: ID! name: String! }
  type Campaign { id: ID! }
  union Subject = Programme
  enum Facet { DAYS PLACES }
  input Wish { name: String }
`;

describe('what became of a contract', () => {
  test.each([
    ['major', 'a field that is gone', 'name: String! }', '}', 'Programme.name'],
    ['major', 'a field that may be null', 'name: String! }', 'name: String }', 'Programme.name'],
    ['major', 'an argument that must be given', '(first: Int = 20)', '(first: Int!)', 'Query.programmes.first'],
    ['major', 'an input that must be given', 'input Wish { ', 'input Wish { id: ID! ', 'Wish.id'],
    ['major', 'a value that is gone', 'DAYS PLACES', 'PLACES', 'Facet.DAYS'],
    ['minor', 'another value', 'DAYS PLACES', 'DAYS PLACES THEMES', 'Facet.THEMES'],
    ['minor', 'another member of a union', '= Programme', '= Programme | Campaign', 'Subject'],
    ['minor', 'another default', 'first: Int = 20', 'first: Int = 10', 'Query.programmes.first'],
    ['minor', 'another field', 'type Campaign {', 'type Campaign { name: String!', 'Campaign.name'],
    [
      'minor',
      'an end that is announced',
      'name: String! }',
      'name: String! @deprecated(reason: "…") }',
      'Programme.name.@deprecated',
    ],
    ['patch', 'another description', 'type Campaign {', '"An effort." type Campaign {', 'Campaign'],
  ])('is %s for %s', async (kind, _what, from, to, path) => {
    const changes = await contractChanges(buildSchema(RELEASED), buildSchema(RELEASED.replace(from, to)));
    expect(changes).toContainEqual(expect.objectContaining({ kind, path }));
    expect(weightiest(changes.map((change) => change.kind))).toBe(kind);
  });

  test('is nothing where nothing changed', async () => {
    expect(await contractChanges(buildSchema(RELEASED), buildSchema(RELEASED))).toEqual([]);
  });
});

describe('what is deprecated', () => {
  const said = (reason: string): string[] =>
    faultsOfDeprecations(
      buildSchema(
        `type Query { title: String @deprecated(reason: "${reason}") name(of: Facet): String } enum Facet { DAYS }`,
      ),
    );

  test('names what to use instead, and its last day', () => {
    expect(said('Use `Query.name`; ends on 2027-06-01.')).toEqual([]);
    expect(said('Use `Query.name.of` with `DAYS`, which says more; ends on 2027-06-01.')).toEqual([]);
    expect(said('Use nothing: nobody asked for it; ends on 2027-06-01.')).toEqual([]);
  });

  test.each([
    ['No longer supported', 'is not of the form'],
    ['Use `Query.name`.', 'is not of the form'],
    ['Use `Query.name`; ends on 2027-13-01.', 'which is no day'],
    ['Use `Query.nam`; ends on 2027-06-01.', 'replaced by Query.nam, which is not in the contract'],
  ])('and is faulty when it says "%s"', (reason, fault) => {
    expect(said(reason)).toEqual([expect.stringMatching(/^Query\.title /) as unknown]);
    expect(said(reason)[0]).toContain(fault);
  });

  test('is looked for in arguments, inputs and enums, too', () => {
    const schema = buildSchema(`
      type Query { name(of: Facet @deprecated): String }
      input Wish { id: ID @deprecated }
      enum Facet { DAYS @deprecated PLACES }
    `);
    const faults = faultsOfDeprecations(schema).map((fault) => fault.split(' ')[0]);
    expect(faults).toEqual(['Query.name.of', 'Wish.id', 'Facet.DAYS']);
  });

  test('stays until the day that was promised', () => {
    const released = buildSchema(
      'type Query { name: ID title: ID @deprecated(reason: "Use `Query.name`; ends on 2027-06-01.") }',
    );
    const present = buildSchema('type Query { name: ID }');
    expect(endedEarly(released, released, '2027-05-31')).toEqual([]);
    expect(endedEarly(released, present, '2027-05-31')).toEqual([
      'Query.title is gone, and was promised to stay until 2027-06-01',
    ]);
    expect(endedEarly(released, present, '2027-06-01')).toEqual([]);
  });
});

describe('a changeset', () => {
  const PACKAGE = '@concord/client-sdk';

  test('says what kind of release it needs, and why', () => {
    expect(changesetIn('a.md', `---\n'${PACKAGE}': minor\n---\n\nMore of it.\n`)).toEqual({
      file: 'a.md',
      kind: 'minor',
      summary: 'More of it.',
    });
  });

  test.each([
    ['another package', "---\n'concord': major\n---\n\nText.\n"],
    ['no text', `---\n'${PACKAGE}': major\n---\n`],
    ['an unknown kind', `---\n'${PACKAGE}': huge\n---\n\nText.\n`],
  ])('with %s is refused by its name', (_what, text) => {
    expect(() => changesetIn('a.md', text)).toThrow(/a\.md/);
  });
});

test.each([
  ['major', '2.0.0'],
  ['minor', '1.3.0'],
  ['patch', '1.2.4'],
] as const)('after 1.2.3 a %s release is %s', (kind, version) => {
  expect(nextVersion('1.2.3', kind)).toBe(version);
});

describe('the commands', () => {
  const SCRIPTS = 'client-sdk/scripts';
  const NODE = join(process.cwd(), 'node_modules/.bin/node');
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'concord-contract-'));
    await write('schema/schema.graphql', RELEASED);
    await write('client-sdk/contract/released.graphql', RELEASED);
    await write('client-sdk/.changeset/README.md', 'What waits.');
    await write('client-sdk/package.json', '{\n  "name": "@concord/client-sdk",\n  "version": "0.1.0"\n}\n');
    await write('package-lock.json', '{\n      "name": "@concord/client-sdk",\n      "version": "0.1.0"\n}\n');
    await write('client-sdk/CHANGELOG.md', '# Changelog\n\nWhat versions say.\n\n## 0.1.0\n\nThe first.\n');
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }

  function read(file: string): Promise<string> {
    return readFile(join(root, file), 'utf8');
  }

  function run(script: string): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> {
    return new Promise((resolve) => {
      execFile(NODE, [join(SCRIPTS, script), root], (error, out, err) => {
        resolve({ code: error?.code ?? 0, out, err });
      });
    });
  }

  const broken = RELEASED.replace('DAYS PLACES', 'PLACES').replace('name: String! }', '}');
  const changeset = (text: string): string => `---\n'@concord/client-sdk': major\n---\n\n${text}\n`;

  test('fail on what breaks until a changeset names every place', async () => {
    expect(await run('check-contract.ts')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing') as string,
    });
    await write('schema/schema.graphql', broken);
    await write('client-sdk/.changeset/names.md', changeset('`Facet.DAYS` is gone, as is `Programme.names`.'));
    const one = await run('check-contract.ts');
    expect(one.code).toBe(1);
    expect(one.err).toContain('  Programme.name: ');
    expect(one.err).not.toContain('  Facet.DAYS: ');
    expect(await run('release.ts')).toMatchObject({ code: 1, out: '' });

    await write('client-sdk/.changeset/names.md', changeset('`Facet.DAYS` is gone, and so is `Programme.name`.'));
    expect(await run('check-contract.ts')).toMatchObject({
      code: 0,
      out: expect.stringContaining('the next release is major') as string,
    });
  });

  test('make a release of what waits, once', async () => {
    await write('schema/schema.graphql', broken.replace('input Wish {', '"A wish." input Wish { id: ID '));
    await write(
      'client-sdk/.changeset/names.md',
      changeset('Read `title` for `Programme.name`.\n\nAnd no `Facet.DAYS`.'),
    );
    await write('client-sdk/.changeset/wait.md', changeset('Waits end.').replace('major', 'patch'));
    expect(await run('release.ts')).toMatchObject({ code: 0, out: expect.stringContaining('1.0.0 (major)') as string });

    expect(await read('client-sdk/package.json')).toContain('"version": "1.0.0"');
    expect(await read('package-lock.json')).toContain('"version": "1.0.0"');
    expect(await read('client-sdk/contract/released.graphql')).toBe(await read('schema/schema.graphql'));
    expect(await readdir(join(root, 'client-sdk/.changeset'))).toEqual(['README.md']);
    const changelog = await read('client-sdk/CHANGELOG.md');
    expect(changelog).toMatch(
      /^# Changelog\n\nWhat versions say\.\n\n## 1\.0\.0\n\n### What you must change\n\n- Read `title` for [^]*\n\n {2}And no /,
    );
    expect(changelog).toMatch(/### Mended\n\n- Waits end\.\n\n### The contract\n\n- \*\*Breaks:\*\* Field 'name'/);
    expect(changelog).toMatch(/- 1 description says [^]*\n## 0\.1\.0\n\nThe first\.\n$/);

    expect(await run('release.ts')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing to release') as string,
    });
  });
});
