import { unreachable } from '../kernel/index.js';

/**
 * What is told of a drift signal. To its reviewer nothing is said of which work it was: that would tell hidden exemplars
 * from submissions.
 */
export function driftMessage(facts: {
  readonly about:
    | 'raised-to-leads'
    | 'suspended-to-leads'
    | 'raised-to-reviewer'
    | 'recalibrating'
    | 'cleared'
    | 'suspended-to-reviewer';
  readonly reviewer: string;
  readonly achievement: string;
  readonly district: string;
  /** The page of the signal, for leads; and the one for its reviewer. */
  readonly signalUrl: string;
  readonly ownUrl: string;
}): { readonly subject: string; readonly text: string } {
  const { about, reviewer, achievement, district, signalUrl, ownUrl } = facts;
  const what = `"${achievement}" at ${district}`;
  switch (about) {
    case 'raised-to-leads':
      return {
        subject: `Levels of a reviewer have moved: ${achievement}`,
        text:
          `The levels that ${reviewer} gives for ${what} have moved away from keys or other ratings, more than chance usually explains. ` +
          'Until it is settled, everything that they rate is rated by somebody else too, and decisions stand.\n\n' +
          `See what it rests on, and answer it:\n${signalUrl}`,
      };
    case 'suspended-to-leads':
      return {
        subject: `A reviewer is suspended: ${achievement}`,
        text:
          `${reviewer} signs nothing more for ${what}. What they signed since their levels were last sound is being rated again by others; ` +
          `credentials stay valid until such a rating decides otherwise.\n\nHow that stands:\n${signalUrl}`,
      };
    case 'raised-to-reviewer':
      return {
        subject: `Your levels have moved: ${achievement}`,
        text:
          `The levels that you give for ${what} have moved away from those of keys or of other reviewers, more than chance usually explains. ` +
          'It can be chance all the same. Nothing that you decided has changed. For now, what you rate is rated by somebody else too, and a lead looks at it.\n\n' +
          `It helps to read the levels’ descriptions again, and to do some practice. More about it:\n${ownUrl}`,
      };
    case 'recalibrating':
      return {
        subject: `Recalibration: ${achievement}`,
        text:
          `A lead asks you to find back to the levels of ${what}: read their descriptions again and do some practice. ` +
          `Among the work that you are given next are exemplars with a key; when you have rated them, the lead decides.\n\nMore about it:\n${ownUrl}`,
      };
    case 'cleared':
      return {
        subject: `Settled: your levels for ${achievement}`,
        text: `A lead has looked at your levels for ${what} and found them sound. You review as before.`,
      };
    case 'suspended-to-reviewer':
      return {
        subject: `Your certification is suspended: ${achievement}`,
        text:
          `You rate nothing more for ${what} for now, because your levels have moved away from those of keys or of other reviewers. ` +
          'Open work went to others, and some of what you rated is being rated again. You can qualify anew, and a lead can end the suspension: talk to your lead.\n\n' +
          `More about it:\n${ownUrl}`,
      };
    default:
      return unreachable(about);
  }
}
