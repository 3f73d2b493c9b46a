import { createApiKey, listApiKeys, revokeApiKey, type ApiKey, type NewApiKey } from '../../access/index.js';
import { AppError, found, serviceScope, type Page } from '../../kernel/index.js';
import { permissions } from '../../tenancy/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Choices,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  Pager,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { fromCursor } from '../from-cursor.js';
import { page } from './layout.js';

const above = [
  { label: 'District', href: '/district' },
  { label: 'API keys', href: '/district/api-keys' },
];

/** API keys: the list, making one (its secret is shown once), ending one. */
export function apiKeyPages(rooms: Pick<Rooms, 'access' | 'tenancy' | 'service'>): readonly Route[] {
  const { access, tenancy, service } = rooms;
  const check = formValidator<NewApiKey>('create-api-key');
  const common = {
    kind: 'page',
    tag: 'access',
    access: 'api-keys.change',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const keyOf = async (who: Principal, id: string) => {
    const key = await access.store.apiKeys.get(serviceScope, id);
    return found(key?.tenant === who.actor.district ? key : undefined, 'API key');
  };
  return [
    {
      ...common,
      operationId: 'apiKeysPage',
      method: 'GET',
      path: '/district/api-keys',
      summary: 'The API keys of the district',
      handler: async (request) => {
        const who = principalOf(request);
        const keys = await listApiKeys(access, who.actor, fromCursor(request));
        return { status: 200, html: apiKeysPage(keys, service.now(), who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'newApiKeyPage',
      method: 'GET',
      path: '/district/api-keys/new',
      recentSignIn: true,
      summary: 'The form to make an API key',
      handler: async (request) => {
        const who = principalOf(request);
        return {
          status: 200,
          html: newApiKeyPage(freshForm({ member: who.member.email, days: '365' }), who),
        };
      },
    },
    {
      ...common,
      operationId: 'createApiKeyPage',
      method: 'POST',
      path: '/district/api-keys/new',
      recentSignIn: true,
      showsSecret: true,
      summary: 'Make an API key',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const member = await tenancy.store.memberByEmail(
              who.actor.district,
              textOf(fields, 'member').toLowerCase(),
            );
            if (member === undefined) throw noSuchMember();
            const scopes = listOf(fields, 'scopes');
            const input = {
              member: member.id,
              name: textOf(fields, 'name'),
              days: Number(textOf(fields, 'days') || '365'),
              scopes: scopes.length === 0 ? null : scopes,
            };
            const { key, secret } = await createApiKey(access, who.actor, check(input), who);
            return { status: 200, html: secretPage(key, secret, who) };
          },
          (form) => newApiKeyPage(form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'confirmRevokeApiKeyPage',
      method: 'GET',
      path: '/district/api-keys/{key}/revoke',
      recentSignIn: true,
      summary: 'What revoking an API key does',
      handler: async (request) => {
        const who = principalOf(request);
        return { status: 200, html: revokePage(await keyOf(who, request.params['key']!), who) };
      },
    },
    {
      ...common,
      operationId: 'revokeApiKeyPage',
      method: 'POST',
      path: '/district/api-keys/{key}/revoke',
      recentSignIn: true,
      summary: 'Revoke an API key',
      body: { kind: 'form' },
      handler: async (request) => {
        await revokeApiKey(access, principalOf(request).actor, request.params['key']!);
        return seeOtherDone('/district/api-keys', 'api-key-revoked');
      },
    },
  ];
}

function noSuchMember(): AppError {
  const detail = 'is not the e-mail address of a member of this district';
  return new AppError('rule-violated', `The address ${detail}.`, {
    errors: [{ pointer: '/member', detail }],
  });
}

/** The list. */
export function apiKeysPage(keys: Page<ApiKey>, now: string, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'API keys',
      principal,
      path: '/district',
      above: [{ label: 'District', href: '/district' }],
      done,
    },
    <>
      <PageHeading
        title="API keys"
        lead="A program that sends a key may do what its member may, or less."
        actions={
          <ButtonLink href="/district/api-keys/new" icon="plus">
            Make a key
          </ButtonLink>
        }
      />
      {keys.items.length === 0 ? (
        <EmptyState icon="key" title="No API keys yet">
          <p>Make one when a program, such as your staff system, is to work with this service.</p>
        </EmptyState>
      ) : (
        <DataTable<ApiKey>
          caption="API keys of the district, oldest first; secrets are not kept"
          rows={keys.items}
          columns={[
            { title: 'Name', cell: (key) => key.name },
            { title: 'Begins with', cell: (key) => <code>{key.prefix}…</code> },
            {
              title: 'May',
              cell: (key) => (key.scopes === null ? 'all that its member may' : key.scopes.join(', ')),
            },
            { title: 'Ends', cell: (key) => <DateText instant={key.expiresAt} timeZone={timeZone} /> },
            { title: 'State', cell: (key) => <KeyState apiKey={key} now={now} /> },
            {
              title: 'Change',
              cell: (key) =>
                key.revokedAt === null ? <a href={`/district/api-keys/${key.id}/revoke`}>Revoke</a> : null,
            },
          ]}
        />
      )}
      <Pager href="/district/api-keys" next={keys.next} />
    </>,
  );
}

function KeyState({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: string }) {
  if (apiKey.revokedAt !== null) return <Badge tone="bad" icon="cross-circle" word="Revoked" />;
  if (apiKey.expiresAt <= now) return <Badge tone="warn" icon="clock" word="Expired" />;
  return <Badge tone="good" icon="check-circle" word="In use" />;
}

/** The form. */
export function newApiKeyPage(form: FormState, principal: Principal): string {
  return page(
    { title: 'Make an API key', principal, path: '/district', above, width: 'text' },
    <>
      <PageHeading title="Make an API key" />
      <FormErrors
        form={form}
        labels={{ name: 'Name', member: 'Member', days: 'Days', scopes: 'Permissions' }}
      />
      <Form action="/district/api-keys/new">
        <TextField
          form={form}
          name="name"
          label="Name"
          hint="So that you know it again: what uses it?"
          required
        />
        <TextField
          form={form}
          name="member"
          type="email"
          label="E-mail address of the member in whose name it works"
          width="medium"
          required
        />
        <TextField
          form={form}
          name="days"
          type="number"
          label="Good for how many days"
          min={1}
          max={730}
          width="short"
        />
        <Choices
          form={form}
          name="scopes"
          kind="any"
          label="Only these permissions"
          optional
          hint="None chosen: all that the member may."
          options={permissions.map((permission) => ({ value: permission, label: <code>{permission}</code> }))}
          beside
        />
        <Actions>
          <Button icon="key">Make the key</Button>
          <a href="/district/api-keys">Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}

function secretPage(key: ApiKey, secret: string, principal: Principal): string {
  return page(
    { title: 'The new API key', principal, path: '/district', above, width: 'text' },
    <>
      <PageHeading title="The new API key" lead={key.name} />
      <Notice tone="warn" title="Shown once">
        <p>Copy it now to where it is used. We keep only its fingerprint and cannot show it again.</p>
      </Notice>
      <p class="secret">{secret}</p>
      <Actions>
        <ButtonLink href="/district/api-keys">I have it</ButtonLink>
      </Actions>
    </>,
  );
}

function revokePage(key: ApiKey, principal: Principal): string {
  return page(
    { title: 'Revoke the API key?', principal, path: '/district', above, width: 'text' },
    <>
      <PageHeading title="Revoke the API key?" />
      <Notice tone="warn">
        <p>
          “{key.name}” (<code>{key.prefix}…</code>) stops working at once, for good. A program that still uses
          it is refused.
        </p>
      </Notice>
      <Form action={`/district/api-keys/${key.id}/revoke`}>
        <Actions>
          <Button kind="danger">Revoke it</Button>
          <a href="/district/api-keys">Keep it</a>
        </Actions>
      </Form>
    </>,
  );
}
