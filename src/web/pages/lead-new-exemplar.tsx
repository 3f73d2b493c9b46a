import type { AchievementVersion } from '../../achievements/index.js';
import { createExemplar, fewestExperts, type NewExemplar } from '../../calibration/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Choices,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  Select,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { poolWords } from './lead-exemplars.js';
import { page } from './layout.js';
import { reviewedVersions, versionName } from './reviewed-versions.js';

/** The most pieces of evidence of one exemplar (schemas/api/create-exemplar.json). */
const mostItems = 20;

/** Adding an exemplar. */
export function newExemplarPages(rooms: Pick<Rooms, 'calibration' | 'achievements'>): readonly Route[] {
  const check = formValidator<NewExemplar>('create-exemplar');
  const common = {
    kind: 'page',
    tag: 'calibration',
    path: '/exemplars/new',
    access: 'exemplars.write',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'newExemplarPage',
      method: 'GET',
      summary: 'The form to add an exemplar',
      handler: async (request) => {
        const principal = principalOf(request);
        const form = freshForm({
          ...typedFrom({ achievementVersion: request.query['version'] ?? '' }),
          pool: 'qualifying',
          expertsWanted: String(fewestExperts),
        });
        return {
          status: 200,
          html: newExemplarPage(await reviewedVersions(rooms, principal.actor), form, principal),
        };
      },
    },
    {
      ...common,
      operationId: 'addExemplarPage',
      method: 'POST',
      summary: 'Add an exemplar, or show the form with one piece of evidence more or less',
      body: { kind: 'form' },
      handler: async (request) => {
        const principal = principalOf(request);
        const fields = fieldsOfForm(request.body);
        const versions = await reviewedVersions(rooms, principal.actor);
        const change = { add: textOf(fields, 'add') !== '', remove: textOf(fields, 'remove') };
        const typed = typedFrom(fields, change);
        if (change.add || change.remove !== '')
          return { status: 200, html: newExemplarPage(versions, freshForm(typed), principal) };
        return formReply(
          typed,
          async () => {
            const input = check(exemplarFrom(typed));
            const exemplar = await createExemplar(rooms.calibration, principal.actor, input);
            return seeOtherDone(`/exemplars/${exemplar.id}`, 'exemplar-added');
          },
          (form) => newExemplarPage(versions, form, principal),
        );
      },
    },
  ];
}

type Typed = { readonly [name: string]: string };

function itemsIn(fields: { readonly [name: string]: unknown }): number {
  let count = 0;
  while (count < mostItems && (`items/${count}/name` in fields || `items/${count}/text` in fields))
    count += 1;
  return count;
}

/** What was typed, with one piece of evidence more or less where that was asked for. */
function typedFrom(
  fields: { readonly [name: string]: unknown },
  change: { readonly add: boolean; readonly remove: string } = { add: false, remove: '' },
): Typed {
  const items = Array.from({ length: itemsIn(fields) }, (_, index) => ({
    name: textOf(fields, `items/${index}/name`),
    text: textOf(fields, `items/${index}/text`).replaceAll('\r\n', '\n'),
  })).filter((_, index) => change.remove !== String(index));
  if (items.length === 0 || (change.add && items.length < mostItems)) items.push({ name: '', text: '' });
  const typed: Record<string, string> = {};
  for (const name of ['achievementVersion', 'title', 'pool', 'expertsWanted'])
    typed[name] = textOf(fields, name);
  items.forEach((item, index) => {
    typed[`items/${index}/name`] = item.name;
    typed[`items/${index}/text`] = item.text;
  });
  return typed;
}

/** The exemplar that the fields say, as the API takes it. Pieces of evidence are named after their names. */
function exemplarFrom(typed: Typed): unknown {
  const used = new Set<string>();
  const items = Array.from({ length: itemsIn(typed) }, (_, index) => {
    const name = typed[`items/${index}/name`] ?? '';
    return { id: slugOf(name, index, used), name, text: typed[`items/${index}/text`] ?? '' };
  });
  const wanted = typed['expertsWanted'] ?? '';
  return {
    achievementVersion: typed['achievementVersion'],
    title: typed['title'],
    pool: typed['pool'],
    items,
    ...(wanted === '' ? {} : { expertsWanted: /^\d+$/.test(wanted) ? Number(wanted) : wanted }),
  };
}

function slugOf(name: string, index: number, used: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
  const slug = plain === '' || used.has(plain) ? `${plain || 'item'}-${index + 1}` : plain;
  used.add(slug);
  return slug;
}

/** The form. */
export function newExemplarPage(
  versions: readonly AchievementVersion[],
  form: FormState,
  principal: Principal,
): string {
  const items = itemsIn(form.values);
  return page(
    {
      title: 'Add an exemplar',
      principal,
      path: '/exemplars',
      above: [{ label: 'Exemplars', href: '/exemplars' }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Add an exemplar"
        lead="Work as a teacher would submit it, as text, with nothing that says whose it is. Experts then rate it, each without knowing of the others."
      />
      {versions.length === 0 ? (
        <EmptyState icon="book" title="No rubric is published yet">
          <p>Exemplars belong to a published version that is assessed by review. Publish one first.</p>
          <ButtonLink href="/exemplars" kind="second">
            Back
          </ButtonLink>
        </EmptyState>
      ) : (
        <>
          <FormErrors form={form} labels={labelsOf(items)} />
          <Form action="/exemplars/new">
            {/* The first button of a form is the one that Enter presses: it must not remove anything. */}
            <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" />
            <Select
              form={form}
              name="achievementVersion"
              label="Rubric"
              options={versions.map((version) => ({ value: version.id, label: versionName(version) }))}
            />
            <TextField
              form={form}
              name="title"
              label="Title"
              hint="What it is about, such as “Exit tickets on fractions, grade 4”."
            />
            <Choices
              form={form}
              name="pool"
              kind="one"
              label="What it is for"
              options={(['qualifying', 'seed', 'practice'] as const).map((pool) => ({
                value: pool,
                label: poolWords[pool][0],
                hint: poolWords[pool][1],
              }))}
            />
            <TextField
              form={form}
              name="expertsWanted"
              type="number"
              width="short"
              min={fewestExperts}
              max={9}
              label="Blind ratings"
              hint="How many experts rate it before it has a key: 3 to 9."
            />
            {Array.from({ length: items }, (_, index) => (
              <fieldset class="group">
                <legend>Evidence {index + 1}</legend>
                <TextField
                  form={form}
                  name={`items/${index}/name`}
                  label="Name"
                  hint="Such as “Lesson plan”."
                />
                <TextArea form={form} name={`items/${index}/text`} label="Text" rows={8} />
                {items > 1 && (
                  <Button kind="second" small icon="trash" name="remove" value={String(index)}>
                    Remove evidence {index + 1}
                  </Button>
                )}
              </fieldset>
            ))}
            <Actions>
              <Button name="act" value="add">
                Add the exemplar
              </Button>
              {items < mostItems && (
                <Button kind="second" icon="plus" name="add" value="item">
                  Add more evidence
                </Button>
              )}
            </Actions>
          </Form>
        </>
      )}
    </>,
  );
}

function labelsOf(items: number): { readonly [name: string]: string } {
  return {
    achievementVersion: 'Rubric',
    title: 'Title',
    pool: 'What it is for',
    expertsWanted: 'Blind ratings',
    ...Object.fromEntries(
      Array.from({ length: items }, (_, index) => [
        [`items/${index}/name`, `Evidence ${index + 1}: the name`],
        [`items/${index}/text`, `Evidence ${index + 1}: the text`],
      ]).flat() as [string, string][],
    ),
  };
}
