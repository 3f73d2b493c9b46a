import type { JsonObject } from '../securing/index.js';
import { listOf, idOf, type ReadCredential, type Secured } from './reading.js';
import type {
  DidAnswer,
  FetchFailure,
  Fetched,
  Resolver,
  StandingAnswer,
  WantedResource,
} from './resolver.js';
import { controllerOf, wantedKeys } from './issuer-keys.js';
import { isOurObSchema } from './ob-schema.js';
import { standingUrl } from './standing.js';

type FetchedAnswer = Fetched | FetchFailure;

/** What the caller of a verification lets decide: everything, or only the signature and the form. */
export type AskedChecks = 'all' | 'proof';

/** Everything that a credential points at, fetched before it is judged. Plain data: it can cross to a worker thread. */
export interface Resources {
  /**
   * Controller documents by the DID or https URL that they speak for: the issuer's; where the keys need not be the
   * issuer's (a holder's, for one), of those under whom the keys are.
   */
  readonly controllers: ReadonlyMap<string, DidAnswer>;
  /** Published keys by URL: the JWK Set of an https issuer's host, single keys under the issuer's own path. */
  readonly keys: ReadonlyMap<string, FetchedAnswer>;
  readonly statusLists: ReadonlyMap<string, FetchedAnswer>;
  readonly schemas: ReadonlyMap<string, FetchedAnswer>;
  readonly pinned: ReadonlyMap<string, FetchedAnswer>;
  readonly standing: StandingAnswer;
  /** The signed standing that a foreign issuer gives, where its DID document names one. */
  readonly standingToken: FetchedAnswer | undefined;
}

/** More of one kind than this are not fetched; what was not fetched could not be checked. */
const fetchLimit = 16;

/** What of a credential's references is fetched, each once. Its terms are the compacted document's. */
export interface Wanted {
  readonly issuer: string;
  readonly controllers: readonly string[];
  readonly keys: readonly string[];
  readonly statusLists: readonly string[];
  readonly schemas: readonly string[];
  readonly pinned: readonly WantedResource[];
  readonly standing: string | undefined;
}

/** What has to be had before `credential` can be judged. Pure: looks at the document and asks nobody. */
export function wantedBy(
  credential: ReadCredential,
  asked: { readonly checks?: AskedChecks; readonly keys?: readonly JsonObject[] } = {},
): Wanted {
  const { document, secured } = credential;
  const issuer = idOf(document['issuer']) ?? '';
  if (credential.kind === 'presentation' || asked.checks === 'proof') {
    const signer = idOf(document[credential.kind === 'presentation' ? 'holder' : 'issuer']);
    const methods = asked.keys === undefined ? methodsOf(secured) : [];
    const controllers = once(methods.map((method) => controllerOf(method, signer)));
    const pinned = credential.kind === 'presentation' ? [] : pinnedIn(document);
    return { issuer, controllers, keys: [], statusLists: [], schemas: [], pinned, standing: undefined };
  }
  return {
    issuer,
    ...wantedKeys(issuer, secured, document['credentialStatus'] !== undefined),
    statusLists: once(listOf(document['credentialStatus']).map(statusListUrl)),
    schemas: once(listOf(document['credentialSchema']).map((entry) => member(entry, 'id'))).filter(
      (url) => !isOurObSchema(url),
    ),
    pinned: pinnedIn(document),
    standing: isStatusList(document) ? undefined : idOf(document['id']),
  };
}

/** Whether it is a status list, which says how others stand and has no standing itself. */
function isStatusList(document: JsonObject): boolean {
  return listOf(document['type']).some(
    (type) => type === 'BitstringStatusListCredential' || type === 'StatusList2021Credential',
  );
}

/** Where the list of a status entry is: an older 1EdTech list is named by the entry's own id. */
export function statusListUrl(entry: unknown): string | undefined {
  const isOwnId = member(entry, 'type') === '1EdTechRevocationList';
  return member(entry, isOwnId ? 'id' : 'statusListCredential');
}

/** The ids of the keys that the signatures say they were made with. */
function methodsOf(secured: Secured): readonly (string | null)[] {
  switch (secured.kind) {
    case 'none':
      return [];
    case 'jwt':
      return [secured.kid];
    case 'proofs':
      return secured.proofs.map((proof) => String(proof['verificationMethod']));
  }
}

/** Fetches them all at the same time. */
export async function fetchWanted(resolver: Resolver, wanted: Wanted): Promise<Resources> {
  const asking = each(
    wanted.controllers,
    (id) => id,
    (id) => (id.startsWith('did:') ? resolver.did(id) : resolver.controller(id)),
  );
  const ours: Promise<StandingAnswer> =
    wanted.standing === undefined
      ? Promise.resolve({ ok: false, kind: 'not-asked' })
      : resolver.standing(wanted.standing, wanted.issuer);
  const [controllers, keys, statusLists, schemas, pinned, standing, standingToken] = await Promise.all([
    asking,
    each(
      wanted.keys,
      (url) => url,
      (url) => resolver.keys(url),
    ),
    each(
      wanted.statusLists,
      (url) => url,
      (url) => resolver.statusList(url),
    ),
    each(
      wanted.schemas,
      (url) => url,
      (url) => resolver.schema(url),
    ),
    each(
      wanted.pinned,
      ({ url }) => url,
      (resource) => resolver.resource(resource),
    ),
    ours,
    foreignStanding(resolver, wanted, ours, asking),
  ]);
  return { controllers, keys, statusLists, schemas, pinned, standing, standingToken };
}

/** The token of an issuer that is not ours, from where its DID document says. */
async function foreignStanding(
  resolver: Resolver,
  { issuer, standing }: Wanted,
  ours: Promise<StandingAnswer>,
  controllers: Promise<Resources['controllers']>,
): Promise<FetchedAnswer | undefined> {
  const answer = await ours;
  if (standing === undefined || answer.ok || answer.kind !== 'not-asked') return undefined;
  const url = standingUrl(standing, (await controllers).get(issuer));
  return url === undefined ? undefined : resolver.resource({ url, mediaType: 'application/jwt' });
}

/** Objects whose bytes are pinned by a digest: related resources, and evidence that is a credential (a milestone's component). */
export function pinnedIn(
  document: JsonObject,
): readonly (WantedResource & { readonly digestSRI?: string; readonly isComponent: boolean })[] {
  const related = listOf(document['relatedResource']).map((entry) => ({ entry, isComponent: false }));
  const components = listOf(document['evidence'])
    .filter(
      (entry) => isCredentialType(member(entry, 'mediaType')) && /^https?:/.test(member(entry, 'id') ?? ''),
    )
    .map((entry) => ({ entry, isComponent: true }));
  return [...related, ...components].flatMap(({ entry, isComponent }) => {
    const url = member(entry, 'id');
    if (url === undefined) return [];
    const mediaType = member(entry, 'mediaType');
    const digestMultibase = member(entry, 'digestMultibase');
    const digestSRI = member(entry, 'digestSRI');
    return [
      {
        url,
        isComponent,
        ...(mediaType === undefined ? {} : { mediaType }),
        ...(digestMultibase === undefined ? {} : { digestMultibase }),
        ...(digestSRI === undefined ? {} : { digestSRI }),
      },
    ];
  });
}

function isCredentialType(mediaType: string | undefined): boolean {
  return (
    mediaType === 'application/vc' ||
    mediaType === 'application/vc+ld+json' ||
    mediaType === 'application/vc+jwt'
  );
}

function member(value: unknown, name: string): string | undefined {
  const found: unknown =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function once(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

async function each<T, Answer>(
  wanted: readonly T[],
  key: (one: T) => string,
  fetch: (one: T) => Promise<Answer>,
): Promise<ReadonlyMap<string, Answer>> {
  return new Map(
    await Promise.all(wanted.slice(0, fetchLimit).map(async (one) => [key(one), await fetch(one)] as const)),
  );
}
