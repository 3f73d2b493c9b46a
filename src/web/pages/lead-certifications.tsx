import {
  asSeenBy,
  beginProbation,
  liftProbation,
  reinstateCertification,
  revokeCertification,
  suspendCertification,
  type Certification,
} from '../../calibration/index.js';
import { found, ruleViolated, type Page } from '../../kernel/index.js';
import { presentCertification } from '../api/present-certification.js';
import {
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  freshForm,
  PageHeading,
  Pager,
  StateBadge,
} from '../components/index.js';
import { seeOtherDone, type DoneCode } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { basisWord, certificationPage, type Roster } from './lead-certification-page.js';
import { memberNames, versionNames } from './reviewed-versions.js';

const changes = {
  probation: { useCase: beginProbation, done: 'probation-begun' },
  'end-probation': { useCase: liftProbation, done: 'probation-ended' },
  suspend: { useCase: suspendCertification, done: 'certification-suspended' },
  reinstate: { useCase: reinstateCertification, done: 'certification-reinstated' },
  revoke: { useCase: revokeCertification, done: 'certification-revoked' },
} as const satisfies { readonly [act: string]: { readonly useCase: unknown; readonly done: DoneCode } };

/** The roster of certifications, and what leads do with them. */
export function certificationPages(
  rooms: Pick<Rooms, 'calibration' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  const { calibration, service } = rooms;
  const checkReason = formValidator<{ readonly reason: string }>('reason');
  const common = {
    kind: 'page',
    tag: 'calibration',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const rosterOf = async (
    { district, member }: Principal['actor'],
    found: Page<Certification>,
  ): Promise<Roster> => ({
    page: { ...found, items: found.items.map((one) => asSeenBy(member, one, service.now())) },
    members: await memberNames(
      rooms,
      district,
      found.items.map(({ reviewer }) => reviewer),
    ),
    versions: await versionNames(
      rooms,
      district,
      found.items.map(({ achievementVersion }) => achievementVersion),
    ),
    now: service.now(),
  });
  const oneOf = async (request: RouteRequest): Promise<Roster> => {
    const { actor } = principalOf(request);
    const kept = await calibration.store.certification(actor.district, request.params['certification']!);
    return rosterOf(actor, { items: [found(kept, 'certification')] });
  };
  return [
    {
      ...common,
      operationId: 'certificationsPage',
      method: 'GET',
      path: '/certifications',
      access: 'certifications.read',
      summary: 'Who is certified for which version',
      handler: async (request) => {
        const principal = principalOf(request);
        const { district } = principal.actor;
        const certifications = await calibration.store.pageOfCertifications(
          district,
          undefined,
          fromCursor(request),
        );
        const roster = await rosterOf(principal.actor, certifications);
        return { status: 200, html: rosterPage(roster, principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'certificationPage',
      method: 'GET',
      path: '/certifications/{certification}',
      access: 'certifications.read',
      summary: 'One certification, and what can be done with it',
      handler: async (request) => ({
        status: 200,
        html: certificationPage(
          await oneOf(request),
          freshForm(),
          principalOf(request),
          request.query['done'],
        ),
      }),
    },
    {
      ...common,
      operationId: 'changeCertificationOnPage',
      method: 'POST',
      path: '/certifications/{certification}',
      access: 'certifications.change',
      summary: 'Suspend, reinstate or revoke a certification, begin or end a probation',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const certification = request.params['certification']!;
        const act = textOf(fields, 'act');
        return formReply(
          fields,
          async () => {
            const { reason } = checkReason({ reason: textOf(fields, 'reason') });
            if (!Object.hasOwn(changes, act))
              throw ruleViolated('/act', 'must be one of the buttons of this page');
            const { useCase, done } = changes[act as keyof typeof changes];
            await useCase(calibration, principal.actor, { certification, reason });
            service.wake();
            return seeOtherDone(`/certifications/${certification}`, done);
          },
          async (form) => certificationPage(await oneOf(request), form, principal),
        );
      },
    },
  ];
}

/** The roster. */
export function rosterPage(roster: Roster, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  return page(
    { title: 'Certifications', principal, path: '/certifications', done },
    <>
      <PageHeading
        title="Certifications"
        lead="Who may sign off on work, for which version of which rubric, and until when."
      />
      {roster.page.items.length === 0 ? (
        <EmptyState icon="award" title="Nobody is certified yet">
          <p>
            Reviewers who pass a qualifying form stand here, and the founding panel of a new version. Key its
            exemplars first.
          </p>
          <ButtonLink href="/exemplars" kind="second">
            Exemplars
          </ButtonLink>
        </EmptyState>
      ) : (
        <>
          <DataTable<Certification>
            caption="Certifications, the oldest first"
            rows={roster.page.items}
            columns={[
              {
                title: 'Reviewer',
                cell: ({ id, reviewer }) => (
                  <a href={`/certifications/${id}`}>
                    <bdi>{roster.members.get(reviewer) ?? reviewer}</bdi>
                  </a>
                ),
              },
              {
                title: 'Rubric',
                cell: ({ achievementVersion }) =>
                  roster.versions.get(achievementVersion) ?? achievementVersion,
              },
              {
                title: 'State',
                cell: (one) => <StateBadge state={presentCertification(one, roster.now).state} />,
              },
              { title: 'Earned by', cell: ({ basis }) => basisWord(basis) },
              { title: 'Until', cell: ({ until }) => <DateText instant={until} timeZone={timeZone} /> },
            ]}
          />
          <Pager href="/certifications" next={roster.page.next} />
        </>
      )}
    </>,
  );
}
