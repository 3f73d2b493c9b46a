import { packageFile } from '../kernel/index.js';
import { credentialsV1, credentialsV2, isJsonObject, type JsonObject } from '../securing/index.js';

/** The classes whose schemas we have. */
export type ObModel = 'achievement' | 'endorsement' | 'record';

/** The data models of credentials that they are written on. */
export type VcVersion = '1.1' | '2.0';

/** 1EdTech's addresses of its AchievementCredential schema, in its two forms. They are answered here and never fetched. */
export const canonicalObSchemas = [
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_achievementcredential_schema.json',
] as const;

/** What is answered here, by its address: those, and the schemas of endorsements and of records. */
const models: Readonly<Record<string, ObModel>> = {
  [canonicalObSchemas[0]]: 'achievement',
  [canonicalObSchemas[1]]: 'achievement',
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json':
    'endorsement',
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_endorsementcredential_schema.json':
    'endorsement',
  'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json': 'record',
  'https://purl.imsglobal.org/spec/clr/v2p0/schema/json-ld/clr_v2p0_clrcredential_schema.json': 'record',
};

const kept = new Map<string, JsonObject>();

/** Our schema of a class (`schemas/ob/`), in the strict shape, for a version of the data model of credentials. */
export function obSchema(model: ObModel = 'achievement', version: VcVersion = '2.0'): JsonObject {
  const key = `${model} ${version}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const newer = version === '2.0' ? written(model) : (onOlderModel(obSchema(model, '2.0')) as JsonObject);
  kept.set(key, newer);
  return newer;
}

function written(model: ObModel): JsonObject {
  const achievement = fileOf('achievement-credential');
  const shared = achievement['$defs'] as JsonObject;
  switch (model) {
    case 'achievement':
      return achievement;
    case 'endorsement': {
      const endorsement = shared['EndorsementCredential'] as JsonObject;
      return { $schema: achievement['$schema'], ...endorsement, $defs: shared };
    }
    case 'record': {
      const record = fileOf('clr-credential');
      return { ...record, $defs: { ...shared, ...(record['$defs'] as JsonObject) } };
    }
  }
}

function fileOf(name: string): JsonObject {
  return JSON.parse(packageFile(`schemas/ob/${name}.json`)) as JsonObject;
}

/**
 * The same class on the Verifiable Credentials Data Model 1.1 (Open Badges 3.0, Appendix B for that model): another
 * first context, `issuanceDate` for `validFrom`, `expirationDate` for `validUntil`.
 */
function onOlderModel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onOlderModel);
  if (typeof value === 'string') {
    if (value === credentialsV2) return credentialsV1;
    return value === 'validFrom' ? 'issuanceDate' : value;
  }
  if (!isJsonObject(value)) return value;
  const names: Readonly<Record<string, string>> = {
    validFrom: 'issuanceDate',
    validUntil: 'expirationDate',
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [names[name] ?? name, onOlderModel(inner)]),
  );
}

/** Whether this address is answered by `obSchema`. */
export function isOurObSchema(url: string): boolean {
  return Object.hasOwn(models, url);
}

/** The class whose schema is at one of 1EdTech's canonical addresses. */
export function modelAt(url: string): ObModel | undefined {
  return isOurObSchema(url) ? models[url] : undefined;
}

/** The schema at one of 1EdTech's canonical addresses, which is ours; undefined for every other address. */
export function obSchemaFor(url: string): JsonObject | undefined {
  const model = modelAt(url);
  return model === undefined ? undefined : obSchema(model);
}
