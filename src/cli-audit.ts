import { createReadStream, createWriteStream } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import {
  drainNow,
  exportRecord,
  jwsIn,
  recordRestore,
  sayExport,
  signHead,
  verifyExport,
  type ExportVerdict,
  type GivenFile,
} from './audit/index.js';
import { compose, type Overrides, type Service } from './compose.js';
import { ConfigError, readConfig } from './config.js';
import { keptHeads } from './kept-heads.js';
import { AppError, found } from './kernel/index.js';
import { verifyCompactJws } from './securing/index.js';
import type { District } from './tenancy/index.js';

/** What `touchstone audit verify` ends with. */
const exitCodes: Readonly<Record<ExportVerdict['outcome'], number>> = { good: 0, bad: 1, 'not-judged': 2 };

/** `touchstone audit …`: a district's record exported, its head signed now, an export verified offline. */
export function addAuditCommand(program: Command, read: (file: string) => Promise<Buffer>): void {
  const audit = program.command('audit').description('the audit record of a district (docs/audit.md)');
  audit
    .command('export')
    .description('the whole record, a line of JSON for each entry; what waits is appended first')
    .requiredOption('--district <slug>')
    .option('--out <file>', 'where to; the standard output when left out')
    .action((options: { readonly district: string; readonly out?: string }) =>
      atDistrict(
        options.district,
        async ({ rooms }, district) => {
          await drainNow(rooms.audit);
          const pieces = exportRecord(rooms.audit.store, district.id);
          if (options.out === undefined) return pipeline(pieces, process.stdout, { end: false });
          // Whole or not at all: a half of a record would look like one that was cut off.
          const part = `${options.out}.part`;
          await pipeline(pieces, createWriteStream(part, { mode: 0o600 }));
          await rename(part, options.out);
        },
        // To look into a store that is not what it was.
        { behindHeads: true },
      ),
    );
  audit
    .command('head')
    .description('sign the end of the record as it is now, and print the head: keep it outside this service')
    .requiredOption('--district <slug>')
    .option('--out <file>', 'where to; the standard output when left out')
    .action((options: { readonly district: string; readonly out?: string }) =>
      atDistrict(options.district, async ({ rooms }, district) => {
        await drainNow(rooms.audit);
        const { seq, hash, time, jws } = await signHead(rooms.audit, district.id);
        const text = `${JSON.stringify({ district: district.slug, seq, hash, time, jws }, null, 2)}\n`;
        if (options.out === undefined) process.stdout.write(text);
        else await writeFile(options.out, text);
      }),
    );
  audit
    .command('restored')
    .description(
      'record that the store was restored from a backup: the heads that were signed before and that it is behind, and a new head. Stop the service first, and run this only when you know of the restore',
    )
    .requiredOption('--district <slug>')
    .option(
      '--head <file>',
      'a head that was saved, or several in one file; may be given again. Those in TOUCHSTONE_AUDIT_HEADS are taken too',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .action((options: { readonly district: string; readonly head: readonly string[] }) =>
      atDistrict(
        options.district,
        async ({ rooms }, district) => {
          const saved: string[] = [];
          for (const file of options.head) {
            const found = jwsIn((await read(file)).toString('utf8'));
            if (found.length === 0)
              throw new AppError('invalid-request', `The file ${file} holds no signed head.`);
            saved.push(...found);
          }
          const { auditHeads } = readConfig().config;
          if (auditHeads !== undefined)
            saved.push(...(await keptHeads(auditHeads, rooms.tenancy).of(district.slug)));
          if (saved.length === 0)
            throw new AppError(
              'invalid-request',
              'Give a head that was signed before the restore with --head, or set TOUCHSTONE_AUDIT_HEADS.',
            );
          const { fromHead, lostHead, lostBefore, head } = await recordRestore(rooms.audit, district, saved);
          const { seq, hash, time, jws } = head;
          const signed = { district: district.slug, seq, hash, time, jws };
          process.stdout.write(
            `${JSON.stringify({ restored: { fromHead, lostHead, lostBefore }, head: signed }, null, 2)}\n`,
          );
        },
        { behindHeads: true },
      ),
    );
  audit
    .command('verify')
    .description(
      'verify an exported record with nothing but files: exit 0 when it is good, 1 when something is wrong with it, 2 when it cannot be judged',
    )
    .argument('<file>', 'the exported record; - is the standard input')
    .option(
      '--head <file>',
      'a head that was saved, or several in one file; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option(
      '--statement <file>',
      'a review quality statement (its .json) to hold against the record; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option(
      '--jwks <file>',
      'the district’s audit keys, from /.well-known/audit/SLUG/jwks.json; without it the keys that the record names',
    )
    .option('--json', 'print what was found as JSON')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (file: string, options: VerifyOptions) => {
      try {
        const verdict = await verifyFile(file, options, read);
        const { outcome, record, ...rest } = verdict;
        process.stdout.write(
          options.json === true
            ? `${JSON.stringify({ outcome, ...record, ...rest }, null, 2)}\n`
            : `${sayExport(verdict).join('\n')}\n`,
        );
        process.exitCode = exitCodes[outcome];
      } catch (error) {
        if (!(error instanceof AppError || error instanceof ConfigError)) throw error;
        process.stderr.write(`touchstone: ${error.message}\n`);
        process.exitCode = 2;
      }
    });
}

interface VerifyOptions {
  readonly head: readonly string[];
  readonly statement: readonly string[];
  readonly jwks?: string;
  readonly json?: boolean;
}

async function verifyFile(
  name: string,
  options: VerifyOptions,
  read: (file: string) => Promise<Buffer>,
): Promise<ExportVerdict> {
  const given = async (file: string): Promise<GivenFile> => ({
    name: file,
    text: (await read(file)).toString('utf8'),
  });
  const [heads, statements, jwks] = await Promise.all([
    Promise.all(options.head.map(given)),
    Promise.all(options.statement.map(given)),
    options.jwks === undefined ? undefined : given(options.jwks),
  ]);
  const whole = name === '-' ? await read(name) : undefined;
  return verifyExport({
    name,
    record: () => (whole === undefined ? bytesOf(name) : [whole]),
    heads,
    statements,
    ...(jwks === undefined ? {} : { jwks }),
    openJws: verifyCompactJws,
  });
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new AppError('not-found', `The file ${file} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** Runs `act` over the composed service at a district. @throws not-found when there is no such district */
async function atDistrict(
  slug: string,
  act: (service: Service, district: District) => Promise<void>,
  overrides: Overrides = {},
): Promise<void> {
  const { config, secrets } = readConfig();
  const service = await compose(config, secrets, {
    background: () => false,
    log: () => undefined,
    ...overrides,
  });
  try {
    await act(service, found(await service.rooms.tenancy.store.districtBySlug(slug), 'district'));
  } finally {
    await service.close();
  }
}
