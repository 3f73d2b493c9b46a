import { completeSignIn, isSignInLinkGood, requestSignIn, signOut } from '../../access/index.js';
import { AppError } from '../../kernel/index.js';
import { sessionCookie } from '../authenticate.js';
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  Notice,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import { cookieValue, setCookie } from '../cookie.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { localPath } from '../local-path.js';
import { seeOther, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

/** As long as a session (`access/sign-in.ts`) and a sign-in link live. */
const sessionSeconds = 12 * 3600;
const linkSeconds = 15 * 60;

/** Signing in by an e-mailed link, and out. */
export function signInPages(rooms: Pick<Rooms, 'access' | 'service'>): readonly Route[] {
  const { access } = rooms;
  const { publicUrl } = access;
  const nextCookie = publicUrl.startsWith('https:') ? '__Host-next' : 'next';
  const page200 = { 200: { description: 'The page.', mediaType: 'text/html' } };
  const common = {
    kind: 'page',
    tag: 'access',
    access: 'public',
    rate: 'sign-in',
    responses: page200,
  } as const;
  return [
    {
      ...common,
      operationId: 'signInPage',
      method: 'GET',
      path: '/sign-in',
      rate: 'public',
      summary: 'Ask for a sign-in link',
      handler: async (request) => ({
        status: 200,
        html: signInPage(
          freshForm({ next: localPath(request.query['next']) }),
          request.principal,
          request.query['done'],
        ),
      }),
    },
    {
      ...common,
      operationId: 'requestSignInPage',
      method: 'POST',
      path: '/sign-in',
      summary: 'Send a sign-in link',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        const next = localPath(textOf(fields, 'next'));
        return formReply(
          { email: textOf(fields, 'email'), next },
          async () => {
            await requestSignIn(access, textOf(fields, 'email'));
            rooms.service.wake();
            const kept = setCookie(
              publicUrl,
              nextCookie,
              encodeURIComponent(next),
              next === '/' ? 0 : linkSeconds,
            );
            return {
              status: 200,
              html: linkSentPage(textOf(fields, 'email')),
              headers: { 'Set-Cookie': kept },
            };
          },
          (form) => signInPage(form, request.principal),
        );
      },
    },
    {
      ...common,
      operationId: 'signInLinkPage',
      method: 'GET',
      path: '/sign-in/{token}',
      summary: 'The page of a sign-in link: one button, since opening it consumes nothing',
      handler: async (request) => {
        const token = request.params['token']!;
        if (!(await isSignInLinkGood(access, token))) return { status: 410, html: linkEndedPage() };
        return { status: 200, html: linkPage(token, keptNext(request, nextCookie)) };
      },
    },
    {
      ...common,
      operationId: 'completeSignInPage',
      method: 'POST',
      path: '/sign-in/{token}',
      summary: 'Sign in',
      body: { kind: 'form' },
      handler: async (request) => {
        try {
          const { secret } = await completeSignIn(access, request.params['token']!);
          const { headers, ...reply } = seeOther(localPath(textOf(fieldsOfForm(request.body), 'next')));
          const session = setCookie(publicUrl, sessionCookie(publicUrl), secret, sessionSeconds);
          return { ...reply, headers: { ...headers, 'Set-Cookie': session } };
        } catch (error) {
          if (error instanceof AppError && error.code === 'not-authenticated')
            return { status: 410, html: linkEndedPage() };
          throw error;
        }
      },
    },
    {
      ...common,
      operationId: 'signOutPage',
      method: 'POST',
      path: '/sign-out',
      formAt: '/',
      summary: 'Sign out',
      rate: 'public',
      handler: async (request) => {
        const secret = cookieValue(request.header('cookie'), sessionCookie(publicUrl));
        if (secret !== undefined) await signOut(access, secret);
        const { headers, ...reply } = seeOtherDone('/sign-in', 'signed-out');
        const ended = setCookie(publicUrl, sessionCookie(publicUrl), '', 0);
        return { ...reply, headers: { ...headers, 'Set-Cookie': ended } };
      },
    },
  ];
}

/** Where the person wanted to go when the link was asked for in this browser. */
function keptNext(request: RouteRequest, cookie: string): string {
  const kept = cookieValue(request.header('cookie'), cookie);
  try {
    return localPath(kept === undefined ? undefined : decodeURIComponent(kept));
  } catch {
    return '/';
  }
}

/** The form that asks for a link. */
export function signInPage(form: FormState, principal?: Principal, done?: string): string {
  return page(
    { title: 'Sign in', principal, done, width: 'text', path: '/sign-in' },
    <>
      <PageHeading
        title="Sign in"
        lead="No password. We send a link to your e-mail address that signs you in."
      />
      {principal !== undefined && (
        <Notice tone="info">
          <p>
            You are signed in as <bdi>{principal.member.name}</bdi>. Sign in again to change keys or members,
            or as somebody else.
          </p>
        </Notice>
      )}
      <FormErrors form={form} labels={{ email: 'E-mail address' }} />
      <Form action="/sign-in">
        <Hidden name="next" value={String(form.values['next'] ?? '/')} />
        <TextField
          form={form}
          name="email"
          type="email"
          label="E-mail address"
          hint="The one that your district has for you."
          autocomplete="email"
          width="medium"
          required
        />
        <Actions>
          <Button icon="mail">Send me a link</Button>
        </Actions>
      </Form>
    </>,
  );
}

function linkSentPage(email: string): string {
  return page(
    { title: 'Look in your mail', width: 'text' },
    <>
      <PageHeading title="Look in your mail" />
      <Notice tone="info">
        <p>
          If <strong>{email}</strong> belongs to a member, a message is on its way there. Its link works once,
          for 15 minutes. Open it in this browser.
        </p>
      </Notice>
      <h2>Nothing came?</h2>
      <ul>
        <li>Look where your mail program puts what it takes for advertising.</li>
        <li>Check that the address is the one that your district has for you.</li>
        <li>Ask your district’s administrator, who can make a link for you.</li>
      </ul>
      <Actions>
        <ButtonLink href="/sign-in" kind="second">
          Use another address
        </ButtonLink>
      </Actions>
    </>,
  );
}

function linkPage(token: string, next: string): string {
  return page(
    { title: 'Sign in', width: 'text' },
    <>
      <PageHeading title="Sign in" lead="One more step: press the button, and you are in." />
      <Form action={`/sign-in/${encodeURIComponent(token)}`}>
        <Hidden name="next" value={next} />
        <Button icon="lock">Sign in now</Button>
      </Form>
      <p class="quiet section small">
        Why a button? Mail programs open links to look for harm, and would use yours up.
      </p>
    </>,
  );
}

function linkEndedPage(): string {
  return page(
    { title: 'This link has ended', width: 'text' },
    <>
      <PageHeading title="This link has ended" />
      <Notice tone="warn">
        <p>
          A sign-in link works once, for 15 minutes. This one was used, is older, or was not copied whole.
        </p>
      </Notice>
      <Actions>
        <ButtonLink href="/sign-in" icon="mail">
          Ask for a new link
        </ButtonLink>
      </Actions>
    </>,
  );
}
