/** What is told before a certification or a declaration of conflicts of interest ends. */
export function endMessage(facts: {
  readonly what: 'certification' | 'conflicts';
  readonly days: number;
  /** What it is for: the achievement, or the district alone. */
  readonly of: string;
  /** `20 November 2026`, in the district's time zone. */
  readonly day: string;
  readonly url: string;
}): { readonly subject: string; readonly text: string } {
  const { what, days, of, day, url } = facts;
  if (what === 'certification')
    return {
      subject: `Your certification ends in ${days} days: ${of}`,
      text:
        `Your certification for ${of} ends on ${day}. From then on nothing of it is drawn for you.\n\n` +
        `To go on, pass a qualifying form before:\n${url}`,
    };
  return {
    subject: `Your declaration of conflicts of interest ends in ${days} days`,
    text:
      `What you declared at ${of} holds until ${day}. From then on nothing is drawn for you, and nothing can be signed off, until you declare anew.\n\n` +
      `Declare your conflicts of interest, or that you have none:\n${url}`,
  };
}
