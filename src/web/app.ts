import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '../access/index.js';
import { AppError, compileValidator } from '../kernel/index.js';
import { authenticate, permit, refuseForeignOrigin, type Caller } from './authenticate.js';
import { errorPage, type ErrorPageContext } from './pages/error-page.js';
import { pagePolicy } from './page-policy.js';
import { problemOf } from './problem.js';
import { rateLimiter, type RateLimiter } from './rate-limits.js';
import { senderOf } from './sender.js';
import { bodyReader } from './read-body.js';
import { checkIfMatch, etagOf, render, send, type Rendered } from './respond.js';
import type { Rooms } from './rooms.js';
import type { Route, RouteRequest } from './route.js';

/** What one request came to: logged as one wide line, ids only. */
export interface RequestEvent {
  readonly requestId: string;
  readonly method: string;
  readonly operation: string;
  readonly status: number;
  readonly millis: number;
  readonly district?: string;
  readonly member?: string;
  readonly via?: string;
  readonly code?: string;
  /** Only of errors that are ours. */
  readonly error?: unknown;
}

export interface WebOptions {
  readonly log: (event: RequestEvent) => void;
  readonly rateLimits: boolean;
  readonly trustProxy: number;
}

/** What is kept of one request while it is answered. */
interface Visit {
  readonly requestId: string;
  readonly startedAt: bigint;
  route?: Route;
  caller?: Caller;
}

/** The HTTP service over the route table: authenticate, permit, read and validate, handle, present. */
export function createApp(rooms: Rooms, routes: readonly Route[], options: WebOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustProxy);
  app.set('case sensitive routing', true);
  app.use(securityHeaders(rooms.service.publicUrl));
  const visits = new WeakMap<Request, Visit>();
  app.use((request, response, next) => {
    const visit: Visit = { requestId: randomUUID(), startedAt: process.hrtime.bigint() };
    visits.set(request, visit);
    response.setHeader('X-Request-Id', visit.requestId);
    next();
  });
  const limiter = rateLimiter(options.rateLimits);
  // Before the rows: one's address may look like another's parameter.
  for (const route of routes) {
    if (route.formAt !== undefined)
      app.get(expressPath(route.path), toForm(route.formAt, route, visits, options));
  }
  for (const route of routes) {
    const handle = handlerOf(rooms, route, limiter, visits, options);
    app[route.method.toLowerCase() as 'get'](expressPath(route.path), handle);
    if (route.cors === true) app.options(expressPath(route.path), preflightOf(route));
  }
  app.use((request: Request, response: Response) => {
    const others = routes.filter(
      (route) => route.method !== request.method && matches(route.path, request.path),
    );
    if (others.length > 0) {
      const methods = allowed(others);
      response.setHeader('Allow', methods);
      throw new AppError(
        'method-not-allowed',
        `${request.method} is not taken at this address; use one of ${methods}.`,
      );
    }
    throw new AppError('not-found', 'There is nothing at this address.');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerError(error, request, response, visits.get(request)!, rooms, options);
  });
  return app;
}

/** `/a/{b}` in Express's notation. A parameter never takes in a dot where the path goes on with one. */
function expressPath(path: string): string {
  return path.replaceAll(/\{([A-Za-z]+)\}/g, ':$1');
}

function matches(path: string, actual: string): boolean {
  const pattern = path.split(/\{[A-Za-z]+\}/).map((part) => part.replaceAll(/[.*+?^$()[\]|\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/]+')}$`).test(actual);
}

/** What `Allow` says of an address with these rows (RFC 9110, section 10.2.1): HEAD goes with GET. */
function allowed(rows: readonly Route[]): string {
  const methods = rows.flatMap(({ method, cors, formAt }) => [
    method,
    ...(formAt !== undefined ? ['GET'] : []),
    ...(method === 'GET' || formAt !== undefined ? ['HEAD'] : []),
    ...(cors === true ? ['OPTIONS'] : []),
  ]);
  return [...new Set(methods)].join(', ');
}

/** Leads whoever opens the address of a form's POST to the form (RFC 9110, section 15.4.4). Says nothing of what it names. */
function toForm(formAt: string, route: Route, visits: WeakMap<Request, Visit>, options: WebOptions) {
  return (request: Request, response: Response): void => {
    const visit = visits.get(request)!;
    visit.route = route;
    const params = request.params as { readonly [name: string]: string };
    const path = formAt.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    response.status(303).setHeader('Location', path).end();
    report(request, visit, 303, options);
  };
}

/** Tells a browser that a page of another site may call this row (Fetch, section 3.3.3). */
function preflightOf(route: Route) {
  return (_request: Request, response: Response): void => {
    response
      .status(204)
      .set({
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': route.method,
        'Access-Control-Allow-Headers': 'Content-Type',
        'Access-Control-Max-Age': '86400',
      })
      .end();
  };
}

function handlerOf(
  rooms: Rooms,
  route: Route,
  limiter: RateLimiter,
  visits: WeakMap<Request, Visit>,
  options: WebOptions,
) {
  const readBody = bodyReader(route);
  const checkQuery = compileValidator<{ [name: string]: string }>(route.query ?? { type: 'object' }, 'query');
  return async (request: Request, response: Response): Promise<void> => {
    const visit = visits.get(request)!;
    visit.route = route;
    const { publicUrl } = rooms.service;
    if (route.kind === 'page' && route.method === 'GET' && addressOf(request, rooms.service) !== publicUrl) {
      response.status(308).setHeader('Location', `${publicUrl}${request.originalUrl}`).end();
      report(request, visit, 308, options);
      return;
    }
    if (route.cors === true) response.setHeader('Access-Control-Allow-Origin', '*');
    else refuseForeignOrigin(request, publicUrl);
    const caller = await callerOf(rooms, route, request);
    visit.caller = caller;
    await limiter(route, request, caller);
    const principal = permit(caller, route, rooms.access.clock.now());
    const body = await readBody(request, response);
    const query = route.kind === 'page' ? pageQueryOf(request) : checkQuery(queryOf(request));
    const routeRequest: RouteRequest = {
      requestId: visit.requestId,
      principal,
      sender: senderOf(caller, request.ip),
      address: addressOf(request, rooms.service),
      params: request.params as { [name: string]: string },
      query,
      body: body.value,
      bytes: body.bytes,
      files: body.files,
      mediaType: request.headers['content-type']?.split(';')[0]?.trim().toLowerCase(),
      ifMatch: (presented) => checkIfMatch(request.headers['if-match'], presented),
      header: (name) => request.get(name),
      accepts: (...types) => request.accepts(types) || undefined,
    };
    const run = async () => render(await route.handler(routeRequest));
    const key = request.get('idempotency-key');
    const rendered =
      route.method === 'POST' && key !== undefined && principal !== undefined
        ? await once(rooms, route, principal, key, `${request.originalUrl}\n${body.fingerprint()}`, run)
        : await run();
    send(request, response, rendered);
    report(request, visit, rendered.status, options);
  };
}

/** The address that the request names: a former one where it does, else the one in force. */
function addressOf(request: Request, { publicUrl, formerUrls }: Rooms['service']): string {
  const asked = request.host as string | undefined;
  return formerUrls.find((url) => new URL(url).host === asked) ?? publicUrl;
}

/** Who calls. A row that every site's pages may call never goes by the cookie. */
async function callerOf(rooms: Rooms, route: Route, request: Request): Promise<Caller> {
  return route.cors === true && request.headers.authorization === undefined
    ? { via: 'nobody' }
    : authenticate(rooms.access, request);
}

/** Runs a POST once for its Idempotency-Key; a repeat is answered with the bytes of the first. */
async function once(
  rooms: Rooms,
  route: Route,
  principal: NonNullable<RouteRequest['principal']>,
  key: string,
  request: string,
  run: () => Promise<Rendered>,
): Promise<Rendered> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('invalid-request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  const { district, member } = principal.actor;
  const kept = await beginIdempotent(rooms.access, district, member, key, `${route.operationId}\n${request}`);
  if (kept !== undefined) {
    if (route.showsSecret === true) {
      throw new AppError(
        'already-exists',
        `This was done before${kept.location === null ? '' : ` (${kept.location})`}; its secret was shown once and is not kept.`,
      );
    }
    const location: Record<string, string> = kept.location === null ? {} : { Location: kept.location };
    // What comes next may need it as If-Match.
    const etag: Record<string, string> =
      kept.mediaType === 'application/json' ? { ETag: etagOf(kept.body) } : {};
    return {
      status: kept.status,
      body: kept.body,
      mediaType: kept.mediaType,
      headers: { ...location, ...etag, 'Idempotent-Replayed': 'true' },
    };
  }
  let rendered: Rendered;
  try {
    rendered = await run();
  } catch (error) {
    // A refusal changed nothing: its repeat is judged anew.
    await abandonIdempotent(rooms.access, district, member, key);
    throw error;
  }
  await finishIdempotent(rooms.access, district, member, key, {
    status: rendered.status,
    body: route.showsSecret === true ? '' : Buffer.from(rendered.body).toString('utf8'),
    mediaType: rendered.mediaType ?? 'application/json',
    location: rendered.headers['Location'] ?? null,
  });
  return rendered;
}

function queryOf(request: Request): { [name: string]: unknown } {
  return { ...(request.query as Record<string, unknown>) };
}

/** Pages take any query and read only what they know, each name once. */
function pageQueryOf(request: Request): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(request.query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function answerError(
  error: unknown,
  request: Request,
  response: Response,
  visit: Visit,
  rooms: Rooms,
  options: WebOptions,
): void {
  const mended = expressError(error);
  const problem = problemOf(mended, visit.requestId, rooms.service.publicUrl);
  const expected = mended instanceof AppError;
  report(
    request,
    visit,
    problem.status,
    options,
    expected ? { code: mended.code, error: mended.cause } : { error },
  );
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers: Record<string, string> = {};
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  if (problem.status === 503 || problem.status === 429) headers['Retry-After'] = '5';
  // What anybody may read is read across origins, and so is what went wrong with it.
  if (visit.route?.kind === 'protocol' && visit.route.access === 'public')
    headers['Access-Control-Allow-Origin'] = '*';
  if (visit.route?.errorPages === 'by-accept') headers['Vary'] = 'Accept';
  const wantsPage =
    visit.route === undefined || visit.route.errorPages === 'by-accept'
      ? prefersPage(request)
      : visit.route.kind === 'page';
  if (wantsPage && problem.status === 401 && request.method === 'GET') {
    const target = encodeURIComponent(request.originalUrl);
    response.status(303).setHeader('Location', `/sign-in?next=${target}`).end();
    return;
  }
  const rendered: Rendered = wantsPage
    ? render({ status: problem.status, html: errorPage(problem, pageContext(request, visit)), headers })
    : {
        status: problem.status,
        body: JSON.stringify(problem),
        mediaType: 'application/problem+json',
        headers,
      };
  send(request, response, rendered);
}

/** Whether HTML is liked better than every kind of JSON that a program may have asked for. */
function prefersPage(request: Request): boolean {
  const json = [
    'application/problem+json',
    'application/vc',
    'application/vc+ld+json',
    'application/ld+json',
  ];
  return request.accepts(['application/json', ...json, 'text/html']) === 'text/html';
}

/** Who reads the error page, and where to come back to after signing in again. */
function pageContext(request: Request, { caller }: Visit): ErrorPageContext {
  return {
    ...(caller !== undefined && 'principal' in caller ? { principal: caller.principal } : {}),
    ...(request.method === 'GET' ? { next: request.originalUrl } : {}),
  };
}

/** Express's own refusals (a path that cannot be decoded) in our words. */
function expressError(error: unknown): unknown {
  if (error instanceof URIError)
    return new AppError('invalid-request', 'The address cannot be decoded.', { cause: error });
  return error;
}

function report(
  request: Request,
  visit: Visit,
  status: number,
  options: WebOptions,
  failure: { readonly code?: string; readonly error?: unknown } = {},
): void {
  const { caller } = visit;
  const who =
    caller === undefined || !('principal' in caller)
      ? {}
      : { district: caller.principal.actor.district, member: caller.principal.actor.member, via: caller.via };
  options.log({
    requestId: visit.requestId,
    method: request.method,
    operation: visit.route?.operationId ?? 'none',
    status,
    millis: Number(process.hrtime.bigint() - visit.startedAt) / 1e6,
    ...who,
    ...failure,
  });
}

function securityHeaders(publicUrl: string) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: pagePolicy,
    },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    // Not `no-referrer`: under it browsers send `Origin: null` with our own forms (Fetch, section 3.2), which would
    // look like another site's. Other sites still learn nothing.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
}
