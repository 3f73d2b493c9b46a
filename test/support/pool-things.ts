import { authenticateApiKey } from '../../src/access/index.js';
import {
  acceptPoolAgreement,
  addMember,
  createDistrict,
  givePoolSeat,
  proposePoolAgreement,
} from '../../src/tenancy/index.js';
import { recordConsent } from '../../src/evidence/index.js';
import type { Rooms } from '../../src/web/rooms.js';
import type { HttpWorld } from './http-world.js';
import type { WalkedService } from './walked-service.js';

/** What the samples about review pools name: the district staffs two others. */
export interface PoolThings {
  /** Active, with the seats; and one that is proposed. */
  readonly agreement: string;
  readonly proposed: string;
  /** The reviewer's seat, and the adjudicator's. */
  readonly seat: string;
  readonly spareSeat: string;
  /** The short name of a district without an agreement. */
  readonly free: string;
}

/** Agreements with two districts that nobody else of the world belongs to, and seats in one of them. */
export async function poolThings(
  { service, result }: WalkedService,
  members: { readonly [name in 'admin' | 'reviewer' | 'adjudicator' | 'colleague']: string },
  work: { readonly submission: string; readonly achievement: string },
): Promise<PoolThings> {
  const { tenancy } = service.rooms;
  const proposal = async (slug: string) => {
    const host = await createDistrict(tenancy, { name: `Schools of ${slug}`, slug });
    const service = { kind: 'service', district: host.id } as const;
    const email = `office@${slug}.example`;
    const { id } = await addMember(tenancy, service, { email, name: 'Noor Haddad', roles: ['admin'] });
    const admin = { kind: 'member', district: host.id, member: id } as const;
    const input = { district: 'riverbend', achievements: [result.achievements[0]!.id] };
    return proposePoolAgreement(tenancy, admin, input, async () => true);
  };
  const one = await proposal('aspen-valley');
  const other = await proposal('birch-hill');
  await createDistrict(tenancy, { name: 'Schools of cedar-creek', slug: 'cedar-creek' });
  await hosted(service.rooms, result, members, work);
  const admin = {
    kind: 'member',
    district: result.district.id as never,
    member: members.admin as never,
  } as const;
  await acceptPoolAgreement(tenancy, admin, one.id);
  const give = async (member: string) =>
    (await givePoolSeat(tenancy, admin, { agreement: one.id, member })).id;
  return {
    agreement: one.id,
    proposed: other.id,
    seat: await give(members.reviewer),
    spareSeat: await give(members.adjudicator),
    free: 'cedar-creek',
  };
}

/** A seat in the district of the world, for its reviewed achievement, of the caller `foreigner`, who has every role at home. */
export async function aSeatHere({ walked, service, things, keys }: HttpWorld): Promise<string> {
  const { tenancy, access } = service.rooms;
  const sitter = (await authenticateApiKey(access, keys.foreigner!))!.member;
  const host = {
    kind: 'member',
    district: walked.result.district.id as never,
    member: things.members.admin as never,
  } as const;
  const home = { kind: 'member', district: sitter.district, member: sitter.id } as const;
  const { slug } = (await tenancy.store.district(sitter.district))!;
  const input = { district: slug, achievements: [things.reviewed.id] };
  const { id } = await proposePoolAgreement(tenancy, host, input, async () => true);
  await acceptPoolAgreement(tenancy, home, id);
  return (await givePoolSeat(tenancy, home, { agreement: id, member: sitter.id })).id;
}

/** An agreement by which others rate work of the district's, and the colleague's consent to it for work in review. */
async function hosted(
  { tenancy, submissions, evidence }: Rooms,
  { district }: WalkedService['result'],
  members: { readonly admin: string; readonly colleague: string },
  work: { readonly submission: string; readonly achievement: string },
): Promise<void> {
  const { id } = await createDistrict(tenancy, { name: 'Schools of dry-lake', slug: 'dry-lake' });
  const owner = { kind: 'service', district: id } as const;
  const input = { email: 'office@dry-lake.example', name: 'Noor Haddad', roles: ['admin'] as const };
  const admin = {
    kind: 'member',
    district: id,
    member: (await addMember(tenancy, owner, input)).id,
  } as const;
  const as = (member: string) =>
    ({ kind: 'member', district: district.id as never, member: member as never }) as const;
  const proposal = { district: 'dry-lake', achievements: [work.achievement] };
  const agreement = await proposePoolAgreement(tenancy, as(members.admin), proposal, async () => true);
  await acceptPoolAgreement(tenancy, admin, agreement.id);
  const kept = (await submissions.store.submission(district.id, work.submission))!;
  const artefacts = Object.values(kept.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  await recordConsent(evidence, as(members.colleague), {
    ...{ submission: kept.id, artefacts, use: 'pool-review' },
    statement: 'I agree; forms are kept in the school office.',
  });
}
