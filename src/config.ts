import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './kernel/index.js';

/** What the service is told from outside. Secrets are apart: they have no defaults off localhost and never print. */
export interface Config {
  readonly port: number;
  /** Where people and verifiers reach the service: an origin without a slash at the end. */
  readonly publicUrl: string;
  /** Whether `publicUrl` is on this machine: then example keys and a generated key secret are allowed. */
  readonly isLocal: boolean;
  /** Who can reach the port: this machine only, or every network that it is in. */
  readonly listen: 'loopback' | 'all';
  readonly dataDir: string;
  /** The folder in which every signed head of an audit record is kept outside the store; left out: they are not. */
  readonly auditHeads?: string;
  readonly mailFrom: string;
  readonly logLevel: string;
  readonly rateLimits: boolean;
  readonly trustProxy: number;
  /** Whether the VC-API is there, for interoperability tests. */
  readonly vcApi: boolean;
  readonly workers: WorkerConfig;
  /** The token in which signing keys are made and used; left out: they are kept in the store, sealed. */
  readonly pkcs11?: { readonly module: string; readonly token: string };
}

/** The threads in which foreign credentials are parsed and judged. */
export interface WorkerConfig {
  /** The bundled `src/worker.ts`. */
  readonly url: URL;
  readonly wallClockSeconds: number;
  readonly threads: number;
}

export interface Secrets {
  /** From which the key that seals issuer keys is derived; undefined on localhost: then one is generated and kept in the data folder. */
  readonly keySecret: string | undefined;
  readonly mongodbUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  /** Lets its bearer open districts; undefined on localhost: then one is generated and kept in the data folder. */
  readonly operatorToken: string | undefined;
  readonly pkcs11Pin?: string;
}

interface Setting {
  readonly name: string;
  readonly meaning: string;
  readonly default: string;
  readonly secret: boolean;
  /** What is wrong with a value, or undefined. */
  readonly fault: (value: string) => string | undefined;
}

const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;

/** Every setting: the one table, from which docs/configuration.md is generated. */
export const settings: readonly Setting[] = [
  {
    name: 'PORT',
    meaning: 'TCP port to listen on; 0 takes a free one.',
    default: '8080',
    secret: false,
    fault: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) < 65_536 ? undefined : 'must be a port from 0 to 65535',
  },
  {
    name: 'TOUCHSTONE_LISTEN',
    meaning:
      'Who can reach the port: `loopback` (127.0.0.1, this machine only) or `all` (every network interface). Without it, `loopback` when PUBLIC_URL is localhost, else `all`. The container image sets `all`.',
    default: '',
    secret: false,
    fault: oneOf('', 'loopback', 'all'),
  },
  {
    name: 'PUBLIC_URL',
    meaning:
      'Origin at which people and verifiers reach the service. It is in every credential for good; it is recorded at the first start, and another one stops the start until `touchstone move-host` has recorded that the service moved.',
    default: 'http://localhost:PORT',
    secret: false,
    fault: originFault,
  },
  {
    name: 'TOUCHSTONE_DATA_DIR',
    meaning: 'Folder for the embedded database, files and, in development, the mailbox.',
    default: '.touchstone',
    secret: false,
    fault: (value) => (value === '' ? 'must not be empty' : undefined),
  },
  {
    name: 'TOUCHSTONE_AUDIT_HEADS',
    meaning:
      'Folder in which every signed head of an audit record is kept outside the store, best on another machine’s disk. When set, the service does not start on a store that is behind these heads, such as a restored backup, until `touchstone audit restored` has recorded it; see [the audit record](audit.md).',
    default: '',
    secret: false,
    fault: () => undefined,
  },
  {
    name: 'TOUCHSTONE_MONGODB_URL',
    meaning: 'When set, MongoDB is the store instead of the embedded one: `mongodb://…` with a replica set.',
    default: '',
    secret: true,
    fault: (value) =>
      value === '' || /^mongodb(\+srv)?:\/\//.test(value)
        ? undefined
        : 'must begin with mongodb:// or mongodb+srv://',
  },
  {
    name: 'TOUCHSTONE_KEY_SECRET',
    meaning:
      'Secret, at least 32 characters, that seals issuer keys and evidence at rest. Required off localhost.',
    default: '',
    secret: true,
    fault: (value) => (value === '' || value.length >= 32 ? undefined : 'must have at least 32 characters'),
  },
  {
    name: 'TOUCHSTONE_PKCS11_MODULE',
    meaning:
      'Path of a PKCS#11 module (a shared library). When set, new signing keys are made inside its token and never leave it; see [keys](keys.md).',
    default: '',
    secret: false,
    fault: () => undefined,
  },
  {
    name: 'TOUCHSTONE_PKCS11_TOKEN',
    meaning: 'The label of the token.',
    default: '',
    secret: false,
    fault: () => undefined,
  },
  {
    name: 'TOUCHSTONE_PKCS11_PIN',
    meaning: 'The PIN of the token’s user.',
    default: '',
    secret: true,
    fault: () => undefined,
  },
  {
    name: 'TOUCHSTONE_OPERATOR_TOKEN',
    meaning:
      'Secret, at least 32 characters, with which whoever runs the service opens districts over HTTP and on the page /set-up. Without it, off localhost, only the command line opens districts.',
    default: '',
    secret: true,
    fault: (value) =>
      value === '' || /^[\x21-\x7e]{32,}$/.test(value)
        ? undefined
        : 'must have at least 32 characters, all visible ASCII without spaces',
  },
  {
    name: 'TOUCHSTONE_SMTP_URL',
    meaning:
      'Where mail goes: `smtp://user:password@host:port` or `smtps://…`. Without it, on localhost, mail is written to the mailbox folder.',
    default: '',
    secret: true,
    fault: (value) =>
      value === '' || /^smtps?:\/\//.test(value) ? undefined : 'must begin with smtp:// or smtps://',
  },
  {
    name: 'TOUCHSTONE_MAIL_FROM',
    meaning: "The sender's address of all mail.",
    default: 'touchstone@localhost',
    secret: false,
    fault: (value) => (value.includes('@') ? undefined : 'must be an e-mail address'),
  },
  {
    name: 'TOUCHSTONE_LOG_LEVEL',
    meaning: 'How much is logged.',
    default: 'info',
    secret: false,
    fault: oneOf('silent', 'error', 'warn', 'info', 'debug'),
  },
  {
    name: 'TOUCHSTONE_RATE_LIMITS',
    meaning: 'Whether calls are counted and limited.',
    default: 'on',
    secret: false,
    fault: oneOf('on', 'off'),
  },
  {
    name: 'TOUCHSTONE_TRUST_PROXY',
    meaning: 'How many reverse proxies stand before the service, whose X-Forwarded-For is believed.',
    default: '0',
    secret: false,
    fault: (value) => (/^\d$/.test(value) ? undefined : 'must be a number from 0 to 9'),
  },
  {
    name: 'TOUCHSTONE_VERIFY_SECONDS',
    meaning:
      'How long one step of judging one credential may take in its worker thread; what takes longer could not be checked.',
    default: '2',
    secret: false,
    fault: (value) => (/^[1-9]\d?$/.test(value) ? undefined : 'must be a number from 1 to 99'),
  },
  {
    name: 'TOUCHSTONE_VERIFY_THREADS',
    meaning:
      'How many credentials of one sender are judged at once, each in its own thread of up to 160 MB; one thread more is there for other senders. Without it, one a processor and at least 2.',
    default: '',
    secret: false,
    fault: (value) => (/^([1-9]|[1-5]\d|6[0-4])?$/.test(value) ? undefined : 'must be a number from 1 to 64'),
  },
  {
    name: 'TOUCHSTONE_VC_API',
    meaning:
      'Whether the VC-API is there, for interoperability tests (docs/vc-api.md). It signs for did:key issuers of its own only, never for a district. Where others than this machine can reach it, issuing and changing a status ask for the operator token.',
    default: 'off',
    secret: false,
    fault: oneOf('on', 'off'),
  },
];

/** The worker threads of a service that was told nothing about them. */
export const defaultWorkers: WorkerConfig = {
  url: pathToFileURL(join(packageRoot, 'dist/worker.js')),
  wallClockSeconds: 2,
  // On one processor too, a slow credential must not stop the next.
  threads: Math.max(2, availableParallelism()),
};

/** Thrown when the environment is not fit to start with: every fault at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment.
 * @throws ConfigError listing every fault: a bad value, an unknown `TOUCHSTONE_` name, a secret missing off localhost.
 */
export function readConfig(environment: { readonly [name: string]: string | undefined } = process.env): {
  readonly config: Config;
  readonly secrets: Secrets;
} {
  const faults: string[] = [];
  const value = (name: string): string => {
    const setting = settings.find((candidate) => candidate.name === name);
    if (setting === undefined) throw new Error(`${name} is not in the table of settings`);
    return environment[name] ?? setting.default;
  };
  for (const setting of settings) {
    const given = environment[setting.name];
    const fault = given === undefined ? undefined : setting.fault(given);
    if (fault !== undefined)
      faults.push(`${setting.name} ${fault}${setting.secret ? '' : ` (it is "${given}")`}`);
  }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('TOUCHSTONE_') && settings.every((setting) => setting.name !== name)) {
      faults.push(`${name} is not a setting; check its spelling in docs/configuration.md`);
    }
  }
  const port = Number(value('PORT'));
  const publicUrl = (environment['PUBLIC_URL'] ?? `http://localhost:${port}`).replace(/\/$/, '');
  const isLocal = isLocalUrl(publicUrl);
  if (!isLocal && value('TOUCHSTONE_KEY_SECRET') === '') {
    faults.push(
      'TOUCHSTONE_KEY_SECRET is required when PUBLIC_URL is not localhost; make one with: openssl rand -base64 48',
    );
  }
  if (!isLocal && value('TOUCHSTONE_SMTP_URL') === '') {
    faults.push(
      'TOUCHSTONE_SMTP_URL is required when PUBLIC_URL is not localhost: people sign in by e-mailed links',
    );
  }
  const pkcs11 = ['TOUCHSTONE_PKCS11_MODULE', 'TOUCHSTONE_PKCS11_TOKEN', 'TOUCHSTONE_PKCS11_PIN'] as const;
  const missing = pkcs11.filter((name) => value(name) === '');
  if (missing.length > 0 && missing.length < pkcs11.length) {
    faults.push(`${missing.join(' and ')} must be set too: a token needs its module, its label and its PIN`);
  }
  if (faults.length > 0)
    throw new ConfigError(`The service cannot start:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return {
    config: {
      port,
      publicUrl,
      isLocal,
      listen: (value('TOUCHSTONE_LISTEN') || (isLocal ? 'loopback' : 'all')) as Config['listen'],
      dataDir: resolve(value('TOUCHSTONE_DATA_DIR')),
      ...(value('TOUCHSTONE_AUDIT_HEADS') === ''
        ? {}
        : { auditHeads: resolve(value('TOUCHSTONE_AUDIT_HEADS')) }),
      mailFrom: value('TOUCHSTONE_MAIL_FROM'),
      logLevel: value('TOUCHSTONE_LOG_LEVEL'),
      rateLimits: value('TOUCHSTONE_RATE_LIMITS') === 'on',
      trustProxy: Number(value('TOUCHSTONE_TRUST_PROXY')),
      vcApi: value('TOUCHSTONE_VC_API') === 'on',
      workers: {
        ...defaultWorkers,
        wallClockSeconds: Number(value('TOUCHSTONE_VERIFY_SECONDS')),
        threads: Number(value('TOUCHSTONE_VERIFY_THREADS') || defaultWorkers.threads),
      },
      ...(missing.length === 0 ? { pkcs11: { module: value(pkcs11[0]), token: value(pkcs11[1]) } } : {}),
    },
    secrets: {
      keySecret: value('TOUCHSTONE_KEY_SECRET') || undefined,
      mongodbUrl: value('TOUCHSTONE_MONGODB_URL') || undefined,
      smtpUrl: value('TOUCHSTONE_SMTP_URL') || undefined,
      operatorToken: value('TOUCHSTONE_OPERATOR_TOKEN') || undefined,
      ...(missing.length === 0 ? { pkcs11Pin: value(pkcs11[2]) } : {}),
    },
  };
}

/** Whether a URL's host is this machine. */
export function isLocalUrl(url: string): boolean {
  try {
    return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
  } catch {
    return false;
  }
}

function originFault(value: string): string | undefined {
  try {
    const url = new URL(value);
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
      return 'must be an origin alone, such as https://credentials.example.org';
    }
    if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocalUrl(value))) return undefined;
    return 'must begin with https:// (http:// is for localhost only)';
  } catch {
    return 'must be a URL, such as https://credentials.example.org';
  }
}
