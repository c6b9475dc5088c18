// Compiles assembly/kernel.ts to kernel.wasm and kernel-bytes.ts; with --check it compares instead of writing.
import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const here = (file) => new URL(file, import.meta.url);
const source = await readFile(here('assembly/kernel.ts'), 'utf8');
const made = new Map();
const { error, stderr } = await asc.main(
  [
    ...['kernel.ts', '--outFile', 'kernel.wasm', '-O3', '--converge', '--noAssert', '--runtime', 'stub'],
    ...['--importMemory', '--noExportMemory', '--enable', 'simd'],
  ],
  {
    readFile: (name) => (name === 'kernel.ts' ? source : null),
    writeFile: (name, contents) => made.set(name, contents),
    listFiles: () => [],
  },
);
if (error) throw new Error(stderr.toString(), { cause: error });
const wasm = Buffer.from(made.get('kernel.wasm'));
const lines = wasm.toString('base64').match(/.{1,116}/g);
const bytes = `/** \`kernel.wasm\`, in base64, so that whoever has the engine has the kernel. Written by \`npm run build\` in this folder. */
export const KERNEL =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
for (const [file, contents] of [
  ['kernel.wasm', wasm],
  ['kernel-bytes.ts', Buffer.from(bytes)],
]) {
  if (!process.argv.includes('--check')) await writeFile(here(file), contents);
  else if (!contents.equals(await readFile(here(file))))
    throw new Error(
      `engine/kernel/${file} is not what assembly/kernel.ts compiles to: run \`npm run build\` in engine/kernel`,
    );
}
