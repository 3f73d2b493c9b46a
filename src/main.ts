import { createServer } from 'node:http';
import { compose } from './compose.js';
import { ConfigError, readConfig } from './config.js';
import { AppError } from './kernel/index.js';

const exitFault = 78; // EX_CONFIG of sysexits.h

try {
  const { config, secrets } = readConfig();
  const service = await compose(config, secrets);
  const server = createServer(service.app);
  server.requestTimeout = 120_000;
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is taken by another program';
    process.stderr.write(`Port ${config.port} ${why}; choose another with PORT.\n`);
    void service.close().then(() => process.exit(exitFault));
  });
  server.listen({ port: config.port, ...(config.listen === 'loopback' ? { host: '127.0.0.1' } : {}) }, () => {
    process.stderr.write(banner(config.publicUrl, config.isLocal, service.store.engine, config.dataDir));
    // After the first requests, which must not wait for it.
    setTimeout(() => service.warm(), 1_000).unref();
  });
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    server.close(() => void service.close().then(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitFault;
}

function banner(publicUrl: string, isLocal: boolean, engine: string, dataDir: string): string {
  const local = isLocal
    ? `\nThis is a service on localhost: its key secret was generated and lies in ${dataDir};\n` +
      `mail is written to the mailbox folder there. Credentials issued here name localhost.\n` +
      `Open a district at ${publicUrl}/set-up with the token in the file operator-token there.\n`
    : '';
  return `Touchstone is at ${publicUrl} (${engine}).${local}\n`;
}
