import { Section } from '../components/index.js';
import type { ShownCredential } from './shown-credential.js';

/** The parts that the credential's own page and the verifier's report have in common. */
export function ShownParts({ shown }: { readonly shown: ShownCredential }) {
  const language = shown.language ?? undefined;
  return (
    <>
      {shown.results.length > 0 && (
        <Section title="What was shown">
          <ul class="results" lang={language}>
            {shown.results.map((result) => (
              <li dir="auto">
                <h3>{result.criterion}</h3>
                <p>
                  <strong>{result.level ?? result.value ?? 'Stated without a level'}</strong>
                  {result.required !== null && (
                    <span class="quiet" lang="en">
                      {' '}
                      · required: {result.required}
                    </span>
                  )}
                </p>
                {result.descriptor !== null && <p class="quiet">{result.descriptor}</p>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shown.evidence.length > 0 && (
        <Section title="On what evidence">
          <ul lang={language}>
            {shown.evidence.map((evidence) => (
              <li dir="auto">
                <strong>{evidence.name}</strong>
                {evidence.genre !== null && evidence.genre !== evidence.name && ` (${evidence.genre})`}
                {evidence.narrative !== null && <span class="quiet"> {evidence.narrative}</span>}
              </li>
            ))}
          </ul>
          <p class="quiet small">
            The evidence itself stays with the district: children may be seen or heard in it.
          </p>
        </Section>
      )}
      {shown.alignments.length > 0 && (
        <Section title="Standards">
          <ul>
            {shown.alignments.map((alignment) => (
              <li dir="auto">
                {alignment.url === null ? (
                  alignment.name
                ) : (
                  <a href={alignment.url} rel="nofollow noopener">
                    {alignment.name}
                  </a>
                )}
                <span class="quiet">
                  {' '}
                  {[alignment.code, alignment.framework].filter((part) => part !== null).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
