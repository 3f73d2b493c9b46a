/** What LinkedIn's form "Add license or certification" is filled with. */
export interface LinkedInEntry {
  readonly name: string;
  readonly organization: string;
  readonly issued: string;
  readonly expires: string | null;
  /** In which the month is said. */
  readonly timeZone: string;
  readonly url: string;
  readonly id: string;
}

/** The address that opens the form: months from 1, in the district's time zone; everything encoded. */
export function linkedInAddress(entry: LinkedInEntry): string {
  const issued = monthIn(entry.issued, entry.timeZone);
  const query = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: entry.name,
    organizationName: entry.organization,
    issueYear: issued.year,
    issueMonth: issued.month,
  });
  if (entry.expires !== null) {
    const expires = monthIn(entry.expires, entry.timeZone);
    query.set('expirationYear', expires.year);
    query.set('expirationMonth', expires.month);
  }
  query.set('certUrl', entry.url);
  query.set('certId', entry.id);
  return `https://www.linkedin.com/profile/add?${query.toString()}`;
}

function monthIn(instant: string, timeZone: string): { readonly year: string; readonly month: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { year: part('year'), month: part('month') };
}
