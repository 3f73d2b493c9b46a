import type { Problem } from '../problem.js';
import { page } from './layout.js';

/** What a person sees of a problem: what is wrong, each field at fault, and the way out. */
export function errorPage(problem: Problem): string {
  return page(
    { title: problem.title },
    <section class="notice notice-error" role="alert">
      <h1>{problem.title}</h1>
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
      <p>
        Go back to correct it: what you typed is still in the form. <a href="/">Start page</a>
      </p>
      <p class="quiet">Request {problem.instance.replace('urn:touchstone:request:', '')}</p>
    </section>,
  );
}
