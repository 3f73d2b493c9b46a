import type { DriftSignal } from '../../calibration/index.js';
import type { Page } from '../../kernel/index.js';
import { becameOf, lookBackCounts, type LookedBackOn } from '../../review/index.js';
import { DataTable, DateText, Pager, Section, StateBadge } from '../components/index.js';

/** The sign-offs that a suspension lists, and how their being rated again stands. */
export function DriftLookBack(props: {
  readonly signal: DriftSignal;
  readonly all: readonly LookedBackOn[];
  readonly page: Page<LookedBackOn>;
  readonly timeZone: string;
}) {
  const { signal, all, page, timeZone } = props;
  const counts = lookBackCounts(all);
  const stands = counts.notPossible + counts.superseded;
  return (
    <Section title="Rated again" id="look-back">
      <p>
        Everything signed since{' '}
        <DateText instant={signal.lookBack?.since ?? signal.raisedAt} timeZone={timeZone} kind="moment" />:{' '}
        {all.length === 1 ? '1 sign-off' : `${all.length} sign-offs`}. Other reviewers rate the work without
        seeing what was rated; its decision and its credential stand until they have decided.
      </p>
      {all.length > 0 && (
        <>
          <p>
            {counts.due + counts.held} to come, {counts.unchanged} decided the same, {counts.changed} decided
            otherwise{stands > 0 && `, ${stands} not rated again`}.
          </p>
          <DataTable<LookedBackOn>
            caption="Sign-offs, the first first; those on work that you are to rate, or handed in, are left out"
            rows={page.items}
            columns={[
              {
                title: 'Work',
                cell: ({ item, before }) => {
                  const name = <span class="code">{item.submission.slice(-6)}</span>;
                  return before === null ? (
                    <>Submission {name}</>
                  ) : (
                    <a href={`/decisions/${before.decision}`}>Submission {name}</a>
                  );
                },
              },
              {
                title: 'Before',
                cell: ({ before }) =>
                  before === null ? (
                    <span class="quiet">not decided yet</span>
                  ) : (
                    <StateBadge state={before.outcome} />
                  ),
              },
              { title: 'Rated again', cell: (one) => <StateBadge state={becameOf(one)} /> },
              {
                title: 'After',
                cell: ({ round }) =>
                  round?.after == null ? (
                    <span class="quiet">as before</span>
                  ) : (
                    <a href={`/decisions/${round.after.decision}`}>
                      <StateBadge state={round.after.outcome} />
                    </a>
                  ),
              },
              {
                title: 'Since',
                cell: ({ round }) =>
                  round === null ? '' : <DateText instant={round.openedAt} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href={`/drift/${signal.id}`} next={page.next} />
        </>
      )}
    </Section>
  );
}
