// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Editable = any;

/** What somebody might change in a stranger's badge. */
const alterations: { readonly [name: string]: (badge: Editable) => void } = {
  name: (badge) => (badge.name = 'Outstanding feedback'),
  achievement: ({ credentialSubject: { achievement } }) => (achievement.description += ' With distinction.'),
  holder: ({ credentialSubject }) => (credentialSubject.id = 'did:example:somebody-else'),
  'name of the issuer': ({ issuer }) => (issuer.name = 'A university'),
  issuer: ({ issuer }) => (issuer.id = 'did:web:other.example.test'),
  'end of validity': (badge) =>
    (badge[badge.issuanceDate === undefined ? 'validUntil' : 'expirationDate'] = '2099-01-01T00:00:00Z'),
  'place on the list': ({ credentialStatus: status }) => {
    status.statusListIndex = '5';
    status.id = `${status.statusListCredential}#5`;
  },
  'no status': (badge) => delete badge.credentialStatus,
};

/** The signed badge, JSON or JWT, altered in every way, and with its signature altered or taken away. */
export function alteredForms(text: string): ReadonlyMap<string, string> {
  return text.startsWith('{') ? alteredDocuments(text) : alteredTokens(text);
}

function alteredDocuments(text: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  const change = (name: string, alter: (badge: Editable) => void) => {
    const badge = JSON.parse(text) as Editable;
    alter(badge);
    forms.set(name, JSON.stringify(badge));
  };
  for (const [name, alter] of Object.entries(alterations)) change(name, alter);
  change('character of the proof', (badge) => {
    const proof = [badge.proof].flat()[0];
    proof.proofValue = otherCharacter(proof.proofValue as string);
  });
  change('no proof', (badge) => delete badge.proof);
  return forms;
}

function alteredTokens(text: string): ReadonlyMap<string, string> {
  const [header, payload, signature] = text.split('.') as [string, string, string];
  const forms = new Map<string, string>();
  for (const [name, alter] of Object.entries(alterations)) {
    const claims = decoded(payload);
    // The credential stands in the claim `vc` (VC Data Model 1.1, section 6.3.1) or is the payload itself. What the
    // claim leaves out because a registered claim says it is put in beside.
    const badge = claims.vc ?? claims;
    if (typeof badge.issuer !== 'object') badge.issuer = {};
    alter(badge);
    if (name === 'issuer') claims.iss = 'did:web:other.example.test';
    if (name === 'holder' && claims.sub !== undefined) claims.sub = 'did:example:somebody-else';
    if (name === 'end of validity') claims.exp = Date.parse('2099-01-01T00:00:00Z') / 1000;
    forms.set(name, `${header}.${encoded(claims)}.${signature}`);
  }
  forms.set('character of the signature', `${header}.${payload}.${otherCharacter(signature)}`);
  forms.set('no signature', `${encoded({ ...decoded(header), alg: 'none' })}.${payload}.`);
  return forms;
}

/** The signed status list with every place free. */
export function clearedList(text: string, emptyList: string): string {
  if (text.startsWith('{')) {
    const list = JSON.parse(text) as Editable;
    list.credentialSubject.encodedList = emptyList;
    return JSON.stringify(list);
  }
  const [header, payload, signature] = text.split('.') as [string, string, string];
  const claims = decoded(payload);
  (claims.vc ?? claims).credentialSubject.encodedList = emptyList;
  return `${header}.${encoded(claims)}.${signature}`;
}

function decoded(part: string): Editable {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

function encoded(value: Editable): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function otherCharacter(text: string): string {
  return `${text.slice(0, 30)}${text[30] === 'x' ? 'y' : 'x'}${text.slice(31)}`;
}
