import { unseenExemplars, type Exemplar, type ReviewedVersion } from '../calibration/index.js';
import { isPermitted, type Member } from '../tenancy/index.js';
import { formsOf, placed } from './seed-evidence.js';
import type { ReviewPorts } from './store.js';

/** How many of the newest cases of a version say what its real work looks like. */
const casesLooked = 40;
/** With fewer, nobody knows yet what it looks like. */
const fewestCases = 5;

/**
 * Which `requirement:form` occur in real work of a version; undefined while there is too little of it. A seed of a form
 * that real work does not have would be told from it at a glance.
 */
export async function formsOfRealWork(
  ports: Pick<ReviewPorts, 'store' | 'submissions' | 'evidence'>,
  district: string,
  version: string,
): Promise<ReadonlySet<string> | undefined> {
  const cases = await ports.store.cases.page(district, 'version', [version], {
    limit: casesLooked,
    descending: true,
  });
  const ids = [...new Set(cases.items.map(({ submission }) => submission))];
  if (ids.length < fewestCases) return undefined;
  const forms = new Set<string>();
  for (const id of ids) {
    const answers = (await ports.submissions.store.submission(district, id))?.answers ?? {};
    for (const [requirement, answer] of Object.entries(answers)) {
      if (answer.kind === 'text') forms.add(`${requirement}:text`);
      else {
        const artefacts = await ports.evidence.store.artefactsById(district, answer.artefacts);
        for (const { mediaType } of artefacts) forms.add(`${requirement}:${mediaType}`);
      }
    }
  }
  return forms;
}

/** Why a keyed exemplar of the seed pool is not served: it could be no submission, or none looks like it. */
export type Unservable = 'no-submission' | 'unlike-real-work';

/** Whether an exemplar can pass for real work of the version. */
export function servable(
  exemplar: Exemplar,
  { requirements }: ReviewedVersion,
  forms: ReadonlySet<string> | undefined,
): true | Unservable {
  const places = placed(exemplar, requirements);
  if (places === undefined) return 'no-submission';
  return forms === undefined || formsOf(places).every((form) => forms.has(form)) ? true : 'unlike-real-work';
}

/**
 * The exemplars that this member can be given as seeds of a version now, in the order of their ids. None to who oversees
 * review: in the lists of cases, those in the own hands are missing, so a seed would be known by no case missing.
 */
export async function seedsFor(
  ports: ReviewPorts,
  member: Member,
  version: ReviewedVersion,
): Promise<readonly Exemplar[]> {
  if (isPermitted(member.roles, 'review.oversee')) return [];
  const { id } = version.version;
  const unseen = await unseenExemplars(ports.calibration, member, id);
  if (unseen.length === 0) return [];
  const given = await ports.store.seedsGiven(member.district, member.id, id);
  const fresh = unseen.filter((exemplar) => !given.some((one) => one.exemplar === exemplar.id));
  if (fresh.length === 0) return [];
  const forms = await formsOfRealWork(ports, member.district, id);
  return fresh.filter((exemplar) => servable(exemplar, version, forms) === true);
}
