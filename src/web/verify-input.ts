import { AppError, ruleViolated, type Instant } from '../kernel/index.js';
import {
  reportOnMissing,
  verifyCredential,
  type VerificationInput,
  type VerificationPorts,
  type VerificationReport,
} from '../verification/index.js';

/** What a person or a program hands in to be checked. */
export type ToVerify = VerificationInput | { readonly kind: 'link'; readonly url: string };

/**
 * Verifies what was handed in; a link is fetched through the resolver first, and one that cannot be had gives a
 * report too: it could not be checked.
 * @throws rule-violated naming `/url` when it is no web address.
 */
export async function verifyHandedIn(
  ports: VerificationPorts,
  input: ToVerify,
  options: { readonly now: Instant; readonly sender: string; readonly recipient?: string },
): Promise<VerificationReport> {
  if (input.kind !== 'link') return verifyCredential(ports, input, options);
  const fetched = await ports.resolver.resource({ url: webLink(input.url) });
  if (!fetched.ok) return reportOnMissing(fetched.reason, options);
  return verifyCredential(ports, { kind: 'bytes', bytes: fetched.bytes }, options);
}

function webLink(url: string): string {
  const trimmed = url.trim();
  if (!URL.canParse(trimmed) || !['https:', 'http:'].includes(new URL(trimmed).protocol)) {
    throw ruleViolated(
      '/url',
      'must be the web address of a credential, such as "https://credentials.example/c/…"',
    );
  }
  return trimmed;
}

/** The recipient's address, when one was given. @throws rule-violated naming `/recipient`. */
export function recipientOf(text: unknown): { readonly recipient?: string } {
  if (text === undefined || text === null || text === '') return {};
  if (typeof text !== 'string' || text.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(text.trim())) {
    throw ruleViolated('/recipient', 'must be an e-mail address, or be left out');
  }
  return { recipient: text.trim() };
}

/** Nothing was handed in. */
export function nothingHandedIn(): AppError {
  return new AppError(
    'invalid-request',
    'There is nothing to check: paste a credential, choose a file or give a link.',
    {
      errors: [
        { pointer: '/credential', detail: 'paste a credential here, or choose a file, or give a link' },
      ],
    },
  );
}
