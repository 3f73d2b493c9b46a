import type { ContentInput } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  awardOutside,
  correctAward,
  issuingEffects,
  listAwards,
  ownDocuments,
  revokeAward,
  settleDecision,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import {
  badgeImagePng,
  badgeImageSvg,
  bakePng,
  bakeSvg,
  certificatePdf,
} from '../../../src/sharing/index.js';
import { addMember } from '../../../src/tenancy/index.js';
import type { LocalResolver } from '../../../src/verification/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
} from '../../support/issuing-house.js';
import { issued, type Issued } from './issued.js';

/** Credentials that this service issued by its own rules: reviewed, assessed outside, milestone; in every state and form. */
export async function ownCredentials(start: string): Promise<{
  readonly issued: readonly Issued[];
  readonly local: LocalResolver;
  close(): Promise<void>;
}> {
  const store = await openSqlite({ file: ':memory:' });
  const clock = settableClock(start);
  const house = anIssuingHouse(store, clock);
  const cast = await aCast(house);
  const settle = async (): Promise<void> => {
    const sweeper = createSweeper({
      clock,
      effects: issuingEffects(house.ports),
      log: (failure) => {
        throw new Error(`issuing failed: ${JSON.stringify(failure)}`);
      },
      intervalMillis: 3_600_000,
    });
    await sweeper.settleAll();
    await sweeper.stop();
  };
  const editionOf = async (award: Award, n = 1) =>
    (await house.ports.store.edition(cast.district.id, award.id, n))!;
  const outside = (name: string, change: Partial<ContentInput> = {}): ContentInput =>
    reviewedContent({ name, assessment: { by: 'outside', how: 'By sign-in sheet.' }, ...change });
  const holder = async (name: string) =>
    addMember(house.ports.tenancy, cast.service, {
      email: `${name}@riverbend.example`,
      name,
      roles: ['teacher'],
    });
  const awarded = async (slug: string, content: ContentInput, to: string): Promise<Award> => {
    const version = await anAchievement(house, cast, slug, content);
    const member = await holder(to);
    return awardOutside(house.ports, cast.admin, {
      achievement: version.achievement,
      member: member.id,
    });
  };

  const reviewedVersion = await anAchievement(house, cast, 'formative-feedback');
  const reviewed = (await settleDecision(house.ports, await aDecision(house, cast, reviewedVersion)))!;
  const second = await anAchievement(house, cast, 'wait-time', reviewedContent({ name: 'Wait time' }));
  await anAchievement(
    house,
    cast,
    'feedback-leader',
    reviewedContent({
      name: 'Feedback leader',
      creditHours: 15,
      assessment: { by: 'components', components: [reviewedVersion.achievement, second.achievement] },
    }),
  );
  const secondAward = (await settleDecision(house.ports, await aDecision(house, cast, second)))!;
  await settle();
  await settle();
  const milestone = (await listAwards(house.ports, cast.admin, { limit: 20 })).items.find(
    ({ id }) => id !== reviewed.id && id !== secondAward.id,
  );
  if (milestone === undefined) throw new Error('no milestone was awarded');
  const plain = await awarded('safety', outside('Playground safety'), 'ana');
  const endless = await awarded('first-aid', outside('First aid', { validForMonths: null }), 'ben');
  const corrected = await awarded('reading', outside('Reading aloud'), 'cai');
  const revoked = await awarded('phonics', outside('Phonics'), 'dee');
  const suspended = await awarded('maths', outside('Maths talk'), 'eli');
  const words = await awarded(
    'words',
    outside('नमस्ते العربية 😀 e\u0301 ® ’', {
      description: 'Ünïcode – “quoted” \u200f and astral 𝔘𝔫𝔦, 漢字, ﷺ, \u00a0.',
    }),
    'fay',
  );
  await correctAward(house.ports, cast.admin, { award: corrected.id, reason: 'A date was wrong.' });
  await revokeAward(house.ports, cast.admin, { award: revoked.id, reason: 'Found to be copied.' });
  await suspendAward(house.ports, cast.admin, { award: suspended.id, reason: 'Under review.' });
  await settle();

  const edition = await editionOf(reviewed);
  const art = { title: 'Formative feedback', issuerName: cast.district.name };
  const pdf = await certificatePdf({
    achievementName: 'Formative feedback',
    issuerName: cast.district.name,
    issuerDomain: 'credentials.example.test',
    awardedDate: reviewed.awardedDate,
    criteriaResults: [{ criterion: 'Planning', level: 'Proficient' }],
    reviewSentence: 'Two reviewers certified for this rubric scored the evidence independently.',
    credentialUrl: reviewed.credentialId,
    credentialJson: edition.json,
    language: 'en-US',
  });
  const forms = async (name: string, award: Award, verdict: Issued['verdict'] = 'valid', n = 1) => {
    const { json, jwt } = await editionOf(award, n);
    return [
      issued(`own ${name}, JSON`, 'json', json, verdict),
      issued(`own ${name}, token`, 'jwt', jwt, verdict),
    ];
  };
  return {
    local: ownDocuments(house.ports),
    close: () => store.close(),
    issued: [
      ...(await forms('reviewed', reviewed)),
      ...(await forms('milestone', milestone)),
      ...(await forms('assessed outside', plain)),
      ...(await forms('without an end', endless)),
      ...(await forms('in many scripts', words)),
      ...(await forms('corrected, the newer edition', corrected, 'valid', 2)),
      ...(await forms('corrected, the older edition', corrected, 'revoked', 1)),
      ...(await forms('revoked', revoked, 'revoked')),
      ...(await forms('suspended', suspended, 'suspended')),
      issued(
        'own reviewed, PNG',
        'png',
        edition.json,
        'valid',
        bakePng(await badgeImagePng(art), edition.json),
      ),
      issued(
        'own reviewed, PNG with a token',
        'png',
        edition.jwt,
        'valid',
        bakePng(await badgeImagePng(art), edition.jwt),
      ),
      issued(
        'own reviewed, SVG',
        'svg',
        edition.json,
        'valid',
        Buffer.from(bakeSvg(badgeImageSvg(art), edition.json)),
      ),
      issued(
        'own reviewed, SVG with a token',
        'svg',
        edition.jwt,
        'valid',
        Buffer.from(bakeSvg(badgeImageSvg(art), { jwt: edition.jwt })),
      ),
      issued('own reviewed, PDF', 'pdf', edition.json, 'valid', pdf),
    ],
  };
}
