import type { AchievementVersion } from '../../achievements/index.js';
import {
  certifyFoundingPanel,
  exemplarPools,
  mayReadExemplar,
  policyAt,
  type Exemplar,
  type ExemplarPool,
  type QualificationPolicy,
} from '../../calibration/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { presentExemplar } from '../api/present-calibration.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  PageHeading,
  Section,
  Select,
  StateBadge,
  type Column,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { reviewedVersions, versionName } from './reviewed-versions.js';

/** What the list shows: the versions to choose from, and the exemplars of the chosen one that this member may see. */
export interface ExemplarList {
  readonly versions: readonly AchievementVersion[];
  readonly chosen: AchievementVersion | undefined;
  readonly exemplars: readonly Exemplar[];
  readonly policy: QualificationPolicy;
}

/** What each pool is for, as people say it. */
export const poolWords: { readonly [pool in ExemplarPool]: readonly [name: string, about: string] } = {
  qualifying: ['Qualifying', 'Reviewers are measured on these when they qualify.'],
  seed: ['Seeds', 'Hidden in live work, so that drift is noticed.'],
  practice: ['Practice', 'Reviewers see the key after they rate.'],
  retired: ['Retired', 'No longer used.'],
};

/** The exemplars of a version, and the founding panel. */
export function exemplarListPages(rooms: Pick<Rooms, 'calibration' | 'achievements'>): readonly Route[] {
  const { calibration } = rooms;
  const common = {
    kind: 'page',
    tag: 'calibration',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const listOf = async ({ actor, member }: Principal, wanted: string | undefined): Promise<ExemplarList> => {
    const published = await reviewedVersions(rooms, actor);
    // One that was superseded or retired since is asked for by its id only.
    const asked =
      wanted === undefined ? undefined : await rooms.achievements.store.version(actor.district, wanted);
    const old = asked?.content.assessment.by === 'review' && ['superseded', 'retired'].includes(asked.state);
    const versions = old ? [...published, asked] : published;
    const chosen = versions.find(({ id }) => id === wanted) ?? versions[0];
    const all =
      chosen === undefined ? [] : await calibration.store.exemplarsOfVersion(actor.district, chosen.id);
    const { qualification: policy } = await policyAt(calibration, actor.district);
    const exemplars = all.filter((exemplar) => mayReadExemplar(exemplar, member));
    return { versions, chosen, exemplars, policy };
  };
  return [
    {
      ...common,
      operationId: 'exemplarsPage',
      method: 'GET',
      path: '/exemplars',
      access: 'exemplars.key',
      summary: 'The exemplars of a version, by pool',
      handler: async (request) => {
        const principal = principalOf(request);
        const list = await listOf(principal, request.query['version']);
        return { status: 200, html: exemplarsPage(list, freshForm(), principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'certifyFoundingPanelOnPage',
      method: 'POST',
      path: '/exemplars/founding-panel',
      formAt: '/exemplars',
      access: 'certifications.change',
      summary: 'Certify the experts of a new version by their keying',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const achievementVersion = textOf(fields, 'achievementVersion');
        return formReply(
          fields,
          async () => {
            await certifyFoundingPanel(calibration, principal.actor, { achievementVersion });
            return seeOtherDone('/certifications', 'panel-certified');
          },
          async (form) => exemplarsPage(await listOf(principal, achievementVersion), form, principal),
        );
      },
    },
  ];
}

/** The list. */
export function exemplarsPage(
  list: ExemplarList,
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const { versions, chosen, exemplars } = list;
  const { roles } = principal.member;
  const mayWrite = isPermitted(roles, 'exemplars.write');
  const toRate = exemplars.filter((exemplar) => isToRate(exemplar, principal));
  return page(
    { title: 'Exemplars', principal, path: '/exemplars', done },
    <>
      <PageHeading
        title="Exemplars"
        lead={`${chosen === undefined ? '' : `${versionName(chosen)}. `}Work that experts have rated blind: what reviewers practise on, and what they are measured by.`}
        actions={
          mayWrite && chosen !== undefined ? (
            <>
              <ButtonLink href={`/exemplars/new?version=${chosen.id}`} icon="plus">
                Add an exemplar
              </ButtonLink>
              <ButtonLink href="/exemplars/sources" kind="second">
                Make one of real work
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      <FormErrors
        form={form}
        labels={{ achievementVersion: chosen === undefined ? 'The version' : versionName(chosen) }}
      />
      {chosen === undefined ? (
        <EmptyState icon="book" title="No rubric is published yet">
          <p>Exemplars belong to a published version that is assessed by review. Publish one first.</p>
        </EmptyState>
      ) : (
        <>
          {versions.length > 1 && <VersionChoice versions={versions} chosen={chosen} />}
          {toRate.length > 0 && (
            <Section title="Waiting for your blind rating">
              <DataTable<Exemplar>
                caption="Rate each before you talk with anybody about it"
                rows={toRate}
                columns={[linkColumn, stateColumn]}
              />
            </Section>
          )}
          {exemplars.length === 0 && (
            <EmptyState icon="book" title="No exemplar that you can see">
              <p>
                {mayWrite
                  ? 'Add work that shows the range of the rubric, with nothing in it that says whose it is. Three experts then rate each blind.'
                  : 'Exemplars that wait for blind ratings stand here, and those that you have rated.'}
              </p>
            </EmptyState>
          )}
          {exemplarPools.map((pool) => (
            <PoolSection
              pool={pool}
              exemplars={exemplars.filter((exemplar) => exemplar.pool === pool)}
              principal={principal}
            />
          ))}
          {isPermitted(roles, 'certifications.change') && (
            <FoundingPanel version={chosen} exemplars={exemplars} policy={list.policy} />
          )}
        </>
      )}
    </>,
  );
}

function isToRate(exemplar: Exemplar, { member }: Principal): boolean {
  const { waitsFor, myLevels } = presentExemplar(exemplar, member);
  return waitsFor === 'ratings' && myLevels === null && member.roles.includes('expert');
}

function VersionChoice(props: {
  readonly versions: readonly AchievementVersion[];
  readonly chosen: AchievementVersion;
}) {
  return (
    <form method="get" action="/exemplars" class="row section">
      <Select
        form={freshForm({ version: props.chosen.id })}
        name="version"
        label="Rubric"
        options={props.versions.map((version) => ({ value: version.id, label: versionName(version) }))}
      />
      <button type="submit" class="button button-second">
        Show
      </button>
    </form>
  );
}

const linkColumn: Column<Exemplar> = {
  title: 'Exemplar',
  cell: ({ id, title }) => <a href={`/exemplars/${id}`}>{title}</a>,
};

const stateColumn: Column<Exemplar> = {
  title: 'State',
  cell: ({ state }) => <StateBadge state={state} />,
};

const waitWords = { ratings: 'blind ratings', discussion: 'the experts’ talk', rationale: 'its rationale' };

function PoolSection(props: {
  readonly pool: ExemplarPool;
  readonly exemplars: readonly Exemplar[];
  readonly principal: Principal;
}) {
  const { pool, exemplars, principal } = props;
  if (exemplars.length === 0) return null;
  const [name, about] = poolWords[pool];
  const seenBy = (exemplar: Exemplar) => presentExemplar(exemplar, principal.member);
  const order: readonly Exemplar['state'][] = ['discussing', 'keying', 'unresolved', 'keyed'];
  const rows = [...exemplars].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const columns: Column<Exemplar>[] = [
    linkColumn,
    stateColumn,
    {
      title: 'Waits for',
      cell: (exemplar) => {
        const { waitsFor, ratingsReceived } = seenBy(exemplar);
        if (waitsFor === null) return <span class="quiet">nothing</span>;
        const received = waitsFor === 'ratings' && ratingsReceived !== null;
        return `${waitWords[waitsFor]}${received ? ` (${ratingsReceived} of ${exemplar.expertsWanted})` : ''}`;
      },
    },
  ];
  if (principal.member.roles.includes('expert')) {
    columns.push({
      title: 'Your part',
      cell: (exemplar) =>
        seenBy(exemplar).myLevels === null ? (
          <span class="quiet">none</span>
        ) : (
          <Badge tone="good" icon="check" word="Rated" />
        ),
    });
  }
  if (principal.member.roles.includes('lead')) {
    columns.push({ title: 'Measured on', kind: 'number', cell: ({ exposure }) => `${exposure} ×` });
  }
  return (
    <Section title={`${name} (${exemplars.length})`}>
      <DataTable<Exemplar> caption={about} rows={rows} columns={columns} />
    </Section>
  );
}

function FoundingPanel(props: {
  readonly version: AchievementVersion;
  readonly exemplars: readonly Exemplar[];
  readonly policy: QualificationPolicy;
}) {
  const { policy } = props;
  const keyed = props.exemplars.filter(
    ({ pool, state }) => pool === 'qualifying' && state === 'keyed',
  ).length;
  return (
    <Section title="Founding panel">
      <div class="measure stack">
        <p>
          A new version has nobody who is certified for it. Once {policy.foundingPool} qualifying exemplars
          are keyed, the experts who rated every keyed exemplar can be certified by that, for{' '}
          {policy.validMonths} months. It stays on record, all of their work is rated twice, and credentials
          say “founding panel”.
        </p>
        <label for="keyed-so-far">
          {keyed} of {policy.foundingPool} qualifying exemplars keyed
        </label>
        <progress
          id="keyed-so-far"
          class="progress"
          value={Math.min(keyed, policy.foundingPool)}
          max={policy.foundingPool}
        >
          {keyed} of {policy.foundingPool}
        </progress>
        <Form action="/exemplars/founding-panel">
          <Hidden name="achievementVersion" value={props.version.id} />
          <Actions>
            <Button kind="second" icon="award">
              Certify the founding panel
            </Button>
          </Actions>
        </Form>
      </div>
    </Section>
  );
}
