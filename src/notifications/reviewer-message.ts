/** What a reviewer is told of work that is drawn for them. No teacher, no evidence: the work is behind the sign-in. */
export function reviewerMessage(facts: {
  readonly about: 'due-soon' | 'expired';
  /** What the work is called on the reviewer's pages. */
  readonly work: string;
  readonly achievement: string;
  readonly district: string;
  /** `20 November 2026`, in the district's time zone. */
  readonly due: string;
  readonly workUrl: string;
  readonly reviewsUrl: string;
}): { readonly subject: string; readonly text: string } {
  const { work, achievement, district, due, workUrl, reviewsUrl } = facts;
  if (facts.about === 'due-soon') {
    return {
      subject: `A review is due on ${due}`,
      text:
        `${work}, for "${achievement}" at ${district}, is to be rated by ${due}.\n\n` +
        `Rate it, or give it back if you cannot:\n${workUrl}`,
    };
  }
  return {
    subject: 'A review went back to the pool',
    text:
      `${work}, for "${achievement}" at ${district}, was to be rated by ${due}. Somebody else is drawn for it.\n\n` +
      `What you had written is kept for you for a time:\n${reviewsUrl}`,
  };
}
