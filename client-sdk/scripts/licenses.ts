import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rolldown } from 'tsdown';

/** Writes beside a bundle whose work is inside it, as the licences of that work ask for. */
export function licensesOf(fileName: string): Rolldown.Plugin {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolderOf(id) ?? []));
      const texts = [...folders].sort().map(licenseIn);
      this.emitFile({
        type: 'asset',
        fileName,
        source: `What is inside the command line, beside our own:\n${texts.join('')}`,
      });
    },
  };
}

function packageFolderOf(id: string): string | null {
  if (!id.includes('/node_modules/')) return null;
  let folder = dirname(id);
  while (!existsSync(join(folder, 'package.json')) || !/\/node_modules\/(@[^/]+\/)?[^/]+$/.test(folder))
    folder = dirname(folder);
  return folder;
}

/** @throws when a package brings no licence: then it may not be inside */
function licenseIn(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (license === undefined) throw new Error(`${folder} says nothing of its licence`);
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `\n${String(name)} ${String(version)} (${license})\n${text}`;
}
