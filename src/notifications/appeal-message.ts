/** What somebody is told of an appeal. Nobody's words: they are behind the sign-in. */
export function appealMessage(facts: {
  readonly about: 'to-screen' | 'to-decide' | 'admitted' | 'inadmissible' | 'upheld' | 'varied' | 'dismissed';
  readonly achievement: string;
  readonly district: string;
  readonly appealUrl: string;
}): { readonly subject: string; readonly text: string } {
  const { about, achievement, district, appealUrl } = facts;
  const { subject, text } = said[about];
  return {
    subject: `${subject}: "${achievement}"`,
    text: `${text} It is about "${achievement}" at ${district}.\n\nThe appeal, with the reasons:\n${appealUrl}`,
  };
}

const said = {
  'to-screen': {
    subject: 'An appeal waits for screening',
    text: 'A teacher appeals against a decision. Say whether it names an error in rule, process or reason.',
  },
  'to-decide': {
    subject: 'You are asked to decide an appeal',
    text: 'You had no part in the review of this work, so you were drawn to decide an appeal on it. Give it back if you cannot.',
  },
  admitted: {
    subject: 'Your appeal is admitted',
    text: 'Somebody who had no part in the review looks into your appeal.',
  },
  inadmissible: {
    subject: 'Your appeal is not admitted',
    text: 'Your appeal was not admitted, so the decision stands. You may file another in time, or begin the next attempt.',
  },
  upheld: {
    subject: 'Your appeal is decided: the decision stands',
    text: 'The decision was looked into, and no such error was found. You may begin the next attempt; its time begins now.',
  },
  varied: {
    subject: 'Your appeal is decided: your work is rated again',
    text: 'An error was found in the decision. Other reviewers rate your work again, and you will hear what they decide.',
  },
  dismissed: {
    subject: 'Your appeal is dismissed: the decision stands',
    text: 'What the appeal says is no error in rule, process or reason. You may begin the next attempt; its time begins now.',
  },
} as const;
