import { isOpenAppeal, type Appeal, type AppealGround, type AppealRecord } from '../../review/index.js';
import { unreachable } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  Choices,
  DateText,
  Facts,
  Form,
  FormErrors,
  PageHeading,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';
import { Deciding } from './appeal-deciding.js';
import { PlainText } from './reviewer-evidence.js';

/** An appeal as a page shows it; `record` for who is asked to decide it. */
export interface AppealView {
  readonly appeal: Appeal;
  readonly version: string;
  readonly record: AppealRecord | null;
}

/** The grounds as people read them. */
export const groundWords: {
  readonly [ground in AppealGround]: { readonly label: string; readonly hint: string };
} = {
  rule: {
    label: 'The rule',
    hint: 'The rubric or the decision rule was not applied as it is written.',
  },
  process: {
    label: 'The process',
    hint: 'The review was not held as it is to be held: a conflict of interest, or evidence that was not looked at.',
  },
  reason: {
    label: 'The reason',
    hint: 'A level is one that no reasonable reviewer could give for this evidence. That another expert might differ is not enough.',
  },
};

/** One appeal: how it stands, and what there is to do for who reads it. */
export function appealPage(view: AppealView, form: FormState, principal: Principal, done?: string): string {
  const { appeal, version, record } = view;
  const { timeZone } = principal.district;
  const own = appeal.teacher === principal.actor.member;
  const { roles } = principal.member;
  return page(
    {
      title: `Appeal: ${version}`,
      principal,
      path: '/appeals',
      above: [{ label: 'Appeals', href: '/appeals' }],
      done,
      width: record === null ? 'text' : 'wide',
    },
    <>
      <PageHeading title="Appeal" lead={version} />
      <FormErrors form={form} labels={appealLabels} />
      <Facts
        rows={[
          ['State', <StateBadge state={appeal.state} />],
          ['What happens now', nextOf(appeal)],
          ['Ground', `${groundWords[appeal.ground].label}. ${groundWords[appeal.ground].hint}`],
          ['Filed', <DateText instant={appeal.filedAt} timeZone={timeZone} kind="moment" />],
          [
            'Last change',
            appeal.stateSince === appeal.filedAt ? null : (
              <DateText instant={appeal.stateSince} timeZone={timeZone} kind="moment" />
            ),
          ],
          own
            ? ['Decision', <a href={`/submissions/${appeal.submission}`}>The decision and its feedback</a>]
            : ['Decision', null],
        ]}
      />
      <Section title={own ? 'What you say' : 'What the teacher says'}>
        <PlainText text={appeal.words} />
      </Section>
      {appeal.screening !== null && (
        <Section title={appeal.screening.admissible ? 'Admitted, because' : 'Not admitted, because'}>
          <PlainText text={appeal.screening.words} />
        </Section>
      )}
      {appeal.decided !== null && (
        <Section title="Decided, because">
          <PlainText text={appeal.decided.words} />
        </Section>
      )}
      {own && isOpenAppeal(appeal) && (
        <Section title="Withdraw it?">
          <Form action={`/appeals/${appeal.id}/withdraw`}>
            <p>
              While the appeal is open you begin no other attempt. When it ends, you have 60 days for the next
              attempt.
            </p>
            <Actions>
              <Button kind="second">Withdraw this appeal</Button>
            </Actions>
          </Form>
        </Section>
      )}
      {!own && appeal.state === 'filed' && isPermitted(roles, 'appeals.screen') && (
        <Screening appeal={appeal} form={form} />
      )}
      {record !== null && <Deciding record={record} form={form} />}
    </>,
  );
}

const appealLabels = {
  words: 'Reasons',
  admissible: 'Is it admissible?',
  outcome: 'Your decision',
  error: 'Which error',
  criteria: 'At which criteria',
};

/** What comes next, for whoever reads it: no state is a dead end. */
function nextOf({ state, round }: Appeal): string {
  switch (state) {
    case 'filed':
      return 'A lead says whether it names an error.';
    case 'admitted':
      return 'Somebody who had no part in the review looks into it.';
    case 'inadmissible':
    case 'dismissed':
    case 'upheld':
      return 'The decision stands. The teacher may start the next attempt.';
    case 'varied':
      return round === null
        ? 'The work could not be rated again, because its evidence is not there any more: the decision stands.'
        : 'Other reviewers rate the work again, and their decision takes the place of the one before.';
    case 'withdrawn':
      return 'Nothing: it was taken back, and the decision stands.';
    default:
      return unreachable(state);
  }
}

function Screening({ appeal, form }: { readonly appeal: Appeal; readonly form: FormState }) {
  return (
    <Section title="Screen it">
      <p>
        It is admissible when it names an error in rule, process or reason. Whether there is one is not asked
        here: somebody who had no part in the review decides that.
      </p>
      <Form action={`/appeals/${appeal.id}/screening`}>
        <Choices
          form={form}
          name="admissible"
          label="Is it admissible?"
          kind="one"
          options={[
            { value: 'yes', label: 'Yes, it names an error' },
            { value: 'no', label: 'No, it names none', hint: 'The decision stands.' },
          ]}
        />
        <TextArea form={form} name="words" label="Reasons" hint="The teacher reads them." rows={4} />
        <Actions>
          <Button>Screen the appeal</Button>
        </Actions>
      </Form>
    </Section>
  );
}
