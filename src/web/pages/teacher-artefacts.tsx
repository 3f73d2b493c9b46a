import { settleErasure } from '../../calibration/index.js';
import { eraseArtefact, getArtefact, listArtefacts, type Artefact } from '../../evidence/index.js';
import { allOf, type Page } from '../../kernel/index.js';
import { listMySubmissions, pendingStates, type Submission } from '../../submissions/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  Facts,
  Form,
  Notice,
  PageHeading,
  Pager,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import { page } from './layout.js';
import { artefactHref, submissionHref } from './teacher-places.js';
import { isEditable, type TeacherRooms } from './teacher-work.js';
import { sizeName, typeName } from './teacher-words.js';

/** The caller's own evidence: the list, and erasing a file for good. */
export function teacherArtefactPages(rooms: TeacherRooms): readonly Route[] {
  const { evidence, submissions, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'evidence',
    access: 'submissions.own',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'myArtefactsPage',
      method: 'GET',
      path: '/artefacts',
      summary: 'Your evidence',
      handler: async (request) => {
        const who = principalOf(request);
        const artefacts = await listArtefacts(evidence, who.actor, fromCursor(request));
        return { status: 200, html: artefactsPage(artefacts, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'confirmEraseArtefactPage',
      method: 'GET',
      path: '/artefacts/{artefact}/erase',
      summary: 'What erasing a file does',
      handler: async (request) => {
        const who = principalOf(request);
        const artefact = await getArtefact(evidence, who.actor, request.params['artefact']!);
        const all = await allOf((cursor) => listMySubmissions(submissions, who.actor, cursor));
        const holding = all.filter(({ answers }) =>
          Object.values(answers).some(
            (answer) => answer.kind === 'file' && answer.artefacts.includes(artefact.id),
          ),
        );
        return { status: 200, html: erasePage(artefact, holding, who) };
      },
    },
    {
      ...common,
      operationId: 'eraseArtefactPage',
      method: 'POST',
      path: '/artefacts/{artefact}/erase',
      summary: 'Erase a file for good',
      body: { kind: 'form' },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const artefact = await eraseArtefact(evidence, actor, request.params['artefact']!);
        await settleErasure(rooms.review.calibration, actor.district, artefact.id);
        service.wake();
        return seeOtherDone('/artefacts', 'artefact-erased');
      },
    },
  ];
}

function artefactsPage(artefacts: Page<Artefact>, principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  return page(
    { title: 'My evidence', principal, path: '/artefacts', done },
    <>
      <PageHeading
        title="My evidence"
        lead="Every file that you have uploaded. Each lies encrypted under a key of its own; reviewers open it only for work that you hand in."
      />
      {artefacts.items.length === 0 ? (
        <EmptyState icon="upload" title="No files yet">
          <p>Files that you add to a submission are kept here too, to be used again.</p>
          <ButtonLink href="/submissions">My submissions</ButtonLink>
        </EmptyState>
      ) : (
        <DataTable<Artefact>
          caption="Your files, the newest first"
          rows={artefacts.items}
          columns={[
            {
              title: 'File',
              cell: (file) => (file.erasedAt === null ? <bdi>{file.name}</bdi> : 'An erased file'),
            },
            { title: 'Type', cell: ({ mediaType }) => typeName(mediaType) },
            { title: 'Size', kind: 'number', cell: ({ size }) => sizeName(size) },
            {
              title: 'Uploaded',
              cell: ({ createdAt }) => <DateText instant={createdAt} timeZone={timeZone} />,
            },
            { title: 'Change', cell: (file) => <ArtefactActions file={file} timeZone={timeZone} /> },
          ]}
        />
      )}
      <Pager href="/artefacts" next={artefacts.next} />
    </>,
  );
}

function ArtefactActions({ file, timeZone }: { readonly file: Artefact; readonly timeZone: string }) {
  if (file.erasedAt !== null) {
    return (
      <>
        <Badge tone="plain" icon="trash" word="Erased" />{' '}
        <DateText instant={file.erasedAt} timeZone={timeZone} />
      </>
    );
  }
  return (
    <span class="row">
      <a href={artefactHref(file.id)} download={file.name}>
        Download<span class="visually-hidden"> {file.name}</span>
      </a>
      <a href={`/artefacts/${file.id}/erase`}>
        Erase<span class="visually-hidden"> {file.name}</span>
      </a>
    </span>
  );
}

function erasePage(artefact: Artefact, holding: readonly Submission[], principal: Principal): string {
  const pending = holding.filter(({ state }) => (pendingStates as readonly string[]).includes(state));
  const decided = holding.filter(({ decidedAt }) => decidedAt !== null);
  const drafts = holding.filter(isEditable);
  return page(
    {
      title: 'Erase a file',
      principal,
      path: '/artefacts',
      above: [{ label: 'My evidence', href: '/artefacts' }],
      width: 'text',
    },
    <>
      <PageHeading title="Erase this file for good?" />
      <Facts
        rows={[
          ['File', <bdi>{artefact.name}</bdi>],
          ['Type', typeName(artefact.mediaType)],
          ['Size', sizeName(artefact.size)],
        ]}
      />
      {artefact.erasedAt !== null ? (
        <Notice tone="info">
          <p>It was erased already.</p>
        </Notice>
      ) : (
        <>
          <Notice tone="warn" title="What happens">
            <ul>
              <li>
                Its key is destroyed, and then the file: nobody can read it again. Backups made before lose it
                as they age out.
              </li>
              {pending.map(({ id }) => (
                <li>
                  <a href={submissionHref(id)}>Work of yours that is in review</a> holds it: that becomes{' '}
                  <strong>void</strong>, and review stops.
                </li>
              ))}
              {drafts.map(({ id }) => (
                <li>
                  <a href={submissionHref(id)}>A draft of yours</a> holds it: put another file in its place
                  before you submit.
                </li>
              ))}
              {decided.map(({ id }) => (
                <li>
                  <a href={submissionHref(id)}>A decided submission</a> holds it: the decision and the
                  credential stay, but the work cannot be rated again.
                </li>
              ))}
            </ul>
          </Notice>
          <Form action={`/artefacts/${artefact.id}/erase`}>
            <Actions>
              <Button kind="danger" icon="trash">
                Erase it for good
              </Button>
              <a href="/artefacts">Keep it</a>
            </Actions>
          </Form>
        </>
      )}
    </>,
  );
}
