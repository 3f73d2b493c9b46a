import { deIdentificationChecks, type DeIdentificationCheck } from '../../calibration/index.js';
import {
  clearForPool,
  getPoolWork,
  keepFromPool,
  listPoolWork,
  openPoolFile,
  type PoolWork,
} from '../../review/index.js';
import {
  Actions,
  Badge,
  Button,
  Choices,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  Markdown,
  Notice,
  PageHeading,
  type FormState,
} from '../components/index.js';
import { fileReply } from '../api/file-reply.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { EvidenceFile } from './reviewer-evidence.js';
import { versionName } from './reviewed-versions.js';

const path = '/pool-work';

/** Work that its teacher opened to the review pool: reading it for what says whose it is, clearing it or keeping it. */
export function poolWorkPages({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'pools.clear-work',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'poolWorkListPage',
      method: 'GET',
      path,
      summary: 'Work in review that its teacher opened to the review pool',
      handler: async (request) => {
        const who = principalOf(request);
        const works = await listPoolWork(review, who.actor);
        return { status: 200, html: listPage(works, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'poolWorkPage',
      method: 'GET',
      path: `${path}/{submission}`,
      summary: 'One piece of such work, with what is to be confirmed',
      handler: async (request) => {
        const who = principalOf(request);
        const work = await getPoolWork(review, who.actor, request.params['submission']!);
        return { status: 200, html: workPage(work, freshForm(), who) };
      },
    },
    {
      ...common,
      operationId: 'decidePoolWorkPage',
      method: 'POST',
      path: `${path}/{submission}`,
      summary: 'Clear the work for the review pool, or keep it in the district',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const work = await getPoolWork(review, who.actor, request.params['submission']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const { id } = work.submission;
            if (textOf(fields, 'do') === 'keep') await keepFromPool(review, who.actor, id);
            else await clearForPool(review, who.actor, id, checksOf(listOf(fields, 'checks')));
            service.wake();
            return seeOtherDone(
              path,
              textOf(fields, 'do') === 'keep' ? 'pool-work-kept' : 'pool-work-cleared',
            );
          },
          (form) => workPage(work, form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'poolWorkFile',
      method: 'GET',
      path: `${path}/{submission}/files/{artefact}`,
      summary: 'A file of such work',
      responses: { 200: { description: 'The file.', mediaType: 'application/octet-stream' } },
      handler: async (request) => {
        const { submission = '', artefact = '' } = request.params;
        return fileReply(
          request,
          await openPoolFile(review, principalOf(request).actor, { submission, artefact }),
        );
      },
    },
  ];
}

const checkNames = Object.keys(deIdentificationChecks) as readonly DeIdentificationCheck[];

function checksOf(chosen: readonly string[]): { readonly [check in DeIdentificationCheck]: boolean } {
  return Object.fromEntries(checkNames.map((name) => [name, chosen.includes(name)])) as {
    [check in DeIdentificationCheck]: boolean;
  };
}

function listPage(works: readonly PoolWork[], principal: Principal, done?: string): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Work for the review pool',
      principal,
      path: '/district/review-pools',
      above: [{ label: 'Review pools', href: '/district/review-pools' }],
      done,
    },
    <>
      <PageHeading
        title="Work for the review pool"
        lead="Work in review whose teacher allows that reviewers of other districts rate it. Read it first: only what you clear is drawn for them."
      />
      {works.length === 0 ? (
        <EmptyState icon="check-circle" title="Nothing to check">
          <p>Teachers open their work to the pool on the page of the submission, while it is in review.</p>
        </EmptyState>
      ) : (
        <DataTable<PoolWork>
          caption="The consent that was given first stands first"
          rows={works}
          columns={[
            {
              title: 'Work',
              cell: ({ submission, version }) => (
                <a href={`${path}/${submission.id}`}>{versionName(version.version)}</a>
              ),
            },
            {
              title: 'Handed in',
              cell: ({ submission }) => (
                <DateText instant={submission.submittedAt ?? submission.createdAt} timeZone={timeZone} />
              ),
            },
            { title: 'State', cell: ({ state }) => <Found state={state} /> },
          ]}
        />
      )}
    </>,
  );
}

function Found({ state }: { readonly state: PoolWork['state'] }) {
  if (state === 'cleared') return <Badge tone="good" icon="check-circle" word="Cleared" />;
  if (state === 'kept') return <Badge tone="plain" icon="stop" word="Stays in the district" />;
  return <Badge tone="warn" icon="clock" word="To be read" />;
}

function workPage(work: PoolWork, form: FormState, principal: Principal): string {
  const { submission, version, items, faults, state } = work;
  const at = `${path}/${submission.id}`;
  return page(
    {
      title: 'Check work for the review pool',
      principal,
      path: '/district/review-pools',
      above: [
        { label: 'Review pools', href: '/district/review-pools' },
        { label: 'Work for the review pool', href: path },
      ],
      width: 'text',
    },
    <>
      <PageHeading
        title="Check work for the review pool"
        lead={`${versionName(version.version)}. Look for whatever says whose work it is. Nothing is taken out: what tells too much stays in the district. Who clears it does not rate it.`}
      />
      <FormErrors form={form} labels={{ checks: 'Confirmed' }} title="It was not cleared" />
      <p>
        <Found state={state} />
      </p>
      {faults.length > 0 && (
        <Notice tone="warn" title="It cannot be cleared">
          <ul>
            {faults.map(({ pointer, detail }) => (
              <li>
                {pointer.split('/').at(-1)} {detail}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {items.map((item) => (
        <section class="card section">
          <h2>{item.name}</h2>
          {item.text !== null && <Markdown source={item.text} />}
          {item.files.map((file, index) => (
            <EvidenceFile
              label={item.files.length === 1 ? item.name : `${item.name}, file ${index + 1}`}
              href={`${at}/files/${file.artefact}`}
              mediaType={file.mediaType}
              size={file.size}
            />
          ))}
        </section>
      ))}
      <Form action={at}>
        <Choices
          form={form}
          name="checks"
          kind="any"
          label="I have looked at all of it, and"
          options={checkNames.map((check) => ({ value: check, label: deIdentificationChecks[check] }))}
        />
        <Actions>
          <Button icon="check" name="do" value="clear">
            Clear it for the pool
          </Button>
          <Button kind="second" name="do" value="keep">
            Keep it in the district
          </Button>
        </Actions>
      </Form>
    </>,
  );
}
