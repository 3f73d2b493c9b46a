// What is told of a run: a row for each file, and what no test noticed, each with the reason why none need.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

/** Why a mutant need not be noticed, by reasons.json: by its file, condition and kind, so that it may move by lines. */
export function reasonsOf(root) {
  const known = JSON.parse(readFileSync(join(root, 'test/mutation/reasons.json'), 'utf8'));
  return (mutant) =>
    known.find(
      ({ file, condition, kinds }) =>
        mutant.file.endsWith(`/${file}`) && mutant.text === condition && kinds.includes(mutant.kind),
    )?.reason;
}

/**
 * Prints the table and what is left to do; with `record` writes both into docs/evidence/.
 *
 * @returns {Promise<boolean>} whether every mutant that was not noticed has its reason in reasons.json, and no other has
 */
export async function report({ root, outcomes, record, facts }) {
  const reasonOf = reasonsOf(root);
  const left = outcomes
    .filter(({ outcome }) => outcome !== 'killed')
    .map((mutant) => ({ ...mutant, reason: reasonOf(mutant) ?? null }));
  const count = (some) => ({
    conditions: some.length,
    killed: some.filter(({ outcome }) => outcome === 'killed').length,
    byNoEnd: some.filter(({ isEndless }) => isEndless).length,
    survived: some.filter(({ outcome }) => outcome === 'survived').length,
    notReached: some.filter(({ outcome }) => outcome === 'not reached').length,
    unexplained: some.filter((one) => one.outcome !== 'killed' && reasonOf(one) === undefined).length,
  });
  const files = [...new Set(outcomes.map(({ file }) => file))].sort();
  const rows = files.map((file) => ({ file, ...count(outcomes.filter((one) => one.file === file)) }));
  const total = { file: 'together', ...count(outcomes) };
  console.table([...rows, total]);
  const open = left.filter(({ reason }) => reason === null);
  for (const { file, line, kind, text, to, outcome } of open)
    console.log(`mutate: ${outcome} and no reason: ${file}:${line} ${kind} [${text}] is always ${to}`);
  const given = outcomes.filter((mutant) => reasonOf(mutant) !== undefined).map((mutant) => reasonOf(mutant));
  const needed = new Set(left.map(({ reason }) => reason));
  const unneeded = [...new Set(given)].filter((reason) => !needed.has(reason));
  for (const reason of unneeded) console.log(`mutate: a test notices this after all: ${reason}`);
  if (record) await write(root, facts, { total, rows, left });
  return open.length === 0 && unneeded.length === 0;
}

async function write(root, facts, { total, rows, left }) {
  const folder = join(root, 'docs/evidence');
  const name = `${facts.date.slice(0, 10)}-mutation`;
  mkdirSync(folder, { recursive: true });
  const whole = { row: 'mutation', ...facts, ...total, files: rows, left };
  delete whole.file;
  writeFileSync(join(folder, `${name}.json`), await format(JSON.stringify(whole), { parser: 'json' }));
  const cell = (text) => String(text).replaceAll('|', '\\|');
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  const lines = [
    `# Conditions taken out of verification, ${facts.date.slice(0, 10)}`,
    '',
    `\`npm run mutate\` at ${facts.commit.slice(0, 7)}, Node ${facts.node}, ${facts.tests} tests, ${facts.minutes} minutes; figures: [JSON](${name}.json).`,
    `Kinds (\`test/mutation/mutants.mjs\`): ${facts.kinds.join(', ')}. Of ${total.conditions} mutants the tests notice ${total.killed};`,
    `${total.survived + total.notReached} are not noticed, ${total.unexplained} of them without a reason below.`,
    '',
    '## Not noticed, and why no test need',
    '',
    line(['where', 'always', 'condition', 'why']),
    line(['---', '---', '---', '---']),
    ...left.map(({ file, line: at, to, text, reason }) =>
      line([`${file.replace('src/', '')}:${at}`, to, `\`${text}\``, reason ?? 'open']),
    ),
    '',
    '## By file',
    '',
    line(['file', 'mutants', 'killed', 'survived', 'not reached']),
    line(['---', '---', '---', '---', '---']),
    ...[...rows, total].map((row) =>
      line([row.file.replace('src/', ''), row.conditions, row.killed, row.survived, row.notReached]),
    ),
  ];
  writeFileSync(
    join(folder, `${name}.md`),
    await format(`${lines.join('\n')}\n`, { parser: 'markdown', printWidth: 110 }),
  );
  console.log(`mutate: recorded in docs/evidence/${name}.md`);
}
