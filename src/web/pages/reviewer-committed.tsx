import type { Instant } from '../../kernel/index.js';
import type { AssignedWork, Pointer, CommittedRating as Signed } from '../../review/index.js';
import { DateText, Notice, Section, type FormState } from '../components/index.js';
import { timeWord } from './rating-form.js';
import { artefactHref, placesOf, PlainText, type Place } from './reviewer-evidence.js';

/** What a reviewer has committed, as it will stay. Nothing of anybody else's. */
export function CommittedRating(props: {
  readonly work: AssignedWork;
  readonly rating: Signed;
  readonly timeZone: string;
}) {
  const { work, rating, timeZone } = props;
  const places = placesOf(work.evidence.items);
  return (
    <>
      <Notice tone="good" title="Committed">
        <p>
          You committed this on <Committed at={rating.committedAt} timeZone={timeZone} />. It never changes.
          What others gave, and what was decided, you are not told.
        </p>
      </Notice>
      <ul class="results">
        {work.version.rubric.criteria.map((criterion) => {
          const said = rating.criteria[criterion.id];
          const level = criterion.levels.find(({ id }) => id === said?.level);
          return (
            <li>
              <h3>{criterion.name}</h3>
              <p>
                <strong>{level?.name}</strong>
              </p>
              <PlainText text={said?.feedback ?? ''} />
              <ul class="small">
                {said?.pointers.map((pointer) => (
                  <li>
                    <PointerText
                      pointer={pointer}
                      places={places}
                      hrefOf={(artefact) => artefactHref(rating.assignment, artefact)}
                    />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Committed({ at, timeZone }: { readonly at: Instant; readonly timeZone: string }) {
  return <DateText instant={at} timeZone={timeZone} kind="moment" />;
}

/** A pointer as a link to where it points. */
export function PointerText(props: {
  readonly pointer: Pointer;
  readonly places: readonly Place[];
  /** Where a file of the evidence is read. */
  readonly hrefOf: (artefact: string) => string;
}) {
  const { pointer, places, hrefOf } = props;
  const place = places.find(
    ({ requirement, artefact }) => requirement === pointer.requirement && artefact === pointer.artefact,
  );
  const spot = [
    pointer.page === null ? '' : `page ${pointer.page}`,
    pointer.second === null ? '' : `at ${timeWord(pointer.second)}`,
  ].filter(Boolean);
  // What PDF viewers and players understand (RFC 8118, section 3; Media Fragments URI 1.0).
  const fragment =
    pointer.page !== null ? `#page=${pointer.page}` : pointer.second !== null ? `#t=${pointer.second}` : '';
  const href =
    pointer.artefact === null ? `#evidence-${pointer.requirement}` : `${hrefOf(pointer.artefact)}${fragment}`;
  const words = [place?.label ?? 'A file that is no longer there', ...spot].join(', ');
  return (
    <>
      {place === undefined ? words : <a href={href}>{words}</a>}
      {pointer.note !== null && <span dir="auto">: {pointer.note}</span>}
    </>
  );
}

/** What another window still held when the rating was committed already, for its writer to take along. */
export function WrittenBesides(props: { readonly work: AssignedWork; readonly form: FormState }) {
  const { work, form } = props;
  const held = work.version.rubric.criteria.flatMap(({ id, name }) => {
    const words = form.values[`criteria/${id}/feedback`];
    const same = work.rating?.criteria[id]?.feedback === words;
    return typeof words === 'string' && words.trim() !== '' && !same ? [{ name, words }] : [];
  });
  if (held.length === 0) return null;
  return (
    <Section title="What this window held">
      <ul class="results">
        {held.map(({ name, words }) => (
          <li>
            <h3>{name}</h3>
            <PlainText text={words} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
