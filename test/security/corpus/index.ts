import { composeResolver, type LocalResolver } from '../../../src/verification/index.js';
import { portsOf, rigNow } from '../../support/credential-rig.js';
import { foreignCredentials } from './foreign.js';
import type { Corpus } from './issued.js';
import { ownCredentials } from './own.js';

export { isToken, wrap, type Corpus, type Form, type Issued } from './issued.js';

/** All credentials that are tampered with, ours and others', and the world that answers for them. */
export async function aCorpus(): Promise<Corpus> {
  const own = await ownCredentials('2026-11-21T11:30:00Z');
  const foreign = await foreignCredentials();
  const { resolver } = portsOf(foreign.world);
  const asLocal = async <T>(ask: Promise<T>): Promise<T> => {
    // The world notes what it is asked; over thousands of credentials nobody reads that.
    foreign.world.asked.length = 0;
    return ask;
  };
  const local: LocalResolver = {
    did: async (did) => (await own.local.did(did)) ?? asLocal(resolver.did(did)),
    resource: async (wanted) => (await own.local.resource(wanted)) ?? asLocal(resolver.resource(wanted)),
    standing: own.local.standing,
  };
  return {
    issued: [...own.issued, ...foreign.issued],
    ports: {
      resolver: composeResolver(local, {
        get: async (url) => ({ ok: false, kind: 'unreachable', reason: `${url} is outside.` }),
      }),
      knownIssuers: { list: async () => [] },
    },
    now: rigNow,
    close: own.close,
  };
}
