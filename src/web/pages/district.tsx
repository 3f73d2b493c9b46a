import { changeDistrict, type District, type DistrictChange } from '../../tenancy/index.js';
import { presentDistrict } from '../api/present-tenancy.js';
import {
  Actions,
  Button,
  ButtonLink,
  CardLink,
  Facts,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { checkIfMatch, etagOf } from '../respond.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';

const above = [{ label: 'District', href: '/district' }];

/** The district's own settings, and the ways to keys and credentials. */
export function districtPages(rooms: Pick<Rooms, 'tenancy' | 'service'>): readonly Route[] {
  const { tenancy, service } = rooms;
  const check = formValidator<DistrictChange>('change-district');
  const common = {
    kind: 'page',
    tag: 'tenancy',
    access: 'district.change',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'districtPage',
      method: 'GET',
      path: '/district',
      summary: 'The district',
      handler: async (request) => ({
        status: 200,
        html: districtPage(principalOf(request), service.publicUrl, request.query['done']),
      }),
    },
    {
      ...common,
      operationId: 'editDistrictPage',
      method: 'GET',
      path: '/district/edit',
      summary: 'The form to change the district',
      recentSignIn: true,
      handler: async (request) => {
        const who = principalOf(request);
        return { status: 200, html: editDistrictPage(formOf(who.district, service.publicUrl), who) };
      },
    },
    {
      ...common,
      operationId: 'changeDistrictPage',
      method: 'POST',
      path: '/district/edit',
      summary: 'Change the district',
      recentSignIn: true,
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            checkIfMatch(textOf(fields, 'seen'), presentDistrict(who.district, service.publicUrl));
            await changeDistrict(tenancy, who.actor, check(changeOf(fields)));
            return seeOtherDone('/district', 'district-changed');
          },
          (form) => editDistrictPage(form, who),
        );
      },
    },
  ];
}

function formOf(district: District, publicUrl: string): FormState {
  const { name, timeZone, language, url, email } = district;
  const seen = etagOf(presentDistrict(district, publicUrl));
  return freshForm({ name, timeZone, language, url: url ?? '', email: email ?? '', seen });
}

function changeOf(fields: { readonly [name: string]: unknown }): object {
  return {
    name: textOf(fields, 'name'),
    timeZone: textOf(fields, 'timeZone'),
    language: textOf(fields, 'language'),
    url: textOf(fields, 'url') || null,
    email: textOf(fields, 'email') || null,
  };
}

/** What the district is, and where its keys and credentials are. */
export function districtPage(principal: Principal, publicUrl: string, done?: string): string {
  const { district } = principal;
  const shown = presentDistrict(district, publicUrl);
  return page(
    { title: 'District', principal, path: '/district', done },
    <>
      <PageHeading
        title={<bdi>{district.name}</bdi>}
        actions={
          <ButtonLink href="/district/edit" kind="second" icon="pencil">
            Change
          </ButtonLink>
        }
      />
      <div class="card">
        <Facts
          rows={[
            ['Time zone', district.timeZone],
            ['Language', district.language],
            ['Website', district.url === null ? null : <a href={district.url}>{district.url}</a>],
            ['E-mail', district.email],
            ['Short name', <code>{district.slug}</code>],
            [
              'Published keys',
              <>
                <a href={shown.didDocument}>DID document</a>, <a href={shown.jwks}>JWKS</a>
              </>,
            ],
          ]}
        />
      </div>
      <div class="grid section">
        <CardLink href="/district/members" icon="people" title="Members">
          People, their roles, and who supervises or coaches whom.
        </CardLink>
        <CardLink href="/district/review-pools" icon="scales" title="Review pools">
          Agreements with other districts, by which reviewers of one rate de-identified work of the other.
        </CardLink>
        <CardLink href="/district/awards" icon="award" title="Credentials">
          What was awarded; correct, suspend or revoke one.
        </CardLink>
        <CardLink href="/district/api-keys" icon="link" title="API keys">
          For programs that work in a member’s name.
        </CardLink>
        <CardLink href="/district/keys" icon="key" title="Signing keys">
          What credentials are signed with; replace one.
        </CardLink>
        <CardLink href="/district/audit" icon="list" title="Audit record">
          Who did what and when, chained and signed; verify or export it.
        </CardLink>
      </div>
    </>,
  );
}

/** The form. */
export function editDistrictPage(form: FormState, principal: Principal): string {
  return page(
    { title: 'Change the district', principal, path: '/district', above, width: 'text' },
    <>
      <PageHeading
        title="Change the district"
        lead="New credentials carry what you save here; those issued stay as they are."
      />
      <FormErrors
        form={form}
        labels={{ timeZone: 'Time zone', url: 'Website', email: 'E-mail', name: 'Name' }}
      />
      <Form action="/district/edit">
        <Hidden name="seen" value={String(form.values['seen'] ?? '')} />
        <TextField form={form} name="name" label="Name" hint="As it stands on certificates." required />
        <div class="beside">
          <TextField
            form={form}
            name="timeZone"
            label="Time zone"
            hint="Such as America/Chicago. Dates are said in it."
            required
          />
          <TextField form={form} name="language" label="Language" hint="Such as en-US, es or hi." required />
        </div>
        <TextField form={form} name="url" type="url" label="Website" optional />
        <TextField
          form={form}
          name="email"
          type="email"
          label="E-mail"
          optional
          hint="Public: it stands in every credential."
        />
        <Actions>
          <Button>Save</Button>
          <a href="/district">Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
