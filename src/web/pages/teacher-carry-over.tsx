import { unreachable } from '../../kernel/index.js';
import type { AnewReason, CarryOver } from '../../review/index.js';
import { DateText, Icon } from '../components/index.js';

/** Before a next attempt is handed in, and after: which criteria stand, and which are rated anew and why. */
export function CarriedCriteria({
  carryOver,
  timeZone,
}: {
  readonly carryOver: CarryOver;
  readonly timeZone: string;
}) {
  const { criteria, version } = carryOver;
  if (criteria.every(({ stands, anew }) => stands === null && anew === null)) return <></>;
  return (
    <section class="card" aria-labelledby="carry-over">
      <h2 id="carry-over">What stands from your attempt before</h2>
      <p class="measure">
        A criterion that was met stands when what shows it is exactly what it was, and you hand in within 60
        days. Reviewers are asked about the others only, and see nothing of the earlier feedback.
      </p>
      <ul class="checks">
        {criteria.map(({ criterion, stands, anew }) => {
          const own = version.rubric.criteria.find(({ id }) => id === criterion)!;
          return (
            <li class={stands === null ? 'tone-plain' : 'tone-good'}>
              <Icon name={stands === null ? 'dash' : 'check-circle'} />
              <div>
                <p>
                  <strong dir="auto">{own.name}</strong>{' '}
                  <span class="outcome">{stands === null ? 'Rated anew' : 'Stands'}</span>
                </p>
                <p class="quiet small">
                  {stands !== null ? (
                    <>
                      {own.levels.find(({ id }) => id === stands.level)?.name}, as decided on{' '}
                      <DateText instant={stands.decidedAt} timeZone={timeZone} />.
                    </>
                  ) : (
                    anew !== null && because(anew)
                  )}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function because(reason: AnewReason): string {
  switch (reason) {
    case 'not-met':
      return 'It was not met yet.';
    case 'evidence-changed':
      return 'What shows it is not what it was. Put the same file or the same words back for it to stand.';
    case 'link':
      return 'A text that shows it holds a link; what stands behind a link can change unseen.';
    case 'too-late':
      return 'It was found met more than 60 days before.';
    case 'other-version':
      return 'It was decided on another version of this achievement.';
    case 'new-work':
      return 'This is new work, not the next attempt of what was decided.';
    case 'under-appeal':
      return 'The decision before is being looked into again.';
    case 'review':
      return 'Its earlier review does not stand any more; that is no fault of yours.';
    case 'all-met':
      return 'Each criterion was met and the rule asks for more, so all are rated again.';
    default:
      return unreachable(reason);
  }
}
