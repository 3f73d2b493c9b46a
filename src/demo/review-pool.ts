import { poolReviewer } from './content/index.js';
import type { Published } from './publish.js';
import type { Cast, Scene } from './scene.js';

/** An agreement by which a reviewer of the other district has a seat in the first, for one of its microcredentials. */
export async function shareReviewers(
  { client, say }: Scene,
  cast: Cast,
  otherAdmin: string,
  published: Published,
): Promise<void> {
  const { body: agreement } = await client.call('proposePoolAgreement', {
    as: cast.admin.key,
    body: { district: 'cedar-valley', achievements: [published.id] },
  });
  const at = { as: otherAdmin, params: { agreement: agreement.id } };
  await client.call('acceptPoolAgreement', at);
  const { body: reviewer } = await client.call('addMember', {
    as: otherAdmin,
    body: { ...poolReviewer, roles: ['reviewer'], school: null },
  });
  await client.call('givePoolSeat', { ...at, body: { member: reviewer.id } });
  say('The other district shares a reviewer: an agreement, and a seat under a number');
}
