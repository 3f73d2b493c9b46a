import { found, AppError } from '../../kernel/index.js';
import type { AchievementVersion } from '../../achievements/index.js';
import {
  correctAward,
  getAward,
  resumeAward,
  revokeAward,
  suspendAward,
  type Award,
  type Correction,
} from '../../issuing/index.js';
import type { Member } from '../../tenancy/index.js';
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
import { seeOtherDone, type DoneCode } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';

interface ChangeWords {
  readonly title: string;
  readonly button: string;
  readonly danger: boolean;
  /** What it means, said before it is done. */
  readonly effect: string;
  readonly done: DoneCode;
  readonly from: readonly Award['state'][];
}

/** What can be done to a credential, with what it means for people who hold or check it. */
export const changes = {
  revoke: {
    title: 'Revoke this credential?',
    button: 'Revoke it for good',
    danger: true,
    effect:
      'From now on everybody who checks it reads “revoked”, with your reason. It cannot be undone. Milestones that rest on it are suspended at once.',
    done: 'award-revoked',
    from: ['active', 'suspended'],
  },
  suspend: {
    title: 'Suspend this credential?',
    button: 'Suspend it',
    danger: true,
    effect:
      'Everybody who checks it with this service reads “suspended”, with your reason, until you end it. Milestones that rest on it are suspended too.',
    done: 'award-suspended',
    from: ['active'],
  },
  resume: {
    title: 'End the suspension?',
    button: 'Make it active again',
    danger: false,
    effect: 'It counts again from now on.',
    done: 'award-resumed',
    from: ['suspended'],
  },
  correct: {
    title: 'Issue a corrected edition?',
    button: 'Issue the correction',
    danger: false,
    effect:
      'A new edition is signed under the same address, with your district’s name and contact as they are now. The old edition reads “revoked, use the newest”. Milestones that pin it are corrected with it.',
    done: 'award-corrected',
    from: ['active'],
  },
} as const satisfies Record<string, ChangeWords>;

export type Change = keyof typeof changes;

/** An award with what people call it. */
export interface AboutAward {
  readonly award: Award;
  readonly version: AchievementVersion;
  readonly holder: Member | undefined;
}

/** The award with the version and the holder that people know it by. */
export async function aboutAward(
  { issuing, tenancy }: Pick<Rooms, 'issuing' | 'tenancy'>,
  award: Award,
): Promise<AboutAward> {
  return {
    award,
    version: found(
      await issuing.achievements.store.version(award.district, award.achievementVersion),
      'achievement version',
    ),
    holder: award.holder === null ? undefined : await tenancy.store.member(award.district, award.holder),
  };
}

/** Changing the status of one credential: what it does is said first, and a reason asked for. */
export function changeAwardPages(rooms: Pick<Rooms, 'issuing' | 'tenancy'>): readonly Route[] {
  const { issuing } = rooms;
  const checkReason = formValidator<{ reason: string }>('award-reason');
  const common = {
    kind: 'page',
    tag: 'issuing',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const about = (award: Award) => aboutAward(rooms, award);
  const carryOut = (
    who: Principal,
    award: string,
    change: Change,
    fields: { readonly [name: string]: unknown },
  ) => {
    if (change === 'resume') return resumeAward(issuing, who.actor, { award });
    const { reason } = checkReason({ reason: textOf(fields, 'reason') });
    switch (change) {
      case 'revoke':
        return revokeAward(issuing, who.actor, { award, reason });
      case 'suspend':
        return suspendAward(issuing, who.actor, { award, reason });
      case 'correct': {
        const until = textOf(fields, 'validUntil');
        const input: Correction = { award, reason, ...(until === '' ? {} : { validUntil: endOfDay(until) }) };
        return correctAward(issuing, who.actor, input);
      }
    }
  };
  return [
    {
      ...common,
      operationId: 'confirmChangeAwardPage',
      method: 'GET',
      path: '/district/awards/{award}/{change}',
      access: 'awards.change',
      summary: 'What a change of a credential does',
      handler: async (request) => {
        const who = principalOf(request);
        const award = await getAward(issuing, who.actor, request.params['award']!);
        return {
          status: 200,
          html: changePage(await about(award), changeOf(request.params['change']!), freshForm(), who),
        };
      },
    },
    {
      ...common,
      operationId: 'changeAwardPage',
      method: 'POST',
      path: '/district/awards/{award}/{change}',
      access: 'awards.change',
      summary: 'Revoke, suspend, resume or correct a credential',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const award = await getAward(issuing, who.actor, request.params['award']!);
        const change = changeOf(request.params['change']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            await carryOut(who, award.id, change, fields);
            return seeOtherDone(`/district/awards/${award.id}`, changes[change].done);
          },
          async (form) => changePage(await about(award), change, form, who),
        );
      },
    },
  ];
}

function changeOf(text: string): Change {
  return found(Object.hasOwn(changes, text) ? (text as Change) : undefined, 'page');
}

/** A date typed in a form, as the last second of that day in UTC. @throws rule-violated */
function endOfDay(date: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T23:59:59Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) {
    const detail = 'must be a date such as 2027-06-30';
    throw new AppError('rule-violated', `The end ${detail}.`, {
      errors: [{ pointer: '/validUntil', detail }],
    });
  }
  return `${date}T23:59:59Z`;
}

export const aboveAward = [
  { label: 'District', href: '/district' },
  { label: 'Credentials', href: '/district/awards' },
];

/** The page that says what a change does and asks for the reason. */
export function changePage(about: AboutAward, change: Change, form: FormState, principal: Principal): string {
  const { award, version, holder } = about;
  const { title, button, danger, effect } = changes[change];
  return page(
    {
      title,
      principal,
      path: '/district/awards',
      above: [...aboveAward, { label: version.content.name, href: `/district/awards/${award.id}` }],
      width: 'text',
    },
    <>
      <PageHeading
        title={title}
        lead={
          <>
            {version.content.name}
            {holder !== undefined && (
              <>
                {' '}
                · <bdi>{holder.name}</bdi>
              </>
            )}
          </>
        }
      />
      <FormErrors
        form={form}
        labels={{ reason: 'Reason', validUntil: 'In force until', award: 'The credential' }}
      />
      <Notice tone={danger ? 'warn' : 'info'}>
        <p>{effect}</p>
      </Notice>
      <Form action={`/district/awards/${award.id}/${change}`}>
        {change !== 'resume' && (
          <TextArea
            form={form}
            name="reason"
            label="Reason"
            hint="Public: it stands on the credential’s page. Name no person. At most 500 characters."
            required
          />
        )}
        {change === 'correct' && (
          <TextField
            form={form}
            name="validUntil"
            type="date"
            label="In force until"
            optional
            hint="The last day, in UTC. Left empty: as it is."
            width="medium"
          />
        )}
        <Actions>
          <Button kind={danger ? 'danger' : 'first'}>{button}</Button>
          <a href={`/district/awards/${award.id}`}>Leave it as it is</a>
        </Actions>
      </Form>
    </>,
  );
}
