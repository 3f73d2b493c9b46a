import { ButtonLink, Notice, PageHeading } from '../components/index.js';
import type { Problem } from '../problem.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';

/** Who reads the page, where that is known. */
export interface ErrorPageContext {
  readonly principal?: Principal;
  /** Where to come back to after signing in again. */
  readonly next?: string;
}

/** What a person sees of a problem: what is wrong, each field at fault, and the way out. */
export function errorPage(problem: Problem, context: ErrorPageContext = {}): string {
  const signIn =
    context.next === undefined ? '/sign-in' : `/sign-in?next=${encodeURIComponent(context.next)}`;
  return page(
    { title: problem.title, principal: context.principal, width: 'text' },
    <>
      <PageHeading title={problem.title} />
      <Notice tone={problem.status >= 500 ? 'bad' : 'warn'} alert>
        <p>{problem.detail}</p>
        {problem.errors !== undefined && (
          <ul>
            {problem.errors.map((error) => (
              <li>
                <strong>{error.pointer.replace(/^\//, '')}</strong> {error.detail}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      <p>{wayOut(problem)}</p>
      <div class="actions">
        <ButtonLink href="/" icon="home">
          Start page
        </ButtonLink>
        {(problem.status === 401 || problem.status === 403) && (
          <ButtonLink href={signIn} kind="second">
            {context.principal === undefined ? 'Sign in' : 'Sign in again'}
          </ButtonLink>
        )}
      </div>
      <p class="quiet small section">
        If you ask somebody for help, give them this number:{' '}
        <span class="code">{problem.instance.replace('urn:touchstone:request:', '')}</span>
      </p>
    </>,
  );
}

function wayOut(problem: Problem): string {
  if (problem.status === 404)
    return 'Check the address. What you may not see looks the same as what is not there.';
  if (problem.status >= 500) return 'Wait a little and try again. What was saved before is safe.';
  return 'Use your browser’s Back button to return to what you were doing.';
}
