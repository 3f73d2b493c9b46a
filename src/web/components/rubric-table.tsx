import { meets, type Rubric } from '../../achievements/index.js';

/** A rubric as a table: a criterion a row, its levels from the lowest; the required one is marked, and the achieved one where given. */
export function RubricTable(props: {
  readonly rubric: Rubric;
  readonly language?: string;
  /** A level id for each criterion id. */
  readonly achieved?: { readonly [criterion: string]: string };
}) {
  const { rubric, achieved = {} } = props;
  const columns = Math.max(...rubric.criteria.map((criterion) => criterion.levels.length));
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Rubric">
      <table class="rubric" lang={props.language}>
        <caption>Levels rise from the left. The line marks the level that is required.</caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            {Array.from({ length: columns }, (_, index) => (
              <th scope="col">Level {index + 1}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rubric.criteria.map((criterion) => (
            <tr>
              <th scope="row">
                {criterion.name}
                <p class="small quiet">{criterion.description}</p>
              </th>
              {criterion.levels.map((level) => (
                <td
                  class={classOf(level.id === criterion.requiredLevel, achieved[criterion.id] === level.id)}
                >
                  <span class="level-name">{level.name}</span>
                  {level.descriptor}
                  {level.id === criterion.requiredLevel && <p class="small quiet">Required</p>}
                  {achieved[criterion.id] === level.id && (
                    <p>
                      <strong>{meets(criterion, level.id) ? 'Achieved' : 'Reached'}</strong>
                    </p>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(required: boolean, achieved: boolean): string | undefined {
  return [required ? 'required' : '', achieved ? 'achieved' : ''].filter(Boolean).join(' ') || undefined;
}
