import type { Published } from './publish.js';
import { day, type Cast, type Player, type Scene } from './scene.js';

/** Where a credential is, in every form. */
export interface Links {
  readonly id: string;
  readonly page: string;
  readonly json: string;
  readonly jwt: string;
  readonly png: string;
  readonly svg: string;
  readonly pdf: string;
  readonly qr: string;
  readonly statusList: string;
}

export interface OtherAwards {
  readonly revoked: Links;
  readonly suspended: Links | null;
  readonly expired: Links;
  readonly superseded: Links | null;
}

/** The links of an award as the API presents it. */
export function linksOf(award: { readonly links: Links }): Links {
  const { id, page, json, jwt, png, svg, pdf, qr, statusList } = award.links;
  return { id, page, json, jwt, png, svg, pdf, qr, statusList };
}

/** Awards of the training, each with another fate: revoked, suspended, expired, corrected. */
export async function changeAwards(scene: Scene, cast: Cast, training: Published): Promise<OtherAwards> {
  const { client, say } = scene;
  const award = async (to: Player, more: object = {}) => {
    const { body } = await client.call('createAward', {
      as: cast.admin.key,
      body: { achievement: training.id, member: to.id, ...more },
    });
    return body as { readonly id: string; readonly awardedDate: string; readonly links: Links };
  };
  const change = async (operation: string, id: string, body: object) =>
    (await client.call(operation, { as: cast.admin.key, params: { award: id }, body })).body as {
      links: Links;
    };

  const revoked = await award(cast.coach);
  await change('revokeAward', revoked.id, { reason: 'Entered for the wrong person.' });
  const suspended = await award(cast.reviewer1);
  await change('suspendAward', suspended.id, { reason: 'The attendance record is being checked.' });
  const weekLater = new Date(Date.parse(revoked.awardedDate) + 7 * day * 1000).toISOString();
  const expired = await award(cast.reviewer2, { validUntil: `${weekLater.slice(0, 19)}Z` });
  const corrected = await award(cast.teacher2);
  const first = corrected.links;
  await scene.advance(60);
  await change('correctAward', corrected.id, {
    reason: 'The end of validity was missing.',
    validUntil: inYears(corrected.awardedDate, 5),
  });
  say(
    'Four more awards of the training: one revoked, one suspended, one that expires after a week, one corrected',
  );
  const editionOne = (link: string) => `${link}?edition=1`;
  return {
    revoked: linksOf(revoked),
    suspended: linksOf(suspended),
    expired: linksOf(expired),
    superseded: {
      id: first.id,
      page: editionOne(first.page),
      json: editionOne(first.json),
      jwt: editionOne(first.jwt),
      png: editionOne(first.png),
      svg: editionOne(first.svg),
      pdf: editionOne(first.pdf),
      qr: first.qr,
      statusList: first.statusList,
    },
  };
}

function inYears(instant: string, years: number): string {
  return `${Number(instant.slice(0, 4)) + years}${instant.slice(4)}`;
}
