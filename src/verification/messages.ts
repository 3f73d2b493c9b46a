import { inSentence, quotedName } from './plain-text.js';

/** What stands in the braces of a message. */
export type Facts = Readonly<Record<string, string | number>>;

/**
 * Everything that the verifier says, in English, by the id that another language's catalogue would use.
 * `{name}` is replaced by the fact of that name. `{count, plural, one {…} other {…}}` takes the form that the language has for
 * that number, with `#` for the number itself: the plural of ICU messages, in which the forms hold no plural themselves.
 */
export const english = {
  'not-reached': 'Not reached: the check “{after}” ended the reading.',

  'limits.ok':
    '{bytes} bytes, {nodes, plural, one {# value} other {# values}}, {depth, plural, one {# level} other {# levels}} deep.',
  'limits.bytes': 'The credential is larger than {limit} bytes.',
  'limits.file': 'The file is larger than {limit} bytes.',
  'limits.nodes': 'The credential has more than {limit} values.',
  'limits.depth': 'The credential is nested more than {limit} levels deep.',
  'limits.inflated': '{reason}',
  'limits.time': 'Judging took longer than {seconds} s, more than one credential is given.',
  'limits.memory': 'Judging took more memory than one credential is given.',
  'limits.fault': 'Judging it met a fault of this verifier’s; nothing is known of it.',
  'limits.request-slow': 'Not judged: something in the same document took more than one credential is given.',
  'limits.request-judging':
    'Not judged: judging what was handed in together takes more than {seconds} s, which is all that it is given.',
  'limits.request-time':
    'Not judged: looking up and judging what was handed in together takes more than {seconds} s, which is all that it is given.',

  'parse.json': 'A credential in JSON.',
  'parse.jwt': 'A credential as a JSON Web Token.',
  'parse.png': 'A credential baked in a PNG image, in the form {form}.',
  'parse.svg': 'A credential baked in an SVG image, in the form {form}.',
  'parse.pdf': 'A credential attached to a PDF, in the form {form}.',
  'parse.none': '{reason}',
  'parse.unreadable': '{reason}',
  'parse.not-json': 'The text is neither JSON nor a JSON Web Token.',
  'parse.not-a-presentation': 'The document is no presentation.',
  'parse.is-a-presentation': 'The document is a presentation, where only a credential is looked for.',
  'parse.presentation-and-credential':
    'The document is said to be a presentation and a credential; whoever presents something says nothing as its issuer.',
  'parse.not-a-credential': 'The document is no verifiable credential: its type does not say so.',
  'parse.presentation': 'A presentation in JSON.',
  'parse.presentation-jwt': 'A presentation as a JSON Web Token.',
  'parse.envelope': 'This calls itself an envelope, but {reason}.',
  'parse.jwt-malformed': 'The JSON Web Token cannot be read.',
  'parse.jwt-two-documents':
    'The JSON Web Token has a claim “vc” or “vp” beside another document: which of them is meant cannot be told.',

  'nested.none': 'No credential is embedded.',
  'nested.judged': 'Embedded or component credentials, each judged by itself and valid: {count}.',
  'nested.judged-not-all':
    'Embedded or component credentials, each judged by itself: {count}, of which not all are valid ({verdicts}). This one stands or falls by itself.',
  'nested.judged-elsewhere':
    'Embedded or component credentials, each judged by itself and valid: {count}; {elsewhere} about something else than this credential.',
  'nested.component-revoked': 'A component of this milestone is no longer in force: {id} is {verdict}.',
  'nested.component-not-checked': 'A component of this milestone could not be accepted: {id} is {verdict}.',
  'nested.component-missing': 'A component of this milestone could not be had: {reason}',
  'nested.too-many': 'It holds more than {limit} credentials.',
  'nested.too-deep': 'Credentials are embedded in embedded credentials, which is not followed further.',
  'nested.rest-too-large': 'What the document says beside the credentials in it is too large.',
  'nested.nothing-presented': 'No credential is presented.',
  'nested.asserted': 'Credentials in it, each judged by itself and valid: {count}.',
  'nested.asserted-not-all':
    '{count, plural, one {The credential in it, judged by itself, is not valid} other {Of the # credentials in it, each judged by itself, not all are valid}}: {verdicts}.',

  'guard.ok': 'Nothing in the document can change its meaning behind the signature.',
  'guard.duplicate-name': 'One object has two members named “{name}”, which readers understand differently.',
  'guard.keyword': 'The document uses the JSON-LD keyword at {pointer}, which can hide what is signed.',
  'guard.unsigned-name': 'The member at {pointer} has a name that is left out of what is signed.',
  'guard.unsigned-id':
    'The id at {pointer} is a label (“_:…”), which is not signed: anybody can write another one there.',
  'guard.ill-formed':
    'The text at {pointer} holds half of a character, which is not signed: another half would do as well.',
  'guard.alias':
    'The member at {pointer} is written as an address instead of a name, which can hide it from readers.',
  'guard.null': 'The member at {pointer} is null; such a member is not signed.',
  'guard.number': 'The number at {pointer} is shown with more digits than a signature covers.',
  'guard.empty-array': 'The list at {pointer} is empty; such a list is not signed.',
  'guard.duplicate-item': 'The list at {pointer} repeats an item; the repetition is not signed.',
  'guard.nested-array': 'There is a list within a list at {pointer}.',
  'guard.inline-context': 'The document brings its own definitions of words at {pointer}.',
  'guard.shared-id': 'Two different objects have the id {id}; which of them says what is not signed.',

  'proof-set.one': 'One proof of the kind {suite}.',
  'proof-set.several': '{count} proofs ({suites}); every one must hold.',
  'proof-set.jwt': 'A signed token with the algorithm {suite}.',
  'proof-set.none': 'The document carries no proof.',
  'proof-set.too-many': 'The document carries more than {limit} proofs.',
  'proof-set.malformed': 'A proof is malformed: {reason}.',
  'proof-set.purpose': 'A proof was made for the purpose “{purpose}”, not for “{wanted}”.',
  'proof-set.unsigned-presentation': 'The presentation is not signed.',
  'proof-set.unsupported': 'The proof is of the kind {suite}, which this verifier does not know.',
  'proof-set.unsigned': 'The token is not signed (algorithm “none”).',
  'proof-set.symmetric': 'The token’s algorithm {suite} uses a shared secret, which proves no issuer.',
  'proof-set.header': 'The token’s header is not acceptable: {reason}.',
  'proof-set.chain': 'A proof builds on another proof that is not there: {id}.',

  'compact.ok': 'Read with the pinned definitions of {contexts, plural, one {# context} other {# contexts}}.',
  'compact.unknown-context': 'The document uses definitions that this verifier does not know: {context}.',
  'compact.any-word':
    'The document uses definitions that give any word some meaning, as only examples and tests have them: {context}.',
  'compact.refused': 'The document cannot be read without losing something: {reason}',
  'compact.presented-elsewhere':
    'The presentation presents credentials in a place where they are not looked for.',
  'compact.guard': 'Read with the pinned definitions, the document turns out ambiguous: {reason}',

  'data-model.ok': 'Follows the Verifiable Credentials Data Model {version}.',
  'data-model.fault': 'Breaks the Verifiable Credentials Data Model {version}: {reason}.',
  'data-model.claims': 'The token’s claim “{claim}” contradicts the credential in it.',

  'schema.ok': '{count, plural, one {Fits its schema.} other {Fits all of its # schemas.}}',
  'schema.none': 'No Open Badge, and no schema is named.',
  'schema.fault': 'Does not fit the schema {schema}: {reason}.',
  'schema.unsupported': 'Names a schema of the kind {type}, which this verifier does not know: {schema}.',
  'schema.unavailable': 'A schema could not be had: {reason}',
  'schema.unusable': 'The schema {schema} cannot be used: {reason}.',

  'proof.ok': 'Signed by {domain} with the key {key}.',
  'proof.several': 'Signed by {domain} with the keys {key}; all {count} proofs hold.',
  'proof.wrong': 'The signature does not hold: {reason}.',
  'proof.foreign-key': 'The key {key} does not belong to the issuer {issuer}.',
  'proof.unresolved': 'The issuer’s keys could not be had: {reason}',
  'proof.unsupported': 'The issuer’s key cannot be used: {reason}.',
  'proof.trusted': 'Signed with the key that the caller trusts ({key}).',
  'proof.unbound': 'Signed with the key {key}. Whether it is the issuer’s was not asked for.',
  'proof.issuer-method': 'The issuer {issuer} is named in a way that gives no key this verifier can look up.',

  'holder-proof.ok': 'Signed by {holder} with the key {key}.',
  'holder-proof.unsigned': 'The presentation is not signed: nobody says that they hold what is in it.',
  'holder-proof.unsigned-refused': 'The presentation is not signed, so nothing shows who presents it.',
  'holder-proof.foreign-key': 'The key {key} does not belong to the holder {holder}.',
  'holder-proof.domain': 'The presentation was made for {domain}, not for {wanted}.',
  'holder-proof.challenge': 'The presentation does not answer the challenge that was set.',
  'holder-proof.wrong': 'The holder’s signature does not hold: {reason}.',
  'holder-proof.unresolved': 'The holder’s keys could not be had: {reason}',
  'holder-proof.unsupported': 'The holder’s key cannot be used: {reason}.',

  'nothing-there': 'There was no credential to look at.',
  'not-asked': 'Not asked for: only the signature and the form were to be checked.',
  'not-of-presentations': 'Nothing that a presentation has.',

  'validity.ok': 'In force since {from}.',
  'validity.until': 'In force from {from} until {until}.',
  'validity.always': 'No period of validity is stated.',
  'validity.expired': 'Expired on {until}.',
  'validity.not-yet': 'Not in force before {from}.',
  'validity.unreadable': 'What it states as {name} is no date and time that can be read.',

  'status.none': 'The issuer publishes no status for this credential.',
  'status.good': 'Not {purposes} on the issuer’s list of {listed}, checked {checked}.',
  'status.told': 'The issuer’s list of {listed} says nothing that decides, checked {checked}.',
  'status.message': 'The issuer’s status message is {value}: “{text}”.',
  'status.newer': 'The issuer’s list says that a newer edition is to be had.',
  'status.unsigned-list': 'That list is not signed: its host {host} vouches for it, which is the issuer’s.',
  'status.standing': 'Active, as its issuer says since {since}.',
  'status.standing-invalid': 'What the issuer’s own records say could not be relied on: {reason}',
  'status.revoked': 'Revoked by its issuer (list of {listed}).',
  'status.corrected': 'Replaced by its issuer; use {replacedBy}.',
  'status.suspended': 'Suspended by its issuer (list of {listed}).',
  'status.standing-revoked': 'Revoked by its issuer on {since}: {reason}',
  'status.standing-suspended': 'Suspended by its issuer since {since}: {reason}',
  'status.standing-absent': 'The issuer’s own records do not know this credential.',
  'status.unavailable': 'The status could not be had: {reason}',
  'status.unsupported': 'The status is of the kind {type}, which this verifier does not know.',
  'status.malformed': 'The status entry is malformed: {reason}.',
  'status.list-unreadable': 'The status list could not be read: {reason}',
  'status.list-issuer': 'The status list is by {listIssuer}, not by the issuer of the credential.',
  'status.list-id': 'The status list at {url} is another list: {id}.',
  'status.list-purpose': 'The status list is for {listPurpose}, not for {purpose}.',
  'status.list-period': 'The status list is out of date: {reason}',
  'status.list-proof': 'The status list is not signed by the issuer: {reason}',
  'status.list-host':
    'The revocation list is not signed, and its host {host} is not the issuer’s: what it says cannot be relied on.',
  'status.list-index': 'The position {index} is not on the status list: {reason}.',

  'refresh.none': 'No newer version is offered.',
  'refresh.offered': 'The issuer offers a newer version, which is fetched only once the proof holds.',
  'refresh.unsupported': 'A newer version is offered in a way that this verifier does not know: {type}.',
  'refresh.unavailable': 'The newer version that is offered could not be had: {reason}',
  'refresh.other': 'What is offered as a newer version is another credential, {id} by {issuer}.',
  'refresh.not-accepted':
    'What is offered as a newer version could not be accepted: judged by itself it is {verdict}.',
  'refresh.newer': 'A newer edition exists, issued {issued}: judged by itself it is {verdict}.',
  'refresh.newest': 'The issuer’s refresh service gives no newer edition than this one.',

  'pinned.none': 'No document is pinned by a digest.',
  'pinned.ok':
    '{count, plural, one {# pinned document is as it was} other {# pinned documents are as they were}} when the credential was signed.',
  'pinned.changed': 'A pinned document is not the one that was signed for: {url}.',
  'pinned.unavailable': 'A pinned document could not be had: {reason}',
  'pinned.unsupported': 'The digest of {url} is of a kind that this verifier does not know.',

  'recipient.not-asked': 'No e-mail address was given to compare.',
  'recipient.match': 'Issued to the e-mail address that was given.',
  'recipient.other': 'Not issued to the e-mail address that was given.',
  'recipient.several':
    'It is about several ({count}); to which of them an e-mail address belongs is not compared.',
  'recipient.none': 'The credential names no e-mail address to compare with.',

  'recognition.recognised': '{domain} is on our list of issuers, as {otherName}.',
  'recognition.unknown': '{domain} is not on our list of issuers.',
  'recognition.look-alike':
    '{domain} resembles {other}, which is another issuer, on our list as {otherName}.',
  'recognition.no-issuer': 'No issuer could be read.',

  'verdict.valid': 'valid',
  'verdict.expired': 'expired',
  'verdict.not-yet-valid': 'not valid yet',
  'verdict.suspended': 'suspended',
  'verdict.revoked': 'revoked',
  'verdict.not-genuine': 'not genuine',
  'verdict.could-not-check': 'could not be checked',

  'sentence.valid.recognised': 'Genuinely signed by {issuer}, an issuer on our list, and in force.',
  'sentence.valid.unknown': 'Genuinely signed by {issuer}, an issuer we do not know, and in force.',
  'sentence.valid.look-alike':
    'Genuinely signed by {issuer}. Take care: this is not {other}, which it resembles and which is on our list as {otherName}.',
  'sentence.valid.proof':
    'The signature holds and the form is right. Who signed, dates and status were not asked for.',
  'sentence.presentation.valid.holder':
    'Presented by {holder}. {count, plural, one {The credential in it is valid; see who issued it.} other {Each of the # credentials in it is valid; see who issued each.}}',
  'sentence.presentation.valid':
    'Signed by who presents it. {count, plural, one {The credential in it is valid; see who issued it.} other {Each of the # credentials in it is valid; see who issued each.}}',
  'sentence.presentation.unsigned':
    'Nobody signed this presentation. {count, plural, one {The credential in it is valid; see who issued it.} other {Each of the # credentials in it is valid; see who issued each.}}',
  'sentence.presentation.nothing': 'The presentation is signed, and presents no credential.',
  'sentence.presentation.not-all': 'Not everything in this presentation can be relied on. {reason}',
  'sentence.record.valid':
    'Genuinely signed by {issuer}, an issuer on our list: a record of {count, plural, one {# credential, judged by itself and valid} other {# credentials, each judged by itself and valid}}.',
  'sentence.record.not-all':
    'Signed by {issuer}, but not everything in this record can be relied on. {reason}',
  'sentence.revoked': 'Signed by {issuer}, and revoked since: do not rely on it.',
  'sentence.replaced': 'Signed by {issuer}, and replaced since by {replacedBy}: do not rely on this one.',
  'sentence.suspended': 'Signed by {issuer}, and suspended for now: do not rely on it.',
  'sentence.expired': 'Signed by {issuer}, and expired.',
  'sentence.not-yet-valid': 'Signed by {issuer}, and not in force yet.',
  'sentence.could-not-check.signed': 'Signed by {issuer}, but not everything could be checked: {reason}',
  'sentence.could-not-check.unsigned': 'Says it is from {issuer}, but this could not be checked: {reason}',
  'sentence.could-not-check': 'This could not be checked: {reason}',
  'sentence.not-genuine.claims': 'Not genuine: it says it is from {issuer}. {reason}',
  'sentence.not-genuine': 'Not genuine: {reason}',
  'sentence.name': 'It gives its issuer the name {issuerName}.',
  'sentence.several': 'It is about several ({count}): read the document for who is said to have what.',
  'sentence.recipient': 'It was not issued to the e-mail address that was given.',
} as const;

export type MessageId = keyof typeof english;

/** The same messages in a language. */
export type Catalogue = { readonly [id in MessageId]: string };

/**
 * A message with its facts in place. Facts may be of the document's making: they are put on one line, cut, and turn
 * no word of ours round; a name is in quotation marks. `said` is what was said by this already.
 */
export function say(
  catalogue: Catalogue,
  message: MessageId,
  facts: Facts,
  said: Readonly<Record<string, string>> = {},
): string {
  return inNumber(catalogue[message], facts).replace(/\{(\w+)\}/g, (_whole, name: string) => {
    if (Object.hasOwn(said, name)) return said[name]!;
    const fact = Object.hasOwn(facts, name) ? String(facts[name]) : '';
    return names.has(name) ? quotedName(fact) : inSentence(fact, 400);
  });
}

/** `{name, plural, one {…} other {…}}`; a form may hold facts. */
const plurals = /\{(\w+), plural, one \{((?:[^{}]|\{\w+\})*)\} other \{((?:[^{}]|\{\w+\})*)\}\}/g;
const englishNumbers = new Intl.PluralRules('en');

/** Chooses the forms of a message by the numbers among its facts, before any fact is put in. */
function inNumber(message: string, facts: Facts): string {
  return message.replace(plurals, (_whole, name: string, one: string, other: string) =>
    (englishNumbers.select(Number(facts[name])) === 'one' ? one : other).replaceAll('#', `{${name}}`),
  );
}

/** Facts that are names which somebody gives himself. */
const names: ReadonlySet<string> = new Set(['issuerName', 'otherName']);
