import { createHash } from 'node:crypto';
import type { PKCS11, Template } from 'pkcs11js';
import { AppError } from '../../kernel/index.js';

/** The package, an optional dependency: it is compiled at install and only needed here. */
type Library = typeof import('pkcs11js');

/** Where keys live: a token behind a PKCS#11 module. */
export interface TokenSettings {
  /** Path of the module, a shared library. */
  readonly module: string;
  /** The label of the token. */
  readonly token: string;
  readonly pin: string;
}

/** A logged-in token: each call is given a session that nobody else uses meanwhile. */
export interface Token {
  readonly library: Library;
  /** @throws unavailable when the token answers with an error */
  use<R>(act: (session: Buffer, pkcs11: PKCS11) => R | Promise<R>): Promise<R>;
  close(): void;
}

/** One initialized module a process, whoever asks for it: a login counts for the whole process (PKCS#11 2.40, 5.6). */
const modules = new Map<string, { readonly pkcs11: PKCS11; users: number; pins: Map<string, string> }>();

/** Sessions held at once: as many as libuv has threads for calls into the module. */
const mostSessions = 4;

/**
 * Loads the module, finds the token by its label and logs in.
 * @throws unavailable when the package is not installed, the module cannot be loaded, there is no such token, or the PIN is refused.
 */
export async function openToken(settings: TokenSettings): Promise<Token> {
  const library = await loadLibrary();
  const loaded = moduleAt(library, settings.module);
  const { pkcs11 } = loaded;
  try {
    const slot = slotOf(pkcs11, settings.token);
    logIn(library, loaded, slot, settings);
    return sessionsOf(library, pkcs11, slot, () => leave(settings.module));
  } catch (error) {
    leave(settings.module);
    throw explained(error, settings);
  }
}

async function loadLibrary(): Promise<Library> {
  try {
    const loaded = (await import('pkcs11js')) as Library & { readonly default?: Library };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'TOUCHSTONE_PKCS11_MODULE is set, but the optional package pkcs11js is not there (it is compiled when it is installed): install a C++ compiler and run `npm ci` again, or unset it.',
      { cause },
    );
  }
}

function moduleAt(library: Library, path: string) {
  let loaded = modules.get(path);
  if (loaded === undefined) {
    const pkcs11 = new library.PKCS11();
    try {
      pkcs11.load(path);
      pkcs11.C_Initialize({ flags: library.CKF_OS_LOCKING_OK });
    } catch (cause) {
      throw new AppError(
        'unavailable',
        `TOUCHSTONE_PKCS11_MODULE: the module ${path} cannot be loaded (${(cause as Error).message}). Check that the file exists and that its own configuration is found.`,
        { cause },
      );
    }
    loaded = { pkcs11, users: 0, pins: new Map() };
    modules.set(path, loaded);
  }
  loaded.users += 1;
  return loaded;
}

function leave(path: string): void {
  const loaded = modules.get(path);
  if (loaded === undefined) return;
  loaded.users -= 1;
  if (loaded.users > 0) return;
  modules.delete(path);
  loaded.pkcs11.C_Finalize();
  loaded.pkcs11.close();
}

function slotOf(pkcs11: PKCS11, label: string): Buffer {
  const labels: string[] = [];
  for (const slot of pkcs11.C_GetSlotList(true)) {
    const present = pkcs11.C_GetTokenInfo(slot).label.trim();
    if (present === label) return slot;
    if (present !== '') labels.push(`"${present}"`);
  }
  throw new AppError(
    'unavailable',
    `TOUCHSTONE_PKCS11_TOKEN: there is no token with the label "${label}"; the module has ${labels.length === 0 ? 'none' : labels.join(', ')}.`,
  );
}

/** Once a process; a second login with another PIN is refused here, since the module would not look at it. */
function logIn(
  library: Library,
  { pkcs11, pins }: { readonly pkcs11: PKCS11; readonly pins: Map<string, string> },
  slot: Buffer,
  { token, pin }: TokenSettings,
): void {
  const hash = createHash('sha256').update(pin).digest('hex');
  const known = pins.get(token);
  if (known === hash) return;
  if (known !== undefined) throw wrongPin(token);
  const session = pkcs11.C_OpenSession(slot, library.CKF_SERIAL_SESSION | library.CKF_RW_SESSION);
  // The session stays open: with the last one of a token its login ends.
  pkcs11.C_Login(session, library.CKU_USER, pin);
  pins.set(token, hash);
}

function sessionsOf(library: Library, pkcs11: PKCS11, slot: Buffer, leaveModule: () => void): Token {
  const idle: Buffer[] = [];
  const waiting: ((session: Buffer) => void)[] = [];
  let open = 0;
  let closed = false;

  async function take(): Promise<Buffer> {
    if (closed) throw new AppError('unavailable', 'The token was closed.');
    const session = idle.pop();
    if (session !== undefined) return session;
    if (open >= mostSessions) return new Promise((resolve) => waiting.push(resolve));
    open += 1;
    try {
      return pkcs11.C_OpenSession(slot, library.CKF_SERIAL_SESSION | library.CKF_RW_SESSION);
    } catch (error) {
      open -= 1;
      throw error;
    }
  }
  function giveBack(session: Buffer): void {
    const next = waiting.shift();
    if (next !== undefined) next(session);
    else idle.push(session);
  }

  return {
    library,
    async use(act) {
      try {
        const session = await take();
        try {
          return await act(session, pkcs11);
        } finally {
          giveBack(session);
        }
      } catch (error) {
        throw error instanceof AppError ? error : explained(error);
      }
    },
    close() {
      if (closed) return;
      closed = true;
      leaveModule();
    },
  };
}

/** The private or public objects with this id and label. */
export function findObject(pkcs11: PKCS11, session: Buffer, template: Template): Buffer | undefined {
  pkcs11.C_FindObjectsInit(session, template);
  try {
    return pkcs11.C_FindObjects(session, 1)[0];
  } finally {
    pkcs11.C_FindObjectsFinal(session);
  }
}

function wrongPin(token: string): AppError {
  return new AppError('unavailable', `TOUCHSTONE_PKCS11_PIN is not the PIN of the token "${token}".`);
}

/** The module's error as ours; its code tells the reason, never its arguments. */
function explained(error: unknown, settings?: TokenSettings): AppError {
  if (error instanceof AppError) return error;
  const { message } = error as Error;
  if (settings !== undefined && /CKR_PIN_(INCORRECT|INVALID|LEN_RANGE)/.test(message))
    return wrongPin(settings.token);
  if (settings !== undefined && message.includes('CKR_PIN_LOCKED'))
    return new AppError(
      'unavailable',
      `The PIN of the token "${settings.token}" is locked: unlock it with the means of its maker.`,
    );
  return new AppError('unavailable', `The token that keeps the signing keys answered ${message}.`, {
    cause: error,
  });
}
