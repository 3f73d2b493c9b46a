import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { createApiKey, createSignInLinkFor } from './access/index.js';
import { createOutbound } from './adapters/outbound-http/index.js';
import { addAgreementCommand } from './cli-agreement.js';
import { addAuditCommand } from './cli-audit.js';
import { addFiguresCommand } from './cli-figures.js';
import { addMoveHostCommand } from './cli-move-host.js';
import { compose, type Service } from './compose.js';
import { ConfigError, readConfig } from './config.js';
import { createInteropIssuer, type InteropIssuer } from './interop/index.js';
import { allOf, AppError, found, systemClock, type Actor } from './kernel/index.js';
import { getKeyCompromise, reportKeyCompromise } from './issuing/index.js';
import {
  importIssuerKey,
  issuerDid,
  keyUses,
  listIssuerKeys,
  proofKeyTypes,
  rotateIssuerKey,
  type IssuerRef,
  type KeyUse,
  type ProofKeyType,
  type PublicJwk,
} from './securing/index.js';
import { addMember, roles, type District, type Role } from './tenancy/index.js';
import { composeResolver, verifyCredential } from './verification/index.js';
import { openDistrict, presentIssuerKey } from './web/api/districts.js';
import { presentKeyCompromise } from './web/api/present-key-compromise.js';

const program = new Command('touchstone')
  .description(
    'Sets up districts, members, keys; verifies credential files. Settings come from the environment, as for the service.',
  )
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

const district = program.command('district').description('districts of this service');
district
  .command('create')
  .description('open a district with its signing keys and its first admin; prints the admin’s API key once')
  .requiredOption('--name <name>', 'as people read it')
  .requiredOption(
    '--slug <slug>',
    'in addresses and in the issuer’s DID: lower-case letters, digits, hyphens',
  )
  .requiredOption('--admin-email <address>')
  .requiredOption('--admin-name <name>')
  .option('--time-zone <zone>', 'IANA name, such as America/Chicago', 'UTC')
  .option('--language <tag>', 'BCP 47, such as en-US', 'en')
  .option('--url <url>', 'the district’s own site')
  .option('--email <address>', 'where people write to the district')
  .action(
    withService(async (service, options) => {
      const opened = await openDistrict(service.rooms, {
        district: {
          name: options['name']!,
          slug: options['slug']!,
          timeZone: options['timeZone']!,
          language: options['language']!,
          url: options['url'] ?? null,
          email: options['email'] ?? null,
        },
        admin: { email: options['adminEmail']!, name: options['adminName']! },
      });
      const { district: made, admin, apiKey, did } = opened;
      return {
        district: { id: made.id, slug: made.slug, code: made.code },
        issuerId: did,
        admin: admin.id,
        apiKey,
      };
    }),
  );
district
  .command('list')
  .description('every district')
  .action(
    withService(async (service) => {
      const all = await allOf((request) => service.rooms.tenancy.store.listDistricts(request));
      return all.map(({ id, slug, name, code }) => ({ id, slug, name, code }));
    }),
  );

const member = program.command('member').description('members of a district');
member
  .command('add')
  .requiredOption('--district <slug>')
  .requiredOption('--email <address>')
  .requiredOption('--name <name>')
  .requiredOption('--roles <roles>', `comma-separated, of: ${roles.join(', ')}`)
  .option('--school <school>', 'where the person works: conflict of interest reads it')
  .action(
    withDistrict(async (service, { actor }, options) => {
      const made = await addMember(service.rooms.tenancy, actor, {
        email: options['email']!,
        name: options['name']!,
        school: options['school'] ?? null,
        roles: options['roles']!.split(',').map((role) => role.trim() as Role),
      });
      return { id: made.id, email: made.email, roles: made.roles };
    }),
  );
member
  .command('list')
  .requiredOption('--district <slug>')
  .action(
    withDistrict(async (service, at) => {
      const all = await allOf((request) => service.rooms.tenancy.store.listMembers(at.district.id, request));
      return all.map(({ id, email, name, roles: held, state }) => ({ id, email, name, roles: held, state }));
    }),
  );
member
  .command('sign-in-link')
  .description('a one-time link, good for 15 minutes, for somebody whose mail does not arrive')
  .requiredOption('--district <slug>')
  .requiredOption('--email <address>')
  .action(
    withDistrict(async (service, at, options) => ({
      link: await createSignInLinkFor(
        service.rooms.access,
        at.actor,
        (await memberAt(service, at.district, options['email']!)).id,
      ),
    })),
  );

program
  .command('api-key')
  .description('API keys')
  .command('create')
  .description('make a key for a member; its secret is printed once')
  .requiredOption('--district <slug>')
  .requiredOption('--email <address>', 'whose key it is')
  .requiredOption('--name <name>', 'what it is for')
  .option('--scopes <permissions>', 'comma-separated; all that the member may when left out')
  .option('--days <days>', 'how long it is good', '365')
  .action(
    withDistrict(async (service, at, options) => {
      const owner = await memberAt(service, at.district, options['email']!);
      const { key, secret } = await createApiKey(service.rooms.access, at.actor, {
        member: owner.id,
        name: options['name']!,
        days: Number(options['days']),
        ...(options['scopes'] === undefined
          ? {}
          : { scopes: options['scopes'].split(',').map((scope) => scope.trim()) }),
      });
      return { id: key.id, expiresAt: key.expiresAt, secret };
    }),
  );

const keys = program.command('keys').description('signing keys of a district');
keys
  .command('list')
  .requiredOption('--district <slug>')
  .action(
    withDistrict(async (service, at) =>
      (await listIssuerKeys(service.rooms.securing, at.district.id)).map((key) =>
        presentIssuerKey(key, at.issuer.did),
      ),
    ),
  );
keys
  .command('rotate')
  .description('make a new key; the old one retires, and what it signed stays good')
  .requiredOption('--district <slug>')
  .requiredOption('--use <use>', 'proof (Data Integrity), jwt, or audit (heads of the audit record)')
  .action(
    withDistrict(async (service, at, options) =>
      presentIssuerKey(
        await rotateIssuerKey(service.rooms.securing, at.issuer, keyUse(options['use']!)),
        at.issuer.did,
      ),
    ),
  );
keys
  .command('compromise')
  .description(
    'withdraw a key that others have or may have: it is untrusted at once, and the service signs anew what it signed before',
  )
  .requiredOption('--district <slug>')
  .requiredOption('--key <name>', 'its name, such as proof-2026-1')
  .requiredOption('--at <time>', 'since when others may have had it, in UTC: 2026-11-20T09:00:00Z')
  .requiredOption('--reason <text>', 'what happened, for the district’s own record')
  .action(
    withDistrict(async (service, { actor }, options) => {
      const { issuing } = service.rooms;
      const compromisedAt = options['at']!;
      if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(compromisedAt) || isNaN(Date.parse(compromisedAt)))
        throw new AppError('invalid-request', '--at must be a time in UTC such as 2026-11-20T09:00:00Z.');
      const { id } = await reportKeyCompromise(issuing, actor, {
        key: options['key']!,
        compromisedAt,
        reason: options['reason']!,
      });
      // The rest is the service's work, and is done here for where it is not running.
      await service.settle();
      return presentKeyCompromise(await getKeyCompromise(issuing, actor, id));
    }),
  );
keys
  .command('import')
  .description('sign from now on with a key of your own, a private JWK (see keys.example/)')
  .argument('<file>')
  .requiredOption('--district <slug>')
  .requiredOption('--use <use>', 'proof or audit (Ed25519), or jwt (RSA or P-256)')
  .action(
    withDistrict(async (service, at, options, file) => {
      const jwk = JSON.parse((await readGiven(file!)).toString('utf8')) as Record<string, unknown>;
      const key = await importIssuerKey(service.rooms.securing, {
        issuer: at.issuer,
        use: keyUse(options['use']!),
        jwk,
        publicUrl: service.rooms.service.publicUrl,
        ofOthers: () => keysOfOthers(service, at.district),
      });
      return presentIssuerKey(key, at.issuer.did);
    }),
  );

const interop = program
  .command('interop')
  .description('issuers of the VC-API for interoperability tests (did:key), apart from every district');
interop
  .command('create')
  .description('the issuer with a key of this kind; it is made when there is none')
  .requiredOption('--key-type <type>', Object.keys(proofKeyTypes).join(', '))
  .action(
    withService(async (service, options) =>
      presentInteropIssuer(
        await createInteropIssuer(service.rooms.interop, interopKeyType(options['keyType']!)),
      ),
    ),
  );
interop
  .command('list')
  .description('every interop issuer')
  .action(
    withService(async (service) =>
      (await service.rooms.interop.store.listIssuers()).map(presentInteropIssuer),
    ),
  );

addFiguresCommand(program, withDistrict);
addAgreementCommand(program, readGiven);
addAuditCommand(program, readGiven);
addMoveHostCommand(program);

program
  .command('verify')
  .description(
    'judge a credential file (JSON, JWT, PNG, SVG, PDF) by the keys and lists of its issuer, without any store of ours; exit 0 only when it is valid',
  )
  .argument('<file>')
  .option('--recipient <address>', 'an e-mail address to compare the holder with')
  .option('--json', 'print the whole report')
  .action(async (file: string, options: { readonly recipient?: string; readonly json?: boolean }) => {
    const { config } = readConfig();
    const nobody = async () => undefined;
    const report = await verifyCredential(
      {
        resolver: composeResolver(
          { did: nobody, resource: nobody, standing: nobody },
          createOutbound({ allowLocalhost: config.isLocal }),
        ),
        knownIssuers: { list: async () => [] },
      },
      { kind: 'bytes', bytes: new Uint8Array(await readGiven(file)) },
      {
        now: systemClock.now(),
        ...(options.recipient === undefined ? {} : { recipient: options.recipient }),
      },
    );
    const lines = report.checks.map(({ check, outcome, detail }) => `  ${check}: ${outcome}. ${detail}\n`);
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify(report, null, 2)}\n`
        : `${report.verdict}: ${report.sentence}\n${lines.join('')}`,
    );
    process.exitCode = report.verdict === 'valid' ? 0 : 1;
  });

type Options = { readonly [name: string]: string | undefined };

/** Runs an action over a composed service, prints what it gives as JSON, and says failures in one line. */
function withService(action: (service: Service, options: Options, argument?: string) => Promise<unknown>) {
  return async (...given: unknown[]): Promise<void> => {
    // Commander gives the arguments first, then the options, then the command.
    const options = given.at(-2) as Options;
    const argument = given.length > 2 ? (given[0] as string) : undefined;
    const { config, secrets } = readConfig();
    const service = await compose(config, secrets, { background: () => false, log: () => undefined });
    try {
      process.stdout.write(`${JSON.stringify(await action(service, options, argument), null, 2)}\n`);
    } finally {
      await service.close();
    }
  };
}

interface AtDistrict {
  readonly district: District;
  readonly actor: Actor;
  readonly issuer: IssuerRef;
}

function withDistrict(
  action: (service: Service, at: AtDistrict, options: Options, argument?: string) => Promise<unknown>,
) {
  return withService(async (service, options, argument) => {
    const at = found(await service.rooms.tenancy.store.districtBySlug(options['district']!), 'district');
    const actor: Actor = { kind: 'service', district: at.id };
    const did = issuerDid(service.rooms.service.publicUrl, at.slug);
    return action(service, { district: at, actor, issuer: { district: at.id, did } }, options, argument);
  });
}

/** Every public key of the other districts and of the interop issuers. */
async function keysOfOthers({ rooms }: Service, own: District): Promise<readonly PublicJwk[]> {
  const districts = await allOf((request) => rooms.tenancy.store.listDistricts(request));
  const keys: { readonly publicJwk: PublicJwk }[] = [...(await rooms.interop.store.listIssuers())];
  for (const { id } of districts) if (id !== own.id) keys.push(...(await listIssuerKeys(rooms.securing, id)));
  return keys.map(({ publicJwk }) => publicJwk);
}

/** The bytes of a file named on the command line, - being the standard input. @throws not-found when it cannot be read. */
async function readGiven(file: string): Promise<Buffer> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file);
  } catch (cause) {
    throw new AppError('not-found', `The file ${file} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

async function memberAt(service: Service, at: District, email: string) {
  return found(await service.rooms.tenancy.store.memberByEmail(at.id, email.trim().toLowerCase()), 'member');
}

function presentInteropIssuer({ did, keyType, createdAt }: InteropIssuer) {
  return { issuerId: did, keyType, createdAt };
}

function interopKeyType(text: string): ProofKeyType {
  if (Object.hasOwn(proofKeyTypes, text)) return text as ProofKeyType;
  const known = Object.keys(proofKeyTypes).join(', ');
  throw new AppError('invalid-request', `--key-type must be one of ${known}; it is "${text}".`);
}

function keyUse(text: string): KeyUse {
  const use = keyUses.find((known) => known === text);
  if (use !== undefined) return use;
  throw new AppError('invalid-request', `--use must be one of ${keyUses.join(', ')}; it is "${text}".`);
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof AppError || error instanceof ConfigError)) throw error;
  const fields =
    error instanceof AppError ? error.errors.map((fault) => `  ${fault.pointer}: ${fault.detail}\n`) : [];
  process.stderr.write(`touchstone: ${error.message}\n${fields.join('')}`);
  process.exitCode = 1;
}
