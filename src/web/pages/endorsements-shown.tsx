import { endorsementStanding, type EndorsedThing } from '../../issuing/index.js';
import type { Instant, Page } from '../../kernel/index.js';
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
  PageHeading,
  Pager,
  Section,
  StateBadge,
  TextField,
  type Column,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { EndorseForm } from './endorse-form.js';
import { By, Thing, type Named, type NamedCarried } from './endorsement-cells.js';
import { page } from './layout.js';

export interface Forms {
  readonly endorse: FormState;
  readonly include: FormState;
}

const includeLabels = { endorsement: 'Address of the endorsement' };
/** What the district endorses, what its credentials carry, and the forms for more of both. */
export function endorsementsPage(
  view: {
    readonly made: Page<Named>;
    readonly carried: readonly NamedCarried[];
    readonly own: readonly EndorsedThing[];
    readonly now: Instant;
    readonly forms: Partial<Forms>;
  },
  principal: Principal,
  done?: string,
): string {
  const mayChange = isPermitted(principal.member.roles, 'endorsements.change');
  const { timeZone } = principal.district;
  const { made, carried, own, now, forms } = view;
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
          <DataTable<Named>
            caption="Endorsements, newest first"
            rows={made.items}
            columns={madeColumns(timeZone, now, mayChange)}
          />
        )}
        <Pager href="/endorsements" next={made.next} />
      </Section>
      {mayChange && <EndorseForm form={forms.endorse ?? freshForm()} own={own} timeZone={timeZone} />}
      <Section title="Carried by the district’s credentials">
        <p>
          One for each achievement version, credential or the district itself. Credentials issued from now on
          have it; those that were issued stay as they are. One that is revoked or has expired is carried no
          more.
        </p>
        {carried.length > 0 && (
          <DataTable<NamedCarried>
            caption="Carried endorsements"
            rows={carried}
            columns={carriedColumns(mayChange)}
          />
        )}
        {mayChange && <IncludeForm form={forms.include ?? freshForm()} />}
      </Section>
    </>,
  );
}

function madeColumns(timeZone: string, now: Instant, mayChange: boolean): readonly Column<Named>[] {
  return [
    {
      title: 'Of',
      cell: ({ endorsement, thing }) => (
        <Thing id={endorsement.about} kind={endorsement.kind} thing={thing} />
      ),
    },
    {
      title: 'Made',
      cell: ({ endorsement }) => (
        <a href={endorsement.credentialId}>
          <DateText instant={endorsement.createdAt} timeZone={timeZone} />
        </a>
      ),
    },
    {
      title: 'Last day',
      cell: ({ endorsement: { validUntil } }) =>
        validUntil === null ? (
          <span class="quiet">no end</span>
        ) : (
          <DateText instant={validUntil} timeZone={timeZone} />
        ),
    },
    {
      title: 'State',
      cell: ({ endorsement }) => <StateBadge state={endorsementStanding(endorsement, now)} />,
    },
    ...(mayChange
      ? [
          {
            title: 'Change',
            cell: ({ endorsement: { id, state, about }, thing }: Named) =>
              state === 'active' ? (
                <a
                  href={`/endorsements/${id}/revoke`}
                  aria-label={`Revoke\u00a0… the endorsement of ${thing?.name ?? about}`}
                >
                  Revoke&nbsp;…
                </a>
              ) : null,
          },
        ]
      : []),
  ];
}

function carriedColumns(mayChange: boolean): readonly Column<NamedCarried>[] {
  return [
    {
      title: 'Of',
      cell: ({ included, thing }) => <Thing id={included.about} kind={included.kind} thing={thing} />,
    },
    {
      title: 'By',
      cell: ({ included, carried }) => <By included={included} carried={carried} />,
    },
    {
      title: 'State',
      cell: ({ carried }) => (carried === undefined ? null : <StateBadge state={carried.standing} />),
    },
    ...(mayChange
      ? [
          {
            title: 'Change',
            cell: ({ included: { id, about }, thing }: NamedCarried) => (
              <a
                href={`/endorsements/included/${id}/exclude`}
                aria-label={`Carry it no\u00a0more\u00a0… the endorsement of ${thing?.name ?? about}`}
              >
                Carry it no&nbsp;more&nbsp;…
              </a>
            ),
          },
        ]
      : []),
  ];
}

function IncludeForm({ form }: { readonly form: FormState }) {
  return (
    <Form action="/endorsements/included">
      <FormErrors form={form} labels={includeLabels} />
      <TextField
        form={form}
        name="endorsement"
        label={includeLabels.endorsement}
        hint="Of something of this district, by whoever made it on this service: https://…/e/…"
        width="full"
        required
      />
      <Actions>
        <Button kind="second">Carry it from now on</Button>
      </Actions>
    </Form>
  );
}
