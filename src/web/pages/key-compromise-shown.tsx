import { isStopped } from '../../achievements/index.js';
import type { CompromisedAward, CompromiseProgress } from '../../issuing/index.js';
import type { Page } from '../../kernel/index.js';
import {
  Actions,
  Badge,
  Button,
  DataTable,
  DateText,
  Facts,
  Form,
  FormErrors,
  Hidden,
  momentIn,
  Notice,
  PageHeading,
  Pager,
  Section,
  TextArea,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { addressOf } from './achievement-publication.js';
import type { AboutAward } from './award-change.js';
import { page } from './layout.js';

export const aboveCompromise = [
  { label: 'District', href: '/district' },
  { label: 'Signing keys', href: '/district/keys' },
];

/** A credential that the key had signed, with what people call it. */
export interface Listed {
  readonly listed: CompromisedAward;
  readonly about: AboutAward;
}

/** How far a compromise is made good, and the credentials that wait for a person. */
export function compromisePage(
  { compromise, awards }: CompromiseProgress,
  waiting: Page<Listed>,
  unsigned: readonly Listed[],
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  const isWorking = compromise.state === 'working';
  return page(
    {
      title: `Withdrawn key ${compromise.keyName}`,
      principal,
      path: '/district',
      above: aboveCompromise,
      done,
    },
    <>
      <PageHeading title={<>Withdrawn key {compromise.keyName}</>} />
      <div class="card">
        <Facts
          rows={[
            [
              'Compromised since',
              <DateText instant={compromise.compromisedAt} timeZone={timeZone} kind="moment" />,
            ],
            ['Withdrawn', <DateText instant={compromise.reportedAt} timeZone={timeZone} kind="moment" />],
            ['What happened', compromise.reason],
            [
              'The work',
              isWorking && unsigned.length > 0 ? (
                <Badge tone="warn" icon="clock" word="Some could not be signed again yet; see below" />
              ) : isWorking ? (
                <Badge tone="info" icon="clock" word="Going on; look again in a minute" />
              ) : (
                <Badge tone="good" icon="check-circle" word="Everything was gone through" />
              ),
            ],
            ['Signed again', String(awards.reissued)],
            ['Still to be signed again', awards.due === 0 ? null : String(awards.due)],
            ['Confirmed by a person', awards.confirmed === 0 ? null : String(awards.confirmed)],
            ['Revoked', awards.revoked === 0 ? null : String(awards.revoked)],
          ]}
        />
      </div>
      <p>
        <a href="/endorsements">Endorsements</a> that the key had signed before are signed again; those made
        since are revoked, and can be written again.
      </p>
      {unsigned.length > 0 && <UnsignedYet unsigned={unsigned} />}
      <Section title={awards.waiting === 0 ? 'Nothing waits for you' : 'These wait for you'}>
        {awards.waiting === 0 ? (
          <p>
            No credential was recorded while others may have had the key
            {isWorking ? ', as far as we have looked' : ''}, or every one is decided.
          </p>
        ) : (
          <>
            <p>
              They were recorded while others may have had the key. Until you decide, nobody who checks them
              finds them genuine. Compare each with what your district knows: confirm what it awarded, revoke
              the rest.
            </p>
            <DataTable<Listed>
              caption="Credentials that wait, in the order in which they were recorded"
              rows={waiting.items}
              columns={[
                {
                  title: 'Achievement',
                  cell: ({ listed, about }) => (
                    <a href={`/district/key-compromises/${compromise.id}/awards/${listed.award}`}>
                      {about.version.content.name}
                    </a>
                  ),
                },
                { title: 'Holder', cell: ({ about }) => <Holder about={about} /> },
                {
                  title: 'Recorded',
                  cell: ({ listed }) => (
                    <DateText instant={listed.recordedAt} timeZone={timeZone} kind="moment" />
                  ),
                },
              ]}
            />
            <Pager href={`/district/key-compromises/${compromise.id}`} next={waiting.next} />
          </>
        )}
      </Section>
    </>,
  );
}

/** What could not be signed again yet, each with why and where that is put right. */
function UnsignedYet({ unsigned }: { readonly unsigned: readonly Listed[] }) {
  return (
    <Section title="These could not be signed again yet">
      <p>
        Until they are, nobody who checks them finds them genuine. They are tried again every few minutes;
        nothing else waits for them.
      </p>
      <DataTable<Listed>
        caption="Credentials that could not be signed again yet; at most 50 are shown"
        rows={unsigned}
        columns={[
          {
            title: 'Achievement',
            cell: ({ listed, about }) => (
              <a href={`/district/awards/${listed.award}`}>{about.version.content.name}</a>
            ),
          },
          { title: 'Holder', cell: ({ about }) => <Holder about={about} /> },
          {
            title: 'Why',
            cell: ({ listed, about: { version } }) =>
              isStopped(version) ? (
                <>
                  Issuing of <a href={addressOf(version)}>version {version.number} of this achievement</a> is
                  stopped. When that is settled there, it is signed.
                </>
              ) : (
                listed.failure
              ),
          },
        ]}
      />
    </Section>
  );
}

function Holder({ about: { holder } }: { readonly about: AboutAward }) {
  return holder === undefined ? <span class="quiet">not a member</span> : <bdi>{holder.name}</bdi>;
}

/** Confirm or revoke one of them. */
export function decidePage(
  { compromise }: CompromiseProgress,
  { listed, about }: Listed,
  form: FormState,
  principal: Principal,
): string {
  const { timeZone } = principal.district;
  const back = `/district/key-compromises/${compromise.id}`;
  const action = `${back}/awards/${listed.award}`;
  const { name } = about.version.content;
  return page(
    {
      title: name,
      principal,
      path: '/district',
      above: [...aboveCompromise, { label: `Withdrawn key ${compromise.keyName}`, href: back }],
      width: 'text',
    },
    <>
      <PageHeading title={name} lead="Did your district award this?" />
      <FormErrors
        form={form}
        title="Nothing was decided"
        labels={{ reason: 'Reason', award: 'The credential', decision: 'Your decision' }}
      />
      <div class="card">
        <Facts
          rows={[
            ['Holder', <Holder about={about} />],
            ['Recorded', <DateText instant={listed.recordedAt} timeZone={timeZone} kind="moment" />],
            ['Key compromised since', momentIn(compromise.compromisedAt, timeZone)],
            ['On record', <a href={`/district/awards/${listed.award}`}>the credential’s own page</a>],
          ]}
        />
      </div>
      {listed.state === 'waiting' ? (
        <>
          <Section title="It did">
            <p>It is signed again with the present keys, under the same address.</p>
            <Form action={action}>
              <Hidden name="decision" value="confirm" />
              <Actions>
                <Button icon="check-circle">Confirm and sign it</Button>
              </Actions>
            </Form>
          </Section>
          <Section title="It did not">
            <p>Everybody who checks it reads “revoked”, with your reason. It cannot be undone.</p>
            <Form action={action}>
              <Hidden name="decision" value="revoke" />
              <TextArea
                form={form}
                name="reason"
                label="Reason"
                hint="Public: it stands on the credential’s page. Name no person. At most 500 characters."
                required
              />
              <Actions>
                <Button kind="danger">Revoke it for good</Button>
                <a href={back}>Decide later</a>
              </Actions>
            </Form>
          </Section>
        </>
      ) : (
        <Notice tone="info">
          <p>This is decided: {listed.state}.</p>
        </Notice>
      )}
    </>,
  );
}
