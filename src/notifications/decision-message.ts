/** What a teacher is told when a decision was made. No level and no reviewer: the feedback is behind the sign-in. */
export function decisionMessage(facts: {
  readonly outcome: 'met' | 'not_yet';
  /** Why it was reviewed: for the first time, or again. */
  readonly origin: 'first' | 'appeal' | 'look-back';
  readonly achievement: string;
  readonly district: string;
  /** Where the feedback is. */
  readonly submissionUrl: string;
  /** Where the credential is: the new one, or one that was revoked; null when there is none. */
  readonly credentialUrl: string | null;
}): { readonly subject: string; readonly text: string } {
  const { achievement, district, submissionUrl, credentialUrl } = facts;
  const again =
    facts.origin === 'first'
      ? ''
      : facts.origin === 'appeal'
        ? `After your appeal, other reviewers have rated your work for "${achievement}" again.\n\n`
        : `To check earlier reviews, ${district} had your work for "${achievement}" rated again by other reviewers.\n\n`;
  if (facts.outcome === 'not_yet' && credentialUrl !== null) {
    return {
      subject: `Your credential "${achievement}" has been revoked`,
      text:
        `${again}They came to another decision: it does not meet every criterion yet. The credential is revoked, and its page says so:\n${credentialUrl}\n\n` +
        `What they say of each criterion, how to submit again what was missed, and how to appeal:\n${submissionUrl}`,
    };
  }
  if (facts.outcome === 'met') {
    return {
      subject: `You have earned "${achievement}"`,
      text:
        `${again}${district} has awarded you the microcredential "${achievement}".\n\n` +
        (credentialUrl === null
          ? ''
          : `Your credential, to share with whom you like:\n${credentialUrl}\n\n`) +
        `The reviewers' feedback:\n${submissionUrl}`,
    };
  }
  return {
    subject: `Feedback on your work for "${achievement}"`,
    text:
      `${again === '' ? `Your work for "${achievement}" has been reviewed. ` : again}It does not meet every criterion yet.\n\n` +
      `What the reviewers say of each criterion, and how to submit again what was missed:\n${submissionUrl}`,
  };
}
