import { ruleViolated } from '../../kernel/index.js';
import { issuerDid } from '../../securing/index.js';
import { publicAward } from '../standing-of.js';
import type { IssuingPorts } from '../store.js';
import type { EndorsedKind } from './endorsement.js';

/** A thing on this service that may be endorsed. */
export interface EndorsedThing {
  readonly id: string;
  readonly kind: EndorsedKind;
  readonly name: string;
  /** Whose it is. */
  readonly district: string;
}

/**
 * What an id names: a published achievement version, a credential in force, or a district as issuer; of any district of
 * this service.
 * @throws rule-violated at /about when it names nothing of these.
 */
export async function endorsedThing(ports: IssuingPorts, id: string): Promise<EndorsedThing> {
  const thing =
    (await achievementVersion(ports, id)) ?? (await credential(ports, id)) ?? (await issuer(ports, id));
  if (thing !== undefined) return thing;
  throw ruleViolated(
    '/about',
    'must be the id of a published achievement version, of a credential in force or of an issuer of this service',
  );
}

async function achievementVersion(ports: IssuingPorts, id: string): Promise<EndorsedThing | undefined> {
  const { slug, name, n } =
    /^\/d\/(?<slug>[^/]+)\/achievements\/(?<name>[^/]+)\/v(?<n>[1-9]\d{0,5})$/.exec(pathOf(ports, id))
      ?.groups ?? {};
  if (slug === undefined) return undefined;
  const district = await ports.tenancy.store.districtBySlug(slug);
  if (district === undefined) return undefined;
  const version = await ports.achievements.store.versionByNumber(district.id, name!, Number(n));
  if (version === undefined || version.state === 'draft' || version.url !== id) return undefined;
  return { id, kind: 'achievement', name: version.content.name, district: district.id };
}

async function credential(ports: IssuingPorts, id: string): Promise<EndorsedThing | undefined> {
  const publicId = /^\/c\/([0-9A-Za-z]{22})$/.exec(pathOf(ports, id))?.[1];
  const award =
    publicId === undefined ? undefined : await publicAward(ports, publicId).catch(() => undefined);
  if (award?.state !== 'active') return undefined;
  const version = await ports.achievements.store.version(award.district, award.achievementVersion);
  return { id, kind: 'credential', name: version?.content.name ?? id, district: award.district };
}

async function issuer(ports: IssuingPorts, id: string): Promise<EndorsedThing | undefined> {
  const prefix = issuerDid(ports.publicUrl, '');
  if (!id.startsWith(prefix)) return undefined;
  const district = await ports.tenancy.store.districtBySlug(id.slice(prefix.length));
  return district === undefined
    ? undefined
    : { id, kind: 'issuer', name: district.name, district: district.id };
}

function pathOf({ publicUrl }: IssuingPorts, id: string): string {
  return id.startsWith(`${publicUrl}/`) ? id.slice(publicUrl.length) : '';
}
