// The stock @digitalcredentials/verifier-core, with its own contexts, DID resolver, status checker and schema check.
import { verifyCredential } from '@digitalcredentials/verifier-core';

/** A registry of issuers that it would ask: out of reach here, which it is to say and to live with. */
const knownDIDRegistries = [
  {
    name: 'A registry out of reach',
    type: 'dcc-legacy',
    url: 'https://registry.example.test/issuers.json',
  },
];

/** Its log, step by step, what it says of each schema, and the names of its errors. */
export async function judge({ text }) {
  const result = await verifyCredential({ credential: JSON.parse(text), knownDIDRegistries });
  return {
    steps: Object.fromEntries((result.log ?? []).map(({ id, ...step }) => [id, step])),
    schemas: result.additionalInformation?.find(({ id }) => id === 'schema_check')?.results ?? null,
    errors: (result.errors ?? []).map(({ name, message }) => ({ name, message })),
  };
}
