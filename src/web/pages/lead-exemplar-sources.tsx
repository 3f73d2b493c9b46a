import {
  deIdentificationChecks,
  fewestExperts,
  getSourceWork,
  listSourceWork,
  type SourceWork,
} from '../../calibration/index.js';
import { maxUploadBytes } from '../../evidence/index.js';
import type { Page } from '../../kernel/index.js';
import {
  Actions,
  Button,
  Choices,
  DataTable,
  DateText,
  EmptyState,
  FileField,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  Pager,
  Select,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { poolWords } from './lead-exemplars.js';
import { EvidenceFile } from './reviewer-evidence.js';
import { versionName } from './reviewed-versions.js';
import {
  checkNames,
  fileUses,
  makeFromForm,
  piecesOf,
  type FileUse,
  type Piece,
} from './source-work-form.js';

const path = '/exemplars/sources';

/** Work whose teacher allows an exemplar, and making one of it. */
export function exemplarSourcePages(rooms: Pick<Rooms, 'calibration' | 'evidence'>): readonly Route[] {
  const { calibration } = rooms;
  const common = {
    kind: 'page',
    tag: 'calibration',
    access: 'exemplars.write',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'exemplarSourcesPage',
      method: 'GET',
      path,
      summary: 'Decided work that exemplars can be made of',
      handler: async (request) => {
        const principal = principalOf(request);
        const found = await listSourceWork(calibration, principal.actor, fromCursor(request));
        return { status: 200, html: sourcesPage(found, principal) };
      },
    },
    {
      ...common,
      operationId: 'exemplarSourcePage',
      method: 'GET',
      path: `${path}/{submission}`,
      summary: 'The form to make an exemplar of decided work',
      handler: async (request) => {
        const principal = principalOf(request);
        const work = await getSourceWork(calibration, principal.actor, request.params['submission']!);
        return { status: 200, html: sourcePage(work, freshForm(valuesOf(work)), principal) };
      },
    },
    {
      ...common,
      operationId: 'makeExemplarOnPage',
      method: 'POST',
      path: `${path}/{submission}`,
      rate: 'upload',
      summary: 'Make an exemplar of decided work',
      body: { kind: 'upload', maxBytes: maxUploadBytes, maxFiles: 20 },
      handler: async (request) => {
        const principal = principalOf(request);
        const work = await getSourceWork(calibration, principal.actor, request.params['submission']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const exemplar = await makeFromForm(rooms, request, work, fields);
            return seeOtherDone(`/exemplars/${exemplar.id}`, 'exemplar-added');
          },
          (form) => sourcePage(work, form, principal),
        );
      },
    },
  ];
}

function valuesOf(work: SourceWork): { readonly [name: string]: string } {
  const texts = piecesOf(work).flatMap(({ id, text }) =>
    text === null ? [] : [[`text/${id}`, text] as const],
  );
  return { ...Object.fromEntries(texts), pool: 'qualifying', expertsWanted: String(fewestExperts) };
}

function sourcesPage(found: Page<SourceWork>, principal: Principal): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Work for exemplars',
      principal,
      path: '/exemplars',
      above: [{ label: 'Exemplars', href: '/exemplars' }],
    },
    <>
      <PageHeading
        title="Work for exemplars"
        lead="Decided work whose teacher allows that an exemplar is made of it. Nothing here says whose it is; your own is not among it."
      />
      {found.items.length === 0 ? (
        <EmptyState icon="book" title="Nobody has allowed it yet">
          <p>
            Teachers allow it on the page of a submission, once it is decided. Exemplars of their own making
            you can add in any case.
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable<SourceWork>
            caption="The consent that was given first stands first"
            rows={found.items}
            columns={[
              {
                title: 'Work',
                cell: (work) => (
                  <a href={`${path}/${work.submission}`}>{versionName(work.version.version)}</a>
                ),
              },
              {
                title: 'Decided',
                cell: ({ decidedAt }) => <DateText instant={decidedAt} timeZone={timeZone} />,
              },
              { title: 'Exemplars made', kind: 'number', cell: ({ made }) => String(made) },
            ]}
          />
          <Pager href={path} next={found.next} />
        </>
      )}
    </>,
  );
}

const useWords: { readonly [use in FileUse]: string } = {
  'leave-out': 'Leave it out',
  'as-it-is': 'Use it as it is',
  replace: 'Put another file in its place',
  words: 'Put words in its place',
};

/** The form. */
export function sourcePage(work: SourceWork, form: FormState, principal: Principal): string {
  const pieces = piecesOf(work);
  return page(
    {
      title: 'Make an exemplar',
      principal,
      path: '/exemplars',
      above: [
        { label: 'Exemplars', href: '/exemplars' },
        { label: 'Work for exemplars', href: path },
      ],
      width: 'text',
    },
    <>
      <PageHeading
        title="Make an exemplar"
        lead={`${versionName(work.version.version)}. Take out whatever says whose work it is, then confirm it below. Experts rate it blind.`}
      />
      <FormErrors
        form={form}
        labels={Object.fromEntries([
          ['checks', 'Confirmed'],
          ['title', 'Title'],
          ...pieces.flatMap(({ id, name }) =>
            ['text', 'use', 'words', 'file'].map((part) => [`${part}/${id}`, name] as const),
          ),
        ])}
        kept="What you typed is still below. Files have to be chosen again."
      />
      <Form action={`${path}/${work.submission}`} upload>
        <TextField
          form={form}
          name="title"
          label="Title"
          hint="What it is about, and nothing of who made it."
        />
        {pieces.map((piece) => (
          <PieceFields piece={piece} form={form} submission={work.submission} />
        ))}
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
        <Choices
          form={form}
          name="checks"
          kind="any"
          label="I have looked at all of it, and"
          options={checkNames.map((check) => ({ value: check, label: deIdentificationChecks[check] }))}
        />
        <Actions>
          <Button>Make the exemplar</Button>
          <a href={path}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}

function PieceFields(props: {
  readonly piece: Piece;
  readonly form: FormState;
  readonly submission: string;
}) {
  const { piece, form, submission } = props;
  const { id, name, text, file } = piece;
  if (text !== null || file === null)
    return (
      <TextArea
        form={form}
        name={`text/${id}`}
        label={name}
        hint="As it is to be shown; empty leaves it out."
        rows={8}
      />
    );
  if (!file.allowed)
    return (
      <fieldset class="group">
        <legend>{name}</legend>
        <p class="quiet">The teacher’s consent does not name this file, so that nothing is made from it.</p>
      </fieldset>
    );
  const isVideo = file.mediaType.startsWith('video/');
  return (
    <fieldset class="group">
      <legend>{name}</legend>
      <EvidenceFile
        label={name}
        href={`${path}/${submission}/files/${file.artefact}`}
        mediaType={file.mediaType}
        size={file.size}
      />
      <Select
        form={form}
        name={`use/${id}`}
        label="What becomes of it"
        {...(isVideo ? { hint: 'A video of a classroom is never used as it is.' } : {})}
        options={fileUses
          .filter((use) => !(isVideo && use === 'as-it-is'))
          .map((use) => ({ value: use, label: useWords[use] }))}
      />
      <FileField form={form} name={`file/${id}`} label="File in its place" optional />
      <TextArea form={form} name={`words/${id}`} label="Words in its place" optional rows={4} />
    </fieldset>
  );
}
