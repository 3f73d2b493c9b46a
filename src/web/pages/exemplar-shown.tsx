import type { Levels, Rubric } from '../../achievements/index.js';
import type { ExemplarItem, Rationale } from '../../calibration/index.js';
import { LevelCards, type FormState } from '../components/index.js';
import { EvidenceText } from './reviewer-evidence.js';

/** The evidence of an exemplar: text, with nothing of its author. */
export function ExemplarEvidence({ items }: { readonly items: readonly ExemplarItem[] }) {
  return (
    <section class="card evidence-pane" aria-labelledby="evidence" tabIndex={0}>
      <h2 id="evidence">Evidence</h2>
      {items.map((item) => (
        <section class="evidence-item" id={`evidence-${item.id}`}>
          <h3>{item.name}</h3>
          <EvidenceText text={item.text} />
        </section>
      ))}
    </section>
  );
}

/** A level for each criterion: fields `levels/{criterion}`. */
export function LevelFields({ rubric, form }: { readonly rubric: Rubric; readonly form: FormState }) {
  return (
    <>
      {rubric.criteria.map(({ id, name, description, levels }) => (
        <LevelCards
          form={form}
          name={`levels/${id}`}
          label={name}
          {...(description === '' ? {} : { hint: description })}
          levels={levels.map((level) => ({ value: level.id, name: level.name, text: level.descriptor }))}
        />
      ))}
    </>
  );
}

/** The levels that were chosen, those that were not left out. */
export function levelsFrom(rubric: Rubric, fields: { readonly [name: string]: unknown }): Levels {
  return Object.fromEntries(
    rubric.criteria.flatMap(({ id }) => {
      const level = fields[`levels/${id}`];
      return typeof level === 'string' && level !== '' ? [[id, level] as const] : [];
    }),
  );
}

/** The names of the level fields for the summary of errors. */
export function levelLabels(rubric: Rubric): { readonly [name: string]: string } {
  return Object.fromEntries(rubric.criteria.map(({ id, name }) => [`levels/${id}`, name]));
}

/** Levels that somebody gave, under a heading of theirs. */
export interface GivenLevels {
  readonly who: string;
  readonly levels: Levels;
}

/** What was given beside the key: a criterion a row, with the reason for its level where there is one. */
export function LevelComparison(props: {
  readonly caption: string;
  readonly rubric: Rubric;
  readonly given: readonly GivenLevels[];
  readonly keyed: Levels | null;
  readonly rationale: Rationale | null;
  readonly items: readonly ExemplarItem[];
}) {
  const { caption, rubric, given, keyed, rationale, items } = props;
  return (
    <div class="table-wrap">
      <table class="table-cards">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            {given.map(({ who }) => (
              <th scope="col">{who}</th>
            ))}
            {keyed !== null && <th scope="col">Key</th>}
            {rationale !== null && <th scope="col">Why</th>}
          </tr>
        </thead>
        <tbody>
          {rubric.criteria.map((criterion) => {
            const nameOf = (levels: Levels) => {
              const number = criterion.levels.findIndex(({ id }) => id === levels[criterion.id]);
              return number < 0 ? '–' : `${number + 1} ${criterion.levels[number]!.name}`;
            };
            const why = rationale?.[criterion.id];
            return (
              <tr>
                <th scope="row" data-column="Criterion">
                  <div>{criterion.name}</div>
                </th>
                {given.map(({ who, levels }) => (
                  <td data-column={who}>
                    <div>
                      {nameOf(levels)}
                      {keyed !== null && (
                        <Off by={offBy(criterion.levels, levels[criterion.id], keyed[criterion.id])} />
                      )}
                    </div>
                  </td>
                ))}
                {keyed !== null && (
                  <td data-column="Key">
                    <div>
                      <strong>{nameOf(keyed)}</strong>
                    </div>
                  </td>
                )}
                {rationale !== null && (
                  <td data-column="Why">
                    <div>
                      {why === undefined ? (
                        <span class="quiet">Not yet said</span>
                      ) : (
                        <>
                          <span dir="auto">{why.text}</span>{' '}
                          <a class="small nowrap" href={`#evidence-${why.item}`}>
                            {items.find(({ id }) => id === why.item)?.name ?? why.item}
                          </a>
                        </>
                      )}
                    </div>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function offBy(levels: readonly { readonly id: string }[], given?: string, key?: string): number | undefined {
  const [one, other] = [given, key].map((id) => levels.findIndex((level) => level.id === id)) as [
    number,
    number,
  ];
  return one < 0 || other < 0 ? undefined : one - other;
}

function Off({ by }: { readonly by: number | undefined }) {
  if (by === undefined) return null;
  const words = by === 0 ? 'as the key' : `${Math.abs(by)} ${by > 0 ? 'above' : 'below'}`;
  return <span class="small quiet"> ({words})</span>;
}
