import type { Consent } from '../../evidence/index.js';
import { pendingStates } from '../../submissions/index.js';
import {
  Actions,
  Button,
  Form,
  FormErrors,
  Notice,
  PageHeading,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';
import { aboveWork, submissionHref } from './teacher-places.js';
import { isEditable, type Work } from './teacher-work.js';

/** What withdrawing does, and the button that does it. */
export function withdrawPage(work: Work, form: FormState, principal: Principal): string {
  const { submission, version } = work;
  const at = submissionHref(submission.id);
  return page(
    {
      title: 'Withdraw',
      principal,
      path: '/submissions',
      above: aboveWork(submission.id, version.content.name),
      width: 'text',
    },
    <>
      <PageHeading title="Withdraw this submission?" lead={<bdi>{version.content.name}</bdi>} />
      <FormErrors form={form} title="It was not withdrawn" kept="It stands as it did." />
      <Notice tone="warn">
        <p>
          {isEditable(submission)
            ? 'The draft is closed for good.'
            : 'Review stops, and no decision is made: what reviewers have written so far is not kept for you.'}{' '}
          It cannot be undone. Your files stay in your evidence, and you can begin anew whenever you like.
        </p>
      </Notice>
      <Form action={`${at}/withdraw`}>
        <Actions>
          <Button kind="danger">Withdraw it for good</Button>
          <a href={at}>Keep it</a>
        </Actions>
      </Form>
    </>,
  );
}

/** What withdrawing a consent does, and the button that does it. */
export function withdrawConsentPage(work: Work, consent: Consent, principal: Principal): string {
  const { submission, version, artefacts } = work;
  const at = submissionHref(submission.id);
  const files = artefacts.filter(({ id }) => consent.artefacts.includes(id));
  const isPending = (pendingStates as readonly string[]).includes(submission.state);
  return page(
    {
      title: 'Withdraw a consent',
      principal,
      path: '/submissions',
      above: aboveWork(submission.id, version.content.name),
      width: 'text',
    },
    <>
      <PageHeading title="Withdraw this consent?" />
      <blockquote dir="auto">{consent.statement}</blockquote>
      <p>It covers:</p>
      <ul>
        {files.map((file) => (
          <li>
            <bdi>{file.erasedAt === null ? file.name : 'an erased file'}</bdi>
          </li>
        ))}
      </ul>
      <Notice tone="warn">
        <p>
          From that moment no reviewer can open these files any more. It cannot be undone, but you can record
          another consent.
        </p>
        {isPending && (
          <p>
            This submission waits for its decision: unless another consent covers the same files, it becomes{' '}
            <strong>void</strong>, and review stops. So does any other work of yours in review that needs it.
          </p>
        )}
        {!isPending && submission.decidedAt !== null && (
          <p>The decision and the credential stay as they are; the work cannot be looked at again.</p>
        )}
      </Notice>
      <Form action={`${at}/consents/${consent.id}/withdraw`}>
        <Actions>
          <Button kind="danger">Withdraw the consent</Button>
          <a href={at}>Keep it</a>
        </Actions>
      </Form>
    </>,
  );
}
