import type { AchievementVersion } from '../../achievements/index.js';
import {
  isSettled,
  type DriftAnswer,
  type DriftReference,
  type DriftSignal,
} from '../../calibration/index.js';
import type { Instant, Page } from '../../kernel/index.js';
import { sidesOf, type LookedBackOn, type SignalDetail } from '../../review/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  Choices,
  DateText,
  Facts,
  Form,
  FormErrors,
  PageHeading,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { DriftChart, sideWords } from './drift-chart.js';
import { DriftChartTable, DriftComparisons } from './drift-evidence-tables.js';
import { DriftLookBack } from './drift-look-back.js';
import { page } from './layout.js';
import { versionName } from './reviewed-versions.js';

/** A drift signal as its page shows it. */
export interface DriftView {
  readonly detail: SignalDetail;
  readonly version: AchievementVersion | undefined;
  /** Who answered, by name. */
  readonly members: ReadonlyMap<string, string>;
  /** What a suspension has rated again; undefined before there is one. */
  readonly lookBack: { readonly all: readonly LookedBackOn[]; readonly page: Page<LookedBackOn> } | undefined;
  readonly now: Instant;
}

export const referenceWords: { readonly [reference in DriftReference]: string } = {
  keys: 'the keys of hidden exemplars',
  others: 'other raters of the same work',
};

/** One signal. */
export function driftSignalPage(
  view: DriftView,
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const { detail, version, lookBack } = view;
  const { signal, evidence } = detail;
  const { timeZone } = principal.district;
  const mayAnswer = isPermitted(principal.member.roles, 'certifications.change') && !isSettled(signal);
  return page(
    {
      title: `Drift signal: ${detail.name}`,
      principal,
      path: '/drift',
      above: [{ label: 'Drift signals', href: '/drift' }],
      done,
    },
    <>
      <PageHeading
        title={
          <>
            Drift signal: <bdi>{detail.name}</bdi>
          </>
        }
        lead={version === undefined ? '' : versionName(version)}
      />
      <FormErrors
        form={form}
        labels={{ to: 'Your answer', reason: 'Reason' }}
        title="The signal was not answered"
      />
      <Overview view={view} timeZone={timeZone} />
      <Section title="The chart">
        <p>
          It can be chance all the same: once the reviewer is told, talk before you judge. A signal changes no
          result; it is a reason to talk, and to have work rated again.
        </p>
        {sidesOf(signal.evidence).map((side) => (
          <DriftChart side={side} points={evidence.points} limit={evidence.limits[side]} />
        ))}
        <DriftChartTable detail={detail} version={version} />
      </Section>
      <DriftComparisons detail={detail} version={version} timeZone={timeZone} />
      <History view={view} timeZone={timeZone} />
      {mayAnswer && <Answering signal={signal} form={form} />}
      {lookBack !== undefined && (
        <DriftLookBack signal={signal} all={lookBack.all} page={lookBack.page} timeZone={timeZone} />
      )}
    </>,
  );
}

interface Part {
  readonly view: DriftView;
  readonly timeZone: string;
}

function Overview({ view, timeZone }: Part) {
  const { signal, evidence, name } = view.detail;
  const { reviewer, achievementVersion, certification } = signal;
  const beside = referenceWords[signal.evidence.reference];
  return (
    <Facts
      rows={[
        ['State', <StateBadge state={signal.state} />],
        [
          'Reviewer',
          <>
            <a href={`/figures/${achievementVersion}/${reviewer}`}>
              Figures of <bdi>{name}</bdi>
            </a>
            , <a href={`/certifications/${certification}`}>certification</a>
          </>,
        ],
        [
          'What moved',
          sidesOf(signal.evidence)
            .map((side) => `${sideWords[side].title}: ${sideWords[side].moved}`)
            .join('; '),
        ],
        [
          'Beside',
          signal.evidence.reference === 'others' && evidence.others > 0
            ? `${beside}, ${evidence.others === 1 ? 'all of them one person' : `${evidence.others} people`}`
            : beside,
        ],
        ['Raised', <DateText instant={signal.raisedAt} timeZone={timeZone} kind="moment" />],
        [
          'The reviewer is told',
          <>
            <DateText instant={signal.toldAt ?? signal.tellAt} timeZone={timeZone} kind="moment" />
            {signal.toldAt === null && (
              <span class="quiet"> (some days later: else it would tell which work was an exemplar)</span>
            )}
          </>,
        ],
        ['Last sound', <DateText instant={signal.evidence.cleanSince} timeZone={timeZone} kind="moment" />],
      ]}
    />
  );
}

const answers: { readonly [answer in DriftAnswer]: { readonly label: string; readonly hint: string } } = {
  acknowledged: { label: 'I look at it', hint: 'Others see that somebody does. No reason is needed.' },
  cleared: {
    label: 'Clear it',
    hint: 'The levels are sound, or are again. The probation ends, unless another signal holds it.',
  },
  recalibrating: {
    label: 'Recalibrate',
    hint: 'The reviewer practises, and is given hidden exemplars next. Then you clear or suspend.',
  },
  suspended: {
    label: 'Suspend',
    hint: 'The reviewer signs nothing more. Everything signed since the levels were last sound is rated again by others; credentials stay valid until that decides otherwise.',
  },
};

const possible: { readonly [state in DriftSignal['state']]: readonly DriftAnswer[] } = {
  raised: ['acknowledged', 'cleared', 'recalibrating', 'suspended'],
  acknowledged: ['cleared', 'recalibrating', 'suspended'],
  recalibrating: ['cleared', 'suspended'],
  cleared: [],
  suspended: [],
};

function Answering({ signal, form }: { readonly signal: DriftSignal; readonly form: FormState }) {
  return (
    <Section title="Answer it" id="answer">
      <Form action={`/drift/${signal.id}`}>
        <Choices
          form={form}
          name="to"
          label="Your answer"
          kind="one"
          options={possible[signal.state].map((value) => ({ value, ...answers[value] }))}
        />
        <TextArea
          form={form}
          name="reason"
          label="Reason"
          hint="For the record: what you found, and with whom you talked. The reviewer can read it once told."
          rows={3}
        />
        <Actions>
          <Button>Answer the signal</Button>
        </Actions>
      </Form>
    </Section>
  );
}

const actWords: { readonly [to in DriftSignal['acts'][number]['to']]: string } = {
  acknowledged: 'Looked at',
  cleared: 'Cleared',
  recalibrating: 'Recalibration asked for',
  suspended: 'Suspended',
};

function History({ view, timeZone }: Part) {
  const { acts } = view.detail.signal;
  return (
    <Section title="What was done about it">
      {acts.length === 0 ? (
        <p class="quiet">
          The certification went on probation by itself: everything that the reviewer rates is rated twice.
          Nobody has answered yet.
        </p>
      ) : (
        <ol>
          {acts.map(({ to, by, reason, at }) => (
            <li>
              <strong>{actWords[to]}</strong>{' '}
              {by === null ? (
                'by itself: another signal was open'
              ) : (
                <>
                  by <bdi>{view.members.get(by) ?? by}</bdi>
                </>
              )}
              , <DateText instant={at} timeZone={timeZone} kind="moment" />
              {reason !== null && <p dir="auto">{reason}</p>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
