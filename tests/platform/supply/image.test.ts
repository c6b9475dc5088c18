import { readFile } from 'node:fs/promises';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

describe('the image', async () => {
  const text = await readFile('Dockerfile', 'utf8');
  const instructions = DockerfileParser.parse(text)
    .getInstructions()
    .map((one) => ({ keyword: one.getKeyword(), args: one.getArgumentsContent() ?? '' }));
  const of = (keyword: string): string[] =>
    instructions.filter((one) => one.keyword === keyword).map(({ args }) => args);
  const lastStage = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM'));

  test('is built by a file without faults', () => {
    expect(validate(text)).toEqual([]);
    expect(validate(text.replace('EXPOSE 4000', 'EXPOSE four'))).not.toEqual([]);
  });

  test('is built in two stages from a pinned base, and only the first has tools and sources', () => {
    expect(of('FROM')).toHaveLength(2);
    for (const from of of('FROM')) expect(from).toMatch(/^node:\d+\.\d+\.\d+-[a-z-]+( AS \w+)?$/);
    const copies = text.slice(text.lastIndexOf('\nFROM ')).match(/^COPY .*$/gm) ?? [];
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies) expect(copy).toMatch(/^COPY --from=build /);
    expect(of('ADD')).toEqual([]);
  });

  test('runs no script of a package, and runs as nobody of importance', () => {
    for (const run of of('RUN')) if (/npm ci|npm install/.test(run)) expect(run).toContain('--ignore-scripts');
    expect(lastStage.findLast(({ keyword }) => keyword === 'USER')?.args).toBe('node');
    expect(of('HEALTHCHECK')).toHaveLength(1);
  });
});

describe('the composition', async () => {
  const hardened = z.object({
    read_only: z.literal(true),
    cap_drop: z.tuple([z.literal('ALL')]),
    security_opt: z.array(z.string()).refine((options) => options.includes('no-new-privileges:true')),
    tmpfs: z.array(z.string()).min(1),
  });
  const { services } = z
    .object({ services: z.record(z.string(), z.looseObject({ build: z.string().optional() })) })
    .parse(parse(await readFile('docker-compose.yml', 'utf8'), { merge: true }));
  const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);

  test('has two servers and two workers', () => {
    expect(ours).toHaveLength(4);
  });
  test.each(ours)('%s can write nowhere but into its volume, and has no rights of a root', (_name, service) => {
    hardened.parse(service);
  });
});
