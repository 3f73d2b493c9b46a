import type { AchievementVersion } from '../../achievements/index.js';
import {
  answerDriftSignal,
  driftSignalStates,
  type DriftAnswer,
  type DriftSignalState,
} from '../../calibration/index.js';
import type { Page } from '../../kernel/index.js';
import {
  getDriftSignal,
  listDriftLookBack,
  listDriftSignals,
  lookedBackOn,
  sidesOf,
  type NamedSignal,
} from '../../review/index.js';
import {
  DataTable,
  DateText,
  EmptyState,
  freshForm,
  PageHeading,
  Pager,
  Select,
  StateBadge,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { sideWords } from './drift-chart.js';
import { page } from './layout.js';
import { driftSignalPage, referenceWords, type DriftView } from './lead-drift-page.js';
import { memberNames, reviewedVersions, versionName, versionNames } from './reviewed-versions.js';

/** Drift signals, for those who oversee review: the list, one with its chart, and the answers of leads. */
export function driftPages(
  rooms: Pick<Rooms, 'review' | 'calibration' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  const { review, calibration, service } = rooms;
  const check = formValidator<{ readonly to: DriftAnswer; readonly reason?: string }>('answer-drift-signal');
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'review.oversee',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const viewOf = async (request: RouteRequest): Promise<DriftView> => {
    const { actor } = principalOf(request);
    const { district } = actor;
    const detail = await getDriftSignal(review, actor, request.params['signal']!);
    const { signal } = detail;
    const listed = await lookedBackOn(review, actor, signal);
    const by = signal.acts.flatMap((act) => (act.by === null ? [] : [act.by]));
    return {
      detail,
      version: await rooms.achievements.store.version(district, signal.achievementVersion),
      members: await memberNames(rooms, district, by),
      lookBack:
        listed === undefined
          ? undefined
          : {
              all: listed,
              page: await listDriftLookBack(review, actor, signal.id, fromCursor(request)),
            },
      now: service.now(),
    };
  };
  return [
    {
      ...common,
      operationId: 'driftSignalsPage',
      method: 'GET',
      path: '/drift',
      summary: 'Reviewers whose levels have moved away from keys or other ratings',
      handler: async (request) => {
        const principal = principalOf(request);
        const { actor } = principal;
        const versions = await reviewedVersions(rooms, actor);
        const asked = { version: request.query['version'], state: request.query['state'] };
        const chosen: Chosen = {
          version: versions.find(({ id }) => id === asked.version)?.id,
          state: driftSignalStates.find((state) => state === asked.state),
        };
        const found = await listDriftSignals(review, actor, {
          ...fromCursor(request),
          ...{ state: chosen.state, achievementVersion: chosen.version },
        });
        const names = await versionNames(
          rooms,
          actor.district,
          found.items.map(({ signal }) => signal.achievementVersion),
        );
        return { status: 200, html: driftSignalsPage({ found, versions, names, chosen }, principal) };
      },
    },
    {
      ...common,
      operationId: 'driftSignalPage',
      method: 'GET',
      path: '/drift/{signal}',
      summary: 'One drift signal: its chart, what it rests on, and what is done about it',
      handler: async (request) => ({
        status: 200,
        html: driftSignalPage(
          await viewOf(request),
          freshForm(),
          principalOf(request),
          request.query['done'],
        ),
      }),
    },
    {
      ...common,
      operationId: 'answerDriftSignalOnPage',
      method: 'POST',
      path: '/drift/{signal}',
      access: 'certifications.change',
      summary: 'Answer a drift signal',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const signal = request.params['signal']!;
        return formReply(
          fields,
          async () => {
            const [to, reason] = [textOf(fields, 'to'), textOf(fields, 'reason')];
            const answer = check({
              ...(to === '' ? {} : { to }),
              ...(reason === '' ? {} : { reason }),
            });
            await answerDriftSignal(calibration, principal.actor, { signal, ...answer });
            service.wake();
            return seeOtherDone(`/drift/${signal}`, 'drift-answered');
          },
          async (form) => driftSignalPage(await viewOf(request), form, principal),
        );
      },
    },
  ];
}

interface Chosen {
  readonly version: string | undefined;
  readonly state: DriftSignalState | undefined;
}

interface Shown {
  readonly found: Page<NamedSignal>;
  readonly versions: readonly AchievementVersion[];
  readonly names: ReadonlyMap<string, string>;
  readonly chosen: Chosen;
}

const stateOptions: { readonly [state in DriftSignalState]: string } = {
  raised: 'Raised',
  acknowledged: 'Looked at',
  recalibrating: 'Recalibrating',
  cleared: 'Cleared',
  suspended: 'Suspended',
};

/** The list. */
export function driftSignalsPage({ found, versions, names, chosen }: Shown, principal: Principal): string {
  const { timeZone } = principal.district;
  const { version, state } = chosen;
  const query = new URLSearchParams({
    ...(version === undefined ? {} : { version }),
    ...(state === undefined ? {} : { state }),
  }).toString();
  return page(
    { title: 'Drift signals', principal, path: '/drift' },
    <>
      <PageHeading
        title="Drift signals"
        lead="Levels of a reviewer that have moved away from keys or from other ratings, more than chance usually explains. Until one is settled, everything that its reviewer rates is rated by somebody else too. Signals about your own levels are not here."
      />
      <form method="get" action="/drift" class="row section">
        <Select
          form={freshForm({ version: version ?? '' })}
          name="version"
          label="Rubric"
          options={[
            { value: '', label: 'All' },
            ...versions.map((one) => ({ value: one.id, label: versionName(one) })),
          ]}
        />
        <Select
          form={freshForm({ state: state ?? '' })}
          name="state"
          label="State"
          options={[
            { value: '', label: 'All' },
            ...driftSignalStates.map((value) => ({ value, label: stateOptions[value] })),
          ]}
        />
        <button type="submit" class="button button-second">
          Show
        </button>
      </form>
      {found.items.length === 0 ? (
        <EmptyState icon="check-circle" title="No signal">
          <p>Charts follow every comparison of a reviewer with a key or with another rating by themselves.</p>
        </EmptyState>
      ) : (
        <>
          <DataTable<NamedSignal>
            caption="The newest first"
            rows={found.items}
            columns={[
              {
                title: 'Reviewer',
                cell: ({ signal, name }) => (
                  <a href={`/drift/${signal.id}`}>
                    <bdi>{name}</bdi>
                    <span class="visually-hidden">
                      , raised <DateText instant={signal.raisedAt} timeZone={timeZone} kind="moment" />
                    </span>
                  </a>
                ),
              },
              {
                title: 'Rubric',
                cell: ({ signal }) => names.get(signal.achievementVersion) ?? signal.achievementVersion,
              },
              {
                title: 'What moved',
                cell: ({ signal }) =>
                  `${sidesOf(signal.evidence)
                    .map((side) => sideWords[side].title)
                    .join(', ')}, beside ${referenceWords[signal.evidence.reference]}`,
              },
              { title: 'State', cell: ({ signal }) => <StateBadge state={signal.state} /> },
              {
                title: 'Raised',
                cell: ({ signal }) => <DateText instant={signal.raisedAt} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href={query === '' ? '/drift' : `/drift?${query}`} next={found.next} />
        </>
      )}
    </>,
  );
}
