import { found, type Page } from '../../kernel/index.js';
import { addMember, isPermitted, type Member, type NewMember } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Choices,
  DataTable,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  Pager,
  StateBadge,
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
import { memberPage } from './member.js';
import { roleOptions, roleWord } from './roles.js';

/** The members of the district: the list, one of them, and adding. */
export function membersPages(rooms: Pick<Rooms, 'tenancy'>): readonly Route[] {
  const { tenancy } = rooms;
  const check = formValidator<NewMember>('add-member');
  const common = {
    kind: 'page',
    tag: 'tenancy',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'membersPage',
      method: 'GET',
      path: '/district/members',
      access: 'members.read',
      summary: 'The members of the district',
      handler: async (request) => {
        const who = principalOf(request);
        const members = await tenancy.store.listMembers(who.actor.district, fromCursor(request));
        return { status: 200, html: membersPage(members, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'newMemberPage',
      method: 'GET',
      path: '/district/members/new',
      access: 'members.change',
      recentSignIn: true,
      summary: 'The form to add a member',
      handler: async (request) => ({ status: 200, html: newMemberPage(freshForm(), principalOf(request)) }),
    },
    {
      ...common,
      operationId: 'addMemberPage',
      method: 'POST',
      path: '/district/members/new',
      access: 'members.change',
      recentSignIn: true,
      summary: 'Add a member',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = {
              email: textOf(fields, 'email'),
              name: textOf(fields, 'name'),
              school: textOf(fields, 'school') || null,
              roles: listOf(fields, 'roles'),
            };
            const member = await addMember(tenancy, who.actor, check(input));
            return seeOtherDone(`/district/members/${member.id}`, 'member-added');
          },
          (form) => newMemberPage(form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'memberPage',
      method: 'GET',
      path: '/district/members/{member}',
      access: 'members.read',
      summary: 'One member',
      handler: async (request) => {
        const who = principalOf(request);
        const { district } = who.actor;
        const member = found(await tenancy.store.member(district, request.params['member']!), 'member');
        const relationships = await tenancy.store.relationshipsOf(district, member.id);
        const others = await Promise.all(
          relationships.map(({ member: one, other }) =>
            tenancy.store.member(district, one === member.id ? other : one),
          ),
        );
        const related = relationships.map((relationship, index) => ({ relationship, person: others[index] }));
        return { status: 200, html: memberPage(member, related, who, request.query['done']) };
      },
    },
  ];
}

/** The list. */
export function membersPage(members: Page<Member>, principal: Principal, done?: string): string {
  const mayChange = isPermitted(principal.member.roles, 'members.change');
  return page(
    { title: 'Members', principal, path: '/district/members', done },
    <>
      <PageHeading
        title="Members"
        lead="They sign in by an e-mailed link; what they may do follows from their roles."
        actions={
          mayChange ? (
            <ButtonLink href="/district/members/new" icon="plus">
              Add a member
            </ButtonLink>
          ) : undefined
        }
      />
      {members.items.length === 0 ? (
        <EmptyState icon="people" title="No members here">
          <p>Members appear here, oldest first.</p>
        </EmptyState>
      ) : (
        <DataTable<Member>
          caption="Members of the district, oldest first"
          rows={members.items}
          columns={[
            {
              title: 'Name',
              cell: (member) => (
                <a href={`/district/members/${member.id}`}>
                  <bdi>{member.name}</bdi>
                </a>
              ),
            },
            { title: 'E-mail', cell: (member) => member.email },
            { title: 'School', cell: (member) => member.school ?? <span class="quiet">none</span> },
            { title: 'Roles', cell: (member) => member.roles.map(roleWord).join(', ') },
            { title: 'State', cell: (member) => <StateBadge state={member.state} /> },
          ]}
        />
      )}
      <Pager href="/district/members" next={members.next} />
    </>,
  );
}

/** The form for a new member. */
export function newMemberPage(form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Add a member',
      principal,
      path: '/district/members',
      above: [{ label: 'Members', href: '/district/members' }],
      width: 'text',
    },
    <>
      <PageHeading title="Add a member" />
      <FormErrors
        form={form}
        labels={{ email: 'E-mail address', name: 'Name', school: 'School', roles: 'Roles' }}
      />
      <Form action="/district/members/new">
        <TextField form={form} name="name" label="Name" autocomplete="off" required />
        <TextField form={form} name="email" type="email" label="E-mail address" autocomplete="off" required />
        <TextField
          form={form}
          name="school"
          label="School"
          optional
          hint="Reviewers never rate somebody of their own school."
        />
        <Choices form={form} name="roles" kind="any" label="Roles" options={roleOptions} beside />
        <Actions>
          <Button icon="plus">Add the member</Button>
          <a href="/district/members">Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
