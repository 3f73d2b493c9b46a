import {
  endorse,
  excludeEndorsement,
  getEndorsement,
  includeEndorsement,
  listEndorsements,
  listIncludedEndorsements,
  revokeEndorsement,
  type Endorsement,
  type IncludedEndorsement,
} from '../../issuing/index.js';
import type { Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  Pager,
  Section,
  StateBadge,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

const labels = {
  about: 'What is endorsed',
  comment: 'What is said',
  endorsement: 'Address of the endorsement',
};

/** Endorsing in the district's name, and what its own credentials carry. */
export function endorsementPages({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'issuing',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const view = async (request: RouteRequest, forms: Partial<Forms> = {}) => {
    const who = principalOf(request);
    const made = await listEndorsements(issuing, who.actor, fromCursor(request));
    const included = await listIncludedEndorsements(issuing, who.actor, { limit: 200 });
    return endorsementsPage({ made, included: included.items, forms }, who, request.query['done']);
  };
  return [
    {
      ...common,
      operationId: 'endorsementsPage',
      method: 'GET',
      path: '/endorsements',
      access: 'endorsements.read',
      summary: 'Endorsements that the district made, and those that its credentials carry',
      handler: async (request) => ({ status: 200, html: await view(request) }),
    },
    {
      ...common,
      operationId: 'createEndorsementPage',
      method: 'POST',
      path: '/endorsements',
      access: 'endorsements.change',
      summary: 'Endorse something in the district’s name',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = { about: textOf(fields, 'about'), comment: textOf(fields, 'comment') };
            await endorse(issuing, principalOf(request).actor, input);
            return seeOtherDone('/endorsements', 'endorsement-made');
          },
          (form) => view(request, { endorse: form }),
        );
      },
    },
    {
      ...common,
      operationId: 'includeEndorsementPage',
      method: 'POST',
      path: '/endorsements/included',
      formAt: '/endorsements',
      access: 'endorsements.change',
      summary: 'Have the district’s credentials carry an endorsement',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = { endorsement: textOf(fields, 'endorsement') };
            await includeEndorsement(issuing, principalOf(request).actor, input);
            return seeOtherDone('/endorsements', 'endorsement-included');
          },
          (form) => view(request, { include: form }),
        );
      },
    },
    {
      ...common,
      operationId: 'excludeEndorsementPage',
      method: 'POST',
      path: '/endorsements/included/{included}/exclude',
      formAt: '/endorsements',
      access: 'endorsements.change',
      summary: 'Have the district’s credentials carry an endorsement no more',
      body: { kind: 'form' },
      handler: async (request) => {
        await excludeEndorsement(issuing, principalOf(request).actor, request.params['included']!);
        return seeOtherDone('/endorsements', 'endorsement-excluded');
      },
    },
    {
      ...common,
      operationId: 'confirmRevokeEndorsementPage',
      method: 'GET',
      path: '/endorsements/{endorsement}/revoke',
      access: 'endorsements.change',
      summary: 'What revoking an endorsement does',
      handler: async (request) => {
        const who = principalOf(request);
        const endorsement = await getEndorsement(issuing, who.actor, request.params['endorsement']!);
        return { status: 200, html: revokePage(endorsement, freshForm(), who) };
      },
    },
    {
      ...common,
      operationId: 'revokeEndorsementPage',
      method: 'POST',
      path: '/endorsements/{endorsement}/revoke',
      access: 'endorsements.change',
      summary: 'Revoke an endorsement',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const endorsement = await getEndorsement(issuing, who.actor, request.params['endorsement']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = { endorsement: endorsement.id, reason: textOf(fields, 'reason') };
            await revokeEndorsement(issuing, who.actor, input);
            service.wake();
            return seeOtherDone('/endorsements', 'endorsement-revoked');
          },
          (form) => revokePage(endorsement, form, who),
        );
      },
    },
  ];
}

interface Forms {
  readonly endorse: FormState;
  readonly include: FormState;
}

function endorsementsPage(
  view: {
    readonly made: Page<Endorsement>;
    readonly included: readonly IncludedEndorsement[];
    readonly forms: Partial<Forms>;
  },
  principal: Principal,
  done?: string,
): string {
  const mayChange = isPermitted(principal.member.roles, 'endorsements.change');
  const { timeZone } = principal.district;
  const { made, included, forms } = view;
  const carried = included.filter(({ carriedFor }) => carriedFor !== null);
  return page(
    { title: 'Endorsements', principal, path: '/endorsements', done },
    <>
      <PageHeading
        title="Endorsements"
        lead="What the district vouches for, signed in its name; and what others say that its own credentials carry."
      />
      <Section title="Made by the district">
        {made.items.length === 0 ? (
          <EmptyState icon="award" title="Nothing is endorsed yet">
            <p>An endorsement is a signed credential of its own: it has an address, and can be revoked.</p>
          </EmptyState>
        ) : (
          <DataTable<Endorsement>
            caption="Endorsements, newest first"
            rows={made.items}
            columns={[
              {
                title: 'Of',
                cell: ({ credentialId, about }) => <a href={credentialId}>{about}</a>,
              },
              {
                title: 'Made',
                cell: ({ createdAt }) => <DateText instant={createdAt} timeZone={timeZone} />,
              },
              { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
              ...(mayChange
                ? [
                    {
                      title: 'Change',
                      cell: ({ id, state, about }: Endorsement) =>
                        state === 'active' ? (
                          <a
                            href={`/endorsements/${id}/revoke`}
                            aria-label={`Revoke … the endorsement of ${about}`}
                          >
                            Revoke …
                          </a>
                        ) : null,
                    },
                  ]
                : []),
            ]}
          />
        )}
        <Pager href="/endorsements" next={made.next} />
      </Section>
      {mayChange && <EndorseForm form={forms.endorse ?? freshForm()} />}
      <Section title="Carried by the district’s credentials">
        <p>
          One for each achievement version, credential or the district itself. Credentials issued from now on
          have it; those that were issued stay as they are.
        </p>
        {carried.length > 0 && (
          <DataTable<IncludedEndorsement>
            caption="Carried endorsements"
            rows={carried}
            columns={[
              { title: 'Of', cell: ({ about }) => about },
              { title: 'Endorsement', cell: ({ endorsement }) => <a href={endorsement}>{endorsement}</a> },
              ...(mayChange
                ? [
                    {
                      title: 'Change',
                      cell: ({ id, about }: IncludedEndorsement) => (
                        <form method="post" action={`/endorsements/included/${id}/exclude`}>
                          <Button kind="second" small label={`Carry it no more: ${about}`}>
                            Carry it no more
                          </Button>
                        </form>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        {mayChange && (
          <Form action="/endorsements/included">
            <FormErrors form={forms.include ?? freshForm()} labels={labels} />
            <TextField
              form={forms.include ?? freshForm()}
              name="endorsement"
              label={labels.endorsement}
              hint="Of something of this district, by whoever made it on this service: https://…/e/…"
              width="full"
              required
            />
            <Actions>
              <Button kind="second">Carry it from now on</Button>
            </Actions>
          </Form>
        )}
      </Section>
    </>,
  );
}

function EndorseForm({ form }: { readonly form: FormState }) {
  return (
    <Section title="Endorse something">
      <Form action="/endorsements">
        <FormErrors form={form} labels={labels} />
        <TextField
          form={form}
          name="about"
          label={labels.about}
          hint="The address of an achievement version or a credential on this service, or an issuer’s DID."
          width="full"
          required
        />
        <TextArea
          form={form}
          name="comment"
          label={labels.comment}
          hint="Public and signed; in Markdown, at most 1,000 characters. Name no person."
          required
        />
        <Actions>
          <Button>Endorse it</Button>
        </Actions>
      </Form>
    </Section>
  );
}

function revokePage(endorsement: Endorsement, form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Revoke this endorsement?',
      principal,
      path: '/endorsements',
      above: [{ label: 'Endorsements', href: '/endorsements' }],
      width: 'text',
    },
    <>
      <PageHeading title="Revoke this endorsement?" lead={endorsement.about} />
      <FormErrors form={form} labels={{ reason: 'Reason' }} />
      <Notice tone="warn">
        <p>
          From now on everybody who checks it reads “revoked”, with your reason. It cannot be undone.
          Credentials that carry it stay valid; those issued from now on carry it no more.
        </p>
      </Notice>
      <Form action={`/endorsements/${endorsement.id}/revoke`}>
        <TextArea
          form={form}
          name="reason"
          label="Reason"
          hint="Public: it stands on the endorsement’s page. Name no person. At most 500 characters."
          required
        />
        <Actions>
          <Button kind="danger">Revoke it for good</Button>
          <a href="/endorsements">Leave it as it is</a>
        </Actions>
      </Form>
    </>,
  );
}
