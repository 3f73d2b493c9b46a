import type { Criterion } from '../../achievements/index.js';
import { isOpenAppeal, type Appeal, type AppealGround, type AppealRecord } from '../../review/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  Choices,
  DateText,
  Facts,
  Form,
  FormErrors,
  Markdown,
  PageHeading,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';
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
    },
    <>
      <PageHeading title="Appeal" lead={version} />
      <FormErrors form={form} labels={{ words: 'Reasons', admissible: 'Admissible', criteria: 'Criteria' }} />
      <Facts
        rows={[
          ['State', <StateBadge state={appeal.state} />],
          ['Ground', `${groundWords[appeal.ground].label}. ${groundWords[appeal.ground].hint}`],
          ['Filed', <DateText instant={appeal.filedAt} timeZone={timeZone} kind="moment" />],
          ['Since', <DateText instant={appeal.stateSince} timeZone={timeZone} kind="moment" />],
          own
            ? ['Decision', <a href={`/submissions/${appeal.submission}`}>The decision and its feedback</a>]
            : ['Decision', null],
        ]}
      />
      <Section title="What the teacher says">
        <PlainText text={appeal.words} />
      </Section>
      {appeal.screening !== null && (
        <Section title={appeal.screening.admissible ? 'Admitted, because' : 'Not admitted, because'}>
          <PlainText text={appeal.screening.words} />
        </Section>
      )}
      {appeal.decided !== null && (
        <Section title="Decided, because">
          {appeal.state === 'varied' && (
            <p>
              {appeal.round === null
                ? 'The work could not be rated again, because its evidence is not there any more; the decision stands.'
                : 'Other reviewers rate the work again, and their decision takes the place of the one before.'}
            </p>
          )}
          <PlainText text={appeal.decided.words} />
        </Section>
      )}
      {own && isOpenAppeal(appeal) && (
        <Form action={`/appeals/${appeal.id}/withdraw`}>
          <p>
            While it is open you begin no other attempt. When it ends, the 60 days for the next attempt begin
            anew.
          </p>
          <Actions>
            <Button kind="second">Withdraw this appeal</Button>
          </Actions>
        </Form>
      )}
      {!own && appeal.state === 'filed' && isPermitted(roles, 'appeals.screen') && (
        <Screening appeal={appeal} form={form} />
      )}
      {record !== null && <Deciding record={record} form={form} />}
    </>,
  );
}

function Screening({ appeal, form }: { readonly appeal: Appeal; readonly form: FormState }) {
  return (
    <Section title="Screen it">
      <p>
        It is admissible when it names an error in rule, process or reason: not whether it is right, which
        somebody with no part in the review decides.
      </p>
      <Form action={`/appeals/${appeal.id}/screening`}>
        <Choices
          form={form}
          name="admissible"
          label="Is it admissible?"
          kind="one"
          options={[
            { value: 'yes', label: 'Yes, it names an error' },
            { value: 'no', label: 'No' },
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

function Deciding({ record, form }: { readonly record: AppealRecord; readonly form: FormState }) {
  const { appeal, version, evidence, ratings } = record;
  const { criteria } = version.rubric;
  return (
    <>
      <div class="split">
        <Section title="Evidence">
          {evidence.items.map((item) => (
            <section>
              <h3>{item.name}</h3>
              {item.text !== null && <Markdown source={item.text} />}
              <ul>
                {item.files.map(({ artefact, mediaType }, index) => (
                  <li>
                    <a
                      href={`/appeals/${appeal.id}/artefacts/${artefact}`}
                    >{`${item.name}, file ${index + 1} (${mediaType})`}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </Section>
        <Section title="What was rated">
          {criteria.map((criterion) => (
            <Rated
              criterion={criterion}
              ratings={ratings}
              final={record.decision.levels[criterion.id] ?? ''}
            />
          ))}
        </Section>
      </div>
      <Section title="Decide it">
        <p>
          Look for an error. That you, or another expert, might have given another level is none: a level is
          in error only where no reasonable reviewer could give it.
        </p>
        <Form action={`/appeals/${appeal.id}/decision`}>
          <Choices
            form={form}
            name="outcome"
            label="Your decision"
            kind="one"
            options={[
              { value: 'upheld', label: 'Upheld', hint: 'There is no such error; the decision stands.' },
              {
                value: 'varied',
                label: 'Varied',
                hint: 'There is an error. Other reviewers rate the work again, and decide.',
              },
              {
                value: 'dismissed',
                label: 'Dismissed',
                hint: 'What it says is no error in rule, process or reason; the decision stands.',
              },
            ]}
          />
          <Choices
            form={form}
            name="error"
            label="Which error"
            hint="Only when varied."
            optional
            kind="one"
            options={[
              { value: 'rule', label: 'In the rule' },
              { value: 'process', label: 'In the process' },
              { value: 'level', label: 'A level that no reasonable reviewer could give' },
            ]}
          />
          <Choices
            form={form}
            name="criteria"
            label="At which criteria"
            hint="Only for such a level."
            optional
            kind="any"
            options={criteria.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextArea form={form} name="words" label="Reasons" hint="The teacher reads them." rows={6} />
          <Actions>
            <Button>Decide the appeal</Button>
          </Actions>
        </Form>
        <Form action={`/appeals/${appeal.id}/decline`}>
          <Actions>
            <Button kind="second">Give it back: somebody else is drawn</Button>
          </Actions>
        </Form>
      </Section>
    </>
  );
}

function Rated(props: {
  readonly criterion: Criterion;
  readonly ratings: AppealRecord['ratings'];
  readonly final: string;
}) {
  const { criterion, ratings, final } = props;
  const nameOf = (id: string) => criterion.levels.find((level) => level.id === id)?.name ?? id;
  return (
    <section>
      <h3 dir="auto">{criterion.name}</h3>
      <p>
        Final: <strong>{nameOf(final)}</strong>; required: {nameOf(criterion.requiredLevel)}
      </p>
      <ul>
        {ratings.map(({ kind, criteria }, index) => {
          const given = criteria[criterion.id];
          if (given === undefined) return null;
          return (
            <li>
              <strong>{kind === 'adjudication' ? 'Adjudication' : `Rating ${index + 1}`}:</strong>{' '}
              {nameOf(given.level)}
              <PlainText text={given.feedback} />
              {given.pointers.map(({ requirement, page: at, second, note }) => (
                <p class="quiet small">
                  {[
                    requirement,
                    at === null ? '' : `page ${at}`,
                    second === null ? '' : `second ${second}`,
                    note ?? '',
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
