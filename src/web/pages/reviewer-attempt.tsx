import type { AchievementVersion, EvidenceRequirement, Rubric } from '../../achievements/index.js';
import {
  commitQualificationResponse,
  getQualification,
  policyNumbered,
  reviewedVersion,
  type Exemplar,
  type QualificationAttempt,
  type QualificationPolicy,
} from '../../calibration/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  DateText,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  Notice,
  PageHeading,
  Section,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, seeOther, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { ExemplarEvidence, LevelFields, levelLabels, levelsFrom } from './exemplar-shown.js';
import { page } from './layout.js';
import { qualificationReasons, type QualificationReason } from './qualification-reasons.js';
import { versionName } from './reviewed-versions.js';

interface Trial {
  readonly attempt: QualificationAttempt;
  readonly next: Exemplar | null;
  readonly version: AchievementVersion;
  readonly rubric: Rubric;
  readonly requirements: readonly EvidenceRequirement[];
  /** By which the attempt is judged. */
  readonly policy: QualificationPolicy;
}

/** A qualifying form: one exemplar after the other, and what it came to. */
export function attemptPages({
  calibration,
  service,
}: Pick<Rooms, 'calibration' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'calibration',
    path: '/qualification/{attempt}',
    access: 'qualification.take',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const trialOf = async (request: RouteRequest): Promise<Trial> => {
    const { actor } = principalOf(request);
    const { attempt, next } = await getQualification(calibration, actor, request.params['attempt']!);
    const { version, rubric, requirements } = await reviewedVersion(
      calibration,
      actor.district,
      attempt.achievementVersion,
    );
    const { qualification: policy } = await policyNumbered(calibration, actor.district, attempt.policy);
    return { attempt, next, version, rubric, requirements, policy };
  };
  return [
    {
      ...common,
      operationId: 'qualificationAttemptPage',
      method: 'GET',
      summary: 'The exemplar to rate next, or the result',
      handler: async (request) => ({
        status: 200,
        html: attemptPage(await trialOf(request), freshForm(), principalOf(request), request.query['done']),
      }),
    },
    {
      ...common,
      operationId: 'commitQualificationOnPage',
      inPerson: true,
      method: 'POST',
      summary: 'Commit levels for the exemplar that is next',
      body: { kind: 'form' },
      handler: async (request) => {
        const trial = await trialOf(request);
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const path = `/qualification/${trial.attempt.id}`;
        return formReply(
          fields,
          async () => {
            const attempt = await commitQualificationResponse(calibration, principal.actor, {
              attempt: trial.attempt.id,
              exemplar: textOf(fields, 'exemplar'),
              levels: levelsFrom(trial.rubric, fields),
            });
            service.wake();
            return attempt.state === 'open' ? seeOtherDone(path, 'response-committed') : seeOther(path);
          },
          async (form) => {
            const now = await trialOf(request);
            // Levels for another exemplar than the one shown now are not levels for this one.
            const same = now.next?.id === textOf(fields, 'exemplar');
            return attemptPage(now, same ? form : { ...form, values: {} }, principal);
          },
        );
      },
    },
  ];
}

/** The page of an attempt. */
export function attemptPage(trial: Trial, form: FormState, principal: Principal, done?: string): string {
  const { attempt, next, version } = trial;
  const title = next === null ? 'Your result' : 'Qualifying form';
  return page(
    {
      title,
      principal,
      path: '/qualification',
      above: [{ label: 'Qualification', href: '/qualification' }],
      done,
      width: next === null ? 'usual' : 'wide',
    },
    <>
      <PageHeading title={title} lead={`${versionName(version)} · attempt ${attempt.number}`} />
      {next === null ? (
        <Result trial={trial} form={form} timeZone={principal.district.timeZone} />
      ) : (
        <NextItem trial={trial} next={next} form={form} />
      )}
    </>,
  );
}

function NextItem(props: { readonly trial: Trial; readonly next: Exemplar; readonly form: FormState }) {
  const { trial, next, form } = props;
  const { attempt, rubric, requirements, policy } = trial;
  const [rated, of] = [attempt.responses.length, attempt.form.length];
  return (
    <>
      <div class="stack measure">
        <label for="progress">
          Exemplar {rated + 1} of {of}
          {of > policy.form && '. The first ones decided nothing yet, so that the form was extended.'}
        </label>
        <progress id="progress" class="progress" value={rated} max={of}>
          {rated} of {of}
        </progress>
      </div>
      <div class="split split-even section">
        <ExemplarEvidence exemplar={next} />
        <div>
          <h2>{next.title}</h2>
          <FormErrors form={form} labels={levelLabels(rubric)} />
          <Form action={`/qualification/${attempt.id}`} wide>
            <Hidden name="exemplar" value={next.id} />
            <LevelFields rubric={rubric} requirements={requirements} form={form} />
            <p class="hint">
              Committed levels never change. You can stop after any exemplar and go on another day.
            </p>
            <Actions>
              <Button icon="next">{rated + 1 === of ? 'Commit' : 'Commit and go on'}</Button>
            </Actions>
          </Form>
        </div>
      </div>
    </>
  );
}

function Result(props: { readonly trial: Trial; readonly form: FormState; readonly timeZone: string }) {
  const { trial, form, timeZone } = props;
  const { attempt, rubric, policy } = trial;
  const { figures } = attempt;
  const certified = attempt.state === 'certified';
  const reasons = figures === null ? [] : qualificationReasons(rubric, figures, policy);
  const missed = reasons.filter(({ met }) => met === false);
  return (
    <>
      <FormErrors form={{ ...form, errors: [] }} />
      <Notice
        tone={certified ? 'good' : 'warn'}
        title={certified ? 'You are certified' : 'Not certified this time'}
      >
        <p>
          {certified
            ? 'You score as the experts do. Work for this rubric can be drawn for you from now on.'
            : `${missed.length === 0 ? 'The form could not decide.' : `Missed: ${missed.map(({ rule }) => rule.toLowerCase()).join('; ')}.`} Practise with exemplars whose key you are shown, and try again on another form: ${policy.attempts} attempts are possible in ${policy.attemptsWithinDays} days.`}
        </p>
        {attempt.endedAt !== null && (
          <p class="quiet small">
            Ended <DateText instant={attempt.endedAt} timeZone={timeZone} kind="moment" />, after{' '}
            {attempt.responses.length} exemplars.
          </p>
        )}
      </Notice>
      <Section title="How it was decided">
        <DataTable<QualificationReason>
          caption="Every rule must be met. The keys stay unknown, so that exemplars can be used again."
          rows={reasons}
          columns={[
            { title: 'Rule', cell: ({ rule }) => rule },
            { title: 'Asked', cell: ({ asked }) => asked },
            { title: 'Reached', cell: ({ reached }) => reached },
            { title: 'Result', cell: ({ met }) => <Met met={met} /> },
          ]}
        />
      </Section>
      <ButtonLink href="/qualification" kind="second">
        Practice and qualifying
      </ButtonLink>
    </>
  );
}

function Met({ met }: { readonly met: boolean | null }) {
  if (met === null) return <Badge tone="plain" icon="dash" word="Not asked" />;
  return met ? (
    <Badge tone="good" icon="check-circle" word="Met" />
  ) : (
    <Badge tone="bad" icon="cross-circle" word="Missed" />
  );
}
