import type { Certification } from '../../calibration/index.js';
import type { Instant, Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { presentCertification } from '../api/present-certification.js';
import {
  Actions,
  Button,
  DateText,
  Facts,
  Form,
  FormErrors,
  PageHeading,
  Section,
  StateBadge,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';

/** Certifications with the names that go with them. */
export interface Roster {
  readonly page: Page<Certification>;
  readonly members: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** How it was earned, in words. */
export function basisWord(basis: Certification['basis']): string {
  return basis === 'keying' ? 'keying (founding panel)' : 'qualifying form';
}

/** One certification. */
export function certificationPage(
  roster: Roster,
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const certification = roster.page.items[0]!;
  const { state } = presentCertification(certification, roster.now);
  const { timeZone } = principal.district;
  const name = roster.members.get(certification.reviewer) ?? certification.reviewer;
  const signal = certification.probation?.signal ?? null;
  const own = certification.reviewer === principal.actor.member;
  const mayChange =
    isPermitted(principal.member.roles, 'certifications.change') && state !== 'revoked' && !own;
  return page(
    {
      title: `Certification of ${name}`,
      principal,
      path: '/certifications',
      above: [{ label: 'Certifications', href: '/certifications' }],
      done,
      width: 'text',
    },
    <>
      <PageHeading
        title={
          <>
            Certification of <bdi>{name}</bdi>
          </>
        }
        lead={roster.versions.get(certification.achievementVersion)}
      />
      <Facts
        rows={[
          ['State', <StateBadge state={state} />],
          ['Earned by', basisWord(certification.basis)],
          ['Probation', signal === null || own ? null : <a href={`/drift/${signal}`}>For a drift signal</a>],
          ['From', <DateText instant={certification.from} timeZone={timeZone} />],
          ['Until', <DateText instant={certification.until} timeZone={timeZone} />],
          [
            'Reason of the last change',
            certification.reason === null ? null : <span dir="auto">{certification.reason}</span>,
          ],
          [
            'Suspended',
            certification.suspensions.length === 0 ? null : (
              <ul>
                {certification.suspensions.map(({ from, to }) => (
                  <li>
                    <DateText instant={from} timeZone={timeZone} kind="moment" />{' '}
                    {to === null ? (
                      'until now'
                    ) : (
                      <>
                        to <DateText instant={to} timeZone={timeZone} kind="moment" />
                      </>
                    )}
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
      {own && <p class="quiet">It is your own: another lead changes it.</p>}
      {mayChange && <Changing certification={certification} state={state} form={form} />}
    </>,
  );
}

function Changing(props: {
  readonly certification: Certification;
  readonly state: Certification['state'];
  readonly form: FormState;
}) {
  const { certification, state, form } = props;
  const holds = state === 'active' || state === 'probation';
  const liftable = state === 'probation' && certification.probation?.signal === null;
  return (
    <Section title="Change it">
      <ul>
        {state === 'active' && (
          <li>
            <strong>Put on probation:</strong> the reviewer goes on; everything is rated by two, and seeds
            come as in the first month.
          </li>
        )}
        {state === 'probation' && (
          <li>
            <strong>End the probation:</strong>{' '}
            {liftable
              ? 'the reviewer’s work is doubled and seeded as everybody’s.'
              : 'a drift signal brought it; it ends when the signal is cleared.'}
          </li>
        )}
        {holds && (
          <li>
            <strong>Suspend:</strong> the reviewer signs nothing for this version until you reinstate it. Open
            work goes to others at once.
          </li>
        )}
        {state === 'suspended' && (
          <li>
            <strong>Reinstate:</strong> it holds again until its date. The time of suspension stays on record.
          </li>
        )}
        <li>
          <strong>Revoke:</strong> it ends for good; open work goes to others. The reviewer may qualify again.
        </li>
      </ul>
      <p>What was signed before stands.</p>
      <FormErrors form={form} labels={{ reason: 'Reason', act: 'The button' }} />
      <Form action={`/certifications/${certification.id}`}>
        <TextArea
          form={form}
          name="reason"
          label="Reason"
          hint="For the record: what was seen, and since when. The reviewer can read it."
          rows={3}
        />
        <Actions>
          {state === 'active' && (
            <Button kind="second" icon="warning" name="act" value="probation">
              Put on probation
            </Button>
          )}
          {liftable && (
            <Button kind="second" icon="check" name="act" value="end-probation">
              End the probation
            </Button>
          )}
          {holds && (
            <Button kind="second" icon="pause" name="act" value="suspend">
              Suspend
            </Button>
          )}
          {state === 'suspended' && (
            <Button kind="second" icon="check" name="act" value="reinstate">
              Reinstate
            </Button>
          )}
          <Button kind="danger" icon="cross-circle" name="act" value="revoke">
            Revoke
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}
