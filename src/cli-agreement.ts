import type { Command } from 'commander';
import { answerCases } from './calibration/index.js';
import { AppError } from './kernel/index.js';

/**
 * `touchstone agreement FILE`: a line of JSON for each case, `{ id, value, reason }`. Ends with 0 only when every case
 * could be read.
 */
export function addAgreementCommand(program: Command, read: (file: string) => Promise<Buffer>): void {
  program
    .command('agreement')
    .description(
      'statistics of agreement over a file of cases (docs/agreement-format.md; - is the standard input): a line of JSON for each; exit 0 only when every case could be read',
    )
    .argument('<file>')
    .action(async (file: string) => {
      const answers = answerCases(parsed(await read(file), file));
      for (const { id, value, reason } of answers)
        process.stdout.write(`${JSON.stringify({ id, value, reason })}\n`);
      if (answers.some(({ fault }) => fault)) process.exitCode = 1;
    });
}

function parsed(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('invalid-request', `The file ${file} is no JSON: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
