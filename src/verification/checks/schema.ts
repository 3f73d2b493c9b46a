import { credentialsV1, isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { scanJson } from '../formats/scan-json.js';
import { bringsPatterns, compileSchema, type CompiledSchema } from '../json-schema.js';
import { isOurObSchema, obSchema } from '../ob-schema.js';
import { listOf, type ReadCredential } from '../reading.js';
import type { Resources } from '../resources.js';

const openBadgeTypes = ['AchievementCredential', 'OpenBadgeCredential'];
const schemaTypes = ['1EdTechJsonSchemaValidator2019', 'JsonSchema'];
const schemaLimits = { bytes: 256 * 1024, nodes: 20_000, depth: 64 };

let openBadges: CompiledSchema | undefined;

/**
 * Whether the document fits the Open Badges 3.0 data model (for badges) and every schema that it names. Schemas from
 * elsewhere that bring regular expressions are run only where somebody ends it when it takes too long.
 */
export function checkSchema(
  { document, firstContext }: ReadCredential,
  { schemas }: Pick<Resources, 'schemas'>,
  isTimeBounded = false,
): Finding {
  const isBadge = listOf(document['type']).some((type) => openBadgeTypes.includes(String(type)));
  const named = listOf(document['credentialSchema']).filter(isJsonObject);
  let count = 0;
  if (isBadge || named.some(({ id }) => isOurObSchema(String(id)))) {
    if (firstContext === credentialsV1) return couldNotCheck('schema.older');
    openBadges ??= compileSchema(obSchema());
    const answer = openBadges(withInnerContexts(document, document['@context']));
    if (!answer.ok) return failed('schema.fault', { schema: 'of Open Badges 3.0', reason: answer.reason });
    count += 1;
  }
  for (const entry of named) {
    const url = String(entry['id']);
    if (isOurObSchema(url)) continue;
    if (!listOf(entry['type']).every((type) => schemaTypes.includes(String(type)))) {
      return couldNotCheck('schema.unsupported', { type: listOf(entry['type']).join(', '), schema: url });
    }
    const fault = againstNamed(url, document, schemas, isTimeBounded);
    if (fault !== undefined) return fault;
    count += 1;
  }
  return count === 0 ? notApplicable('schema.none') : passed('schema.ok', { count });
}

/**
 * Compaction leaves the contexts only at the top, where they hold for embedded credentials too; the schema wants to
 * see them in each.
 */
function withInnerContexts(value: JsonObject, contexts: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (
        name !== 'endorsement' &&
        name !== 'credentialSubject' &&
        name !== 'achievement' &&
        name !== 'issuer'
      )
        return [name, member];
      const inner = listOf(member).map((entry) => {
        if (!isJsonObject(entry)) return entry;
        const isCredential = listOf(entry['type']).includes('VerifiableCredential');
        return withInnerContexts(isCredential ? { '@context': contexts, ...entry } : entry, contexts);
      });
      return [name, Array.isArray(member) ? inner : inner[0]];
    }),
  );
}

function againstNamed(
  url: string,
  document: JsonObject,
  schemas: Resources['schemas'],
  isTimeBounded: boolean,
): Finding | undefined {
  const fetched = schemas.get(url);
  if (fetched === undefined)
    return couldNotCheck('schema.unavailable', { reason: `${url} was not fetched: there are too many.` });
  if (!fetched.ok) return couldNotCheck('schema.unavailable', { reason: fetched.reason });
  const schema = parsed(fetched.bytes);
  if (schema === undefined)
    return couldNotCheck('schema.unusable', {
      schema: url,
      reason: 'it is no JSON Schema of an ordinary size',
    });
  if (!isTimeBounded && bringsPatterns(schema))
    return couldNotCheck('schema.unusable', {
      schema: url,
      reason: 'it brings regular expressions, which are not run',
    });
  const answer = compileSchema(schema)(document);
  if (answer.ok) return undefined;
  return answer.kind === 'fault'
    ? failed('schema.fault', { schema: url, reason: answer.reason })
    : couldNotCheck('schema.unusable', { schema: url, reason: answer.reason });
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  if (bytes.byteLength > schemaLimits.bytes) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if ('exceeded' in scanJson(text, schemaLimits)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
