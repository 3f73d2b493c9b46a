import { characteristicKinds, type FormShape, type PolicyImplication } from '../../calibration/index.js';
import { DataTable, Section } from '../components/index.js';

const noises = [...new Set(characteristicKinds.map(({ noise }) => noise))];
const biases = [...new Set(characteristicKinds.map(({ bias }) => bias))];
const biasWords = (bias: number) => (bias === 0 ? 'No bias' : `${bias} level too high`);

/**
 * What a qualification policy implies: of a hundred reviewers of each kind how many pass, and after how many submissions.
 * `usual`: what the defaults imply, where they are others.
 */
export function QualificationCharacteristic(props: {
  readonly title: string;
  readonly about: string;
  readonly here: PolicyImplication;
  readonly usual?: PolicyImplication | undefined;
}) {
  const { title, about, here, usual } = props;
  const of = ({ rows }: PolicyImplication, noise: number, bias: number) =>
    rows.find((row) => row.noise === noise && row.bias === bias)!;
  return (
    <Section title={title}>
      <p>
        {about} {formWords(here.form)}
      </p>
      <DataTable<number>
        caption="Of a hundred reviewers of each kind so many pass, and rate so many submissions on average"
        rows={noises}
        columns={[
          {
            title: 'Exact levels without bias',
            cell: (noise) => `${hundredths(of(here, noise, 0).exact)} of 100`,
          },
          ...biases.map((bias) => ({
            title: biasWords(bias),
            kind: 'number' as const,
            cell: (noise: number) => (
              <>
                {hundredths(of(here, noise, bias).pass)} pass, {of(here, noise, bias).submissions.toFixed(1)}
                {usual !== undefined && ` (by the defaults ${hundredths(of(usual, noise, bias).pass)})`}
              </>
            ),
          })),
        ]}
      />
      <p class="hint">
        Simulated: {here.replications} attempts of each kind under the very rule that judges real ones, off by
        up to {Math.ceil(100 * 2 * Math.sqrt(0.25 / here.replications))} in a hundred. A reviewer is modelled
        as the key plus bias plus chance; who is too strict fares as who is too lenient.
      </p>
    </Section>
  );
}

/** How many submissions a reviewer rates to qualify. */
function formWords({ form, extension, extensions }: FormShape): string {
  if (extensions === 0) return `A form has ${form} submissions, rated at once.`;
  const times = extensions === 1 ? 'once' : extensions === 2 ? 'twice' : `up to ${extensions} times`;
  return `A form has ${form} submissions, and is extended by ${extension} ${times} while the result is open: ${form + extension * extensions} at most.`;
}

const hundredths = (share: number) => String(Math.round(100 * share));
