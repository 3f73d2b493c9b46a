/** What an admin is told when the issuing of a version was stopped. No holder: whose credential it is stands behind the sign-in. */
export function stopMessage(facts: {
  readonly achievement: string;
  readonly version: number;
  readonly district: string;
  /** Where it is said what was found, and what can be done. */
  readonly versionUrl: string;
}): { readonly subject: string; readonly text: string } {
  const { achievement, version, district, versionUrl } = facts;
  return {
    subject: `Issuing of "${achievement}" is stopped`,
    text:
      `A check before signing found something in a credential for "${achievement}", version ${version}, of ${district}. ` +
      `Until it is settled, no credential of this version is signed. What is decided meanwhile waits; nothing is lost.\n\n` +
      `What was found, and what can be done:\n${versionUrl}`,
  };
}
