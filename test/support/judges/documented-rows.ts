import { packageFile } from '../../../src/kernel/index.js';

/** The rows of the table under a heading of docs/interop.md, without the line below its head. */
export function documentedRows(heading: string): readonly string[] {
  const [, after = ''] = packageFile('docs/interop.md').split(`${heading}\n`);
  return after
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .slice(1, -1)
        .trim()
        .replaceAll(/ +\| +/g, ' | '),
    );
}
