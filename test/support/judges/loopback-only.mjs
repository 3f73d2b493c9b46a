// Loaded before a judge (`node --import`): the judge's own code stays as its authors published it, and its process
// reaches nothing but the test. Connections to the hosts in JUDGE_HOSTS, port 443, go to the loopback port JUDGE_PORT;
// every other one, and every question to DNS, is refused and counted.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const hosts = new Set(process.env['JUDGE_HOSTS'].split(','));
const port = Number(process.env['JUDGE_PORT']);

/** What was refused, in order: `host:port`, a path, or a question to DNS. */
export const refused = [];

function refusal(what) {
  refused.push(what);
  return Object.assign(new Error(`no network in a judge's process: ${what}`), { code: 'ECONNREFUSED' });
}

// Every TCP and TLS connection of Node goes through here. TLS has fixed the name that it will check before.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // Node's own callers hand over an array of [options, callback] that is already normalised.
  const given = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof given[0] === 'object' ? given[0] : { port: given[0], host: given[1] };
  if (hosts.has(options.host) && Number(options.port) === 443) {
    const callback = given.find((one) => typeof one === 'function');
    const mapped = { ...options, host: '127.0.0.1', port };
    return callback === undefined ? connect.call(this, mapped) : connect.call(this, mapped, callback);
  }
  const error = refusal(options.path ?? `${options.host}:${options.port}`);
  process.nextTick(() => this.destroy(error));
  return this;
};

for (const [asker, callsBack] of [
  [dns, true],
  [dns.promises, false],
]) {
  for (const name of Object.keys(asker).filter((one) => /^(lookup|resolve|reverse)/.test(one))) {
    asker[name] = (...args) => {
      const error = refusal(`dns.${name} ${String(args[0])}`);
      if (!callsBack) return Promise.reject(error);
      process.nextTick(args.at(-1), error);
      return undefined;
    };
  }
}
syncBuiltinESMExports();
