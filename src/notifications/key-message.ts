/** What a holder is told when a key that signed credentials of theirs was withdrawn. */
export function keyMessage(facts: {
  readonly what: 'reissued' | 'in-question';
  readonly district: string;
  /** Where the holder's credentials are. */
  readonly backpackUrl: string;
}): { readonly subject: string; readonly text: string } {
  const { what, district, backpackUrl } = facts;
  const why = `${district} has withdrawn a key with which it had signed credentials of yours: somebody else may have had it.`;
  if (what === 'in-question') {
    return {
      subject: 'Your credentials are being looked at',
      text:
        `${why} At least one was signed after that, so a person looks at it before it is signed again. Until then nobody who ` +
        `checks it will find it genuine. There is nothing for you to do.\n\nYour credentials:\n${backpackUrl}`,
    };
  }
  return {
    subject: 'Your credentials were signed again',
    text:
      `${why} They have been signed again with a new key, at the same addresses: links that you shared go on working.\n\n` +
      `Files that you downloaded before are not accepted any more. Take them anew:\n${backpackUrl}`,
  };
}
