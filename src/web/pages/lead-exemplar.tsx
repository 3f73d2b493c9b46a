import type { AchievementVersion, Rubric } from '../../achievements/index.js';
import {
  mayReadExemplar,
  openRubric,
  rateExemplarAsExpert,
  reviewedVersion,
  setExemplarRationale,
  settleExemplarKey,
  exemplarPools,
  moveExemplar,
  offerExemplar,
  type Exemplar,
  type ExemplarServing,
  type Rationale,
} from '../../calibration/index.js';
import { found, ruleViolated } from '../../kernel/index.js';
import { knownServings } from '../../review/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { freshForm, type FormState } from '../components/index.js';
import { seeOtherDone, type DoneCode } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { levelsFrom, placeFrom, pointersFrom } from './exemplar-shown.js';
import { exemplarPage } from './lead-exemplar-page.js';
import { memberNames } from './reviewed-versions.js';

/** An exemplar as the page shows it. `experts` are the names of those who rated, in the order of the ratings. */
export interface ExemplarView {
  readonly exemplar: Exemplar;
  readonly version: AchievementVersion;
  readonly rubric: Rubric;
  readonly experts: readonly string[];
  /** Who was served the work, whom the reader may know of, with their names. */
  readonly servings: readonly { readonly serving: ExemplarServing; readonly name: string }[];
  /** A later published version that has no copy yet; undefined where there is none. */
  readonly later: AchievementVersion | undefined;
}

/** The forms of an exemplar's page: which one was refused, if any. */
export interface ExemplarForms {
  readonly rating: FormState;
  readonly rationale: FormState;
  readonly key: FormState;
  readonly use: FormState;
}

const fresh: ExemplarForms = {
  rating: freshForm(),
  rationale: freshForm(),
  key: freshForm(),
  use: freshForm(),
};

/** One exemplar: blind ratings, the experts' discussion, the rationale. */
export function exemplarPages({
  calibration,
  review,
  tenancy,
}: Pick<Rooms, 'calibration' | 'review' | 'tenancy'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'calibration',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const viewOf = async (request: RouteRequest): Promise<ExemplarView> => {
    const { actor, member } = principalOf(request);
    const kept = await calibration.store.exemplar(actor.district, request.params['exemplar']!);
    const exemplar = found(
      kept !== undefined && mayReadExemplar(kept, member) ? kept : undefined,
      'exemplar',
    );
    const { version, rubric } = await reviewedVersion(
      calibration,
      actor.district,
      exemplar.achievementVersion,
    );
    const ids = exemplar.ratings.map(({ expert }) => expert);
    const names = await memberNames({ tenancy }, actor.district, ids);
    const experts = ids.map((id) => names.get(id) ?? 'An expert who left');
    const mayWrite = isPermitted(member.roles, 'exemplars.write');
    return {
      ...{ exemplar, version, rubric, experts },
      servings: mayWrite ? await servingsOf(exemplar, actor.member) : [],
      later: mayWrite ? await laterVersion(exemplar, version) : undefined,
    };
  };
  const servingsOf = async ({ district, origin }: Exemplar, reader: string) => {
    const servings = await knownServings(review, district, origin, reader);
    const ids = servings.map(({ member }) => member);
    const names = await memberNames({ tenancy }, district, ids);
    return servings.map((serving) => ({
      serving,
      name: names.get(serving.member) ?? 'A member who left',
    }));
  };
  const laterVersion = async ({ district, origin, key, pool }: Exemplar, version: AchievementVersion) => {
    if (key === null || pool === 'retired') return undefined;
    const { store } = calibration.achievements;
    const achievement = await store.achievement(district, version.achievement);
    if (achievement === undefined || achievement.currentVersion === null) return undefined;
    const current = await store.versionByNumber(district, version.slug, achievement.currentVersion);
    if (current?.state !== 'published' || current.number <= version.number) return undefined;
    const copies = await calibration.store.copiesOf(district, origin);
    return copies.some(({ achievementVersion }) => achievementVersion === current.id) ? undefined : current;
  };
  const checkRationale = formValidator<{ readonly rationale: Rationale }>('exemplar-rationale');
  /** A POST of one of the page's forms. */
  const post = (
    row: Pick<Route, 'operationId' | 'path' | 'formAt' | 'access' | 'inPerson' | 'summary'>,
    name: keyof ExemplarForms,
    done: DoneCode,
    carryOut: (principal: Principal, view: ExemplarView, fields: Fields) => Promise<unknown>,
  ): Route => ({
    ...common,
    ...row,
    method: 'POST',
    body: { kind: 'form' },
    handler: async (request) => {
      const principal = principalOf(request);
      const view = await viewOf(request);
      const fields = fieldsOfForm(request.body);
      return formReply(
        fields,
        async () => {
          await carryOut(principal, view, fields);
          return seeOtherDone(`/exemplars/${view.exemplar.id}`, done);
        },
        async (form) => exemplarPage(await viewOf(request), { ...fresh, [name]: form }, principal),
      );
    },
  });
  return [
    {
      ...common,
      operationId: 'exemplarPage',
      method: 'GET',
      path: '/exemplars/{exemplar}',
      access: 'exemplars.key',
      summary: 'One exemplar, with what you may know of its key',
      handler: async (request) => ({
        status: 200,
        html: exemplarPage(await viewOf(request), fresh, principalOf(request), request.query['done']),
      }),
    },
    post(
      {
        operationId: 'rateExemplarOnPage',
        inPerson: true,
        path: '/exemplars/{exemplar}/rating',
        formAt: '/exemplars/{exemplar}',
        access: 'exemplars.key',
        summary: 'Commit a blind expert rating',
      },
      'rating',
      'exemplar-rated',
      ({ actor }, { exemplar, rubric }, fields) =>
        rateExemplarAsExpert(calibration, actor, {
          exemplar: exemplar.id,
          levels: levelsFrom(openRubric(rubric, exemplar), fields),
          pointers: pointersFrom(openRubric(rubric, exemplar), fields),
        }),
    ),
    post(
      {
        operationId: 'setRationaleOnPage',
        path: '/exemplars/{exemplar}/rationale',
        formAt: '/exemplars/{exemplar}',
        access: 'exemplars.write',
        summary: 'Say why criteria have their levels',
      },
      'rationale',
      'rationale-saved',
      ({ actor }, { exemplar, rubric }, fields) =>
        setExemplarRationale(calibration, actor, {
          exemplar: exemplar.id,
          rationale: checkRationale({ rationale: rationaleFrom(rubric, fields) }).rationale,
        }),
    ),
    post(
      {
        operationId: 'settleKeyOnPage',
        path: '/exemplars/{exemplar}/key',
        formAt: '/exemplars/{exemplar}',
        access: 'exemplars.write',
        summary: 'End the discussion of the experts',
      },
      'key',
      'key-settled',
      ({ actor }, { exemplar, rubric }, fields) =>
        settleExemplarKey(calibration, actor, {
          exemplar: exemplar.id,
          levels:
            textOf(fields, 'act') === 'unresolved' ? null : levelsFrom(openRubric(rubric, exemplar), fields),
        }),
    ),
    post(
      {
        operationId: 'moveExemplarOnPage',
        path: '/exemplars/{exemplar}/pool',
        formAt: '/exemplars/{exemplar}',
        access: 'exemplars.write',
        summary: 'Move an exemplar to another pool',
      },
      'use',
      'exemplar-moved',
      ({ actor }, { exemplar }, fields) => {
        const pool = exemplarPools.find((one) => one === textOf(fields, 'pool'));
        if (pool === undefined) throw ruleViolated('/pool', `must be one of ${exemplarPools.join(', ')}`);
        return moveExemplar(calibration, actor, { exemplar: exemplar.id, pool });
      },
    ),
    post(
      {
        operationId: 'offerExemplarOnPage',
        path: '/exemplars/{exemplar}/offer',
        formAt: '/exemplars/{exemplar}',
        access: 'exemplars.write',
        summary: 'Offer an exemplar for a later version',
      },
      'use',
      'exemplar-offered',
      ({ actor }, { exemplar }, fields) =>
        offerExemplar(calibration, actor, {
          exemplar: exemplar.id,
          achievementVersion: textOf(fields, 'achievementVersion'),
        }),
    ),
  ];
}

type Fields = { readonly [name: string]: unknown };

/** The reasons that were typed; criteria without one keep what they have. */
function rationaleFrom(rubric: Rubric, fields: Fields): Rationale {
  return Object.fromEntries(
    rubric.criteria.flatMap(({ id }) => {
      const text = textOf(fields, `rationale/${id}/text`).replaceAll('\r\n', '\n');
      return text === '' ? [] : [[id, { text, ...placeFrom(fields, `rationale/${id}`) }] as const];
    }),
  );
}
