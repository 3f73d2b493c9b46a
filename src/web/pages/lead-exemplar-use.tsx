import { exemplarPools } from '../../calibration/index.js';
import {
  Actions,
  Button,
  DataTable,
  DateText,
  Form,
  FormErrors,
  Hidden,
  Section,
  Select,
  type FormState,
} from '../components/index.js';
import type { ExemplarView } from './lead-exemplar.js';
import { poolWords } from './lead-exemplars.js';
import { versionName } from './reviewed-versions.js';

const useWords = { practice: 'practice', qualifying: 'a qualifying form', seed: 'live work, as a seed' };

/** What a lead does with an exemplar once it is there: its pool, later versions, and whom it was served to. */
export function ExemplarUse(props: {
  readonly view: ExemplarView;
  readonly form: FormState;
  readonly timeZone: string;
}) {
  const { view, form, timeZone } = props;
  const { exemplar, servings, later } = view;
  const at = `/exemplars/${exemplar.id}`;
  return (
    <Section title="Use">
      <FormErrors form={form} labels={{ pool: 'Pool' }} />
      {exemplar.pool !== 'retired' && (
        <Form action={`${at}/pool`}>
          <Select
            form={form}
            name="pool"
            label="Pool"
            hint="Into practice and out of use is for good. Nobody is served one work twice, whatever its pool."
            options={exemplarPools
              .filter((pool) => pool !== exemplar.pool)
              .map((pool) => ({ value: pool, label: `${poolWords[pool][0]}: ${poolWords[pool][1]}` }))}
          />
          <Actions>
            <Button kind="second">Move</Button>
          </Actions>
        </Form>
      )}
      {later !== undefined && (
        <Form action={`${at}/offer`}>
          <Hidden name="achievementVersion" value={later.id} />
          <p>
            {versionName(later)} is published. A copy for it takes over the levels of criteria that are word
            for word the same, if nothing else in the rubric changed; experts rate the others again.
          </p>
          <Actions>
            <Button kind="second">Offer for version {later.number}</Button>
          </Actions>
        </Form>
      )}
      {exemplar.moves.length > 0 && (
        <ul class="small">
          {exemplar.moves.map(({ from, to, at: moment }) => (
            <li>
              {poolWords[from][0]} to {poolWords[to][0]}, <DateText instant={moment} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
      {servings.length > 0 && (
        <DataTable<(typeof servings)[number]>
          caption="Served to, in any version; your own left out"
          rows={servings}
          columns={[
            { title: 'Who', cell: ({ name }) => <bdi>{name}</bdi> },
            { title: 'For', cell: ({ serving }) => useWords[serving.use] },
            {
              title: 'When',
              cell: ({ serving }) => <DateText instant={serving.at} timeZone={timeZone} />,
            },
          ]}
        />
      )}
    </Section>
  );
}
