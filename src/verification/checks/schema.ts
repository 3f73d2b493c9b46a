import { jsonObjectIn } from '../../kernel/index.js';
import { credentialsV1, isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { scanJson } from '../formats/scan-json.js';
import { bringsPatterns, compileSchema, type CompiledSchema } from '../json-schema.js';
import { isOurObSchema, modelAt, obSchema, type ObModel } from '../ob-schema.js';
import { listOf, type ReadCredential } from '../reading.js';
import type { Resources } from '../resources.js';
import { withinTime } from '../within-time.js';

/** The classes of 1EdTech that are held to their data model, by type. A Map: a type may have any name, also `constructor`. */
const modelOfType: ReadonlyMap<unknown, ObModel> = new Map<unknown, ObModel>([
  ['AchievementCredential', 'achievement'],
  ['OpenBadgeCredential', 'achievement'],
  ['EndorsementCredential', 'endorsement'],
  ['ClrCredential', 'record'],
]);
const modelNames: Readonly<Record<ObModel, string>> = {
  achievement: 'of Open Badges 3.0',
  endorsement: 'of endorsements in Open Badges 3.0',
  record: 'of the Comprehensive Learner Record 2.0',
};
const schemaTypes = ['1EdTechJsonSchemaValidator2019', 'JsonSchema'];
const schemaLimits = { bytes: 256 * 1024, nodes: 20_000, depth: 64 };
/** What a schema from elsewhere is given for one document. An honest one takes a few milliseconds. */
const schemaSeconds = 0.5;

const compiled = new Map<string, CompiledSchema>();

/**
 * Whether the document fits the data model of its class (Open Badges 3.0, CLR 2.0) and every schema that it names.
 * Schemas from elsewhere are given half a second; those that bring regular expressions are run only where somebody also
 * ends the whole when it takes too long.
 */
export function checkSchema(
  { document, firstContext }: ReadCredential,
  { schemas }: Pick<Resources, 'schemas'>,
  isTimeBounded = false,
): Finding {
  const named = listOf(document['credentialSchema']).filter(isJsonObject);
  const models = new Set(
    [
      ...listOf(document['type']).map((type) => modelOfType.get(type)),
      ...named.map(({ id }) => modelAt(String(id))),
    ].filter((model) => model !== undefined),
  );
  let count = 0;
  for (const model of models) {
    const judge = ofModel(model, firstContext);
    const answers = withEachStatus(withoutEndorsements(document) as JsonObject).map((one) => judge(one));
    const answer = answers.find(({ ok }) => !ok) ?? answers[0]!;
    if (!answer.ok) return failed('schema.fault', { schema: modelNames[model], reason: answer.reason });
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

function ofModel(model: ObModel, firstContext: string): CompiledSchema {
  const version = firstContext === credentialsV1 ? '1.1' : '2.0';
  const key = `${model} ${version}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const schema = compileSchema(obSchema(model, version));
  compiled.set(key, schema);
  return schema;
}

/** More entries of status than this are not taken one by one: each costs a whole look at the document. */
const mostStatusEntries = 4;

/**
 * The document with each of its status entries alone: the data model of credentials allows several (VCDM 2.0, 4.10), the
 * schemas of Open Badges one. What each says is judged all the same.
 */
function withEachStatus(document: JsonObject): readonly JsonObject[] {
  const { credentialStatus } = document;
  return Array.isArray(credentialStatus) &&
    credentialStatus.length > 0 &&
    credentialStatus.length <= mostStatusEntries
    ? (credentialStatus as readonly unknown[]).map((entry) => ({ ...document, credentialStatus: entry }))
    : [document];
}

/** Without the endorsements in it, each of which is held to its own model when it is judged by itself. */
function withoutEndorsements(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEndorsements);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'endorsement' && name !== 'endorsementJwt')
      .map(([name, member]) => [name, withoutEndorsements(member)]),
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
  const fits = compileSchema(schema);
  const judged = withinTime(schemaSeconds, () => fits(document));
  if (!judged.inTime)
    return couldNotCheck('schema.unusable', {
      schema: url,
      reason: `judging a credential by it takes longer than ${schemaSeconds} s`,
    });
  const answer = judged.value;
  if (answer.ok) return undefined;
  return answer.kind === 'fault'
    ? failed('schema.fault', { schema: url, reason: answer.reason })
    : couldNotCheck('schema.unusable', { schema: url, reason: answer.reason });
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  if (bytes.byteLength > schemaLimits.bytes) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if ('exceeded' in scanJson(text, schemaLimits)) return undefined;
  return jsonObjectIn(text);
}
