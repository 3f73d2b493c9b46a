import { openRubric, type Rationale } from '../../calibration/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { presentExemplar } from '../api/present-calibration.js';
import {
  Actions,
  Button,
  Facts,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import {
  ExemplarEvidence,
  LevelComparison,
  LevelFields,
  levelLabels,
  PlaceFields,
} from './exemplar-shown.js';
import { ExemplarUse } from './lead-exemplar-use.js';
import { page } from './layout.js';
import { timeWord } from './rating-form.js';
import type { ExemplarForms, ExemplarView } from './lead-exemplar.js';
import { poolWords } from './lead-exemplars.js';
import { versionName } from './reviewed-versions.js';

const waitWords = {
  ratings: 'blind ratings of experts',
  discussion: 'the experts to talk: their ratings differ too far',
  rationale: 'the rationale of every criterion',
};

/** The page of one exemplar: evidence beside what this member may do and know. */
export function exemplarPage(
  view: ExemplarView,
  forms: ExemplarForms,
  principal: Principal,
  done?: string,
): string {
  const { exemplar, version } = view;
  const { member } = principal;
  const shown = presentExemplar(exemplar, member);
  const mayWrite = isPermitted(member.roles, 'exemplars.write');
  const toRate = shown.waitsFor === 'ratings' && shown.myLevels === null;
  const toExplain = mayWrite && (exemplar.state === 'keying' || exemplar.state === 'discussing');
  return page(
    {
      title: exemplar.title,
      principal,
      path: '/exemplars',
      above: [{ label: 'Exemplars', href: `/exemplars?version=${version.id}` }],
      done,
      width: 'wide',
    },
    <>
      <PageHeading title={exemplar.title} lead={versionName(version)} />
      <div class="split split-even">
        <ExemplarEvidence exemplar={exemplar} />
        <div>
          <Facts
            rows={[
              ['State', <StateBadge state={exemplar.state} />],
              ['Pool', poolWords[exemplar.pool][0]],
              ['Waits for', shown.waitsFor === null ? null : waitWords[shown.waitsFor]],
              [
                'Blind ratings',
                shown.ratingsReceived === null
                  ? null
                  : `${shown.ratingsReceived} of ${exemplar.expertsWanted}`,
              ],
              ['Measured on', shown.exposure === null ? null : `${shown.exposure} people`],
              ['Made from', shown.fromRealWork ? 'real work, by its teacher’s consent' : null],
              ['Carried over', carriedWords(view)],
            ]}
          />
          {toRate && <BlindRating view={view} form={forms.rating} />}
          <Known view={view} principal={principal} />
          {mayWrite && shown.waitsFor === 'discussion' && <Settling view={view} form={forms.key} />}
          {toExplain && (
            <Explaining
              view={view}
              form={forms.rationale}
              known={shown.rationale ?? {}}
              closed={toRate && forms.rationale.problem === null}
            />
          )}
          {mayWrite && <ExemplarUse view={view} form={forms.use} timeZone={principal.district.timeZone} />}
        </div>
      </div>
    </>,
  );
}

/** Which criteria have their levels from an earlier version: never silently. */
function carriedWords({ exemplar, rubric }: ExemplarView): string | null {
  const { carried } = exemplar;
  if (carried === null) return null;
  const names = rubric.criteria.filter(({ id }) => carried.levels[id] !== undefined).map(({ name }) => name);
  return `from an earlier version, word for word the same: ${names.join(', ')}`;
}

function BlindRating({ view, form }: { readonly view: ExemplarView; readonly form: FormState }) {
  return (
    <Section title="Your blind rating">
      <p>Rate before you talk with anybody about it. What others gave, you see once enough have rated.</p>
      <FormErrors form={form} labels={levelLabels(view.rubric)} />
      <Form action={`/exemplars/${view.exemplar.id}/rating`} wide>
        <LevelFields
          rubric={openRubric(view.rubric, view.exemplar)}
          form={form}
          items={view.exemplar.items}
        />
        <p class="hint">
          A committed rating never changes, and you can no longer be measured on this exemplar.
        </p>
        <Actions>
          <Button icon="check">Commit rating</Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** What the member may know of ratings and key: nothing before taking part, and nothing while ratings are gathered. */
function Known({ view, principal }: { readonly view: ExemplarView; readonly principal: Principal }) {
  const { exemplar, rubric, experts } = view;
  const shown = presentExemplar(exemplar, principal.member);
  if (shown.expertLevels === null) {
    if (shown.myLevels !== null)
      return (
        <Section title="What you gave">
          <p class="quiet">Committed. What others gave is shown once enough have rated.</p>
          <LevelComparison
            rubric={rubric}
            given={[{ who: 'You', levels: shown.myLevels }]}
            keyed={null}
            rationale={null}
            items={exemplar.items}
          />
        </Section>
      );
    if (shown.waitsFor === 'ratings') return null;
    return (
      <Notice tone="info" title="You had no part in keying it">
        <p>
          So its key is not shown to you: you may still be measured on this exemplar. Once you settle its key
          or write its rationale you see all of it, and cannot be measured on it any more.
        </p>
      </Notice>
    );
  }
  const isLead = principal.member.roles.includes('lead');
  const given = shown.expertLevels.map((levels, index) => ({
    who:
      exemplar.ratings[index]?.expert === principal.member.id
        ? 'You'
        : isLead
          ? (experts[index] ?? '')
          : `Expert ${index + 1}`,
    levels,
  }));
  const agreed = shown.key?.levels ?? shown.agreedLevels;
  return (
    <Section title={shown.key === null ? 'What the experts gave' : 'The key'}>
      <p class="quiet">
        {shown.key === null
          ? 'Blind ratings; they stay on record as they are.'
          : shown.key.how === 'consensus'
            ? 'It follows from the blind ratings alone.'
            : 'The experts settled on it after they talked; their blind ratings stay on record.'}
      </p>
      <LevelComparison
        rubric={rubric}
        given={given}
        keyed={agreed}
        rationale={shown.rationale}
        items={exemplar.items}
      />
    </Section>
  );
}

function Settling({ view, form }: { readonly view: ExemplarView; readonly form: FormState }) {
  return (
    <Section title="End the discussion">
      <p>The experts have talked. Give the levels on which they settled; never an average.</p>
      <FormErrors form={form} labels={levelLabels(view.rubric)} />
      <Form action={`/exemplars/${view.exemplar.id}/key`} wide>
        <LevelFields rubric={openRubric(view.rubric, view.exemplar)} form={form} />
        <Actions>
          <Button icon="key" name="act" value="settle">
            They settled on these levels
          </Button>
          <Button kind="danger" name="act" value="unresolved">
            They could not agree: practice only
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function Explaining(props: {
  readonly view: ExemplarView;
  readonly form: FormState;
  readonly known: Rationale;
  readonly closed: boolean;
}) {
  const { view, form, known, closed } = props;
  const { exemplar } = view;
  const rubric = openRubric(view.rubric, exemplar);
  const kept = Object.fromEntries(
    Object.entries(known).flatMap(([id, { text, item, page: on, second }]) => [
      [`rationale/${id}/text`, text],
      [`rationale/${id}/item`, item],
      [`rationale/${id}/page`, on ?? ''],
      [`rationale/${id}/second`, second === undefined || second === null ? '' : timeWord(second)],
    ]),
  );
  const shown = form.problem === null ? freshForm(kept) : form;
  const labels = Object.fromEntries([
    ['rationale', 'The rationale'],
    ...rubric.criteria.flatMap(({ id, name }) => [
      [`rationale/${id}`, name],
      [`rationale/${id}/text`, `${name}: the reason`],
      [`rationale/${id}/item`, `${name}: the evidence`],
    ]),
  ]) as { readonly [name: string]: string };
  return (
    <section class="section">
      <details open={!closed}>
        <summary>Rationale: why each criterion has its level</summary>
        <div class="stack">
          <p class="quiet">
            Reviewers read it after practice. Each reason rests on a piece of the evidence. Who writes it can
            no longer be measured on this exemplar.
          </p>
          <FormErrors form={form} labels={labels} />
          <Form action={`/exemplars/${exemplar.id}/rationale`} wide>
            {rubric.criteria.map(({ id, name }) => (
              <fieldset class="group">
                <legend>{name}</legend>
                <PlaceFields form={shown} at={`rationale/${id}`} items={exemplar.items} />
                <TextArea form={shown} name={`rationale/${id}/text`} label="Why" rows={3} />
              </fieldset>
            ))}
            <Actions>
              <Button kind="second">Save the rationale</Button>
            </Actions>
          </Form>
        </div>
      </details>
    </section>
  );
}
