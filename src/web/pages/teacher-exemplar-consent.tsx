import { recordConsent } from '../../evidence/index.js';
import { AppError } from '../../kernel/index.js';
import { FormErrors, freshForm, PageHeading, type FormState } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import { page } from './layout.js';
import { ConsentForm } from './teacher-consent-form.js';
import { aboveSubmission, submissionHref } from './teacher-places.js';
import { readWork, type TeacherRooms, type Work } from './teacher-work.js';

/** A teacher allows that an exemplar is made of decided work: by a consent of its own, which can be withdrawn. */
export function teacherExemplarConsentPages(rooms: TeacherRooms): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'evidence',
    path: '/submissions/{submission}/exemplar-consent',
    access: 'submissions.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'exemplarConsentPage',
      method: 'GET',
      summary: 'The form to allow that an exemplar is made of decided work',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        return { status: 200, html: exemplarConsentPage(work, freshForm(), who) };
      },
    },
    {
      ...common,
      operationId: 'recordExemplarConsentPage',
      method: 'POST',
      summary: 'Allow that an exemplar is made of decided work',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            if (work.decision === undefined)
              throw new AppError('conflict', 'This work is not decided yet; come back after the decision.');
            await recordConsent(rooms.evidence, who.actor, {
              submission: work.submission.id,
              artefacts: listOf(fields, 'artefacts'),
              use: 'exemplar',
              statement: textOf(fields, 'statement'),
            });
            return seeOtherDone(submissionHref(work.submission.id), 'exemplar-allowed');
          },
          (form) => exemplarConsentPage(work, form, who),
        );
      },
    },
  ];
}

function exemplarConsentPage(work: Work, form: FormState, principal: Principal): string {
  const at = submissionHref(work.submission.id);
  return page(
    {
      title: 'Allow an exemplar',
      principal,
      path: '/submissions',
      above: [...aboveSubmission, { label: work.version.content.name, href: at }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Let this work train reviewers"
        lead="A lead may then make an exemplar of it: the texts and the files that you choose, with names, school, faces and voices taken out. Reviewers practise on exemplars, and are measured by them, those of districts that share reviewers with yours too. Your credential does not depend on it, and you can withdraw it at any time: the exemplar is then used no more."
      />
      <FormErrors form={form} labels={{ artefacts: 'Files', statement: 'Permission' }} />
      <ConsentForm
        form={form}
        work={work}
        action={`${at}/exemplar-consent`}
        back={at}
        label="Files that may be used"
        hint="What you wrote in answer is meant too. Videos are never used as they are; a lead makes something else in their place."
      />
    </>,
  );
}
