/** What a credential says that people want to read, whoever issued it; only plain strings are taken. */
export interface ShownCredential {
  readonly name: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly results: readonly ShownResult[];
  readonly evidence: readonly {
    readonly name: string;
    readonly genre: string | null;
    readonly narrative: string | null;
  }[];
  readonly alignments: readonly {
    readonly name: string;
    readonly code: string | null;
    readonly framework: string | null;
    readonly url: string | null;
  }[];
  readonly creditsEarned: string | null;
  /** How it was reviewed, in the issuer's sentence. */
  readonly narrative: string | null;
  readonly awardedDate: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** One result: the criterion, the level that was reached and what it means, and the level that was required. */
export interface ShownResult {
  readonly criterion: string;
  readonly level: string | null;
  readonly descriptor: string | null;
  readonly required: string | null;
  readonly value: string | null;
}

type Fields = { readonly [member: string]: unknown };

/**
 * Reads an Open Badges 3.0 credential, ours or the compacted one of a verification report, for showing. What is
 * absent or of another form is left out: nothing here judges.
 */
export function shownCredential(credential: Fields): ShownCredential {
  // Of several none is the first: their order is not signed.
  const subject = only(credential['credentialSubject']);
  const achievement = only(subject['achievement']);
  return {
    name: textOf(achievement['name']) ?? textOf(credential['name']),
    description: textOf(achievement['description']) ?? textOf(credential['description']),
    language: textOf(achievement['inLanguage']),
    results: resultsOf(subject, achievement),
    evidence: objects(credential['evidence']).map((evidence) => ({
      name: textOf(evidence['name']) ?? textOf(evidence['genre']) ?? 'Evidence',
      genre: textOf(evidence['genre']),
      narrative: textOf(evidence['narrative']),
    })),
    alignments: objects(achievement['alignment']).map((alignment) => ({
      name: textOf(alignment['targetName']) ?? 'Standard',
      code: textOf(alignment['targetCode']),
      framework: textOf(alignment['targetFramework']),
      url: webAddress(alignment['targetUrl']),
    })),
    creditsEarned: textOf(subject['creditsEarned']),
    narrative: textOf(subject['narrative']),
    awardedDate: instantOf(credential['awardedDate']),
    validFrom: instantOf(credential['validFrom'] ?? credential['issuanceDate']),
    validUntil: instantOf(credential['validUntil'] ?? credential['expirationDate']),
  };
}

function resultsOf(subject: Fields, achievement: Fields): readonly ShownResult[] {
  const descriptions = objects(achievement['resultDescription']);
  return objects(subject['result']).map((result) => {
    const description =
      descriptions.find((candidate) => candidate['id'] === result['resultDescription']) ?? {};
    const levels = objects(description['rubricCriterionLevel']);
    const level = (id: unknown) => levels.find((candidate) => id !== undefined && candidate['id'] === id);
    const achieved = level(result['achievedLevel']);
    return {
      criterion: textOf(description['name']) ?? 'Result',
      level: achieved === undefined ? null : textOf(achieved['name']),
      descriptor: achieved === undefined ? null : textOf(achieved['description']),
      required: textOf(level(description['requiredLevel'])?.['name']),
      value: textOf(result['value']) ?? (achieved === undefined ? textOf(result['status']) : null),
    };
  });
}

function objects(value: unknown): readonly Fields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((one): one is Fields => typeof one === 'object' && one !== null);
}

function only(value: unknown): Fields {
  const [one, ...others] = objects(value);
  return one === undefined || others.length > 0 ? {} : one;
}

/** A string, a number, or the value of a language or typed value object. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && value !== null && '@value' in value) return textOf(value['@value']);
  return null;
}

function instantOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

/** An address that a link may lead to: http or https, nothing else. */
export function webAddress(value: unknown): string | null {
  const text = textOf(value);
  if (text === null || !URL.canParse(text)) return null;
  return ['https:', 'http:'].includes(new URL(text).protocol) ? text : null;
}
