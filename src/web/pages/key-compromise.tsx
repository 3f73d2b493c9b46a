import {
  compromiseReasonFaults,
  decideCompromisedAward,
  getAward,
  getKeyCompromise,
  listCompromisedAwards,
  reportKeyCompromise,
  type CompromisedAward,
} from '../../issuing/index.js';
import { AppError, found, ruleViolated, type FieldError, type Instant } from '../../kernel/index.js';
import { getIssuerKey, type IssuerKey } from '../../securing/index.js';
import {
  Actions,
  Button,
  Form,
  FormErrors,
  freshForm,
  Notice,
  PageHeading,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import { dayIn, momentOf } from '../day-in-zone.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { aboutAward } from './award-change.js';
import { aboveCompromise, compromisePage, decidePage, type Listed } from './key-compromise-shown.js';
import { page } from './layout.js';

/** Withdrawing a signing key that others may have, how far it is made good, and what a person has to decide. */
export function keyCompromisePages(
  rooms: Pick<Rooms, 'issuing' | 'tenancy' | 'securing' | 'service'>,
): readonly Route[] {
  const { issuing, securing, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'issuers',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const listed = async (who: Principal, compromise: string, award: string): Promise<Listed> => {
    const kept = await getAward(issuing, who.actor, award);
    const key = [compromise, kept.id];
    const entry = await issuing.store.compromisedAwards.find(who.actor.district, 'award', key);
    return { listed: found(entry, 'page'), about: await aboutAward(rooms, kept) };
  };
  return [
    {
      ...common,
      operationId: 'reportKeyCompromisePage',
      method: 'GET',
      path: '/district/keys/{key}/compromise',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'What withdrawing a signing key does',
      handler: async (request) => {
        const who = principalOf(request);
        const key = await getIssuerKey(securing, who.actor.district, request.params['key']!);
        const form = freshForm({ compromisedAt: dayIn(service.now(), who.district.timeZone), time: '00:00' });
        return { status: 200, html: withdrawPage(key, form, who) };
      },
    },
    {
      ...common,
      operationId: 'reportKeyCompromiseOnPage',
      method: 'POST',
      path: '/district/keys/{key}/compromise',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'Withdraw a signing key that others may have',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const key = await getIssuerKey(securing, who.actor.district, request.params['key']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const { id } = await reportKeyCompromise(issuing, who.actor, {
              key: key.id,
              compromisedAt: momentTyped(fields, who, service.now()),
              reason: textOf(fields, 'reason'),
            });
            service.wake();
            return seeOtherDone(`/district/key-compromises/${id}`, 'key-withdrawn');
          },
          (form) => withdrawPage(key, form, who),
        );
      },
    },
    {
      ...common,
      operationId: 'keyCompromisePage',
      method: 'GET',
      path: '/district/key-compromises/{compromise}',
      access: 'issuer-keys.read',
      summary: 'A withdrawn key, and what becomes of what it signed',
      handler: async (request) => {
        const who = principalOf(request);
        const id = request.params['compromise']!;
        const progress = await getKeyCompromise(issuing, who.actor, id);
        const waiting = await listCompromisedAwards(issuing, who.actor, id, {
          ...fromCursor(request),
          state: 'waiting',
        });
        const due = await listCompromisedAwards(issuing, who.actor, id, { limit: 50, state: 'due' });
        const named = (entries: readonly CompromisedAward[]) =>
          Promise.all(
            entries.map(async (entry) => ({
              listed: entry,
              about: await aboutAward(rooms, await getAward(issuing, who.actor, entry.award)),
            })),
          );
        const html = compromisePage(
          progress,
          { ...waiting, items: await named(waiting.items) },
          await named(due.items.filter(({ failure }) => failure !== null && failure !== undefined)),
          who,
          request.query['done'],
        );
        return { status: 200, html };
      },
    },
    {
      ...common,
      operationId: 'decideCompromisedAwardPage',
      method: 'GET',
      path: '/district/key-compromises/{compromise}/awards/{award}',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'Confirm or revoke a credential that was signed with a withdrawn key',
      handler: async (request) => {
        const who = principalOf(request);
        const { compromise, award } = request.params as { compromise: string; award: string };
        const progress = await getKeyCompromise(issuing, who.actor, compromise);
        return {
          status: 200,
          html: decidePage(progress, await listed(who, compromise, award), freshForm(), who),
        };
      },
    },
    {
      ...common,
      operationId: 'decideCompromisedAwardOnPage',
      method: 'POST',
      path: '/district/key-compromises/{compromise}/awards/{award}',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'Confirm or revoke such a credential',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const { compromise, award } = request.params as { compromise: string; award: string };
        const progress = await getKeyCompromise(issuing, who.actor, compromise);
        const entry = await listed(who, compromise, award);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const of = { compromise, award: entry.listed.award };
            const decision = textOf(fields, 'decision');
            if (decision !== 'confirm' && decision !== 'revoke')
              throw ruleViolated('/decision', 'must be to confirm or to revoke');
            await decideCompromisedAward(
              issuing,
              who.actor,
              decision === 'confirm'
                ? { ...of, decision }
                : { ...of, decision, reason: textOf(fields, 'reason') },
            );
            service.wake();
            const done = decision === 'confirm' ? 'key-award-confirmed' : 'key-award-revoked';
            return seeOtherDone(`/district/key-compromises/${compromise}`, done);
          },
          (form) => decidePage(progress, entry, form, who),
        );
      },
    },
  ];
}

/**
 * Since when, as typed.
 * @throws rule-violated naming the day, the time or both, and what is wrong with the reason too. A day that is yet to come
 * is named even where no time can be read.
 */
function momentTyped(fields: { readonly [name: string]: unknown }, who: Principal, now: Instant): Instant {
  const pointers = { day: '/compromisedAt', time: '/time' };
  try {
    return momentOf(textOf(fields, 'compromisedAt'), textOf(fields, 'time'), who.district.timeZone, pointers);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const day = textOf(fields, 'compromisedAt');
    const isDay = error.errors.every(({ pointer }) => pointer !== pointers.day);
    const future: FieldError[] =
      isDay && day > dayIn(now, who.district.timeZone)
        ? [{ pointer: pointers.day, detail: 'must not lie in the future' }]
        : [];
    const errors = [...future, ...error.errors, ...compromiseReasonFaults(textOf(fields, 'reason'))];
    throw new AppError(error.code, error.message, { cause: error, errors });
  }
}

/** The page that says what withdrawing does and asks since when, and why. */
export function withdrawPage(key: IssuerKey, form: FormState, principal: Principal): string {
  return page(
    { title: 'Withdraw this key?', principal, path: '/district', above: aboveCompromise, width: 'text' },
    <>
      <PageHeading title="Withdraw this key?" lead={<code>{key.name}</code>} />
      <FormErrors
        form={form}
        title="The key was not withdrawn"
        labels={{
          compromisedAt: 'Day',
          time: 'Time',
          reason: 'What happened',
          key: 'This key',
        }}
      />
      <Notice tone="warn">
        <p>
          Do this when somebody else has this key or may have it. To change keys as a matter of routine,
          replace the key instead: that disturbs nobody.
        </p>
        <ul>
          <li>At once: the key is not trusted any more by anybody, and a new one signs.</li>
          <li>
            Within minutes: every credential recorded before the moment below is signed again under the same
            address, and its holder is told. Files that people downloaded before are not accepted any more.
          </li>
          <li>Credentials recorded later wait until you confirm or revoke each of them.</li>
          <li>
            The district’s endorsements made before that moment are signed again; later ones are revoked.
          </li>
        </ul>
        <p>It cannot be undone.</p>
      </Notice>
      <Form action={`/district/keys/${key.id}/compromise`}>
        <TextField
          form={form}
          name="compromisedAt"
          type="date"
          label="Since which day may others have had it?"
          width="medium"
          required
        />
        <TextField
          form={form}
          name="time"
          label="Since what time?"
          hint={`As the clocks show it in ${principal.district.timeZone}, from 00:00 to 23:59. When in doubt, the earlier.`}
          width="short"
          required
        />
        <TextArea
          form={form}
          name="reason"
          label="What happened?"
          hint="For the district’s own record; not public. At most 500 characters."
          required
        />
        <Actions>
          <Button kind="danger" icon="warning">
            Withdraw the key for good
          </Button>
          <a href="/district/keys">Leave it as it is</a>
        </Actions>
      </Form>
    </>,
  );
}
