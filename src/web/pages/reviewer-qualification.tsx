import type { AchievementVersion } from '../../achievements/index.js';
import {
  asTold,
  declarationStandingOf,
  isForPractice,
  policyAt,
  startQualification,
  tookPart,
  type Certification,
  type DeclarationStanding,
  type Exemplar,
  type QualificationAttempt,
  type QualificationPolicy,
} from '../../calibration/index.js';
import { allOf, type Instant } from '../../kernel/index.js';
import { presentCertification } from '../api/present-certification.js';
import {
  Badge,
  Button,
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  PageHeading,
  Section,
  StateBadge,
  type FormState,
} from '../components/index.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, seeOther, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { DeclarationsMissing } from './declaration-words.js';
import { page } from './layout.js';
import { reviewedVersions, versionName, versionNames } from './reviewed-versions.js';

/** A version with what the reviewer has to do with it. */
interface Ground {
  readonly version: AchievementVersion;
  readonly holds: boolean;
  readonly attempts: readonly QualificationAttempt[];
  readonly practice: readonly { readonly exemplar: Exemplar; readonly seen: boolean }[];
}

/** What the page shows. */
export interface Standing {
  readonly certifications: readonly Certification[];
  readonly names: ReadonlyMap<string, string>;
  readonly grounds: readonly Ground[];
  readonly declared: DeclarationStanding;
  readonly now: Instant;
  /** The policy under which an attempt would begin now. */
  readonly policy: QualificationPolicy;
}

/** What one is certified for, practice, and the qualifying forms. */
export function qualificationPages(
  rooms: Pick<Rooms, 'calibration' | 'achievements' | 'service'>,
): readonly Route[] {
  const { calibration } = rooms;
  const common = {
    kind: 'page',
    tag: 'calibration',
    path: '/qualification',
    access: 'qualification.take',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'qualificationPage',
      method: 'GET',
      summary: 'What you are certified for, practice exemplars and qualifying forms',
      handler: async (request) => {
        const principal = principalOf(request);
        const standing = await standingOf(rooms, principal);
        return {
          status: 200,
          html: qualificationPage(standing, freshForm(), principal, request.query['done']),
        };
      },
    },
    {
      ...common,
      operationId: 'startQualificationOnPage',
      inPerson: true,
      method: 'POST',
      summary: 'Start a qualifying form',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const achievementVersion = textOf(fields, 'achievementVersion');
            const attempt = await startQualification(calibration, principal.actor, { achievementVersion });
            return seeOther(`/qualification/${attempt.id}`);
          },
          async (form) => qualificationPage(await standingOf(rooms, principal), form, principal),
        );
      },
    },
  ];
}

async function standingOf(
  rooms: Pick<Rooms, 'calibration' | 'achievements' | 'service'>,
  { actor }: Principal,
): Promise<Standing> {
  const { store } = rooms.calibration;
  const { district, member } = actor;
  const now = rooms.service.now();
  const certifications = await allOf((request) => store.pageOfCertifications(district, member, request));
  const versions = await reviewedVersions(rooms, actor);
  const grounds = await Promise.all(
    versions.map(async (version): Promise<Ground> => {
      const practice = (await store.exemplarsOfVersion(district, version.id)).filter(isForPractice);
      const seen = await Promise.all(practice.map(({ id }) => store.practiceRating(district, id, member)));
      return {
        version,
        holds: certifications.some(
          (one) => one.achievementVersion === version.id && stateAt(one, now) === 'active',
        ),
        attempts: await store.attemptsOf(district, member, version.id),
        practice: practice.map((exemplar, index) => ({
          exemplar,
          seen: seen[index] !== undefined || tookPart(exemplar, member),
        })),
      };
    }),
  );
  const ids = certifications.map(({ achievementVersion }) => achievementVersion);
  const { qualification: policy } = await policyAt(rooms.calibration, district);
  const declared = await declarationStandingOf(rooms.calibration, district, member);
  return { policy, certifications, names: await versionNames(rooms, district, ids), grounds, declared, now };
}

function stateAt(certification: Certification, now: Instant): Certification['state'] {
  return presentCertification(asTold(certification, now), now).state;
}

/** The page. */
export function qualificationPage(
  standing: Standing,
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  const { certifications, names, grounds, declared, now, policy } = standing;
  return page(
    { title: 'Qualification', principal, path: '/qualification', done },
    <>
      <PageHeading
        title="Qualification"
        lead="Practise on exemplars whose key you are shown, then show on a form that you score as the experts do. A certification holds for one version of one rubric, for a time."
      />
      <FormErrors form={{ ...form, errors: [] }} />
      <DeclarationsMissing standing={declared} timeZone={timeZone} />
      <Section title="What you are certified for">
        {certifications.length === 0 ? (
          <EmptyState icon="award" title="Not certified yet">
            <p>
              Certifications stand here once you pass a qualifying form, or key a version’s first exemplars.
            </p>
          </EmptyState>
        ) : (
          <DataTable<Certification>
            caption="Your certifications, the oldest first"
            rows={certifications}
            columns={[
              { title: 'Rubric', cell: (one) => names.get(one.achievementVersion) ?? one.achievementVersion },
              {
                title: 'State',
                cell: (one) => (
                  <>
                    <StateBadge state={stateAt(one, now)} />
                    {one.reason !== null && (
                      <p class="small quiet" dir="auto">
                        {one.reason}
                      </p>
                    )}
                  </>
                ),
              },
              {
                title: 'Earned by',
                cell: ({ basis, attempt }) =>
                  basis === 'keying' || attempt === null ? (
                    'keying its exemplars'
                  ) : (
                    <a href={`/qualification/${attempt}`}>a qualifying form</a>
                  ),
              },
              { title: 'From', cell: ({ from }) => <DateText instant={from} timeZone={timeZone} /> },
              { title: 'Until', cell: ({ until }) => <DateText instant={until} timeZone={timeZone} /> },
            ]}
          />
        )}
      </Section>
      <Section title="Practice and qualifying forms">
        {grounds.length === 0 ? (
          <EmptyState icon="book" title="No rubric is published yet">
            <p>Each published achievement that is assessed by review stands here with its exemplars.</p>
          </EmptyState>
        ) : (
          <div class="stack">
            {grounds.map((ground) => (
              <GroundCard ground={ground} policy={policy} timeZone={timeZone} />
            ))}
          </div>
        )}
      </Section>
    </>,
  );
}

function GroundCard(props: {
  readonly ground: Ground;
  readonly policy: QualificationPolicy;
  readonly timeZone: string;
}) {
  const { ground, policy, timeZone } = props;
  const { version, holds, attempts, practice } = ground;
  const open = attempts.find(({ state }) => state === 'open');
  const past = attempts.filter(({ state }) => state !== 'open');
  return (
    <article class="card stack">
      <div class="row row-apart">
        <h3>{versionName(version)}</h3>
        {holds && <StateBadge state="certified" />}
      </div>
      {open !== undefined ? (
        <p class="row">
          <ButtonLink href={`/qualification/${open.id}`} icon="next">
            Go on with your form
          </ButtonLink>
          <span class="quiet">
            {open.responses.length} of {open.form.length} rated
          </span>
        </p>
      ) : (
        !holds && (
          <Form action="/qualification">
            <Hidden name="achievementVersion" value={version.id} />
            <p class="hint">
              {policy.form} exemplars, up to {policy.form + policy.extension * policy.extensions} where they
              decide nothing yet. You can stop and go on another day. {policy.attempts} attempts in{' '}
              {policy.attemptsWithinDays} days; an attempt cannot be taken back.
            </p>
            <Button>Start a qualifying form</Button>
          </Form>
        )
      )}
      {practice.length === 0 ? (
        <p class="quiet small">No practice exemplars yet.</p>
      ) : (
        <details open={!holds && practice.some(({ seen }) => !seen)}>
          <summary>
            Practice: {practice.filter(({ seen }) => seen).length} of {practice.length} done
          </summary>
          <ul>
            {practice.map(({ exemplar, seen }) => (
              <li>
                <a href={`/practice/${exemplar.id}`}>{exemplar.title}</a>{' '}
                {seen && <Badge tone="good" icon="check" word="Key seen" />}
              </li>
            ))}
          </ul>
        </details>
      )}
      {past.length > 0 && (
        <details>
          <summary>Your attempts: {past.length}</summary>
          <ul>
            {past.map((attempt) => (
              <li>
                <a href={`/qualification/${attempt.id}`}>Attempt {attempt.number}</a>, begun{' '}
                <DateText instant={attempt.startedAt} timeZone={timeZone} />{' '}
                <StateBadge state={attempt.state} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}
