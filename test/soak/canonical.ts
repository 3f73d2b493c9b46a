import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsFrom, heldToLibrary } from '../support/canonical-documents.js';
import { heldToJsonLdSuite, heldToRdfCanon, type SuiteOutcome } from '../support/canonical-suites.js';
import type { Row } from './row.js';

/** `--suites DIR` holds the repositories `w3c/rdf-canon` and `w3c/json-ld-api` as `rdf-canon/` and `json-ld-api/`. */
export const row: Row = {
  promise:
    'The single pass gives the canonical bytes of the JSON-LD library or nothing, and nothing that safe mode refuses. ' +
    'The size is the number of random credentials, and again of changed ones.',
  bar: 2000,
  run: async (size, seed, say, { suites } = {}) => {
    const random = await heldToLibrary(credentialsFrom(seed, size, false));
    say(`random: ${random.equal} equal, ${random.faults.length} faults`);
    const changed = await heldToLibrary(credentialsFrom(seed + 1, size, true));
    say(`changed: ${changed.equal} equal, ${changed.faults.length} faults`);
    const ofSuite = async (run: (directory: string) => Promise<SuiteOutcome>, path: string) => {
      const directory = join(suites ?? '', path);
      return suites === undefined || !existsSync(directory) ? undefined : run(directory);
    };
    const rdfCanon = await ofSuite(heldToRdfCanon, 'rdf-canon/tests/rdfc10');
    const toRdf = await ofSuite(heldToJsonLdSuite, 'json-ld-api/tests/toRdf');
    const counts = ({ faults, ...rest }: { readonly faults: readonly unknown[] }) => ({
      ...rest,
      faults: faults.length,
    });
    const ofFigures = (outcome: SuiteOutcome | undefined) =>
      outcome === undefined ? 'skipped: no suite' : counts(outcome);
    return {
      figures: {
        random: counts(random),
        changed: counts(changed),
        rdfCanon: ofFigures(rdfCanon),
        jsonLdToRdf: ofFigures(toRdf),
      },
      faults: [...random.faults, ...changed.faults, ...(rdfCanon?.faults ?? []), ...(toRdf?.faults ?? [])],
    };
  },
};
