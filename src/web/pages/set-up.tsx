import { createSignInLink, isOperatorToken } from '../../access/index.js';
import { AppError } from '../../kernel/index.js';
import { openDistrict, type OpenDistrict } from '../api/districts.js';
import {
  Actions,
  Button,
  ButtonLink,
  Facts,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import type { Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';

/** Opening a district: the operator's page, before there is any member who could sign in. */
export function setUpPages(
  rooms: Pick<Rooms, 'tenancy' | 'access' | 'securing' | 'service'>,
): readonly Route[] {
  const check = formValidator<OpenDistrict>('open-district');
  const common = {
    kind: 'page',
    tag: 'tenancy',
    access: 'public',
    path: '/set-up',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'setUpPage',
      method: 'GET',
      summary: 'The form to open a district',
      handler: async () => ({
        status: 200,
        html: setUpPage(freshForm({ timeZone: 'America/Chicago', language: 'en-US' })),
      }),
    },
    {
      ...common,
      operationId: 'openDistrictPage',
      method: 'POST',
      summary: 'Open a district',
      // Whoever tries tokens is slowed down as whoever tries sign-ins is.
      rate: 'sign-in',
      showsSecret: true,
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            if (!isOperatorToken(rooms.access, textOf(fields, 'token'))) throw wrongToken();
            const opened = await openDistrict(rooms, check(districtOf(fields)));
            const link = await createSignInLink(rooms.access, opened.admin, { inPerson: false });
            return { status: 200, html: openedPage({ ...opened, link }) };
          },
          // The token is typed again: it is no text to send back.
          (form) => setUpPage({ ...form, values: { ...form.values, token: '' } }),
        );
      },
    },
  ];
}

function wrongToken(): AppError {
  const detail =
    'is not the operator token of this service; on localhost it lies in the data folder, in the file operator-token';
  return new AppError('rule-violated', `The token ${detail}.`, { errors: [{ pointer: '/token', detail }] });
}

function districtOf(fields: { readonly [name: string]: unknown }): OpenDistrict {
  return {
    district: {
      name: textOf(fields, 'name'),
      slug: textOf(fields, 'slug'),
      timeZone: textOf(fields, 'timeZone'),
      language: textOf(fields, 'language'),
    },
    admin: { email: textOf(fields, 'email'), name: textOf(fields, 'adminName') },
  };
}

/** Pointers of the request as fields of this form. */
function asFields(form: FormState): FormState {
  const fieldOf = (pointer: string) =>
    pointer === '/admin/name' ? '/adminName' : pointer.replace(/^\/(district|admin)\//, '/');
  return { ...form, errors: form.errors.map((error) => ({ ...error, pointer: fieldOf(error.pointer) })) };
}

/** The form. */
export function setUpPage(typed: FormState): string {
  const form = asFields(typed);
  return page(
    { title: 'Open a district', path: '/set-up', width: 'text' },
    <>
      <PageHeading
        title="Open a district"
        lead="For whoever runs this service. The district gets signing keys of its own and its first admin."
      />
      <FormErrors
        form={form}
        labels={{
          token: 'Operator token',
          name: 'Name of the district',
          slug: 'Short name',
          timeZone: 'Time zone',
          language: 'Language',
          adminName: 'Name of the admin',
          email: 'E-mail address of the admin',
        }}
      />
      <Form action="/set-up">
        <TextField
          form={form}
          name="token"
          label="Operator token"
          hint="TOUCHSTONE_OPERATOR_TOKEN of the settings; on localhost, the file operator-token in the data folder."
          required
        />
        <TextField form={form} name="name" label="Name of the district" required />
        <TextField
          form={form}
          name="slug"
          label="Short name"
          hint="In every address and in the issuer’s identifier, for good: lower-case letters, digits, hyphens, such as riverbend."
          width="medium"
          required
        />
        <TextField
          form={form}
          name="timeZone"
          label="Time zone"
          hint="An IANA name, such as America/Chicago."
          width="medium"
          required
        />
        <TextField
          form={form}
          name="language"
          label="Language"
          hint="Of what the district publishes, such as en-US."
          width="short"
          required
        />
        <TextField form={form} name="adminName" label="Name of the admin" required />
        <TextField
          form={form}
          name="email"
          type="email"
          label="E-mail address of the admin"
          width="medium"
          required
        />
        <Actions>
          <Button icon="plus">Open the district</Button>
        </Actions>
      </Form>
    </>,
  );
}

interface Opened {
  readonly district: { readonly name: string };
  readonly admin: { readonly name: string };
  readonly did: string;
  readonly apiKey: string;
  readonly link: string;
}

function openedPage({ district, admin, did, apiKey, link }: Opened): string {
  return page(
    { title: 'The district is open', path: '/set-up', width: 'text' },
    <>
      <PageHeading title={`${district.name} is open`} />
      <Facts
        rows={[
          ['Issues as', <code>{did}</code>],
          ['First admin', admin.name],
        ]}
      />
      <Notice tone="warn" title="Shown once: an API key of the admin">
        <p>Copy it now to where it is used, or leave it: the admin can make others.</p>
      </Notice>
      <p class="secret">{apiKey}</p>
      <Actions>
        <ButtonLink href={link}>Sign in as {admin.name}</ButtonLink>
      </Actions>
    </>,
  );
}
