import type { Levels, Rubric } from '../../achievements/index.js';
import type { ExemplarItem, Rationale } from '../../calibration/index.js';
import { LevelCards, type FormState } from '../components/index.js';
import { PlainText } from './reviewer-evidence.js';

/** The evidence of an exemplar: text, with nothing of its author. */
export function ExemplarEvidence({ items }: { readonly items: readonly ExemplarItem[] }) {
  return (
    <section class="card evidence-pane" aria-labelledby="evidence" tabIndex={0}>
      <h2 id="evidence">Evidence</h2>
      {items.map((item) => (
        <section class="evidence-item" id={`evidence-${item.id}`}>
          <h3>{item.name}</h3>
          <PlainText text={item.text} />
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

/** What was given beside the key, criterion by criterion, with the reason for its level where there is one. */
export function LevelComparison(props: {
  readonly rubric: Rubric;
  readonly given: readonly GivenLevels[];
  readonly keyed: Levels | null;
  readonly rationale: Rationale | null;
  readonly items: readonly ExemplarItem[];
}) {
  const { rubric, given, keyed, rationale, items } = props;
  return (
    <ul class="results">
      {rubric.criteria.map((criterion) => {
        const nameOf = (levels: Levels) => {
          const number = criterion.levels.findIndex(({ id }) => id === levels[criterion.id]);
          return number < 0 ? '–' : `${number + 1} ${criterion.levels[number]!.name}`;
        };
        const why = rationale?.[criterion.id];
        const key = keyed?.[criterion.id];
        const levelOfKey = criterion.levels.find(({ id }) => id === key);
        return (
          <li class="stack">
            <h3>{criterion.name}</h3>
            <dl class="facts facts-close">
              {given.map(({ who, levels }) => (
                <>
                  <dt>
                    <bdi>{who}</bdi>
                  </dt>
                  <dd>
                    {nameOf(levels)}
                    <Off by={offBy(criterion.levels, levels[criterion.id], key)} />
                  </dd>
                </>
              ))}
              {keyed !== null && (
                <>
                  <dt>Key</dt>
                  <dd>
                    <strong>{nameOf(keyed)}</strong>
                    {levelOfKey !== undefined && <p class="small quiet">{levelOfKey.descriptor}</p>}
                  </dd>
                </>
              )}
              {why !== undefined && (
                <>
                  <dt>Why</dt>
                  <dd>
                    <span dir="auto">{why.text}</span>{' '}
                    <a class="small" href={`#evidence-${why.item}`}>
                      {items.find(({ id }) => id === why.item)?.name ?? why.item}
                    </a>
                  </dd>
                </>
              )}
            </dl>
          </li>
        );
      })}
    </ul>
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
