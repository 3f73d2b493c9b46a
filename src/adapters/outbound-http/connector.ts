import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './public-address.js';

/** Where a named host really listens, and which certificate authority vouches for it: for test rigs. */
export interface MappedHost {
  readonly address: string;
  readonly port: number;
}

/** A connection that was not made because of where it would have led. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

export interface ConnectorOptions {
  readonly allowLocalhost: boolean;
  readonly hosts: Readonly<Record<string, MappedHost>>;
  readonly ca: string | undefined;
  readonly lookup: LookupFunction | undefined;
  readonly timeoutMilliseconds: number;
}

/**
 * Connects only to public addresses. The names are resolved once, by the look-up that the socket itself uses,
 * so an answer that changes between looking and connecting gains nothing; the address of the connected socket
 * is checked again before a byte is sent.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const timeout = options.timeoutMilliseconds;
  const toPublic = buildConnector({
    timeout,
    lookup: onlyAllowed(options.lookup ?? systemLookup, isPublicAddress),
    autoSelectFamily: false,
  });
  const toLoopback = buildConnector({
    timeout,
    lookup: onlyAllowed(systemLookup, isLoopback),
    autoSelectFamily: false,
  });
  const toMapped = buildConnector({ timeout, ...(options.ca === undefined ? {} : { ca: options.ca }) });

  return (target, callback) => {
    const mapped = Object.hasOwn(options.hosts, target.hostname) ? options.hosts[target.hostname] : undefined;
    if (mapped !== undefined) {
      toMapped(
        {
          ...target,
          hostname: mapped.address,
          host: mapped.address,
          port: String(mapped.port),
          servername: target.hostname,
        },
        callback,
      );
      return;
    }
    const local = options.allowLocalhost && target.hostname === 'localhost';
    const allowed = local ? isLoopback : isPublicAddress;
    // An address is connected to without a look-up, which would have refused it.
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !allowed(literal)) {
      callback(new RefusedAddress('the host is not on the public internet'), null);
      return;
    }
    (local ? toLoopback : toPublic)(target, (error, socket) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      if (!allowed(socket.remoteAddress ?? '')) {
        socket.destroy();
        callback(new RefusedAddress('the host is not on the public internet'), null);
        return;
      }
      callback(null, socket);
    });
  };
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}

/** A look-up that fails when any of the host's addresses is not allowed: a mixed answer is an attack or a mistake. */
function onlyAllowed(lookup: LookupFunction, allowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const addresses =
        typeof found === 'string' ? [{ address: found, family: found.includes(':') ? 6 : 4 }] : found;
      const first = addresses[0];
      if (first === undefined || !addresses.every(({ address }) => allowed(address))) {
        callback(new RefusedAddress('the host is not on the public internet'), '');
        return;
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
