import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { TokenSettings } from '../../src/adapters/key-custody/index.js';

/** Where the packages of common systems put SoftHSM 2's module. */
const places = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

/** A token of SoftHSM 2 in a folder of its own, removed with `remove`. */
export interface SoftToken {
  readonly settings: TokenSettings;
  /** Everything that the token keeps on disk lies here. */
  readonly folder: string;
  remove(): void;
}

/** A new token; undefined, after saying so loudly, where SoftHSM 2 or the package pkcs11js is not installed. */
export async function softToken(): Promise<SoftToken | undefined> {
  const module = places.find((place) => existsSync(place));
  const ready = await import('pkcs11js').then(
    () => true,
    () => false,
  );
  if (module === undefined || !ready) {
    process.stderr.write('\n    skipped: no SoftHSM (softhsm2 and the package pkcs11js are needed)\n\n');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-token-'));
  const configuration = join(folder, 'softhsm2.conf');
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(
    configuration,
    `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const token = 'Keys of the tests';
  const pin = '731964-pin';
  await setRealEnvironment('SOFTHSM2_CONF', configuration);
  execFileSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', token, '--so-pin', '84216', '--pin', pin],
    {
      env: { ...process.env, SOFTHSM2_CONF: configuration },
      stdio: 'ignore',
    },
  );
  return {
    settings: { module, token, pin },
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Sets a variable where native code reads it. The test runner gives tests a copy of `process.env`; a thread that shares
 * the environment of the process reaches the real one.
 */
function setRealEnvironment(name: string, value: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = `process.env[${JSON.stringify(name)}] = ${JSON.stringify(value)}`;
    new Worker(source, { eval: true, env: SHARE_ENV }).once('exit', () => resolve()).once('error', reject);
  });
}
