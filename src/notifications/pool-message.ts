import { unreachable } from '../kernel/index.js';

/** What admins are told of an agreement by which a review pool spans districts, and a reviewer of a seat in one. */
export function poolMessage(facts: {
  readonly about: 'proposed' | 'accepted' | 'ended' | 'seat-given';
  /** The other district. */
  readonly district: string;
  readonly url: string;
}): { readonly subject: string; readonly text: string } {
  const { about, district, url } = facts;
  switch (about) {
    case 'proposed':
      return {
        subject: `${district} asks for reviewers of yours`,
        text:
          `${district} proposes an agreement: reviewers of yours rate work of its teachers, of which nothing says whose it is. ` +
          `Nothing follows before you accept it.\n\nRead it, and accept or decline it:\n${url}`,
      };
    case 'accepted':
      return {
        subject: `${district} accepted your agreement`,
        text: `Reviewers of ${district} can now be given seats in your review pool, and qualify for your rubrics.\n\nFollow it here:\n${url}`,
      };
    case 'ended':
      return {
        subject: `The agreement with ${district} is ended`,
        text: `Nothing more is drawn by the agreement with ${district}; open work goes to others, and what was signed stays.\n\nSee it here:\n${url}`,
      };
    case 'seat-given':
      return {
        subject: `You have a seat in the review pool of ${district}`,
        text:
          `Through it you practise, qualify and rate work of ${district}, of which nothing says whose it is. ` +
          `They know you by a number, not by your name.\n\nOpen it here:\n${url}`,
      };
    default:
      return unreachable(about);
  }
}
