import { defaultWorkers, type Config, type Secrets } from '../../src/config.js';

/** The settings of a process that is to be killed, over a data folder. */
export function faultConfig(dataDir: string): Config {
  return {
    port: 0,
    publicUrl: 'http://localhost:8080',
    isLocal: true,
    listen: 'loopback',
    dataDir,
    mailFrom: 'touchstone@localhost',
    logLevel: 'silent',
    rateLimits: false,
    trustProxy: 0,
    vcApi: false,
    workers: defaultWorkers,
  };
}

export const faultSecrets: Secrets = {
  keySecret: 'a secret for tests only, of more than 32 characters',
  operatorToken: undefined,
  mongodbUrl: undefined,
  smtpUrl: undefined,
};
