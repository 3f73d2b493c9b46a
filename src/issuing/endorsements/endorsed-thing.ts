import { ruleViolated } from '../../kernel/index.js';
import { publicAward } from '../standing-of.js';
import { ownDid, pathHere } from '../own-addresses.js';
import type { IssuingPorts } from '../store.js';
import type { EndorsedKind } from './endorsement.js';

/** A thing on this service that may be endorsed. */
export interface EndorsedThing {
  readonly id: string;
  readonly kind: EndorsedKind;
  /** The achievement's name, for a credential too; the district's, for an issuer. */
  readonly name: string;
  /** Of an achievement version; null of anything else. */
  readonly number: number | null;
  /** Whose it is. */
  readonly district: string;
  readonly districtName: string;
}

interface Found {
  readonly thing: EndorsedThing;
  /** Whether it may be endorsed now. */
  readonly isOpen: boolean;
}

/**
 * What an id names: a published achievement version, a credential in force, or a district as issuer; of any district of
 * this service.
 * @throws rule-violated at /about when it names nothing of these.
 */
export async function endorsedThing(ports: IssuingPorts, id: string): Promise<EndorsedThing> {
  const named = await thingNamed(ports, id);
  if (named?.isOpen === true) return named.thing;
  throw ruleViolated(
    '/about',
    'must be the id of a published achievement version, of a credential in force or of an issuer of this service',
  );
}

/** What people call a thing that was endorsed, whatever has become of it; undefined where nothing of it is public any more. */
export async function nameOfEndorsed(ports: IssuingPorts, id: string): Promise<EndorsedThing | undefined> {
  return (await thingNamed(ports, id))?.thing;
}

async function thingNamed(ports: IssuingPorts, id: string): Promise<Found | undefined> {
  return (await achievementVersion(ports, id)) ?? (await credential(ports, id)) ?? issuer(ports, id);
}

async function achievementVersion(ports: IssuingPorts, id: string): Promise<Found | undefined> {
  const { slug, name, n } =
    /^\/d\/(?<slug>[^/]+)\/achievements\/(?<name>[^/]+)\/v(?<n>[1-9]\d{0,5})$/.exec(pathOf(ports, id))
      ?.groups ?? {};
  if (slug === undefined) return undefined;
  const district = await ports.tenancy.store.districtBySlug(slug);
  if (district === undefined) return undefined;
  const version = await ports.achievements.store.versionByNumber(district.id, name!, Number(n));
  if (version === undefined || version.state === 'draft' || version.url !== id) return undefined;
  const { number } = version;
  return {
    thing: {
      ...{ id, kind: 'achievement', name: version.content.name, number },
      ...{ district: district.id, districtName: district.name },
    },
    isOpen: true,
  };
}

async function credential(ports: IssuingPorts, id: string): Promise<Found | undefined> {
  const publicId = /^\/c\/([0-9A-Za-z]{22})$/.exec(pathOf(ports, id))?.[1];
  const award =
    publicId === undefined ? undefined : await publicAward(ports, publicId).catch(() => undefined);
  if (award === undefined) return undefined;
  const version = await ports.achievements.store.version(award.district, award.achievementVersion);
  const district = await ports.tenancy.store.district(award.district);
  return {
    thing: {
      ...{ id, kind: 'credential', name: version?.content.name ?? id, number: null },
      ...{ district: award.district, districtName: district?.name ?? award.district },
    },
    isOpen: award.state === 'active',
  };
}

async function issuer(ports: IssuingPorts, id: string): Promise<Found | undefined> {
  const own = ownDid(ports, id);
  if (own === undefined) return undefined;
  const district = await ports.tenancy.store.districtBySlug(own.slug);
  if (district === undefined) return undefined;
  const { name } = district;
  return {
    thing: { id, kind: 'issuer', name, number: null, district: district.id, districtName: name },
    isOpen: true,
  };
}

function pathOf(ports: IssuingPorts, id: string): string {
  return pathHere(ports, id) ?? '';
}
