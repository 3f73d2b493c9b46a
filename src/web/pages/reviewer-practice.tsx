import type { EvidenceRequirement, Rubric } from '../../achievements/index.js';
import {
  practiceExemplar,
  ratePractice,
  reviewedVersion,
  type Exemplar,
  type PracticeRating,
} from '../../calibration/index.js';
import { presentPractice } from '../api/present-calibration.js';
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply } from '../form-reply.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { ExemplarEvidence, LevelComparison, LevelFields, levelLabels, levelsFrom } from './exemplar-shown.js';
import { page } from './layout.js';

interface Practice {
  readonly exemplar: Exemplar;
  readonly rating: PracticeRating | undefined;
  readonly rubric: Rubric;
  readonly requirements: readonly EvidenceRequirement[];
}

/** Practice: rate an exemplar, then see the key and the reasons beside what you gave. */
export function practicePages({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'calibration',
    path: '/practice/{exemplar}',
    access: 'qualification.take',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const practiceOf = async (request: RouteRequest): Promise<Practice> => {
    const { actor } = principalOf(request);
    const { district, member } = actor;
    const exemplar = await practiceExemplar(calibration, actor, request.params['exemplar']!);
    const { rubric, requirements } = await reviewedVersion(
      calibration,
      district,
      exemplar.achievementVersion,
    );
    return {
      exemplar,
      rubric,
      requirements,
      rating: await calibration.store.practiceRating(district, exemplar.id, member),
    };
  };
  return [
    {
      ...common,
      operationId: 'practicePage',
      method: 'GET',
      summary: 'A practice exemplar: to rate, or with its key',
      handler: async (request) => ({
        status: 200,
        html: practicePage(
          await practiceOf(request),
          freshForm(),
          principalOf(request),
          request.query['done'],
        ),
      }),
    },
    {
      ...common,
      operationId: 'ratePracticeOnPage',
      inPerson: true,
      method: 'POST',
      summary: 'Commit levels on a practice exemplar',
      body: { kind: 'form' },
      handler: async (request) => {
        const practice = await practiceOf(request);
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const { id } = practice.exemplar;
        return formReply(
          fields,
          async () => {
            const levels = levelsFrom(practice.rubric, fields);
            await ratePractice(calibration, principal.actor, { exemplar: id, levels });
            return seeOtherDone(`/practice/${id}`, 'practice-rated');
          },
          async (form) => practicePage(await practiceOf(request), form, principal),
        );
      },
    },
  ];
}

/** The page of a practice exemplar. */
export function practicePage(
  practice: Practice,
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const { exemplar, rating, rubric, requirements } = practice;
  const shown = presentPractice(exemplar, rating, principal.member);
  return page(
    {
      title: `Practice: ${exemplar.title}`,
      principal,
      path: '/qualification',
      above: [{ label: 'Qualification', href: '/qualification' }],
      done,
      width: 'wide',
    },
    <>
      <PageHeading
        title={exemplar.title}
        lead="Practice. Nothing here counts: rate it as you would live work, then compare."
      />
      <div class="split split-even">
        <ExemplarEvidence exemplar={exemplar} />
        <div>
          {shown.expertLevels === null ? (
            <>
              <FormErrors form={form} labels={levelLabels(rubric)} />
              <Form action={`/practice/${exemplar.id}`} wide>
                <LevelFields rubric={rubric} requirements={requirements} form={form} />
                <Actions>
                  <Button icon="eye">Commit and see the key</Button>
                </Actions>
              </Form>
            </>
          ) : (
            <>
              {form.problem !== null && <FormErrors form={{ ...form, errors: [] }} />}
              {shown.key === null ? (
                <Notice tone="info" title="The experts did not agree">
                  <p>
                    They rated this blind, talked, and settled on no key. What each of them gave stands below.
                  </p>
                </Notice>
              ) : (
                <Notice tone="info">
                  <p>
                    {shown.key.how === 'consensus'
                      ? 'The key is what the experts gave, each without knowing of the others.'
                      : 'The experts differed at first, talked, and settled on this key.'}
                  </p>
                </Notice>
              )}
              <h2>{shown.key === null ? 'What was given' : 'Your levels beside the key'}</h2>
              <LevelComparison
                rubric={rubric}
                given={[
                  ...(shown.myLevels === null ? [] : [{ who: 'You', levels: shown.myLevels }]),
                  ...(shown.key === null
                    ? shown.expertLevels.map((levels, index) => ({ who: `Expert ${index + 1}`, levels }))
                    : []),
                ]}
                keyed={shown.key?.levels ?? null}
                rationale={shown.key?.rationale ?? null}
                items={exemplar.items}
              />
              <Actions>
                <ButtonLink href="/qualification" kind="second">
                  Back to practice and qualifying
                </ButtonLink>
              </Actions>
            </>
          )}
        </div>
      </div>
    </>,
  );
}
