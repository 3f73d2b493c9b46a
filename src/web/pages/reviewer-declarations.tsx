import {
  codeInForce,
  declarationStandingOf,
  declareConflicts,
  readDeclarations,
  signCodeOfConduct,
  type CodeOfConduct,
  type DeclaredByMember,
  type PartStanding,
} from '../../calibration/index.js';
import { ruleViolated } from '../../kernel/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  DateText,
  Facts,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  Markdown,
  PageHeading,
  Section,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, shownNumberOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { conflictFormPage, conflictsTyped, typedConflicts } from './conflict-form.js';
import { ConflictTable } from './conflict-table.js';
import { DeclarationsMissing, PartBadge } from './declaration-words.js';
import { page } from './layout.js';

const path = '/declarations';

/** What one declares as a reviewer: the code of conduct, and conflicts of interest. */
export function declarationPages({
  calibration,
  service,
}: Pick<Rooms, 'calibration' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'calibration',
    access: 'declarations.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  async function signPage(form: FormState, principal: Principal): Promise<string> {
    const { district, member } = principal.actor;
    const code = await codeInForce(calibration, district);
    const standing = await declarationStandingOf(calibration, district, member);
    return signCodePage(code, standing.code, form, principal);
  }
  return [
    {
      ...common,
      operationId: 'declarationsPage',
      method: 'GET',
      path,
      summary: 'What you have declared, and what is missing',
      handler: async (request) => {
        const principal = principalOf(request);
        const { actor } = principal;
        const declared = await readDeclarations(calibration, actor, actor.member);
        return { status: 200, html: declarationsPage(declared, principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'signCodePage',
      method: 'GET',
      path: `${path}/code`,
      summary: 'The code of conduct, to read and sign',
      handler: async (request) => {
        const principal = principalOf(request);
        return { status: 200, html: await signPage(freshForm(), principal) };
      },
    },
    {
      ...common,
      operationId: 'signCodeOnPage',
      inPerson: true,
      method: 'POST',
      path: `${path}/code`,
      summary: 'Sign the code of conduct',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            if (textOf(fields, 'agreed') !== 'yes')
              throw ruleViolated('/agreed', 'must be ticked: it is what you sign');
            const number = shownNumberOf(fields, 'number');
            await signCodeOfConduct(calibration, principal.actor, {
              number,
              digest: textOf(fields, 'digest'),
            });
            service.wake();
            return seeOtherDone(path, 'code-signed');
          },
          (form) => signPage(form, principal),
        );
      },
    },
    {
      ...common,
      operationId: 'conflictsPage',
      method: 'GET',
      path: `${path}/conflicts`,
      summary: 'The form in which you declare conflicts of interest',
      handler: async (request) => {
        const principal = principalOf(request);
        const { district, member } = principal.actor;
        const { counted } = await declarationStandingOf(calibration, district, member);
        return { status: 200, html: conflictFormPage(freshForm(typedConflicts(counted)), principal) };
      },
    },
    {
      ...common,
      operationId: 'declareConflictsOnPage',
      inPerson: true,
      method: 'POST',
      path: `${path}/conflicts`,
      summary: 'Declare conflicts of interest, or that there are none',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const { conflicts, typed } = conflictsTyped(fieldsOfForm(request.body));
        return formReply(
          typed,
          async () => {
            const none = typed['none'] === 'yes';
            if (none && conflicts.length > 0)
              throw ruleViolated('/none', 'must not be ticked beside conflicts: clear them, or this box');
            if (!none && conflicts.length === 0)
              throw ruleViolated('/none', 'must be ticked where you know of no conflict');
            await declareConflicts(calibration, principal.actor, { conflicts });
            service.wake();
            return seeOtherDone(path, 'conflicts-declared');
          },
          (form) => conflictFormPage(form, principal),
        );
      },
    },
  ];
}

/** Both, with how they stand. */
export function declarationsPage(declared: DeclaredByMember, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  const { standing, declarations } = declared;
  const newest = declarations.filter(({ about }) => about === 'conflicts').at(-1);
  return page(
    { title: 'Declarations', principal, path, done, width: 'text' },
    <>
      <PageHeading
        title="Declarations"
        lead="Besides a passed form, a reviewer signs the code of conduct and declares conflicts of interest. Without both, nothing is drawn."
      />
      <DeclarationsMissing standing={standing} timeZone={timeZone} />
      <Section title="Code of conduct">
        <Facts rows={[['State', <PartBadge part={standing.code} timeZone={timeZone} />]]} />
        <ButtonLink href={`${path}/code`} kind="second">
          {standing.code.state === 'in-force' ? 'Read it' : 'Read and sign it'}
        </ButtonLink>
      </Section>
      <Section title="Conflicts of interest">
        <Facts rows={[['State', <PartBadge part={standing.conflicts} timeZone={timeZone} />]]} />
        {newest?.about === 'conflicts' && newest.conflicts !== null && (
          <ConflictTable conflicts={newest.conflicts} caption="What you declared last" />
        )}
        <p class="hint">
          Read by you and, where they need it, by leads and admins; never by who is named in it. It is erased
          once nothing in it counts any more.
        </p>
        <ButtonLink href={`${path}/conflicts`} kind="second">
          {standing.conflicts.at === null ? 'Declare' : 'Declare anew, or add one'}
        </ButtonLink>
      </Section>
    </>,
  );
}

/** The text, and the box that signs it; or when that was done. */
export function signCodePage(
  code: CodeOfConduct,
  signed: PartStanding,
  form: FormState,
  principal: Principal,
): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Code of conduct',
      principal,
      path,
      width: 'text',
      above: [{ label: 'Declarations', href: path }],
    },
    <>
      <PageHeading
        title="Code of conduct"
        lead={`Version ${code.number} of your district’s text. What you sign is this text, word for word.`}
      />
      <FormErrors form={form} labels={{ agreed: 'Your promise' }} />
      <Section title="The text">
        <Markdown source={code.text} />
      </Section>
      <Section title="Your promise">
        {signed.state === 'in-force' && signed.at !== null ? (
          <>
            <p>
              You signed it on <DateText instant={signed.at} timeZone={timeZone} />.
            </p>
            <ButtonLink href={path} kind="second">
              Back
            </ButtonLink>
          </>
        ) : (
          <Form action={`${path}/code`}>
            <Hidden name="number" value={String(code.number)} />
            <Hidden name="digest" value={code.digest} />
            <Checkbox form={form} name="agreed" label="I have read this, and I promise to keep to it." />
            <Actions>
              <Button>Sign</Button>
              <ButtonLink href={path} kind="second">
                Back
              </ButtonLink>
            </Actions>
          </Form>
        )}
      </Section>
    </>,
  );
}
