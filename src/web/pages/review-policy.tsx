import {
  changedNumbers,
  defaultPolicy,
  policyAt,
  policyBounds,
  policyFaults,
  policyGroups,
  rememberCharacteristics,
  setPolicy,
  throwFaults,
  usualShape,
  type DistrictPolicy,
  type PolicyImplication,
  type PolicyBound,
  type PolicyGroup,
  type PolicyNumbers,
} from '../../calibration/index.js';
import { compileValidator } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { policyRequestSchema } from '../api/present-policy.js';
import {
  Actions,
  Button,
  ButtonLink,
  DataTable,
  DateText,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  Notice,
  PageHeading,
  Section,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, shownNumberOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { QualificationCharacteristic } from './qualification-characteristic.js';
import { memberNames } from './reviewed-versions.js';

const path = '/district/review-policy';

const groupWords: { readonly [group in PolicyGroup]: readonly [name: string, about: string] } = {
  qualification: ['Qualification', 'Who may rate: the qualifying form, its rule, and how long it holds.'],
  review: ['Review', 'How work is given out, and what is rated by two.'],
  seeds: ['Seeds', 'Keyed exemplars among live work, so that drift is noticed.'],
  drift: ['Drift', 'When a reviewer’s levels have moved away from the keys.'],
};

/** One number of the policy, with what it may be. */
interface NumberRow extends PolicyBound {
  readonly name: string;
  readonly usual: number;
  readonly here: number;
}

/** The numbers of a group in order, beside their defaults. */
function rowsOf(group: PolicyGroup, policy: PolicyNumbers): readonly NumberRow[] {
  const bounds: [string, PolicyBound][] = Object.entries(policyBounds[group]);
  const numbers = (of: PolicyNumbers) => of[group] as unknown as { readonly [field: string]: number };
  return bounds.map(([field, bound]) => ({
    ...bound,
    name: `${group}/${field}`,
    usual: numbers(defaultPolicy)[field]!,
    here: numbers(policy)[field]!,
  }));
}

/** The review policy: each number with its default and bounds, its versions, and setting the next. */
export function reviewPolicyPages(rooms: Pick<Rooms, 'calibration' | 'tenancy'>): readonly Route[] {
  const { calibration } = rooms;
  const implied = rememberCharacteristics();
  const impliedBy = async (numbers: PolicyNumbers): Promise<Implied> => {
    const here = await implied(numbers.qualification, usualShape);
    const other = changedNumbers(defaultPolicy, numbers).some(({ name }) =>
      name.startsWith('qualification.'),
    );
    return { here, usual: other ? await implied(defaultPolicy.qualification, usualShape) : undefined };
  };
  const check = compileValidator<PolicyNumbers>(policyRequestSchema, 'form');
  const common = {
    kind: 'page',
    tag: 'calibration',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'reviewPolicyPage',
      method: 'GET',
      path,
      access: 'review-policy.read',
      summary: 'The review policy in force, beside its defaults',
      handler: async (request) => {
        const principal = principalOf(request);
        const versions = await calibration.store.policies(principal.district.id);
        const by = versions.map((version) => version.by);
        const names = await memberNames(rooms, principal.district.id, by);
        const shown = await impliedBy(versions[0] ?? defaultPolicy);
        const html = reviewPolicyPage({ versions, names, implied: shown }, principal, request.query['done']);
        return { status: 200, html };
      },
    },
    {
      ...common,
      operationId: 'editReviewPolicyPage',
      method: 'GET',
      path: `${path}/edit`,
      access: 'review-policy.change',
      recentSignIn: true,
      summary: 'The form to set the next version of the review policy',
      handler: async (request) => {
        const principal = principalOf(request);
        const policy = await policyAt(calibration, principal.district.id);
        return { status: 200, html: editReviewPolicyPage(freshForm(typedFrom(policy)), principal) };
      },
    },
    {
      ...common,
      operationId: 'setReviewPolicyOnPage',
      method: 'POST',
      path: `${path}/edit`,
      access: 'review-policy.change',
      recentSignIn: true,
      summary: 'Set the next version of the review policy',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const replaces = shownNumberOf(fields, 'replaces');
            const numbers = check(numbersFrom(fields));
            if (textOf(fields, 'do') === 'try') {
              throwFaults(policyFaults(numbers));
              const html = editReviewPolicyPage(freshForm(fields), principal, await impliedBy(numbers));
              return { status: 200, html };
            }
            await setPolicy(calibration, principal.actor, { replaces, numbers });
            return seeOtherDone(path, 'review-policy-set');
          },
          (form) => editReviewPolicyPage(form, principal),
        );
      },
    },
  ];
}

/** What numbers imply for the usual rubric, and what the defaults do. */
interface Implied {
  readonly here: PolicyImplication;
  /** Undefined where the numbers are the defaults. */
  readonly usual: PolicyImplication | undefined;
}

function Implication({ implied: { here, usual } }: { readonly implied: Implied }) {
  const { criteria, levels } = usualShape;
  return (
    <QualificationCharacteristic
      title="What the numbers of qualification imply"
      about={`For a rubric of ${criteria} criteria with ${levels} levels each; an achievement’s own page shows it for its rubric.`}
      here={here}
      usual={usual}
    />
  );
}

function typedFrom(policy: DistrictPolicy): { readonly [name: string]: string } {
  const numbers = policyGroups.flatMap((group) =>
    rowsOf(group, policy).map(({ name, here }) => [name, String(here)] as const),
  );
  return { ...Object.fromEntries(numbers), replaces: String(policy.number) };
}

/** The numbers that were typed, as the API takes them; what is no number stays as it is, to be refused. */
function numbersFrom(fields: { readonly [name: string]: unknown }): unknown {
  return Object.fromEntries(
    policyGroups.map((group) => [
      group,
      Object.fromEntries(
        rowsOf(group, defaultPolicy).map(({ name }) => {
          const typed = textOf(fields, name);
          const field = name.slice(group.length + 1);
          return [field, /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed];
        }),
      ),
    ]),
  );
}

/** The page. `names` are those of the members who set versions. */
export function reviewPolicyPage(
  kept: {
    readonly versions: readonly DistrictPolicy[];
    readonly names: ReadonlyMap<string, string>;
    readonly implied: Implied;
  },
  principal: Principal,
  done?: string,
): string {
  const policy = kept.versions[0] ?? defaultPolicy;
  const { timeZone } = principal.district;
  return page(
    { title: 'Review policy', principal, path, done },
    <>
      <PageHeading
        title="Review policy"
        lead={`The numbers by which reviewers are qualified and work is reviewed. ${policy.number === 0 ? 'The defaults are in force.' : `Version ${policy.number} is in force.`}`}
        actions={
          isPermitted(principal.member.roles, 'review-policy.change') ? (
            <ButtonLink href={`${path}/edit`} kind="second" icon="pencil">
              Change
            </ButtonLink>
          ) : undefined
        }
      />
      {policyGroups.map((group) => (
        <Section title={groupWords[group][0]}>
          <DataTable<NumberRow>
            caption={groupWords[group][1]}
            rows={rowsOf(group, policy)}
            columns={[
              { title: 'Number', cell: ({ says }) => says },
              { title: 'Here', kind: 'number', cell: (row) => <Here row={row} /> },
              { title: 'Default', kind: 'number', cell: ({ usual, unit }) => amount(usual, unit) },
              { title: 'May be', kind: 'number', cell: ({ least, most }) => `${least} to ${most}` },
            ]}
          />
        </Section>
      ))}
      <Implication implied={kept.implied} />
      <Section title="Versions">
        <DataTable<DistrictPolicy>
          caption="The newest first. A version never changes; what began under one keeps it."
          rows={[...kept.versions, defaultPolicy]}
          columns={[
            { title: 'Version', cell: ({ number }) => (number === 0 ? 'Defaults' : String(number)) },
            {
              title: 'From',
              cell: ({ from }) =>
                from === null ? (
                  'the beginning'
                ) : (
                  <DateText instant={from} timeZone={timeZone} kind="moment" />
                ),
            },
            {
              title: 'Set by',
              cell: ({ by }) => (by === null ? 'nobody' : (kept.names.get(by) ?? 'a member who left')),
            },
          ]}
        />
      </Section>
    </>,
  );
}

function Here({ row }: { readonly row: NumberRow }) {
  const shown = amount(row.here, row.unit);
  return row.here === row.usual ? <>{shown}</> : <strong>{shown}</strong>;
}

const unitWords: { readonly [unit in PolicyBound['unit']]: string } = {
  count: '',
  days: ' days',
  months: ' months',
  minutes: ' minutes',
  seconds: ' seconds',
  percent: ' %',
  share: '',
  levels: ' levels',
  number: '',
};

function amount(value: number, unit: PolicyBound['unit']): string {
  return `${value}${unitWords[unit]}`;
}

/** The form: every number, its default and what it may be. */
export function editReviewPolicyPage(form: FormState, principal: Principal, implied?: Implied): string {
  const all = policyGroups.flatMap((group) => rowsOf(group, defaultPolicy));
  return page(
    {
      title: 'Change the review policy',
      principal,
      path,
      above: [{ label: 'Review policy', href: path }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Change the review policy"
        lead="It holds from the moment that you save it. Open attempts and assignments keep the numbers they began with."
      />
      <FormErrors form={form} labels={Object.fromEntries(all.map(({ name, says }) => [name, says]))} />
      {implied !== undefined && (
        <>
          <Notice tone="info" title="Not set yet">
            <p>
              This is what the numbers below would do. Change them further, or set them at the end of the
              form.
            </p>
          </Notice>
          <Implication implied={implied} />
        </>
      )}
      <Form action={`${path}/edit`}>
        <Hidden name="replaces" value={String(form.values['replaces'] ?? '')} />
        {policyGroups.map((group) => (
          <fieldset class="group">
            <legend>{groupWords[group][0]}</legend>
            {rowsOf(group, defaultPolicy).map(({ name, says, unit, usual, least, most, why }) => (
              <TextField
                form={form}
                name={name}
                label={`${says}${unitWords[unit] === '' ? '' : ` (${unitWords[unit].trim()})`}`}
                width="short"
                hint={`${least} to ${most}, ${usual} by default: ${why}.`}
              />
            ))}
          </fieldset>
        ))}
        <Actions>
          <Button>Set from now on</Button>
          <Button kind="second" name="do" value="try">
            Show what these numbers do
          </Button>
          <a href={path}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
