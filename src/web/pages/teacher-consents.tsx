import { isInForce, type Artefact, type Consent } from '../../evidence/index.js';
import { plusSeconds, type Instant } from '../../kernel/index.js';
import {
  Badge,
  Choices,
  DataTable,
  DateText,
  errorsAt,
  TextArea,
  TextField,
  valueOf,
  valuesOf,
  type FormState,
} from '../components/index.js';
import { dayIn } from '../day-in-zone.js';
import { submissionHref } from './teacher-places.js';
import { consentFor, filesNeedingConsent, type Work } from './teacher-work.js';

/**
 * What the consent's fields hold: as typed, once a permission was typed; else the files that lack one, from today.
 * Files that were new when the form was sent have come in since, so each stands for itself.
 */
export function consentValues(
  work: Work,
  form: FormState,
  timeZone: string,
): { readonly [name: string]: unknown } {
  const lacking = filesNeedingConsent(work)
    .filter((file) => consentFor(work, file.id) === undefined)
    .map(({ id }) => id as string);
  const isTyped = valueOf(form, 'consent/statement').trim() !== '';
  const chosen = valuesOf(form, 'consent/artefacts');
  if (!isTyped)
    return { 'consent/artefacts': [...lacking, 'new'], 'consent/from': dayIn(work.now, timeZone) };
  return chosen.includes('new') ? { 'consent/artefacts': [...new Set([...chosen, ...lacking])] } : {};
}

/** Whether a consent covers a file. */
export function ConsentBadge({ work, file }: { readonly work: Work; readonly file: Artefact }) {
  return consentFor(work, file.id) === undefined ? (
    <Badge tone="warn" icon="warning" word="No consent recorded" />
  ) : (
    <Badge tone="good" icon="check-circle" word="Consent recorded" />
  );
}

/** The consents of a draft: those on record, and the fields for one more. Nothing where no requirement needs one. */
export function ConsentFields({
  work,
  form,
  timeZone,
}: {
  readonly work: Work;
  readonly form: FormState;
  readonly timeZone: string;
}) {
  if (!work.requirements.some(({ needsConsent }) => needsConsent)) return null;
  const files = filesNeedingConsent(work);
  const lacking = files.filter((file) => consentFor(work, file.id) === undefined);
  const isNeeded = files.length === 0 || lacking.length > 0;
  const isTouched = errorsAt(form, 'consent').length > 0 || (form.values['consent/statement'] ?? '') !== '';
  const where = work.requirements.filter(({ needsConsent }) => needsConsent).map(({ name }) => `“${name}”`);
  return (
    <section class="card section" id="consents">
      <h2>Consents</h2>
      <p class="measure">
        Children may be seen or heard in {where.join(' and ')}. Before a reviewer may open such a file, say
        how their families allowed it. It is on record for each file, and ends when you withdraw it.
      </p>
      {work.consents.length > 0 && <ConsentTable work={work} timeZone={timeZone} />}
      <details open={isNeeded || isTouched}>
        <summary>{work.consents.length === 0 ? 'Record a consent' : 'Record another consent'}</summary>
        <Choices
          form={form}
          name="consent/artefacts"
          kind="any"
          label="For which files"
          options={[
            ...files.map((file) => ({
              value: file.id,
              label: <bdi>{file.name}</bdi>,
              ...(consentFor(work, file.id) === undefined ? {} : { hint: 'A consent covers it already.' }),
            })),
            { value: 'new', label: 'The files that I add now' },
          ]}
        />
        <TextArea
          form={form}
          name="consent/statement"
          label="How permission was given, and where the district keeps it"
          hint="For example: media release forms of all students in period 3, signed in September, kept in the school office. Name no child. It is recorded when you save."
          rows={3}
        />
        <div class="beside">
          <TextField form={form} name="consent/from" type="date" label="From" width="medium" />
          <TextField
            form={form}
            name="consent/to"
            type="date"
            label="Last day"
            optional
            width="medium"
            hint="Leave it empty when there is none."
          />
        </div>
      </details>
    </section>
  );
}

/** What a consent is for, as its teacher reads it. */
const uses: { readonly [use in Consent['use']]: string } = {
  review: 'review in your district',
  'pool-review': 'review by other districts too',
  exemplar: 'an exemplar that trains reviewers',
  coaching: 'coaching',
  plc: 'a learning community',
  showcase: 'a showcase',
};

/** The consents on record, each with what it covers and how it stands. */
export function ConsentTable({ work, timeZone }: { readonly work: Work; readonly timeZone: string }) {
  const names = (consent: Consent) =>
    consent.artefacts.map((id) => work.artefacts.find((artefact) => artefact.id === id)?.name ?? 'a file');
  return (
    <DataTable<Consent>
      caption="Consents on record"
      rows={work.consents}
      columns={[
        {
          title: 'Files',
          cell: (consent) => names(consent).map((name, index) => [index > 0 && ', ', <bdi>{name}</bdi>]),
        },
        { title: 'For', cell: ({ use }) => uses[use] },
        { title: 'Permission', cell: ({ statement }) => <span dir="auto">{statement}</span> },
        {
          title: 'From',
          cell: ({ from }) => <DateText instant={from} timeZone={timeZone} />,
        },
        {
          title: 'Last day',
          cell: ({ to }) => (to === null ? 'No end' : <DateText instant={lastDay(to)} timeZone={timeZone} />),
        },
        {
          title: 'State',
          cell: (consent) => <ConsentState consent={consent} now={work.now} />,
        },
        {
          title: 'Change',
          cell: (consent) =>
            consent.withdrawnAt === null ? (
              <a href={`${submissionHref(work.submission.id)}/consents/${consent.id}/withdraw`}>
                Withdraw<span class="visually-hidden"> the consent for {names(consent).join(', ')}</span>
              </a>
            ) : null,
        },
      ]}
    />
  );
}

function ConsentState({ consent, now }: { readonly consent: Consent; readonly now: Instant }) {
  if (consent.withdrawnAt !== null) return <Badge tone="plain" icon="dash" word="Withdrawn" />;
  if (isInForce(consent, now)) return <Badge tone="good" icon="check-circle" word="In force" />;
  if (consent.from > now) return <Badge tone="info" icon="clock" word="Not begun" />;
  return <Badge tone="warn" icon="clock" word="Ended" />;
}

/** `to` is the first moment at which it no longer holds. */
function lastDay(to: Instant): Instant {
  return plusSeconds(to, -1);
}
