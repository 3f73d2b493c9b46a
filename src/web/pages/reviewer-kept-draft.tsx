import { getKeptDraft, versionAsked, type KeptDraft } from '../../review/index.js';
import type { Rubric } from '../../achievements/index.js';
import { ButtonLink, DateText, Notice, PageHeading } from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { PlainText } from './reviewer-evidence.js';
import { workWord } from './reviewer-rating.js';

/** What a reviewer had written for work that is no longer theirs. */
export function keptDraftPages({ review }: Pick<Rooms, 'review'>): readonly Route[] {
  return [
    {
      operationId: 'keptDraftPage',
      method: 'GET',
      path: '/reviews/{assignment}/draft',
      kind: 'page',
      tag: 'review',
      access: 'review.rate',
      summary: 'What you had written for work that expired or was given back',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const kept = await getKeptDraft(review, principal.actor, request.params['assignment']!);
        const { rubric } = await versionAsked(review, kept.assignment);
        return { status: 200, html: keptDraftPage(kept, rubric, principal) };
      },
    },
  ];
}

/** The page. */
export function keptDraftPage(kept: KeptDraft, rubric: Rubric, principal: Principal): string {
  const { assignment, draft, keptUntil } = kept;
  const { timeZone } = principal.district;
  return page(
    {
      title: 'What you had written',
      principal,
      path: '/reviews',
      width: 'text',
      above: [{ label: 'Reviews', href: '/reviews' }],
    },
    <>
      <PageHeading title="What you had written" lead={workWord(assignment.id)} />
      {keptUntil === null ? (
        <ButtonLink href={`/reviews/${assignment.id}`}>Go on with it</ButtonLink>
      ) : (
        <Notice tone="info">
          <p>
            This work went to somebody else. Only you see what you wrote; it is kept until{' '}
            <DateText instant={keptUntil} timeZone={timeZone} />.
          </p>
        </Notice>
      )}
      <ul class="results">
        {rubric.criteria.map((criterion) => {
          const said = draft.criteria[criterion.id];
          const level = criterion.levels.find(({ id }) => id === said?.level);
          return (
            <li>
              <h3>{criterion.name}</h3>
              <p>
                <strong>{level?.name ?? 'No level'}</strong>
              </p>
              <PlainText text={said?.feedback ?? ''} />
              <ul class="small">
                {(said?.pointers ?? []).flatMap(({ note }) =>
                  note === null ? [] : [<li dir="auto">{note}</li>],
                )}
              </ul>
            </li>
          );
        })}
      </ul>
    </>,
  );
}
