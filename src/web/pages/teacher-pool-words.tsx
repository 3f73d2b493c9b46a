import type { PoolStanding } from '../../review/index.js';
import { Section } from '../components/index.js';

/** Before work is handed in: who will read it, and that more can be allowed afterwards; nothing without an agreement. */
export function PoolBefore({ standing }: { readonly standing: PoolStanding }) {
  if (standing === 'none') return null;
  return (
    <p class="quiet measure">
      It stays in your district. Your district shares reviewers with others for this microcredential: once it
      is handed in you can allow that they rate it too, and you need not.
    </p>
  );
}

/** While it is in review: whether it stays in the district, what opening it means, and how to end that. */
export function PoolStandingWords(props: { readonly standing: PoolStanding; readonly at: string }) {
  const { standing, at } = props;
  if (standing === 'none') return null;
  return (
    <Section title="Reviewers of other districts" id="other-districts">
      {standing === 'in-district' ? (
        <p class="measure">
          Your work stays in your district. You can let reviewers of other districts rate it too, once a lead
          found that nothing in it says whose it is.{' '}
          <a href={`${at}/pool-consent`}>Read what that means, and allow it</a>
        </p>
      ) : (
        <>
          <p class="measure">{allowed[standing]}</p>
          <p class="measure">
            You can <a href="#consents">withdraw this consent</a> at any time: from that moment none of them
            can open it, and what they have in hand goes to others. Ratings that are signed already stay.
          </p>
        </>
      )}
    </Section>
  );
}

const allowed: { readonly [standing in Exclude<PoolStanding, 'none' | 'in-district'>]: string } = {
  barred:
    'You allowed it, but your work stays in your district: it holds a recording, or a file that you left out of the consent.',
  unread:
    'You allowed it. Until a lead has read it and found that nothing in it says whose it is, your work stays in your district.',
  kept: 'You allowed it, but your work stays in your district: a lead found something in it that says whose it is.',
  cleared:
    'You allowed it, and a lead found nothing in it that says whose it is: reviewers of other districts may be given it. They see what you wrote and your files, never your name, your school or the names of your files.',
};
