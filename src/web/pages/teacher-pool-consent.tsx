import { recordConsent } from '../../evidence/index.js';
import { AppError } from '../../kernel/index.js';
import { FormErrors, freshForm, Notice, PageHeading, type FormState } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import { page } from './layout.js';
import { answeredFiles, ConsentForm } from './teacher-consent-form.js';
import { aboveSubmission, submissionHref } from './teacher-places.js';
import { readWork, type TeacherRooms, type Work } from './teacher-work.js';

/** A teacher allows that reviewers of other districts rate a submission, once nothing in it says whose it is. */
export function teacherPoolConsentPages(rooms: TeacherRooms): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'evidence',
    path: '/submissions/{submission}/pool-consent',
    access: 'submissions.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'poolConsentPage',
      method: 'GET',
      summary: 'The form to allow that reviewers of other districts rate a submission',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        return {
          status: 200,
          html: poolConsentPage(work, freshForm({ artefacts: answeredFiles(work) }), who),
        };
      },
    },
    {
      ...common,
      operationId: 'recordPoolConsentPage',
      method: 'POST',
      summary: 'Allow that reviewers of other districts rate a submission',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const closed = whyClosed(work);
            if (closed !== undefined) throw new AppError('conflict', closed);
            await recordConsent(rooms.evidence, who.actor, {
              submission: work.submission.id,
              artefacts: listOf(fields, 'artefacts'),
              use: 'pool-review',
              statement: textOf(fields, 'statement'),
            });
            return seeOtherDone(submissionHref(work.submission.id), 'pool-allowed');
          },
          (form) => poolConsentPage(work, form, who),
        );
      },
    },
  ];
}

/** Why there is nothing to allow; undefined where there is. */
function whyClosed({ pool, decision }: Work): string | undefined {
  if (pool === 'none')
    return 'Your district has no agreement with another for this microcredential: your work is rated in your district alone.';
  return decision === undefined ? undefined : 'This work is decided already; nobody else has to rate it.';
}

function poolConsentPage(work: Work, form: FormState, principal: Principal): string {
  const at = submissionHref(work.submission.id);
  const closed = whyClosed(work);
  return page(
    {
      title: 'Allow reviewers of other districts',
      principal,
      path: '/submissions',
      above: [...aboveSubmission, { label: work.version.content.name, href: at }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Let reviewers of other districts rate this"
        lead="Your district shares reviewers with others, who know nobody here. You need not allow it: your work is rated all the same."
      />
      <FormErrors form={form} labels={{ artefacts: 'Files', statement: 'Permission' }} />
      {closed !== undefined && (
        <Notice tone="info" title="There is nothing to allow">
          <p>{closed}</p>
          <p>
            <a href={at}>Back to the submission</a>
          </p>
        </Notice>
      )}
      {closed === undefined && (
        <>
          <ul class="measure">
            <li>
              A lead reads your work first. Only if nothing in it says whose it is can they be given it.
            </li>
            <li>
              They see what you wrote and the files below, under the same rules as reviewers of your district:
              never your name, your school or the names of your files.
            </li>
            <li>
              You can withdraw this at any time. From that moment none of them can open it; ratings that they
              signed already stay.
            </li>
          </ul>
          <ConsentForm
            form={form}
            work={work}
            action={`${at}/pool-consent`}
            back={at}
            label="Files that they may see"
            hint="What you wrote in answer is meant too. All of the work is seen or none of it: with a file left out, or a video among them, it stays in your district."
          />
        </>
      )}
    </>,
  );
}
