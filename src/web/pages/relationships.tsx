import { AppError, found } from '../../kernel/index.js';
import { endRelationship, relateMembers, type Member, type NewRelationship } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  Choices,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { aboveMember } from './member.js';

/** Recording and ending that a member supervises, coaches or is in conflict with another. */
export function relationshipPages(rooms: Pick<Rooms, 'tenancy'>): readonly Route[] {
  const { tenancy } = rooms;
  const checkRelationship = formValidator<NewRelationship>('relate-members');
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
      operationId: 'newRelationshipPage',
      method: 'GET',
      path: '/district/members/{member}/relationships/new',
      summary: 'The form to record a relationship',
      handler: async (request) => {
        const who = principalOf(request);
        return {
          status: 200,
          html: relationshipPage(
            await memberOf(who, request.params['member']!),
            freshForm({ kind: 'supervisor' }),
            who,
          ),
        };
      },
    },
    {
      ...common,
      operationId: 'relateMembersPage',
      method: 'POST',
      path: '/district/members/{member}/relationships/new',
      summary: 'Record a relationship',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const member = await memberOf(who, request.params['member']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const other = await tenancy.store.memberByEmail(
              who.actor.district,
              textOf(fields, 'other').toLowerCase(),
            );
            if (other === undefined) throw noSuchAddress();
            const input = { kind: textOf(fields, 'kind'), member: member.id, other: other.id };
            await relateMembers(tenancy, who.actor, checkRelationship(input));
            return seeOtherDone(`/district/members/${member.id}`, 'relationship-added');
          },
          (form) => relationshipPage(member, form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'endRelationshipPage',
      method: 'POST',
      path: '/district/members/{member}/relationships/{relationship}/end',
      formAt: '/district/members/{member}',
      summary: 'End a relationship',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const member = await memberOf(who, request.params['member']!);
        await endRelationship(tenancy, who.actor, request.params['relationship']!);
        return seeOtherDone(`/district/members/${member.id}`, 'relationship-ended');
      },
    },
  ];
}

function noSuchAddress(): AppError {
  const detail = 'is not the e-mail address of a member of this district';
  return new AppError('rule-violated', `The address ${detail}.`, { errors: [{ pointer: '/other', detail }] });
}

function relationshipPage(member: Member, form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Record a relationship',
      principal,
      path: '/district/members',
      above: aboveMember(member),
      width: 'text',
    },
    <>
      <PageHeading title="Record a relationship" />
      <FormErrors form={form} labels={{ other: 'Other member', kind: 'Kind' }} />
      <Form action={`/district/members/${member.id}/relationships/new`}>
        <Choices
          form={form}
          name="kind"
          kind="one"
          label={
            <>
              <bdi>{member.name}</bdi> …
            </>
          }
          options={[
            { value: 'supervisor', label: 'supervises' },
            { value: 'coach', label: 'coaches' },
            { value: 'declared', label: 'has a conflict of interest with' },
          ]}
        />
        <TextField
          form={form}
          name="other"
          type="email"
          label="the member with the e-mail address"
          width="medium"
          required
        />
        <Actions>
          <Button>Record it</Button>
          <a href={`/district/members/${member.id}`}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
