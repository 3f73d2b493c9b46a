import type { VerificationPorts, VerificationReport } from '../../verification/index.js';
import {
  Actions,
  Button,
  FileField,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import type { Principal, Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { nothingHandedIn, recipientOf, verifyHandedIn, type ToVerify } from '../verify-input.js';
import { page } from './layout.js';
import { ReportView } from './verify-report.js';

/** Checking any credential: paste it, upload it, or give its link. */
export function verifyPages(
  rooms: Pick<Rooms, 'service'> & { readonly verification: VerificationPorts },
): readonly Route[] {
  const { verification, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'verification',
    path: '/verify',
    access: 'public',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'verifyPage',
      method: 'GET',
      summary: 'The form to check a credential',
      handler: async ({ query, principal }) => ({
        status: 200,
        html: verifyPage(freshForm({ url: query['link'] ?? '' }), principal),
      }),
    },
    {
      ...common,
      operationId: 'verifyOnPage',
      method: 'POST',
      rate: 'verify',
      summary: 'Check a credential',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const options = {
              now: service.now(),
              sender: request.sender,
              ...recipientOf(textOf(fields, 'recipient')),
            };
            const report = await verifyHandedIn(verification, handedInBy(request), options);
            return { status: 200, html: reportPage(report, request.principal) };
          },
          (form) => verifyPage(form, request.principal),
        );
      },
    },
  ];
}

/** The file before the text before the link: what took the most effort to hand in. */
function handedInBy(request: RouteRequest): ToVerify {
  const fields = fieldsOfForm(request.body);
  const file = request.files.find((candidate) => candidate.bytes.length > 0);
  if (file !== undefined) return { kind: 'bytes', bytes: file.bytes };
  const text = textOf(fields, 'credential');
  // People paste a link where the text goes.
  if (/^https?:\/\/\S+$/.test(text)) return { kind: 'link', url: text };
  if (text !== '') return { kind: 'bytes', bytes: Buffer.from(text, 'utf8') };
  const url = textOf(fields, 'url');
  if (url !== '') return { kind: 'link', url };
  throw nothingHandedIn();
}

/** The form. */
export function verifyPage(form: FormState, principal?: Principal): string {
  return page(
    { title: 'Check a credential', principal, path: '/verify', width: 'text' },
    <>
      <PageHeading
        title="Check a credential"
        lead="Is it genuine, and in force? Hand it in in whichever form you have it. Nothing is stored."
      />
      <FormErrors
        form={form}
        labels={{
          credential: 'Credential',
          url: 'Link',
          recipient: 'E-mail address of the holder',
          file: 'File',
        }}
      />
      <Form action="/verify" upload>
        <FileField
          form={form}
          name="file"
          label="A file"
          optional
          hint="A badge picture (PNG or SVG), a PDF certificate, or the credential as JSON or JWT. At most 8 MB."
          accept=".png,.svg,.pdf,.json,.jsonld,.jwt,.txt,image/png,image/svg+xml,application/pdf,application/json"
        />
        <TextField
          form={form}
          name="url"
          type="url"
          label="Or its link"
          optional
          hint="The address of its page, also what its printed code says."
        />
        <TextArea
          form={form}
          name="credential"
          label="Or its text"
          optional
          code
          rows={5}
          hint="Paste the JSON or the JWT."
        />
        <TextField
          form={form}
          name="recipient"
          type="email"
          label="E-mail address of the holder"
          optional
          width="medium"
          hint="If the applicant gave you one: we say whether the credential was issued to it. Not stored."
        />
        <Actions>
          <Button icon="shield">Check it</Button>
        </Actions>
      </Form>
      <section class="section">
        <h2>What the answer means</h2>
        <p>
          <strong>Valid</strong>: signed by its issuer, unchanged, in force. <strong>Expired</strong>,{' '}
          <strong>not valid yet</strong>, <strong>suspended</strong> and <strong>revoked</strong>: genuine,
          but not to be relied on now. <strong>Not genuine</strong>: not signed by the issuer that it names,
          or changed since. <strong>Could not check</strong>: something that the answer needs was not to be
          had. That is never a yes.
        </p>
      </section>
    </>,
  );
}

/** The report. */
export function reportPage(report: VerificationReport, principal?: Principal): string {
  return page(
    {
      title: 'What the check found',
      principal,
      path: '/verify',
      above: [{ label: 'Check a credential', href: '/verify' }],
    },
    <ReportView report={report} />,
  );
}
