import { maxUploadBytes, withdrawConsent } from '../../evidence/index.js';
import { AppError, found } from '../../kernel/index.js';
import { settleConsentOfWork } from '../../review/index.js';
import { startNextAttempt, withdrawSubmission } from '../../submissions/index.js';
import { freshForm, type FormState } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import { consentValues } from './teacher-consents.js';
import { draftPage } from './teacher-draft.js';
import { submissionHref } from './teacher-places.js';
import { plainLines, saveWork } from './teacher-save.js';
import { submittedPage } from './teacher-submitted.js';
import { withdrawConsentPage, withdrawPage } from './teacher-withdraw.js';
import { isEditable, readWork, textIn, type TeacherRooms, type Work } from './teacher-work.js';
import { inWords } from './teacher-words.js';

/** One submission of the caller's own: gathering, submitting, withdrawing, the next attempt. */
export function teacherSubmissionPages(rooms: TeacherRooms): readonly Route[] {
  const { evidence, submissions, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'submissions',
    access: 'submissions.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'submissionPage',
      method: 'GET',
      path: '/submissions/{submission}',
      summary: 'One submission of yours',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        return { status: 200, html: workPage(work, freshForm(), who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'saveSubmissionPage',
      method: 'POST',
      path: '/submissions/{submission}',
      rate: 'upload',
      summary: 'Save or submit a draft',
      body: { kind: 'upload', maxBytes: maxUploadBytes, maxFiles: 20, oversize: 'mark' },
      handler: async (request) => {
        const who = principalOf(request);
        const id = request.params['submission']!;
        const typed = Object.fromEntries(
          Object.entries(fieldsOfForm(request.body)).map(([name, value]) => [
            name,
            typeof value === 'string' ? plainLines(value) : value,
          ]),
        );
        return formReply(
          typed,
          async () => {
            const saved = await saveWork(rooms, who, request);
            if (saved.consented) for (const name of consentFields) delete typed[name];
            const first = saved.errors[0];
            if (first !== undefined) {
              throw new AppError(saved.code ?? 'rule-violated', `${first.pointer} ${first.detail}.`, {
                errors: saved.errors,
              });
            }
            if (saved.submitted) service.wake();
            return seeOtherDone(submissionHref(id), saved.submitted ? 'work-submitted' : 'work-saved');
          },
          async (form) => workPage(await readWork(rooms, who, id), form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'confirmWithdrawSubmissionPage',
      method: 'GET',
      path: '/submissions/{submission}/withdraw',
      summary: 'What withdrawing a submission does',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        return { status: 200, html: withdrawPage(work, freshForm(), who) };
      },
    },
    {
      ...common,
      operationId: 'withdrawSubmissionPage',
      method: 'POST',
      path: '/submissions/{submission}/withdraw',
      summary: 'Withdraw a submission',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const id = request.params['submission']!;
        return formReply(
          {},
          async () => {
            await withdrawSubmission(submissions, who.actor, id);
            service.wake();
            return seeOtherDone(submissionHref(id), 'work-withdrawn');
          },
          async (form) => withdrawPage(await readWork(rooms, who, id), form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'startNextAttemptPage',
      method: 'POST',
      path: '/submissions/{submission}/next-attempt',
      formAt: '/submissions/{submission}',
      summary: 'Start the next attempt',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const id = request.params['submission']!;
        return formReply(
          {},
          async () => {
            const next = await startNextAttempt(submissions, who.actor, id);
            return seeOtherDone(submissionHref(next.id), 'attempt-begun');
          },
          async (form) => workPage(await readWork(rooms, who, id), form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'confirmWithdrawConsentPage',
      method: 'GET',
      path: '/submissions/{submission}/consents/{consent}/withdraw',
      tag: 'evidence',
      summary: 'What withdrawing a consent does',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        const consent = found(
          work.consents.find(({ id }) => id === request.params['consent']),
          'consent',
        );
        return { status: 200, html: withdrawConsentPage(work, consent, who) };
      },
    },
    {
      ...common,
      operationId: 'withdrawConsentPage',
      method: 'POST',
      path: '/submissions/{submission}/consents/{consent}/withdraw',
      tag: 'evidence',
      summary: 'Withdraw a consent',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const work = await readWork(rooms, who, request.params['submission']!);
        const consent = await withdrawConsent(evidence, who.actor, request.params['consent']!);
        await settleConsentOfWork(rooms.review, who.actor.district, consent.id);
        service.wake();
        return seeOtherDone(submissionHref(work.submission.id), 'consent-withdrawn');
      },
    },
  ];
}

const consentFields = ['consent/artefacts', 'consent/statement', 'consent/from', 'consent/to'];

/** The page of a submission as it stands: the form of a draft, or what became of it. */
function workPage(work: Work, form: FormState, who: Principal, done?: string): string {
  const errors = inWords(form.errors, work);
  if (!isEditable(work.submission)) return submittedPage(work, { ...form, errors }, who, done);
  const saved = Object.fromEntries(
    work.requirements
      .filter(({ kind }) => kind === 'text')
      .map(({ id }) => [`answers/${id}`, textIn(work.submission, id)]),
  );
  const values = { ...saved, ...form.values, ...consentValues(work, form, who.district.timeZone) };
  return draftPage(work, { ...form, errors, values }, who, done);
}
