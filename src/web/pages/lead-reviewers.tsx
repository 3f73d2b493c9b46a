import { declarationStandingsIn, type DeclarationStanding } from '../../calibration/index.js';
import { found } from '../../kernel/index.js';
import { releaseReviewerWork, reviewerLoads, type ReviewerLoad } from '../../review/index.js';
import type { Member } from '../../tenancy/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { formReply } from '../form-reply.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { PartBadge } from './declaration-words.js';
import { page } from './layout.js';
import { CertifiedFor, certifiedOf, type Certified } from './reviewer-certified.js';

/** The roster of reviewers: what each is certified for and has in hand; giving it to others. */
export function reviewerLoadPages(
  rooms: Pick<Rooms, 'review' | 'calibration' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  const { review, tenancy, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'review.oversee',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const memberOf = async (request: RouteRequest) => {
    const { district } = principalOf(request).actor;
    return found(await tenancy.store.member(district, request.params['member']!), 'member');
  };
  return [
    {
      ...common,
      operationId: 'reviewerLoadsPage',
      method: 'GET',
      path: '/reviewers',
      summary: 'What each reviewer is certified for and has in hand, and how much time for it',
      handler: async (request) => {
        const principal = principalOf(request);
        const loads = await reviewerLoads(review, principal.actor);
        const reviewers = loads.map(({ member }) => member.id);
        const certified = await certifiedOf(rooms, principal.actor, reviewers);
        const standingOf = await declarationStandingsIn(rooms.calibration, principal.actor.district);
        const standings = await Promise.all(reviewers.map(standingOf));
        const declared = new Map(reviewers.map((id, index) => [id as string, standings[index]!]));
        return {
          status: 200,
          html: reviewerLoadsPage(loads, { certified, declared }, principal, request.query['done']),
        };
      },
    },
    {
      ...common,
      operationId: 'confirmReleaseReviewsPage',
      method: 'GET',
      path: '/reviewers/{member}/release',
      summary: 'What giving a reviewer’s open work to others does',
      handler: async (request) => ({
        status: 200,
        html: releasePage(await memberOf(request), freshForm(), principalOf(request)),
      }),
    },
    {
      ...common,
      operationId: 'releaseReviewsPage',
      method: 'POST',
      path: '/reviewers/{member}/release',
      summary: 'Give a reviewer’s open work to others',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const member = await memberOf(request);
        return formReply(
          {},
          async () => {
            await releaseReviewerWork(review, principal.actor, member.id);
            service.wake();
            return seeOtherDone('/reviewers', 'reviews-released');
          },
          (form) => releasePage(member, form, principal),
        );
      },
    },
  ];
}

/** The list. */
export function reviewerLoadsPage(
  loads: readonly ReviewerLoad[],
  roster: { readonly certified: Certified; readonly declared: ReadonlyMap<string, DeclarationStanding> },
  principal: Principal,
  done?: string,
): string {
  const { certified, declared } = roster;
  const { timeZone } = principal.district;
  return page(
    { title: 'Reviewers', principal, path: '/reviewers', done },
    <>
      <PageHeading
        title="Reviewers"
        lead="What each may sign off on and until when, what they have in hand, and the time that they say they have. Work on cases that you are to rate yourself is in no count."
      />
      {loads.length === 0 ? (
        <EmptyState icon="eye" title="No reviewers">
          <p>Give members the role reviewer, and have them qualify for a rubric.</p>
        </EmptyState>
      ) : (
        <DataTable<ReviewerLoad>
          caption="By name"
          rows={loads}
          columns={[
            { title: 'Name', cell: ({ member }) => <bdi>{member.name}</bdi> },
            {
              title: 'Certified for',
              cell: ({ member }) => (
                <CertifiedFor certified={certified} reviewer={member.id} timeZone={timeZone} />
              ),
            },
            {
              title: 'Declared',
              cell: ({ member }) => (
                <Declared standing={declared.get(member.id)} member={member} timeZone={timeZone} />
              ),
            },
            {
              title: 'Minutes a week',
              cell: ({ minutesPerWeek }) =>
                minutesPerWeek === 0 ? (
                  <Badge tone="warn" icon="pause" word="None" />
                ) : (
                  String(minutesPerWeek)
                ),
            },
            { title: 'In hand', cell: ({ open }) => String(open) },
            { title: 'Due within 3 days', cell: ({ dueSoon }) => String(dueSoon) },
            {
              title: 'Give to others',
              cell: ({ member, open }) =>
                open === 0 ? (
                  <span class="quiet">nothing to give</span>
                ) : (
                  <a href={`/reviewers/${member.id}/release`}>
                    Give to others<span class="visually-hidden">: the work of {member.name}</span>
                  </a>
                ),
            },
          ]}
        />
      )}
      <p class="section">
        <a href="/seeds">How the rubrics stand with hidden exemplars</a>
      </p>
    </>,
  );
}

/** How both declarations stand, with the way to them. */
function Declared(props: {
  readonly standing: DeclarationStanding | undefined;
  readonly member: Member;
  readonly timeZone: string;
}) {
  const { standing, member, timeZone } = props;
  if (standing === undefined) return null;
  return (
    <>
      <div class="small">
        Code: <PartBadge part={standing.code} timeZone={timeZone} />
      </div>
      <div class="small">
        Conflicts: <PartBadge part={standing.conflicts} timeZone={timeZone} />
      </div>
      <a href={`/reviewers/${member.id}/declarations`}>
        Declarations<span class="visually-hidden"> of {member.name}</span>
      </a>
    </>
  );
}

/** What it does, before it is done. */
export function releasePage(member: Member, form: FormState, principal: Principal): string {
  return page(
    {
      title: `Give the work of ${member.name} to others`,
      principal,
      path: '/reviewers',
      width: 'text',
      above: [{ label: 'Reviewers', href: '/reviewers' }],
    },
    <>
      <PageHeading
        title={
          <>
            Give the work of <bdi>{member.name}</bdi> to others
          </>
        }
        lead="Others are drawn at once for everything that is open. What was written so far is kept for a time, for its writer alone. What is committed stands."
      />
      <FormErrors form={form} />
      <Form action={`/reviewers/${member.id}/release`}>
        <Actions>
          <Button kind="danger">Give it to others</Button>
          <ButtonLink href="/reviewers" kind="second">
            Leave it
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
