import type { EvidenceRequirement } from '../../achievements/index.js';
import type { Award } from '../../issuing/index.js';
import { appealUntil, isOpenAppeal, type ExpectedDecision } from '../../review/index.js';
import { countWords, mayBecome, nextAttemptUntil } from '../../submissions/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  DateText,
  Facts,
  Form,
  FormErrors,
  Hidden,
  Icon,
  Markdown,
  Notice,
  PageHeading,
  Section,
  StateBadge,
  type FormState,
  type Tone,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { ConsentTable } from './teacher-consents.js';
import { PoolStandingWords } from './teacher-pool-words.js';
import { DecisionView, MissedCriteria } from './teacher-decision.js';
import { page } from './layout.js';
import { CarriedCriteria } from './teacher-carry-over.js';
import { aboveSubmission, artefactHref, submissionHref } from './teacher-places.js';
import { shownState, standing } from './teacher-states.js';
import { filesIn, textIn, type Work } from './teacher-work.js';
import { sizeName, typeName, withNames } from './teacher-words.js';

/** A submission that is out of the teacher's hands: how it stands, what comes next, the decision, and what was handed in. */
export function submittedPage(work: Work, form: FormState, principal: Principal, done?: string): string {
  const { submission, version } = work;
  const { content } = version;
  const { timeZone } = principal.district;
  const at = submissionHref(submission.id);
  const isPending = mayBecome(submission.state, 'withdrawn') || submission.state === 'adjudicating';
  const date = (instant: string | null) =>
    instant === null ? null : <DateText instant={instant} timeZone={timeZone} />;
  return page(
    { title: content.name, principal, path: '/submissions', above: aboveSubmission, done },
    <>
      <PageHeading
        title={
          <span lang={content.language} dir="auto">
            {content.name}
          </span>
        }
      />
      <FormErrors form={form} title="That was not done" kept="What is below is how it stands now." />
      <Unsaved work={work} form={form} />
      <Standing work={work} principal={principal} />
      <Facts
        rows={[
          ['State', <StateBadge state={shownState(submission.state)} />],
          ['Attempt', String(submission.attempt)],
          ['Begun', date(submission.createdAt)],
          ['Handed in', date(submission.submittedAt)],
          [
            'Decision',
            work.expected.state === 'none' ? null : <Expected expected={work.expected} timeZone={timeZone} />,
          ],
          ['Decided', date(submission.decidedAt)],
          ['About', <a href={version.url}>Criteria and rubric</a>],
        ]}
      />
      {work.carryOver !== undefined && <CarriedCriteria carryOver={work.carryOver} timeZone={timeZone} />}
      {work.decision !== undefined && <DecisionView read={work.decision} />}
      <Section title="What you handed in">
        {work.requirements.map((requirement) => (
          <Answered work={work} requirement={requirement} />
        ))}
      </Section>
      {work.consents.length > 0 && (
        <Section title="Consents" id="consents">
          <ConsentTable work={work} timeZone={timeZone} />
        </Section>
      )}
      {submission.decidedAt !== null && (
        <Section title="Let it train reviewers">
          <p>
            You can allow that an exemplar is made of this work, with nothing in it that says whose it is.{' '}
            <a href={`${at}/exemplar-consent`}>Read more and allow it</a>
          </p>
        </Section>
      )}
      {isPending && <PoolStandingWords standing={work.pool} at={at} />}
      {isPending && (
        <Actions>
          <ButtonLink href={`${at}/withdraw`} kind="second">
            Withdraw this submission
          </ButtonLink>
        </Actions>
      )}
    </>,
  );
}

/** Between which days the decision comes, or that no day can be said. */
function Expected({
  expected,
  timeZone,
}: {
  readonly expected: Exclude<ExpectedDecision, { readonly state: 'none' }>;
  readonly timeZone: string;
}) {
  switch (expected.state) {
    case 'expected':
      return (
        <>
          to be expected between <DateText instant={expected.from} timeZone={timeZone} /> and{' '}
          <DateText instant={expected.to} timeZone={timeZone} />
          <span class="quiet"> (as things stand; look again for a newer date)</span>
        </>
      );
    case 'no-reviewer':
      return <>no reviewer is available now, so no date can be said; the lead sees that it waits</>;
  }
}

const tones: { readonly [state: string]: Tone } = { met: 'good', not_yet: 'warn', void: 'warn' };

function Standing({ work, principal }: { readonly work: Work; readonly principal: Principal }) {
  const { submission } = work;
  const { title, text } = standing(submission.state, work.assignmentDays);
  return (
    <Notice tone={tones[submission.state] ?? 'info'} title={title}>
      <p>{text}</p>
      {submission.state === 'void' && (
        <ul>
          {submission.findings.map(({ detail }) => (
            <li>{withNames(detail, work)}</li>
          ))}
        </ul>
      )}
      {submission.state === 'met' && <AwardWords award={work.award} />}
      {submission.state === 'not_yet' && (
        <>
          {work.decision !== undefined && <MissedCriteria read={work.decision} />}
          <AppealWords work={work} timeZone={principal.district.timeZone} />
          {!work.appeals.some(isOpenAppeal) && (
            <NextAttempt work={work} timeZone={principal.district.timeZone} />
          )}
        </>
      )}
      {(submission.state === 'withdrawn' || submission.state === 'void') && <BeginAnew work={work} />}
    </Notice>
  );
}

function AwardWords({ award }: { readonly award: Award | undefined }) {
  if (award === undefined || award.state === 'preparing') {
    return <p>Your credential is being made and signed. It is here, and in your backpack, in a moment.</p>;
  }
  return (
    <>
      <p>
        Your credential: <StateBadge state={award.state} />
        {award.reason !== null && <> {award.reason}</>}
      </p>
      <p class="row">
        <ButtonLink href={award.credentialId} icon="award">
          Open its public page
        </ButtonLink>
        <a href="/backpack">My backpack</a>
      </p>
    </>
  );
}

/** The appeal that is open or was decided, or how to file one. */
function AppealWords({ work, timeZone }: { readonly work: Work; readonly timeZone: string }) {
  const decision = work.decision?.decision;
  const until = decision === undefined ? null : appealUntil(decision);
  const last = work.appeals.at(-1);
  const ended = work.appeals.some((one) => one.decision === decision?.id && one.decided !== null);
  return (
    <>
      {last !== undefined && (
        <p>
          <a href={`/appeals/${last.id}`}>Your appeal</a>: <StateBadge state={last.state} />
        </p>
      )}
      {decision !== undefined &&
        until !== null &&
        work.now < until &&
        !ended &&
        work.other === undefined &&
        !work.appeals.some(isOpenAppeal) && (
          <p>
            If you hold that it is in error:{' '}
            <a href={`/decisions/${decision.id}/appeal`}>appeal against it</a>, until{' '}
            <DateText instant={until} timeZone={timeZone} kind="moment" />.
          </p>
        )}
    </>
  );
}

function NextAttempt({ work, timeZone }: { readonly work: Work; readonly timeZone: string }) {
  const until = nextAttemptUntil(work.submission);
  if (work.other !== undefined) return <BeginAnew work={work} />;
  if (until === null || work.now >= until) {
    return (
      <>
        <p>The time for a next attempt on this version is over; you can begin anew on the current one.</p>
        <BeginAnew work={work} />
      </>
    );
  }
  return (
    <>
      <p>
        You can start the next attempt until <DateText instant={until} timeZone={timeZone} kind="moment" />.
      </p>
      <Form action={`${submissionHref(work.submission.id)}/next-attempt`}>
        <Button icon="next">Start the next attempt</Button>
      </Form>
    </>
  );
}

/** The way to a new submission, or to the one that is open already. */
function BeginAnew({ work }: { readonly work: Work }) {
  if (work.other !== undefined) {
    return (
      <p>
        <a href={submissionHref(work.other.id)}>
          {work.other.attempt > 1 ? `Go to attempt ${work.other.attempt}` : 'Go to your newer submission'}
        </a>
      </p>
    );
  }
  return (
    <Form action="/submissions">
      <Hidden name="achievement" value={work.submission.achievement} />
      <Button kind="second" icon="plus">
        Begin anew
      </Button>
    </Form>
  );
}

/** Words that were typed when it was closed already: nothing typed is lost. */
function Unsaved({ work, form }: { readonly work: Work; readonly form: FormState }) {
  const typed = work.requirements.flatMap((requirement) => {
    const text = form.values[`answers/${requirement.id}`];
    const isNew = typeof text === 'string' && text !== textIn(work.submission, requirement.id);
    return isNew && text !== '' ? [{ requirement, text }] : [];
  });
  if (typed.length === 0) return null;
  return (
    <Section title="What you had typed">
      {typed.map(({ requirement, text }) => (
        <>
          <h3>{requirement.name}</h3>
          <pre tabIndex={0}>{text}</pre>
        </>
      ))}
    </Section>
  );
}

function Answered({ work, requirement }: { readonly work: Work; readonly requirement: EvidenceRequirement }) {
  const { language } = work.version.content;
  const files = filesIn(work, requirement.id);
  const text = textIn(work.submission, requirement.id);
  return (
    <section class="card section">
      <h3 lang={language} dir="auto">
        {requirement.name}
      </h3>
      {files.length === 0 && text === '' && <p class="quiet">Left out.</p>}
      {files.length > 0 && (
        <ul class="checks">
          {files.map((file) => (
            <li class="tone-plain">
              <Icon name={file.mediaType.startsWith('video/') ? 'video' : 'file'} />
              <p>
                {file.erasedAt === null ? (
                  <a href={artefactHref(file.id)}>
                    <bdi>{file.name}</bdi>
                  </a>
                ) : (
                  'An erased file'
                )}{' '}
                <span class="quiet small">
                  {typeName(file.mediaType)}, {sizeName(file.size)}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {text !== '' && (
        <details>
          <summary>Your text, {countWords(text, language)} words</summary>
          <Markdown source={text} language={language} />
        </details>
      )}
    </section>
  );
}
