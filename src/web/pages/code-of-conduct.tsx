import { codeInForce, codesOf, setCodeOfConduct, type CodeOfConduct } from '../../calibration/index.js';
import { AppError } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
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
  Markdown,
  PageHeading,
  Section,
  TextArea,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, shownNumberOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

const path = '/district/code-of-conduct';

/** The district's code of conduct: the text in force, its versions, and setting the next. */
export function codeOfConductPages({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'calibration',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'codeOfConductPage',
      method: 'GET',
      path,
      access: 'conduct.read',
      summary: 'The code of conduct in force, and its versions',
      handler: async (request) => {
        const principal = principalOf(request);
        const codes = await codesOf(calibration, principal.district.id);
        return { status: 200, html: codeOfConductPage(codes, principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'editCodeOfConductPage',
      method: 'GET',
      path: `${path}/edit`,
      access: 'conduct.change',
      recentSignIn: true,
      summary: 'The form to set the next version of the code of conduct',
      handler: async (request) => {
        const principal = principalOf(request);
        const { number, text } = await codeInForce(calibration, principal.district.id);
        return {
          status: 200,
          html: editCodeOfConductPage(freshForm({ replaces: String(number), text }), principal),
        };
      },
    },
    {
      ...common,
      operationId: 'setCodeOfConductOnPage',
      method: 'POST',
      path: `${path}/edit`,
      access: 'conduct.change',
      recentSignIn: true,
      summary: 'Set the next version of the code of conduct',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const replaces = shownNumberOf(fields, 'replaces');
            const text = textOf(fields, 'text');
            if (text.length > 20_000)
              throw new AppError('invalid-request', 'The text has more than 20,000 characters; shorten it.');
            await setCodeOfConduct(calibration, principal.actor, { replaces, text });
            return seeOtherDone(path, 'code-of-conduct-set');
          },
          (form) => editCodeOfConductPage(form, principal),
        );
      },
    },
  ];
}

/** The page. */
export function codeOfConductPage(
  codes: readonly CodeOfConduct[],
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  return page(
    { title: 'Code of conduct', principal, path, done, width: 'text' },
    <>
      <PageHeading
        title="Code of conduct"
        lead="What every reviewer of the district signs before work is drawn for them."
        actions={
          isPermitted(principal.member.roles, 'conduct.change') ? (
            <ButtonLink href={`${path}/edit`} kind="second" icon="pencil">
              Change
            </ButtonLink>
          ) : undefined
        }
      />
      <Section title={`Version ${codes[0]!.number}`}>
        <Markdown source={codes[0]!.text} />
      </Section>
      <Section title="Versions">
        <DataTable<CodeOfConduct>
          caption="The newest first. A version never changes: signatures name it."
          rows={codes}
          columns={[
            { title: 'Version', cell: ({ number }) => String(number) },
            {
              title: 'From',
              cell: ({ from }) =>
                from === null ? (
                  'the beginning'
                ) : (
                  <DateText instant={from} timeZone={timeZone} kind="moment" />
                ),
            },
            { title: 'Digest (SHA-256)', cell: ({ digest }) => <code>{digest.slice(0, 16)}…</code> },
          ]}
        />
      </Section>
    </>,
  );
}

/** The form. */
export function editCodeOfConductPage(form: FormState, principal: Principal): string {
  return page(
    {
      title: 'Change the code of conduct',
      principal,
      path,
      width: 'text',
      above: [{ label: 'Code of conduct', href: path }],
    },
    <>
      <PageHeading
        title="Change the code of conduct"
        lead="It holds from the moment that you save it. Who signed the earlier text is asked to sign this one, and goes on for the days of grace of the review policy."
      />
      <FormErrors form={form} labels={{ text: 'Text' }} />
      <Form action={`${path}/edit`}>
        <Hidden name="replaces" value={String(form.values['replaces'] ?? '')} />
        <TextArea form={form} name="text" label="Text" rows={24} hint="Markdown, 200 to 20,000 characters." />
        <Actions>
          <Button>Set from now on</Button>
          <a href={path}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
