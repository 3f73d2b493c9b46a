import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: the same whether the code runs from `src/` or bundled from `dist/`. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json was not found above the running file');
  return findRoot(parent);
}

/** The text of a file that ships with the package, by its path from the package root. */
export function packageFile(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}
