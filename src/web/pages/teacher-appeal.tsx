import {
  appealUntil,
  fileAppeal,
  getDecision,
  whyNoAppeal,
  type AppealGround,
  type ReadDecision,
} from '../../review/index.js';
import {
  Actions,
  Button,
  Choices,
  DateText,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  TextArea,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { groundWords } from './appeal-page.js';
import { page } from './layout.js';
import { aboveSubmission, submissionHref } from './teacher-places.js';

/** Where a teacher appeals against a decision. */
export function teacherAppealPages({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  const check = formValidator<{ readonly ground: AppealGround; readonly words: string }>('file-appeal');
  const common = {
    path: '/decisions/{decision}/appeal',
    kind: 'page',
    tag: 'review',
    access: 'appeals.file',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'newAppealPage',
      method: 'GET',
      summary: 'Appeal against a decision',
      handler: async (request) => {
        const principal = principalOf(request);
        const read = await getDecision(review, principal.actor, request.params['decision']!);
        const refusal = await whyNoAppeal(review, read.decision);
        return { status: 200, html: newAppealPage({ ...read, refusal }, freshForm(), principal) };
      },
    },
    {
      ...common,
      operationId: 'fileAppealOnPage',
      method: 'POST',
      summary: 'File an appeal',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const decision = request.params['decision']!;
        return formReply(
          fields,
          async () => {
            const ground = textOf(fields, 'ground');
            const body = check({ ...(ground === '' ? {} : { ground }), words: textOf(fields, 'words') });
            const appeal = await fileAppeal(review, principal.actor, { ...body, decision });
            service.wake();
            return seeOtherDone(`/appeals/${appeal.id}`, 'appeal-filed');
          },
          async (form) =>
            newAppealPage(await getDecision(review, principal.actor, decision), form, principal),
        );
      },
    },
  ];
}

/** The form; with `refusal`, why there is none. A refused form is shown again with what was typed. */
function newAppealPage(
  { decision, version, refusal }: ReadDecision & { readonly refusal?: string | undefined },
  form: FormState,
  principal: Principal,
): string {
  const until = appealUntil(decision);
  const { name } = version.version.content;
  return page(
    {
      title: 'Appeal against this decision',
      principal,
      path: '/submissions',
      above: [...aboveSubmission, { label: name, href: submissionHref(decision.submission) }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Appeal against this decision"
        lead="A lead looks whether your appeal names an error. Then somebody who had no part in the review looks into it. If there is an error, other reviewers rate your work again."
      />
      {refusal === undefined ? (
        <>
          {until !== null && (
            <p>
              You may appeal until{' '}
              <DateText instant={until} timeZone={principal.district.timeZone} kind="moment" />. While the
              appeal is open you begin no other attempt; when it ends, you have 60 days for the next.
            </p>
          )}
          <FormErrors form={form} labels={{ ground: 'What was wrong', words: 'Which error' }} />
          <Form action={`/decisions/${decision.id}/appeal`}>
            <Choices
              form={form}
              name="ground"
              label="What was wrong"
              kind="one"
              options={Object.entries(groundWords).map(([value, words]) => ({ value, ...words }))}
            />
            <TextArea
              form={form}
              name="words"
              label="Which error is it, and where can it be seen?"
              hint="At most 2000 characters. Name no student. Those who look at the appeal read it."
              rows={8}
            />
            <Actions>
              <Button>File the appeal</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <Notice tone="info" title="You cannot appeal now">
          <p>{refusal}</p>
          <p>
            <a href={submissionHref(decision.submission)}>Back to the decision and its feedback</a>
          </p>
        </Notice>
      )}
    </>,
  );
}
