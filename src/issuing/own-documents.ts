import { AppError } from '../kernel/index.js';
import { didDocument, digestMultibaseSha384, jwks, listIssuerKeys } from '../securing/index.js';
import { readPublishedList } from '../status/index.js';
import type { StatusListId } from '../kernel/index.js';
import type { District } from '../tenancy/index.js';
import type {
  FetchFailure,
  Fetched,
  KnownIssuers,
  LocalResolver,
  WantedResource,
} from '../verification/index.js';
import { districtCodeOf } from './award.js';
import { credentialSchemaOf } from './credential-schema.js';
import { publicEndorsement } from './endorsements/list-endorsements.js';
import { issuerFrom, issuerServices } from './issuer-of.js';
import { ownAddresses, ownDid, ownDids, pathHere } from './own-addresses.js';
import { publicCredential } from './public-credential.js';
import { publicAward, standingOf, standingOfEndorsement } from './standing-of.js';
import type { IssuingPorts } from './store.js';

const absent = (what: string): FetchFailure => ({
  ok: false,
  kind: 'absent',
  reason: `${what} is not on record here.`,
});

/**
 * What a verifier asks of our own hosts, answered in process: DID documents, status lists, key sets, schemas,
 * statements, credentials and standings. They are the same bytes that the public routes serve; the verifier checks
 * them as it checks anybody's.
 */
export function ownDocuments(ports: IssuingPorts): LocalResolver {
  return {
    did: async (did) => {
      const own = ownDid(ports, did);
      if (own === undefined) return undefined;
      const district = await ports.tenancy.store.districtBySlug(own.slug);
      if (district === undefined) return absent(did);
      const keys = await listIssuerKeys(ports.securing, district.id);
      return { ok: true, document: didDocument(did, keys, issuerServices(own.publicUrl, did)) };
    },
    resource: async ({ url, mediaType, digestMultibase }) => {
      if (pathHere(ports, url) === undefined) return undefined;
      return orAbsent(url, () => ownResource(ports, new URL(url), { mediaType, digestMultibase }));
    },
    standing: async (credentialId, issuer) => {
      const path = pathHere(ports, credentialId) ?? '';
      const isEndorsement = path.startsWith('/e/');
      if (!isEndorsement && !path.startsWith('/c/')) return undefined;
      // What we have on record is a district's word about what it issued itself: anybody can write its ids.
      const own = ownDid(ports, issuer);
      if (own === undefined) return undefined;
      const code = districtCodeOf(path.slice('/c/'.length));
      if ((await ports.tenancy.store.districtByCode(code))?.slug !== own.slug) return absent(credentialId);
      try {
        const { state, since, reason, replacedBy } = isEndorsement
          ? await standingOfEndorsement(ports, credentialId)
          : await standingOf(ports, credentialId);
        return {
          ok: true,
          standing: {
            state,
            since,
            ...(reason === null ? {} : { reason }),
            ...(replacedBy === null ? {} : { replacedBy }),
          },
        };
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-found') return absent(credentialId);
        throw error;
      }
    },
  };
}

/** The districts of this service, by name: the issuers that it knows. */
export function ownIssuers(ports: IssuingPorts): KnownIssuers {
  return {
    list: async () => {
      const issuers: { readonly id: string; readonly name: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await ports.tenancy.store.listDistricts({
          limit: 200,
          ...(cursor === undefined ? {} : { cursor }),
        });
        issuers.push(
          ...page.items.flatMap(({ slug, name }) => ownDids(ports, slug).map((id) => ({ id, name }))),
        );
        cursor = page.next;
      } while (cursor !== undefined);
      return issuers;
    },
  };
}

async function orAbsent(
  url: string,
  read: () => Promise<Fetched | undefined>,
): Promise<Fetched | FetchFailure> {
  try {
    return (await read()) ?? absent(url);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return absent(url);
    throw error;
  }
}

async function ownResource(
  ports: IssuingPorts,
  url: URL,
  wanted: Pick<WantedResource, 'mediaType' | 'digestMultibase'>,
): Promise<Fetched | undefined> {
  const give = (text: string, type: string): Fetched => ({
    ok: true,
    bytes: new TextEncoder().encode(text),
    mediaType: type,
    url: url.href,
  });
  const [room, slug, kind, name, number, file] = url.pathname.slice(1).split('/');
  if (room === 'c' && slug !== undefined && kind === undefined) {
    const { id, form } = /^(?<id>[^.]+)(?:\.(?<form>[a-z]+))?$/.exec(slug)?.groups ?? {};
    const named = url.searchParams.get('edition') ?? undefined;
    const shown = await publicCredential(
      ports,
      id ?? '',
      named ?? (await editionPinned(ports, id ?? '', wanted)),
    );
    const asJwt = form === 'jwt' || wanted.mediaType === 'application/vc+jwt';
    return asJwt ? give(shown.edition.jwt, 'application/vc+jwt') : give(shown.edition.json, 'application/vc');
  }
  if (room === 'e' && slug !== undefined && kind === undefined) {
    const { id, form } = /^(?<id>[^.]+)(?:\.(?<form>[a-z]+))?$/.exec(slug)?.groups ?? {};
    const { endorsement } = await publicEndorsement(ports, id ?? '');
    const asJwt = form === 'jwt' || wanted.mediaType === 'application/vc+jwt';
    return asJwt ? give(endorsement.jwt, 'application/vc+jwt') : give(endorsement.json, 'application/vc');
  }
  const district = slug === undefined ? undefined : await ports.tenancy.store.districtBySlug(slug);
  if (district === undefined) return undefined;
  if (room === 'issuers') return issuerResource(ports, url, district, kind, give);
  if (room !== 'd' || name === undefined) return undefined;
  switch (kind) {
    case 'status': {
      const list = await readPublishedList(ports.status, {
        district: district.id,
        slug: district.slug,
        list: name as StatusListId,
      });
      return give(list.text, 'application/vc+ld+json');
    }
    case 'quality': {
      const sha256 = /^sha256-([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? '';
      const statement = await ports.store.statementByDigest(district.id, sha256);
      return statement === undefined ? undefined : give(statement.text, 'application/json');
    }
    case 'achievements': {
      const n = Number(/^v([1-9]\d{0,5})$/.exec(number ?? '')?.[1]);
      const version = await ports.achievements.store.versionByNumber(district.id, name, n);
      if (version === undefined || version.state === 'draft' || file !== 'credential-schema.json')
        return undefined;
      return give(JSON.stringify(credentialSchemaOf(version)), 'application/schema+json');
    }
    default:
      return undefined;
  }
}

/** The number of the edition whose bytes have the wanted digest: a milestone pins its component as it was issued. */
async function editionPinned(
  ports: IssuingPorts,
  publicId: string,
  { digestMultibase }: Pick<WantedResource, 'digestMultibase'>,
): Promise<string | undefined> {
  if (digestMultibase === undefined) return undefined;
  const award = await publicAward(ports, publicId);
  const editions = await ports.store.editionsOf(award.district, award.id);
  const pinned = editions.find(
    ({ json }) => digestMultibaseSha384(new TextEncoder().encode(json)) === digestMultibase,
  );
  return pinned === undefined ? undefined : String(pinned.n);
}

async function issuerResource(
  ports: IssuingPorts,
  url: URL,
  district: District,
  kind: string | undefined,
  give: (text: string, type: string) => Fetched,
): Promise<Fetched | undefined> {
  const address = ownAddresses(ports).find((one) => url.href.startsWith(`${one}/`)) ?? ports.publicUrl;
  const { ref } = issuerFrom(address, district);
  const keys = await listIssuerKeys(ports.securing, district.id);
  if (kind === 'jwks.json') return give(JSON.stringify(jwks(ref.did, keys)), 'application/json');
  if (kind === 'did.json') {
    const services = issuerServices(address, ref.did);
    return give(JSON.stringify(didDocument(ref.did, keys, services)), 'application/json');
  }
  return undefined;
}
