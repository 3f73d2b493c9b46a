import type { DriftSide } from '../../calibration/index.js';
import { getMyDriftSignal, type OwnSignal } from '../../review/index.js';
import { ButtonLink, DateText, Facts, PageHeading, Section, StateBadge } from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { versionNames } from './reviewed-versions.js';

/** What a reviewer is told of a signal about the own levels. */
export function myDriftPages(rooms: Pick<Rooms, 'review' | 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'myDriftSignalPage',
      method: 'GET',
      path: '/my-drift/{signal}',
      kind: 'page',
      tag: 'review',
      access: 'review.rate',
      summary: 'A signal about your own levels, once you are told of it',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { actor } = principal;
        const own = await getMyDriftSignal(rooms.review, actor, request.params['signal']!);
        const names = await versionNames(rooms, actor.district, [own.achievementVersion]);
        const name = names.get(own.achievementVersion) ?? own.achievementVersion;
        return { status: 200, html: myDriftPage(own, name, principal) };
      },
    },
  ];
}

/** How levels moved, to the one who gave them. */
export const movedWords: { readonly [side in DriftSide]: string } = {
  agreement: 'fewer levels are the same as the reference than were',
  lenient: 'levels lie above the reference',
  severe: 'levels lie below the reference',
};

function whatHappens({ state }: OwnSignal): string {
  switch (state) {
    case 'raised':
    case 'acknowledged':
      return 'For now, what you rate is rated by somebody else too, and a lead looks at it. Nothing that you decided has changed.';
    case 'recalibrating':
      return 'A lead asks you to find back to the levels: read their descriptions again and do some practice. Among the work that you are given next are exemplars with a key; when you have rated them, the lead decides.';
    case 'cleared':
      return 'A lead has looked at your levels and found them sound. You review as before.';
    case 'suspended':
      return 'You rate nothing more for this rubric for now. Open work went to others, and some of what you rated is being rated again. You can qualify anew, and a lead can end the suspension: talk to your lead.';
  }
}

const actWords: { readonly [to in OwnSignal['acts'][number]['to']]: string } = {
  acknowledged: 'A lead looks at it',
  cleared: 'Cleared',
  recalibrating: 'Recalibration asked for',
  suspended: 'Suspended',
};

/** The page. */
export function myDriftPage(own: OwnSignal, version: string, principal: Principal): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Your levels have moved',
      principal,
      path: '/reviews',
      above: [
        { label: 'Reviews', href: '/reviews' },
        { label: 'How I rate', href: '/my-figures' },
      ],
      width: 'text',
    },
    <>
      <PageHeading title="Your levels have moved" lead={version} />
      <p>
        Your levels have moved away from those of keys or of other reviewers, more than chance usually
        explains. It can be chance all the same. Which work it was is not said, so that hidden exemplars stay
        hidden.
      </p>
      <Facts
        rows={[
          ['State', <StateBadge state={own.state} />],
          ['What moved', own.sides.map((side) => movedWords[side]).join('; ')],
          ['Told', <DateText instant={own.toldAt} timeZone={timeZone} />],
        ]}
      />
      <p>{whatHappens(own)}</p>
      {own.acts.length > 0 && (
        <Section title="What was done about it">
          <ol>
            {own.acts.map(({ to, reason, at }) => (
              <li>
                <strong>{actWords[to]}</strong>
                {at !== null && (
                  <>
                    , <DateText instant={at} timeZone={timeZone} kind="moment" />
                  </>
                )}
                {reason !== null && <p dir="auto">{reason}</p>}
              </li>
            ))}
          </ol>
        </Section>
      )}
      <ButtonLink href="/qualification" kind="second" icon="book">
        Practice and levels
      </ButtonLink>
    </>,
  );
}
