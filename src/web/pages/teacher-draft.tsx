import type { EvidenceRequirement } from '../../achievements/index.js';
import type { Artefact } from '../../evidence/index.js';
import { countWords } from '../../submissions/index.js';
import {
  Actions,
  Badge,
  Button,
  Choices,
  errorsAt,
  fieldId,
  FileField,
  Form,
  FormErrors,
  Hidden,
  Icon,
  PageHeading,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { CarriedCriteria } from './teacher-carry-over.js';
import { ConsentBadge, ConsentFields } from './teacher-consents.js';
import { page } from './layout.js';
import { MissedBefore } from './teacher-decision.js';
import { PoolBefore } from './teacher-pool-words.js';
import { aboveSubmission, artefactHref, submissionHref } from './teacher-places.js';
import { markOf } from './teacher-save.js';
import { shownState, standing } from './teacher-states.js';
import { filesIn, textIn, type Work } from './teacher-work.js';
import { askedFor, sizeName, typeName, withNames } from './teacher-words.js';

/** A draft as the one form that gathers it: every button keeps everything that is in it. */
export function draftPage(work: Work, form: FormState, principal: Principal, done?: string): string {
  const { submission, version, requirements } = work;
  const { content } = version;
  const at = submissionHref(submission.id);
  const isRefused = form.problem !== null;
  const labels: { [name: string]: string } = {
    answers: 'Your answers',
    'consent/artefacts': 'Consent: files',
    'consent/statement': 'Consent: permission',
    'consent/from': 'Consent: first day',
    'consent/to': 'Consent: last day',
  };
  for (const { id, name } of requirements) labels[`answers/${id}`] = name;
  return page(
    { title: content.name, principal, path: '/submissions', above: aboveSubmission, done },
    <>
      <PageHeading
        title={
          <span lang={content.language} dir="auto">
            {content.name}
          </span>
        }
        lead={standing(submission.state, work.assignmentDays).text}
      />
      <p class="row">
        <StateBadge state={shownState(submission.state)} />
        <span class="quiet">Attempt {submission.attempt}</span>
        <a href={version.url}>Criteria and rubric</a>
      </p>
      <FormErrors
        form={form}
        labels={labels}
        title={form.values['do'] === 'submit' ? 'It was not handed in yet' : 'Something could not be saved'}
        kept={
          form.errors.some(({ detail }) => detail.startsWith('“'))
            ? 'Everything else is saved. Files that are named here have to be chosen again.'
            : 'Everything else is saved, and what you typed is still below.'
        }
      />
      {work.before !== undefined && (
        <MissedBefore before={work.before} href={submissionHref(submission.previous ?? '')} />
      )}
      {work.carryOver !== undefined && (
        <CarriedCriteria carryOver={work.carryOver} timeZone={principal.district.timeZone} />
      )}
      <Checklist work={work} quiet={isRefused} />
      <Form action={at} upload wide>
        {/* What Enter in a field does: the first button of a form, so that it never removes anything. */}
        <button type="submit" name="do" value="save" class="visually-hidden" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        {requirements.map((requirement) => (
          <Requirement work={work} form={form} requirement={requirement} />
        ))}
        <ConsentFields work={work} form={form} timeZone={principal.district.timeZone} />
        <p class="quiet measure section">
          When you submit, it is checked for completeness first. Then certified reviewers read it, who are
          told neither your name nor your school nor the names of your files.
        </p>
        <PoolBefore standing={work.pool} />
        <Actions>
          <Button name="do" value="submit" icon="upload">
            Check and submit
          </Button>
          <Button kind="second" name="do" value="save">
            Save the draft
          </Button>
          <a href={`${at}/withdraw`}>Withdraw it</a>
        </Actions>
      </Form>
    </>,
  );
}

/** Each requirement with how it stands. What is wanting is no fault yet: the draft is being written. */
function Checklist({ work, quiet }: { readonly work: Work; readonly quiet: boolean }) {
  const wanting = (id: string) => wantingAt(work, id);
  const whole = work.wanting.filter(({ pointer }) => pointer === '/answers');
  return (
    <section class="card" id={fieldId('answers')}>
      <h2>{work.wanting.length === 0 ? 'Ready to submit' : 'Before you can submit'}</h2>
      <ul class="checks">
        {work.requirements.map((requirement) => {
          const missing = wanting(requirement.id);
          const isReady = missing.length === 0 && work.submission.answers[requirement.id] !== undefined;
          return (
            <li class={isReady ? 'tone-good' : 'tone-plain'}>
              <Icon name={isReady ? 'check-circle' : 'dash'} />
              <div>
                <p>
                  <a href={`#requirement-${requirement.id}`}>{requirement.name}</a>{' '}
                  <span class="outcome">{readiness(work, requirement)}</span>
                </p>
                {!quiet && missing.map((detail) => <p class="quiet small">{detail}</p>)}
              </div>
            </li>
          );
        })}
        {whole.map(({ detail }) => (
          <li class="tone-warn">
            <Icon name="warning" />
            <p>Your answers {detail}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wantingAt(work: Work, requirement: string): string[] {
  return work.wanting
    .filter(({ pointer }) => pointer === `/answers/${requirement}`)
    .map(({ detail }) => withNames(detail, work));
}

function readiness(work: Work, requirement: EvidenceRequirement): string {
  if (wantingAt(work, requirement.id).length > 0) return 'Still to do';
  return work.submission.answers[requirement.id] === undefined ? 'Optional, left out' : 'Ready';
}

function Requirement({
  work,
  form,
  requirement,
}: {
  readonly work: Work;
  readonly form: FormState;
  readonly requirement: EvidenceRequirement;
}) {
  const { language } = work.version.content;
  const isReady = wantingAt(work, requirement.id).length === 0;
  const isAnswered = work.submission.answers[requirement.id] !== undefined;
  return (
    <section class="card section" id={`requirement-${requirement.id}`}>
      <div class="row row-apart">
        <h2 lang={language} dir="auto">
          {requirement.name}
        </h2>
        {isReady && isAnswered && <Badge tone="good" icon="check-circle" word="Ready" />}
        {!isReady && <Badge tone="plain" icon="dash" word="Still to do" />}
        {isReady && !isAnswered && <Badge tone="plain" icon="info" word="Optional" />}
      </div>
      {requirement.description !== '' && (
        <p class="measure" lang={language} dir="auto">
          {requirement.description}
        </p>
      )}
      {requirement.kind === 'text' ? (
        <TextAnswer work={work} form={form} requirement={requirement} />
      ) : (
        <FileAnswer work={work} form={form} requirement={requirement} />
      )}
    </section>
  );
}

function TextAnswer({ work, form, requirement }: Parameters<typeof Requirement>[0]) {
  const name = `answers/${requirement.id}`;
  const saved = textIn(work.submission, requirement.id);
  const words = countWords(saved, work.version.content.language);
  const isOther = errorsAt(form, name).length > 0 && form.values[name] !== saved && saved !== '';
  return (
    <>
      <Hidden name={`seen/${requirement.id}`} value={markOf(saved)} />
      <TextArea
        form={form}
        name={name}
        label="Your text"
        rows={14}
        hint={
          <>
            {askedFor(requirement)}.{' '}
            {saved === ''
              ? 'Nothing is saved yet.'
              : `${words} ${words === 1 ? 'word is' : 'words are'} saved.`}{' '}
            Markdown works. Name no child.
          </>
        }
      />
      {isOther && (
        <details>
          <summary>What is saved now</summary>
          <pre tabIndex={0}>{saved}</pre>
        </details>
      )}
    </>
  );
}

function FileAnswer({ work, form, requirement }: Parameters<typeof Requirement>[0]) {
  const files = filesIn(work, requirement.id);
  const { max, id } = requirement;
  const others = work.artefacts.filter(
    (artefact) =>
      artefact.erasedAt === null &&
      requirement.mediaTypes.includes(artefact.mediaType) &&
      !files.includes(artefact),
  );
  const label =
    max === 1 ? (files.length === 0 ? 'Choose a file' : 'Choose another file in its place') : 'Add files';
  return (
    <>
      {files.length > 0 && (
        <ul class="checks">
          {files.map((file) => (
            <FileRow work={work} requirement={requirement} file={file} />
          ))}
        </ul>
      )}
      {(max === 1 || files.length < max || errorsAt(form, `answers/${id}`).length > 0) && (
        <FileField
          form={form}
          name={`answers/${id}`}
          label={label}
          hint={`${askedFor(requirement)}. It is kept when you save or submit.`}
          accept={requirement.mediaTypes.join(',')}
          multiple={max > 1}
        />
      )}
      {files.length >= max && max > 1 && (
        <p class="quiet">That is as many as are taken here. Remove one to add another.</p>
      )}
      {others.length > 0 && (files.length < max || max === 1) && (
        <details open={errorsAt(form, `pick/${id}`).length > 0}>
          <summary>Or take from my evidence ({others.length})</summary>
          <Choices
            form={form}
            name={`pick/${id}`}
            kind={max === 1 ? 'one' : 'any'}
            label="Files that you uploaded before"
            options={others.map((artefact) => ({
              value: artefact.id,
              label: <bdi>{artefact.name}</bdi>,
              hint: `${typeName(artefact.mediaType)}, ${sizeName(artefact.size)}`,
            }))}
          />
        </details>
      )}
    </>
  );
}

function FileRow({
  work,
  requirement,
  file,
}: {
  readonly work: Work;
  readonly requirement: EvidenceRequirement;
  readonly file: Artefact;
}) {
  const isErased = file.erasedAt !== null;
  return (
    <li class="tone-plain">
      <Icon name={file.mediaType.startsWith('video/') ? 'video' : 'file'} />
      <div class="row row-apart">
        <div>
          <p>
            {isErased ? (
              'An erased file'
            ) : (
              <a href={artefactHref(file.id)}>
                <bdi>{file.name}</bdi>
              </a>
            )}{' '}
            <span class="quiet small">
              {typeName(file.mediaType)}, {sizeName(file.size)}
            </span>
          </p>
          {requirement.needsConsent && !isErased && <ConsentBadge work={work} file={file} />}
        </div>
        <Button kind="second" small icon="trash" name="do" value={`remove ${requirement.id} ${file.id}`}>
          Remove<span class="visually-hidden"> {isErased ? 'the erased file' : file.name}</span>
        </Button>
      </div>
    </li>
  );
}
