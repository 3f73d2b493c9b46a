/** What a teacher is told when a decision was made. No level and no reviewer: the feedback is behind the sign-in. */
export function decisionMessage(facts: {
  readonly outcome: 'met' | 'not_yet';
  readonly achievement: string;
  readonly district: string;
  /** Where the feedback is. */
  readonly submissionUrl: string;
  /** Where the credential is; null when there is none. */
  readonly credentialUrl: string | null;
}): { readonly subject: string; readonly text: string } {
  const { achievement, district, submissionUrl, credentialUrl } = facts;
  if (facts.outcome === 'met') {
    return {
      subject: `You have earned "${achievement}"`,
      text:
        `${district} has awarded you the microcredential "${achievement}".\n\n` +
        (credentialUrl === null
          ? ''
          : `Your credential, to share with whom you like:\n${credentialUrl}\n\n`) +
        `The reviewers' feedback:\n${submissionUrl}`,
    };
  }
  return {
    subject: `Feedback on your work for "${achievement}"`,
    text:
      `Your work for "${achievement}" has been reviewed. It does not meet every criterion yet.\n\n` +
      `What the reviewers say of each criterion, and how to submit again what was missed:\n${submissionUrl}`,
  };
}
