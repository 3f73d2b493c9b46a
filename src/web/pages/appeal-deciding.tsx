import type { Criterion } from '../../achievements/index.js';
import type { AppealRecord } from '../../review/index.js';
import {
  Actions,
  Button,
  Choices,
  Form,
  Markdown,
  Section,
  TextArea,
  type FormState,
} from '../components/index.js';
import { PointerText } from './reviewer-committed.js';
import { EvidenceFile, placesOf, PlainText, type Place } from './reviewer-evidence.js';

/** For who is asked to decide an appeal: the evidence beside what was rated, without names, and the decision's form. */
export function Deciding({ record, form }: { readonly record: AppealRecord; readonly form: FormState }) {
  const { appeal, version, evidence, ratings } = record;
  const { criteria } = version.rubric;
  const hrefOf = (artefact: string) => `/appeals/${appeal.id}/artefacts/${artefact}`;
  return (
    <>
      <div class="split split-even section">
        <section class="card evidence-pane" aria-labelledby="evidence" tabIndex={0}>
          <h2 id="evidence">Evidence</h2>
          {evidence.items.map((item) => (
            <section class="evidence-item" id={`evidence-${item.requirement}`}>
              <h3>{item.name}</h3>
              {item.text !== null && <Markdown source={item.text} />}
              {item.files.map(({ artefact, mediaType, size }, index) => (
                <EvidenceFile
                  label={item.files.length === 1 ? item.name : `${item.name}, file ${index + 1}`}
                  href={hrefOf(artefact)}
                  mediaType={mediaType}
                  size={size}
                />
              ))}
            </section>
          ))}
        </section>
        <section aria-labelledby="rated">
          <h2 id="rated">What was rated</h2>
          <div>
            {criteria.map((criterion) => (
              <Rated
                criterion={criterion}
                ratings={ratings}
                final={record.decision.levels[criterion.id] ?? ''}
                places={placesOf(evidence.items)}
                hrefOf={hrefOf}
              />
            ))}
          </div>
        </section>
      </div>
      <Section title="Decide it">
        <p>
          Look for an error. That you or another expert might have given another level is no error: a level is
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
      </Section>
      <Section title="You should not decide this?">
        <Form action={`/appeals/${appeal.id}/decline`}>
          <p>
            When you know whose work this is, or cannot look into it, give it back: somebody else is asked.
          </p>
          <Actions>
            <Button kind="second">Give it back</Button>
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
  readonly places: readonly Place[];
  readonly hrefOf: (artefact: string) => string;
}) {
  const { criterion, ratings, final, places, hrefOf } = props;
  const nameOf = (id: string) => criterion.levels.find((level) => level.id === id)?.name ?? id;
  return (
    <section class="card section">
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
              <ul class="small">
                {given.pointers.map((pointer) => (
                  <li>
                    <PointerText pointer={pointer} places={places} hrefOf={hrefOf} />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
