import { Fragment } from 'preact';
import type { AssignedWork } from '../../review/index.js';
import type { BlindItem } from '../../submissions/index.js';
import { Icon, Markdown } from '../components/index.js';

/** A place in the evidence that a level can rest on: a text, or one file. */
export interface Place {
  /** As it goes in a form: the requirement, or `requirement:artefact`. */
  readonly value: string;
  readonly label: string;
  readonly requirement: string;
  readonly artefact: string | null;
  readonly mediaType: string | null;
}

/** Every place of the evidence, in its order. */
export function placesOf(items: readonly BlindItem[]): readonly Place[] {
  return items.flatMap((item): readonly Place[] =>
    item.kind === 'text'
      ? [
          {
            value: item.requirement,
            label: item.name,
            requirement: item.requirement,
            artefact: null,
            mediaType: null,
          },
        ]
      : item.files.map((file, index) => ({
          value: `${item.requirement}:${file.artefact}`,
          label: item.files.length === 1 ? item.name : `${item.name}, file ${index + 1}`,
          requirement: item.requirement,
          artefact: file.artefact,
          mediaType: file.mediaType,
        })),
  );
}

/** Where an assigned file is read. */
export function artefactHref(assignment: string, artefact: string): string {
  return `/reviews/${assignment}/artefacts/${artefact}`;
}

/** The evidence of an assignment: the work, and nothing that says whose it is. */
export function EvidencePane({ work }: { readonly work: AssignedWork }) {
  const places = placesOf(work.evidence.items);
  return (
    <section class="card evidence-pane" aria-labelledby="evidence" tabIndex={0}>
      <h2 id="evidence">Evidence</h2>
      {work.evidence.items.map((item) => (
        <section class="evidence-item" id={`evidence-${item.requirement}`}>
          <h3>{item.name}</h3>
          {item.description !== '' && <p class="hint">{item.description}</p>}
          {item.text !== null && (
            <>
              <Markdown source={item.text} />
              {work.rating === null && <PointHere place={item.requirement} label={item.name} />}
            </>
          )}
          {places
            .filter((place) => place.requirement === item.requirement && place.artefact !== null)
            .map((place, index) => (
              <EvidenceFile
                label={place.label}
                href={artefactHref(work.assignment.id, place.artefact ?? '')}
                mediaType={place.mediaType ?? ''}
                size={item.files[index]?.size ?? 0}
                {...(work.rating === null ? { place: place.value } : {})}
              />
            ))}
        </section>
      ))}
    </section>
  );
}

/** Words as they were written: their paragraphs and lines. */
export function PlainText({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n[ \t]*\n/).filter((paragraph) => paragraph.trim() !== '');
  return (
    <div class="stack" dir="auto">
      {paragraphs.map((paragraph) => (
        <p>
          {paragraph
            .trim()
            .split('\n')
            .map((line, index) => (
              <Fragment key={index}>
                {index > 0 && <br />}
                {line}
              </Fragment>
            ))}
        </p>
      ))}
    </div>
  );
}

/** A file of the evidence: shown where a browser can, else to be opened. */
export function EvidenceFile(props: {
  readonly label: string;
  readonly href: string;
  readonly mediaType: string;
  readonly size: number;
  /** As it goes in a form, where one beside it can point at it. */
  readonly place?: string;
}) {
  const { label, href, mediaType, size, place } = props;
  const point = place !== undefined && <PointHere place={place} label={label} isVideo={isVideo(mediaType)} />;
  const said = `${kindWord(mediaType)}, ${sizeWord(size)}`;
  if (mediaType.startsWith('image/'))
    return (
      <figure>
        <figcaption>{label}</figcaption>
        <a href={href}>
          <img src={href} alt={`${label}. Opens in full size.`} loading="lazy" />
        </a>
        {point}
      </figure>
    );
  if (isVideo(mediaType))
    return (
      <figure>
        <figcaption>{label}</figcaption>
        <video src={href} controls preload="metadata" aria-label={label} data-place={place} />
        <p class="small">
          <a href={href}>Open the video by itself</a> <span class="quiet">({said})</span>
        </p>
        {point}
      </figure>
    );
  return (
    <div class="stack">
      <p class="row">
        <Icon name="file" />
        <span>
          <a href={href}>Open {label}</a> <span class="quiet small">({said})</span>
        </span>
      </p>
      {/* Where the window is wide; elsewhere, and where a browser shows no PDF in a page, there is the link. */}
      {mediaType === 'application/pdf' && (
        <iframe class="evidence-pdf" src={`${href}#navpanes=0&view=FitH`} title={label} loading="lazy" />
      )}
      {point}
    </div>
  );
}

/** Points at this from the criterion that is being rated: for scripts, which show it. */
function PointHere(props: { readonly place: string; readonly label: string; readonly isVideo?: boolean }) {
  const { place, label, isVideo = false } = props;
  const words = isVideo ? 'Point at this second' : 'Point at this';
  return (
    <p>
      <button
        type="button"
        class="button button-second button-small"
        data-points={place}
        aria-label={`${words}: ${label}`}
        hidden
      >
        <Icon name="plus" />
        {words}
      </button>
    </p>
  );
}

const isVideo = (mediaType: string) => mediaType.startsWith('video/');

function kindWord(mediaType: string): string {
  if (mediaType === 'application/pdf') return 'PDF';
  if (mediaType.startsWith('video/')) return 'video';
  return mediaType.startsWith('text/') ? 'text' : 'picture';
}

/** `1.4 MB`. */
export function sizeWord(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
