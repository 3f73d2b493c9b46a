import type { Command } from 'commander';
import type { Service } from './compose.js';
import { checkFigures } from './review/index.js';
import type { District } from './tenancy/index.js';

type Options = { readonly [name: string]: string | undefined };

/** What makes a command's action of one at a district: it is given by the program. */
type AtDistrict = (
  action: (service: Service, at: { readonly district: District }, options: Options) => Promise<unknown>,
) => (...given: unknown[]) => Promise<void>;

/** `touchstone figures --district SLUG [--rebuild]`: figures of reviewers against the record that they are made from. */
export function addFiguresCommand(program: Command, atDistrict: AtDistrict): void {
  program
    .command('figures')
    .description(
      'hold every reviewer’s figures against the ratings and observations on record; exit 1 when some are different and were not made anew',
    )
    .requiredOption('--district <slug>')
    .option('--rebuild', 'make those that are not equal anew; the service may be running')
    .action(
      atDistrict(async ({ rooms }, { district }, options) => {
        const rebuild = options['rebuild'] !== undefined;
        const found = await checkFigures(rooms.review, district.id, { rebuild });
        if (!rebuild && found.findings.some(({ standing }) => standing === 'different')) process.exitCode = 1;
        return { ...found, rebuilt: rebuild };
      }),
    );
}
