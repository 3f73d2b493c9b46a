import { issuerFrom, issuerServices } from '../../issuing/index.js';
import { allOf, found } from '../../kernel/index.js';
import { didDocument, jwks, listIssuerKeys, publicJwk } from '../../securing/index.js';
import type { District } from '../../tenancy/index.js';
import type { Reply, Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

const common = { kind: 'protocol', tag: 'issuers', method: 'GET', access: 'public' } as const;

/** How long keys may be kept by others, in seconds: a compromised one must be gone soon. */
const keyAge = 300;

/** The public keys of the districts: DID documents (did:web), JWK Sets, single JWKs. */
export function issuerRoutes({ tenancy, securing }: Pick<Rooms, 'tenancy' | 'securing'>): readonly Route[] {
  const districtOf = async (slug: string) => found(await tenancy.store.districtBySlug(slug), 'issuer');
  const keysOf = async (district: District) => listIssuerKeys(securing, district.id);
  // Under a former address of the service the district is who it was there.
  const didOf = ({ address }: RouteRequest, district: District) => issuerFrom(address, district).ref.did;
  const object = { type: 'object' };

  return [
    {
      ...common,
      operationId: 'getDidDocument',
      path: '/issuers/{district}/did.json',
      summary: 'The DID document of a district',
      description:
        'did:web. Retired keys stay, for what they signed stays good; compromised ones leave. The service `TouchstoneStanding` names where `{public id}/standing` of its credentials is asked.',
      responses: { 200: { description: 'DID Core 1.0.', mediaType: 'application/did+json', schema: object } },
      handler: async (request) => {
        const district = await districtOf(request.params['district']!);
        const did = didOf(request, district);
        const services = issuerServices(request.address, did);
        return json(didDocument(did, await keysOf(district), services), 'application/did+json');
      },
    },
    {
      ...common,
      operationId: 'getIssuerJwks',
      path: '/issuers/{district}/jwks.json',
      summary: 'The keys for JWTs of a district',
      responses: {
        200: { description: 'A JWK Set (RFC 7517).', mediaType: 'application/jwk-set+json', schema: object },
      },
      handler: async (request) => {
        const district = await districtOf(request.params['district']!);
        return json(jwks(didOf(request, district), await keysOf(district)), 'application/jwk-set+json');
      },
    },
    {
      ...common,
      operationId: 'getIssuerKey',
      path: '/issuers/{district}/keys/{name}',
      summary: 'One public key of a district',
      responses: {
        200: { description: 'A JWK (RFC 7517).', mediaType: 'application/jwk+json', schema: object },
      },
      handler: async (request) => {
        const district = await districtOf(request.params['district']!);
        const keys = await keysOf(district);
        const key = keys.find(
          ({ name, use, state }) =>
            name === request.params['name'] && state !== 'compromised' && use !== 'audit',
        );
        return json(publicJwk(didOf(request, district), found(key, 'key')), 'application/jwk+json');
      },
    },
    {
      ...common,
      operationId: 'getHostJwks',
      path: '/.well-known/jwks.json',
      summary: 'The keys for JWTs of every district of this host, each with its issuer in `iss`',
      responses: {
        200: { description: 'A JWK Set (RFC 7517).', mediaType: 'application/jwk-set+json', schema: object },
      },
      handler: async (request) => {
        const districts = await allOf((page) => tenancy.store.listDistricts(page));
        const sets = await Promise.all(
          districts.map(async (district) => jwks(didOf(request, district), await keysOf(district)).keys),
        );
        return json({ keys: sets.flat() }, 'application/jwk-set+json');
      },
    },
  ];
}

function json(document: unknown, mediaType: string): Reply {
  const text = JSON.stringify(document);
  return { status: 200, text, mediaType, headers: publicHeaders(text, keyAge) };
}
