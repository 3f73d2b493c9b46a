import { createSignInLinkFor } from '../../access/index.js';
import { found } from '../../kernel/index.js';
import {
  changeMember,
  isPermitted,
  type Member,
  type MemberChange,
  type Relationship,
} from '../../tenancy/index.js';
import { presentMember } from '../api/present-tenancy.js';
import {
  Actions,
  Button,
  ButtonLink,
  Choices,
  DataTable,
  DateText,
  Facts,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  Notice,
  PageHeading,
  Section,
  StateBadge,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { checkIfMatch, etagOf } from '../respond.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { roleOptions, roleWord } from './roles.js';

/** Changing one member: name, school, roles, state; relationships; a sign-in link to hand over. */
export function memberPages(rooms: Pick<Rooms, 'tenancy' | 'access'>): readonly Route[] {
  const { tenancy, access } = rooms;
  const checkChange = formValidator<MemberChange>('change-member');
  const common = {
    kind: 'page',
    tag: 'tenancy',
    access: 'members.change',
    recentSignIn: true,
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const memberOf = async (who: Principal, id: string) =>
    found(await tenancy.store.member(who.actor.district, id), 'member');
  return [
    {
      ...common,
      operationId: 'editMemberPage',
      method: 'GET',
      path: '/district/members/{member}/edit',
      summary: 'The form to change a member',
      handler: async (request) => {
        const who = principalOf(request);
        const member = await memberOf(who, request.params['member']!);
        const { name, school, roles, state } = member;
        const form = freshForm({
          name,
          school: school ?? '',
          roles,
          state,
          seen: etagOf(presentMember(member)),
        });
        return { status: 200, html: editMemberPage(member, form, who) };
      },
    },
    {
      ...common,
      operationId: 'changeMemberPage',
      method: 'POST',
      path: '/district/members/{member}/edit',
      summary: 'Change a member',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const member = await memberOf(who, request.params['member']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            checkIfMatch(textOf(fields, 'seen'), presentMember(member));
            const change = {
              name: textOf(fields, 'name'),
              school: textOf(fields, 'school') || null,
              roles: listOf(fields, 'roles'),
              state: textOf(fields, 'state'),
            };
            await changeMember(tenancy, who.actor, member.id, checkChange(change));
            return seeOtherDone(`/district/members/${member.id}`, 'member-changed');
          },
          (form) => editMemberPage(member, form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'createSignInLinkPage',
      method: 'POST',
      path: '/district/members/{member}/sign-in-link',
      formAt: '/district/members/{member}',
      summary: 'Make a sign-in link to hand over',
      showsSecret: true,
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const member = await memberOf(who, request.params['member']!);
        return {
          status: 200,
          html: handOverPage(member, await createSignInLinkFor(access, who.actor, member.id), who),
        };
      },
    },
  ];
}

/** The pages above one member's. */
export const aboveMember = (member: Member) => [
  { label: 'Members', href: '/district/members' },
  { label: member.name, href: `/district/members/${member.id}` },
];

/** A relationship with who stands on its other side. */
export interface Related {
  readonly relationship: Relationship;
  readonly person: Member | undefined;
}

const kinds = {
  supervisor: 'supervises',
  coach: 'coaches',
  declared: 'has a conflict of interest with',
} as const;
const kindsBack = {
  supervisor: 'is supervised by',
  coach: 'is coached by',
  declared: 'has a conflict of interest with',
} as const;

/** One member. */
export function memberPage(
  member: Member,
  related: readonly Related[],
  principal: Principal,
  done?: string,
): string {
  const mayChange = isPermitted(principal.member.roles, 'members.change');
  const at = `/district/members/${member.id}`;
  const { timeZone } = principal.district;
  return page(
    {
      title: member.name,
      principal,
      path: '/district/members',
      above: [{ label: 'Members', href: '/district/members' }],
      done,
    },
    <>
      <PageHeading
        title={<bdi>{member.name}</bdi>}
        actions={
          mayChange ? (
            <>
              <ButtonLink href={`${at}/edit`} kind="second" icon="pencil">
                Change
              </ButtonLink>
              <form method="post" action={`${at}/sign-in-link`}>
                <Button kind="second" icon="link">
                  Make a sign-in link
                </Button>
              </form>
            </>
          ) : undefined
        }
      />
      <div class="card">
        <Facts
          rows={[
            ['E-mail', member.email],
            ['School', member.school],
            ['Roles', member.roles.map(roleWord).join(', ')],
            ['State', <StateBadge state={member.state} />],
            ['Member since', <DateText instant={member.createdAt} timeZone={timeZone} />],
          ]}
        />
      </div>
      <Section title="Relationships">
        <p class="quiet">
          Nobody rates somebody whom they supervise or coach, or did in the last three years, or with whom
          they have a declared conflict of interest.
        </p>
        {related.length === 0 ? (
          <p>None is recorded.</p>
        ) : (
          <DataTable<Related>
            caption="Relationships, ended ones included"
            rows={related}
            columns={[
              {
                title: 'Relationship',
                cell: ({ relationship, person }) => (
                  <>
                    {(relationship.member === member.id ? kinds : kindsBack)[relationship.kind]}{' '}
                    <bdi>{person?.name ?? 'somebody'}</bdi>
                  </>
                ),
              },
              {
                title: 'From',
                cell: ({ relationship }) => <DateText instant={relationship.from} timeZone={timeZone} />,
              },
              {
                title: 'Until',
                cell: ({ relationship }) =>
                  relationship.to === null ? (
                    'now'
                  ) : (
                    <DateText instant={relationship.to} timeZone={timeZone} />
                  ),
              },
              {
                title: 'Change',
                cell: ({ relationship }) =>
                  mayChange && relationship.to === null ? (
                    <form method="post" action={`${at}/relationships/${relationship.id}/end`}>
                      <Button kind="second" small>
                        End now
                      </Button>
                    </form>
                  ) : null,
              },
            ]}
          />
        )}
        {mayChange && (
          <Actions>
            <ButtonLink href={`${at}/relationships/new`} kind="second" icon="plus">
              Record a relationship
            </ButtonLink>
          </Actions>
        )}
      </Section>
    </>,
  );
}

/** The form to change a member. */
export function editMemberPage(member: Member, form: FormState, principal: Principal): string {
  return page(
    { title: 'Change', principal, path: '/district/members', above: aboveMember(member), width: 'text' },
    <>
      <PageHeading
        title={
          <>
            Change <bdi>{member.name}</bdi>
          </>
        }
        lead={member.email}
      />
      <FormErrors form={form} labels={{ name: 'Name', school: 'School', roles: 'Roles', state: 'State' }} />
      <Form action={`/district/members/${member.id}/edit`}>
        <Hidden name="seen" value={String(form.values['seen'] ?? '')} />
        <TextField form={form} name="name" label="Name" required />
        <TextField
          form={form}
          name="school"
          label="School"
          optional
          hint="Reviewers never rate somebody of their own school."
        />
        <Choices form={form} name="roles" kind="any" label="Roles" options={roleOptions} beside />
        <Choices
          form={form}
          name="state"
          kind="one"
          label="State"
          options={[
            { value: 'active', label: 'Active' },
            {
              value: 'left',
              label: 'Left',
              hint: 'Cannot sign in any more, and their API keys stop working. What they earned stays theirs.',
            },
          ]}
        />
        <Actions>
          <Button>Save</Button>
          <a href={`/district/members/${member.id}`}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}

function handOverPage(member: Member, link: string, principal: Principal): string {
  return page(
    {
      title: 'A sign-in link',
      principal,
      path: '/district/members',
      above: aboveMember(member),
      width: 'text',
    },
    <>
      <PageHeading title="A sign-in link" />
      <Notice tone="warn" title="Shown once">
        <p>
          Whoever opens it is signed in as <bdi>{member.name}</bdi>. Hand it over in person or by a way that
          only they read. It works once, for 15 minutes.
        </p>
      </Notice>
      <p class="secret">{link}</p>
      <Actions>
        <ButtonLink href={`/district/members/${member.id}`} kind="second">
          Done
        </ButtonLink>
      </Actions>
    </>,
  );
}
