import { ruleViolated } from '../kernel/index.js';
import { credentialsV1, credentialsV2, isJsonObject, type JsonObject } from '../securing/index.js';
import { isUrl } from './absolute-url.js';
import { checkRelatedResources } from './related-resources.js';

/** XML Schema dateTime; VC Data Model 2.0 wants its offset, 1.1 leaves it out at will. */
const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Members whose values are objects with a type, each with whether its id is required (VC Data Model 2.0, section 4.5). */
const typedMembers: { readonly [member: string]: 'id-required' | 'id-optional' } = {
  credentialStatus: 'id-optional',
  credentialSchema: 'id-required',
  refreshService: 'id-optional',
  termsOfUse: 'id-optional',
  evidence: 'id-optional',
};

export type DataModel = '1.1' | '2.0';

/**
 * Holds a credential that is to be signed to the rules of the VC Data Model (2.0, sections 4 and 5; 1.1, sections 4
 * and 5) that its terms do not enforce, in the form in which it was handed in. Gives the data model that it follows.
 * @throws rule-violated naming the member and the rule.
 */
export function checkCredentialRules(credential: JsonObject): DataModel {
  const version = checkContexts(credential['@context']);
  checkTypes('/credential/type', credential['type'], 'VerifiableCredential');
  checkId('/credential/id', credential['id']);
  checkIssuer(credential['issuer']);
  checkSubjects(credential['credentialSubject']);
  if (version === '1.1') checkPeriod(credential, 'issuanceDate', 'expirationDate');
  else checkPeriod(credential, 'validFrom', 'validUntil');
  for (const [member, rule] of Object.entries(typedMembers)) {
    if (!(member in credential)) continue;
    for (const entry of listIn(member, credential[member])) {
      const pointer = `/credential/${member}`;
      if (!isJsonObject(entry))
        throw ruleViolated(pointer, 'must be an object with a type, or a list of them');
      checkTypes(`${pointer}/type`, entry['type']);
      if (rule === 'id-required' && entry['id'] === undefined) {
        throw ruleViolated(`${pointer}/id`, 'must be the URL of the schema');
      }
      checkId(`${pointer}/id`, entry['id']);
    }
  }
  checkRelatedResources(credential['relatedResource']);
  return version;
}

/** VC Data Model 2.0, section 4.3: an ordered set that begins with the context of the data model. */
function checkContexts(contexts: unknown): DataModel {
  const pointer = '/credential/@context';
  const list = Array.isArray(contexts) ? (contexts as readonly unknown[]) : [contexts];
  const [first] = list;
  if (first !== credentialsV1 && first !== credentialsV2) {
    throw ruleViolated(pointer, `must be a list whose first entry is ${credentialsV2} (or ${credentialsV1})`);
  }
  const wrong = list.find((entry) => !isUrl(entry) && !isJsonObject(entry));
  if (wrong !== undefined) {
    throw ruleViolated(pointer, `must hold only URLs and context objects; it holds ${shown(wrong)}`);
  }
  return first === credentialsV1 ? '1.1' : '2.0';
}

function checkTypes(pointer: string, types: unknown, required?: string): void {
  const list = Array.isArray(types) ? (types as readonly unknown[]) : [types];
  if (list.length === 0 || !list.every((type) => typeof type === 'string' && type !== '')) {
    throw ruleViolated(pointer, 'must be a type, or a list of types, each as text');
  }
  if (required !== undefined && !list.includes(required)) {
    throw ruleViolated(pointer, `must include ${required}`);
  }
}

/** VC Data Model 2.0, section 4.4: a single URL, where there is one. */
function checkId(pointer: string, id: unknown): void {
  if (id !== undefined && !isUrl(id)) throw ruleViolated(pointer, 'must be one absolute URL, or be left out');
}

function checkIssuer(issuer: unknown): void {
  const id = isJsonObject(issuer) ? issuer['id'] : issuer;
  if (!isUrl(id))
    throw ruleViolated('/credential/issuer', 'must be a URL, or an object with a URL as its id');
}

/** VC Data Model 2.0, section 4.8: one or more claims about each subject. */
function checkSubjects(subject: unknown): void {
  const pointer = '/credential/credentialSubject';
  const subjects = Array.isArray(subject) ? (subject as readonly unknown[]) : [subject];
  if (subjects.length === 0) throw ruleViolated(pointer, 'must name at least one subject');
  for (const one of subjects) {
    if (!isJsonObject(one) || Object.keys(one).length === 0) {
      throw ruleViolated(pointer, 'must be an object that claims something, or a list of them');
    }
    checkId(`${pointer}/id`, one['id']);
  }
}

function checkPeriod(credential: JsonObject, from: string, until: string): void {
  for (const member of [from, until]) {
    const value = credential[member];
    if (value !== undefined && !isTime(value)) {
      throw ruleViolated(`/credential/${member}`, 'must be one date and time, such as 2026-11-20T09:00:00Z');
    }
  }
  const start = credential[from];
  const end = credential[until];
  if (typeof start === 'string' && typeof end === 'string' && Date.parse(end) < Date.parse(start)) {
    throw ruleViolated(`/credential/${until}`, `must not be before ${from}`);
  }
}

function listIn(member: string, value: unknown): readonly unknown[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (list.length === 0)
    throw ruleViolated(`/credential/${member}`, 'must not be an empty list: leave it out');
  return list;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value));
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
