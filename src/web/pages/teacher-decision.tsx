import { meets, type Criterion } from '../../achievements/index.js';
import { found } from '../../kernel/index.js';
import type { ReadDecision } from '../../review/index.js';
import { Badge, Icon } from '../components/index.js';
import { ruleSentence } from './achievement-public.js';

/** A decision, criterion by criterion: what the reviewers say beside the levels of the rubric. Never who they are. */
export function DecisionView({ read }: { readonly read: ReadDecision }) {
  const { rubric } = read.version;
  return (
    <section class="section" aria-labelledby="feedback">
      <h2 id="feedback">Feedback, criterion by criterion</h2>
      <p class="quiet measure">
        {reviewsSentence(read)} {ruleSentence(rubric.rule)}
      </p>
      {rubric.criteria.map((criterion) => (
        <CriterionView criterion={criterion} read={read} />
      ))}
    </section>
  );
}

function reviewsSentence({ decision }: ReadDecision): string {
  if (decision.adjudicated)
    return 'The first readings differed, so somebody who saw neither of them read it once more, and decided.';
  return decision.reviews === 1
    ? 'One certified reviewer read it without knowing whose it is.'
    : `${decision.reviews} certified reviewers read it, each on their own, without knowing whose it is.`;
}

function CriterionView({ criterion, read }: { readonly criterion: Criterion; readonly read: ReadDecision }) {
  const reached = read.decision.levels[criterion.id] ?? '';
  const level = found(
    criterion.levels.find(({ id }) => id === reached),
    'level of this criterion',
  );
  const isMet = meets(criterion, reached);
  const stands = read.decision.carried?.[criterion.id];
  const comments = (read.feedback[criterion.id] ?? []).filter((comment) => comment.trim() !== '');
  return (
    <section class="card section" id={`criterion-${criterion.id}`}>
      <div class="row row-apart">
        <h3 dir="auto">{criterion.name}</h3>
        {isMet ? (
          <Badge tone="good" icon="check-circle" word={level.name} />
        ) : (
          <Badge tone="warn" icon="clock" word={`${level.name}: not yet`} />
        )}
      </div>
      <p class="quiet" dir="auto">
        {criterion.description}
      </p>
      {stands !== undefined && (
        <p class="measure">
          This stands from your earlier attempt, decided on {stands.decidedAt.slice(0, 10)}: what shows it is
          unchanged, so it was not rated again.
        </p>
      )}
      <div class="split">
        <div>
          <h4>What the reviewers say</h4>
          {comments.length === 0 && <p class="quiet">Nothing was written here.</p>}
          {comments.map((comment) => (
            <blockquote dir="auto">
              {comment.split(/\n\s*\n/).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </blockquote>
          ))}
        </div>
        <div>
          <h4>The rubric</h4>
          <ol class="checks">
            {criterion.levels.map((each) => (
              <li class={each.id === reached ? (isMet ? 'tone-good' : 'tone-warn') : 'tone-plain'}>
                <Icon name={each.id === reached ? 'flag' : 'dash'} />
                <div>
                  <p>
                    <strong>{each.name}</strong>{' '}
                    <span class="outcome">
                      {[
                        each.id === reached ? 'You are here' : '',
                        each.id === criterion.requiredLevel ? 'Required' : '',
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </p>
                  <p class="quiet small" dir="auto">
                    {each.descriptor}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}

/** The criteria that were missed, each leading to what is said of it. */
export function MissedCriteria({ read }: { readonly read: ReadDecision }) {
  return (
    <ul>
      {missedIn(read).map((criterion) => (
        <li>
          <a href={`#criterion-${criterion.id}`} dir="auto">
            {criterion.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function missedIn({ decision, version }: ReadDecision): readonly Criterion[] {
  return version.rubric.criteria.filter(
    (criterion) => !meets(criterion, decision.levels[criterion.id] ?? criterion.requiredLevel),
  );
}

/** On the next attempt: which criteria were missed, and what was said of them. */
export function MissedBefore({ before, href }: { readonly before: ReadDecision; readonly href: string }) {
  return (
    <section class="card">
      <h2>What was missed last time</h2>
      <p class="measure">
        Your earlier answers are carried over. Change what these criteria need; the rest may stay as it is.
      </p>
      {missedIn(before).map((criterion) => (
        <div>
          <h3 dir="auto">{criterion.name}</h3>
          {(before.feedback[criterion.id] ?? []).map((comment) => (
            <blockquote dir="auto">{comment}</blockquote>
          ))}
        </div>
      ))}
      <p>
        <a href={href}>The whole feedback of the attempt before</a>
      </p>
    </section>
  );
}
