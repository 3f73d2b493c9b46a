import type { Rubric, AchievementVersion } from '../../achievements/index.js';
import {
  rateExemplarAsExpert,
  reviewedVersion,
  setExemplarRationale,
  settleExemplarKey,
  type Exemplar,
  type Rationale,
} from '../../calibration/index.js';
import { found } from '../../kernel/index.js';
import { mayReadExemplar } from '../api/present-calibration.js';
import { freshForm, type FormState } from '../components/index.js';
import { seeOtherDone, type DoneCode } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { levelsFrom } from './exemplar-shown.js';
import { exemplarPage } from './lead-exemplar-page.js';
import { memberNames } from './reviewed-versions.js';

/** An exemplar as the page shows it. `experts` are the names of those who rated, in the order of the ratings. */
export interface ExemplarView {
  readonly exemplar: Exemplar;
  readonly version: AchievementVersion;
  readonly rubric: Rubric;
  readonly experts: readonly string[];
}

/** The forms of an exemplar's page: which one was refused, if any. */
export interface ExemplarForms {
  readonly rating: FormState;
  readonly rationale: FormState;
  readonly key: FormState;
}

const fresh: ExemplarForms = { rating: freshForm(), rationale: freshForm(), key: freshForm() };

/** One exemplar: blind ratings, the experts' discussion, the rationale. */
export function exemplarPages({
  calibration,
  tenancy,
}: Pick<Rooms, 'calibration' | 'tenancy'>): readonly Route[] {
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
    return { exemplar, version, rubric, experts: ids.map((id) => names.get(id) ?? 'An expert who left') };
  };
  const checkRationale = formValidator<{ readonly rationale: Rationale }>('exemplar-rationale');
  /** A POST of one of the page's forms. */
  const post = (
    row: Pick<Route, 'operationId' | 'path' | 'formAt' | 'access' | 'summary'>,
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
          levels: levelsFrom(rubric, fields),
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
          levels: textOf(fields, 'act') === 'unresolved' ? null : levelsFrom(rubric, fields),
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
      return text === '' ? [] : [[id, { text, item: textOf(fields, `rationale/${id}/item`) }] as const];
    }),
  );
}
