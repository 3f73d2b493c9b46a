import { listKeyCompromises, type CompromiseProgress } from '../../issuing/index.js';
import { AppError } from '../../kernel/index.js';
import {
  issuerDid,
  keyUses,
  listIssuerKeys,
  rotateIssuerKey,
  type IssuerKey,
  type KeyUse,
} from '../../securing/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  Form,
  Hidden,
  Notice,
  PageHeading,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm } from '../form-reply.js';
import { principalOf, seeOther, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

const uses: Readonly<Record<KeyUse, string>> = {
  proof: 'Credentials as JSON',
  jwt: 'Credentials as JWT',
  audit: 'Heads of the audit record',
};

/** What a key is for, in a button. */
const shortly: Readonly<Record<KeyUse, string>> = { proof: 'JSON', jwt: 'JWT', audit: 'the audit record' };

/** The district's signing keys: the list, and replacing one. */
export function issuerKeyPages(rooms: Pick<Rooms, 'issuing' | 'securing' | 'service'>): readonly Route[] {
  const { issuing, securing, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'issuers',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'issuerKeysPage',
      method: 'GET',
      path: '/district/keys',
      access: 'issuer-keys.read',
      summary: 'The signing keys of the district',
      handler: async (request) => {
        const who = principalOf(request);
        const keys = await listIssuerKeys(securing, who.actor.district);
        return {
          status: 200,
          html: issuerKeysPage(
            keys,
            await listKeyCompromises(issuing, who.actor),
            issuerDid(service.publicUrl, who.district.slug),
            who,
            request.query['done'],
          ),
        };
      },
    },
    {
      ...common,
      operationId: 'confirmRotateIssuerKeyPage',
      method: 'GET',
      path: '/district/keys/rotate',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'What replacing a signing key does',
      handler: async (request) => {
        const { use } = request.query;
        // Opened at the address of a form that was refused: which key it was about is not in it.
        if (use === undefined) return seeOther('/district/keys');
        return { status: 200, html: rotatePage(useOf(use), principalOf(request)) };
      },
    },
    {
      ...common,
      operationId: 'rotateIssuerKeyPage',
      method: 'POST',
      path: '/district/keys/rotate',
      access: 'issuer-keys.change',
      recentSignIn: true,
      summary: 'Replace a signing key',
      body: { kind: 'form' },
      handler: async (request) => {
        const { district, member } = principalOf(request);
        const use = useOf(fieldsOfForm(request.body)['use']);
        await rotateIssuerKey(
          securing,
          { district: district.id, did: issuerDid(service.publicUrl, district.slug), by: member.id },
          use,
        );
        return seeOtherDone('/district/keys', 'issuer-key-rotated');
      },
    },
  ];
}

function useOf(use: unknown): KeyUse {
  const known = keyUses.find((candidate) => candidate === use);
  if (known === undefined)
    throw new AppError('invalid-request', `The use of a key is one of ${keyUses.join(', ')}.`);
  return known;
}

/** The list. */
export function issuerKeysPage(
  keys: readonly IssuerKey[],
  compromises: readonly CompromiseProgress[],
  did: string,
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Signing keys',
      principal,
      path: '/district',
      above: [{ label: 'District', href: '/district' }],
      done,
    },
    <>
      <PageHeading
        title="Signing keys"
        lead="Whoever checks a credential finds the public half of these keys at your issuer’s address. The private half never leaves this service."
      />
      <p>
        Your issuer: <span class="code">{did}</span>
      </p>
      {keys.length === 0 ? (
        <EmptyState icon="key" title="No signing keys yet">
          <p>They are made with the first credential.</p>
        </EmptyState>
      ) : (
        <DataTable<IssuerKey>
          caption="Signing keys, oldest first"
          rows={keys}
          columns={[
            { title: 'Name', cell: (key) => <code>{key.name}</code> },
            { title: 'Signs', cell: (key) => uses[key.use] },
            { title: 'Kind', cell: (key) => key.algorithm },
            { title: 'Made', cell: (key) => <DateText instant={key.createdAt} timeZone={timeZone} /> },
            { title: 'State', cell: (key) => <KeyState issuerKey={key} /> },
            {
              title: 'In other hands?',
              cell: (key) => <InOtherHands issuerKey={key} compromises={compromises} />,
            },
          ]}
        />
      )}
      <div class="actions">
        {keyUses.map((use) => (
          <ButtonLink href={`/district/keys/rotate?use=${use}`} kind="second" icon="key">
            Replace the key for {shortly[use]}
          </ButtonLink>
        ))}
      </div>
    </>,
  );
}

/** Where a key is withdrawn, or what came of it. */
function InOtherHands(props: {
  readonly issuerKey: IssuerKey;
  readonly compromises: readonly CompromiseProgress[];
}) {
  const { issuerKey, compromises } = props;
  const of = compromises.find(({ compromise }) => compromise.key === issuerKey.id);
  if (of === undefined)
    return (
      <a
        href={`/district/keys/${issuerKey.id}/compromise`}
        aria-label={`Withdraw it\u00a0…: the key ${issuerKey.name}`}
      >
        Withdraw it&nbsp;…
      </a>
    );
  const { compromise, awards } = of;
  const words =
    awards.waiting > 0
      ? `${awards.waiting} waiting for you`
      : compromise.state === 'working'
        ? 'Being made good'
        : 'Made good';
  return <a href={`/district/key-compromises/${compromise.id}`}>{words}</a>;
}

function KeyState({ issuerKey }: { readonly issuerKey: IssuerKey }) {
  switch (issuerKey.state) {
    case 'active':
      return <Badge tone="good" icon="key" word="Signs now" />;
    case 'retired':
      return <Badge tone="plain" icon="stop" word="Retired; still trusted" />;
    case 'compromised':
      return <Badge tone="bad" icon="warning" word="Withdrawn; not trusted" />;
  }
}

function rotatePage(use: KeyUse, principal: Principal): string {
  return page(
    {
      title: 'Replace a signing key?',
      principal,
      path: '/district',
      above: [
        { label: 'District', href: '/district' },
        { label: 'Signing keys', href: '/district/keys' },
      ],
      width: 'text',
    },
    <>
      <PageHeading title="Replace a signing key?" lead={uses[use]} />
      <Notice tone="info">
        <p>
          A new key is made and signs from now on. The one before retires: it stays published, and every
          credential that it signed stays good. Nothing is sent to holders.
        </p>
      </Notice>
      <Form action="/district/keys/rotate">
        <Hidden name="use" value={use} />
        <Actions>
          <Button icon="key">Make the new key</Button>
          <a href="/district/keys">Keep the present one</a>
        </Actions>
      </Form>
    </>,
  );
}
