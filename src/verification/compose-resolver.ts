import { didJwkDocument, didKeyDocument } from '../securing/index.js';
import { didWebUrl } from './issuer-domain.js';
import {
  lifetimeOfKeys,
  lifetimeOfSchema,
  lifetimeOfStatusList,
  type KeptAnswers,
  type Lifetime,
} from './kept-answers.js';
import type {
  DidAnswer,
  FetchFailure,
  Fetched,
  Outbound,
  Resolver,
  StandingAnswer,
  WantedResource,
} from './resolver.js';

/** What this service answers for its own hosts, in process. Each gives undefined for what is not ours. */
export interface LocalResolver {
  did(did: string): Promise<DidAnswer | undefined>;
  /** A public resource of ours: status list, JWKS, schema, pinned document or credential. */
  resource(wanted: WantedResource): Promise<Fetched | FetchFailure | undefined>;
  /** Undefined for credentials of other issuers, whatever ids they have; `absent` means that this issuer has none of the id. */
  standing(credentialId: string, issuer: string): Promise<StandingAnswer | undefined>;
}

const json = ['application/json', 'application/ld+json'];
const keyDocument = [
  'application/jwk-set+json',
  'application/jwk+json',
  'application/did',
  'application/did+json',
  'application/did+ld+json',
  'application/cid',
  ...json,
];
const accepted = {
  did: [...keyDocument, 'text/plain', 'application/octet-stream'],
  // The URL of an https issuer is often its profile page too: what it gives must at least say that it is JSON.
  keys: keyDocument,
  statusList: [
    'application/vc',
    'application/vc+ld+json',
    'application/vc+jwt',
    'application/jwt',
    ...json,
    'text/plain',
  ],
  schema: ['application/schema+json', ...json],
  // A link that somebody typed: a credential where the host can give one, else the file that it gives.
  anything: ['application/vc', 'application/vc+ld+json', 'application/vc+jwt', ...json, '*/*'],
} as const;

/**
 * The resolver of a running service: did:key and did:jwk from the DID itself, our own hosts in process and always as
 * they are now, everything else through the guarded way out. With `kept`, keys, lists and schemas of others are asked
 * for again only when their time is over; what somebody links to, and what a standing says, always.
 */
export function composeResolver(local: LocalResolver, outbound: Outbound, kept?: KeptAnswers): Resolver {
  const ask = (
    url: string,
    accept: readonly string[],
    lifetime: Lifetime,
  ): Promise<Fetched | FetchFailure> =>
    kept === undefined
      ? outbound.get(url, { accept })
      : kept.get(`${accept.join()} ${url}`, lifetime, () => outbound.get(url, { accept }));
  const keepable = async (
    url: string,
    accept: readonly string[],
    lifetime: Lifetime,
  ): Promise<Fetched | FetchFailure> => (await local.resource({ url })) ?? ask(url, accept, lifetime);
  const fetched = async (
    wanted: WantedResource,
    accept: readonly string[],
  ): Promise<Fetched | FetchFailure> =>
    (await local.resource(wanted)) ?? outbound.get(wanted.url, { accept });

  return {
    did: async (did) => {
      const own = didKeyDocument(did) ?? didJwkDocument(did) ?? undefined;
      if (own !== undefined) return { ok: true, document: own };
      const ours = await local.did(did);
      if (ours !== undefined) return ours;
      const url = didWebUrl(did);
      if (url === undefined)
        return {
          ok: false,
          kind: 'refused',
          reason: `${did.slice(0, 200)} is of a DID method that is not looked up, or malformed.`,
        };
      return asDocument(await ask(url, accepted.did, lifetimeOfKeys));
    },
    controller: async (url) => asDocument(await keepable(url, accepted.keys, lifetimeOfKeys)),
    keys: (url) => keepable(url, accepted.keys, lifetimeOfKeys),
    statusList: (url) => keepable(url, accepted.statusList, lifetimeOfStatusList),
    schema: (url) => keepable(url, accepted.schema, lifetimeOfSchema),
    resource: (wanted) =>
      fetched(wanted, wanted.mediaType === undefined ? accepted.anything : [wanted.mediaType, ...json]),
    standing: async (credentialId, issuer) =>
      (await local.standing(credentialId, issuer)) ?? { ok: false, kind: 'not-asked' },
  };
}

function asDocument(answer: Fetched | FetchFailure): DidAnswer {
  if (!answer.ok) return answer;
  try {
    const document: unknown = JSON.parse(Buffer.from(answer.bytes).toString('utf8'));
    return { ok: true, document, url: answer.url };
  } catch {
    return { ok: false, kind: 'unreachable', reason: `${answer.url} is not JSON.` };
  }
}
