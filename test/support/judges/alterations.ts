/** JSON to be changed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Editable = any;

/** Each way in which somebody might alter a credential: changes the document in place; false where there is nothing to change. */
const alterations: { readonly [name: string]: (document: Editable, otherIssuer: string) => boolean | void } =
  {
    'a sentence of the achievement': ({ credentialSubject: { achievement } }) => {
      achievement.description = `${achievement.description} With distinction.`;
    },
    'an achieved level': ({ credentialSubject: { achievement, result } }) => {
      const [first] = result ?? [];
      if (first?.achievedLevel === undefined) return false;
      const levels = achievement.resultDescription.flatMap(
        ({ rubricCriterionLevel }: Editable) => rubricCriterionLevel,
      );
      const others = levels.filter(({ id }: Editable) => id !== first.achievedLevel);
      first.achievedLevel = others[0].id;
    },
    'a result': ({ credentialSubject: { result } }) => {
      if (result?.[0]?.value === undefined) return false;
      result[0].value = `${result[0].value} and more`;
    },
    'the credits': ({ credentialSubject }) => {
      credentialSubject.creditsEarned = (credentialSubject.creditsEarned ?? 0) + 1;
    },
    'the holder': ({ credentialSubject }) => {
      const [identity] = credentialSubject.identifier;
      identity.identityHash = `sha256$${'0'.repeat(64)}`;
    },
    'the end of validity': (document) => {
      document.validUntil = '2099-01-01T00:00:00Z';
    },
    'no end of validity': (document) => {
      if (document.validUntil === undefined) return false;
      delete document.validUntil;
    },
    'the issuer': ({ issuer }, otherIssuer) => {
      issuer.id = otherIssuer;
    },
    "the issuer's name": ({ issuer }) => {
      issuer.name = 'A better district';
    },
    'the status index': ({ credentialStatus }) => {
      const index = (Number(credentialStatus.statusListIndex) + 1) % 131_072;
      credentialStatus.statusListIndex = String(index);
      credentialStatus.id = `${credentialStatus.statusListCredential}#${index}`;
    },
    'no status': (document) => {
      delete document.credentialStatus;
    },
  };

/** The document altered in every way that applies to it, and with one character of its proof changed. */
export function alteredDocuments(
  json: string,
  otherIssuer: string,
): readonly { readonly alteration: string; readonly text: string }[] {
  const altered = Object.entries(alterations).flatMap(([alteration, alter]) => {
    const document = JSON.parse(json) as Editable;
    return alter(document, otherIssuer) === false ? [] : [{ alteration, text: JSON.stringify(document) }];
  });
  const document = JSON.parse(json) as Editable;
  document.proof[0].proofValue = otherCharacterAt(document.proof[0].proofValue as string, 40);
  return [...altered, { alteration: 'a character of the proof', text: JSON.stringify(document) }];
}

/** The JWT with its payload altered in every way, its times with it, or its signature, or signed by nothing. */
export function alteredJwts(
  jwt: string,
  otherIssuer: string,
): readonly { readonly alteration: string; readonly text: string }[] {
  const [header, payload, signature] = jwt.split('.') as [string, string, string];
  const encode = (value: Editable) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Editable;
  const altered = Object.entries(alterations).flatMap(([alteration, alter]) => {
    const claims = decode(payload);
    if (alter(claims, otherIssuer) === false) return [];
    if (alteration === 'the end of validity') claims.exp = Date.parse(claims.validUntil as string) / 1000;
    if (alteration === 'no end of validity') delete claims.exp;
    return [{ alteration, text: `${header}.${encode(claims)}.${signature}` }];
  });
  return [
    ...altered,
    {
      alteration: 'a character of the signature',
      text: `${header}.${payload}.${otherCharacterAt(signature, 40)}`,
    },
    { alteration: 'no signature', text: `${encode({ ...decode(header), alg: 'none' })}.${payload}.` },
  ];
}

function otherCharacterAt(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index] === 'x' ? 'y' : 'x'}${text.slice(index + 1)}`;
}
