import {
  comparisonOf,
  driftReferences,
  driftSides,
  levelUse,
  limitOf,
  noFigures,
  policyAt,
  severitiesOnSeeds,
  totalsOf,
  type Certification,
  type Comparison,
  type DriftPoint,
  type DriftReference,
  type DriftSide,
  type FiguresOf,
  type ReviewerFigures,
  type ShrunkSeverities,
  type ShrunkSeverity,
} from '../calibration/index.js';
import {
  allOf,
  decodeCursor,
  encodeCursor,
  found,
  type Actor,
  type DriftSignalId,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { figuresSeenBy } from './figures-seen.js';
import type { ReviewPorts } from './store.js';

/** By what the roster is ordered: names, or what asks for attention first. */
export const figuresOrders = [
  'name',
  'ratings',
  'exact',
  'two-off',
  'decisions',
  'severity',
  'last',
] as const;
export type FiguresOrder = (typeof figuresOrders)[number];

/** One reviewer on one version, as far as everybody is looked at to put a page together. */
interface ReviewerStanding {
  readonly reviewer: MemberId;
  readonly name: string;
  readonly figures: ReviewerFigures;
  /** Beside the keys of seeds, shrunk; undefined for who rated none. */
  readonly severity: ShrunkSeverity | undefined;
  /** Whose variances the severities of the version are shrunk by. */
  readonly severityBasis: ShrunkSeverities['basis'];
}

/** One reviewer on one version, for those who oversee review. */
export interface ReviewerRow extends ReviewerStanding {
  readonly seeds: Comparison;
  readonly doubles: Comparison;
  /** The newest certification; undefined where there never was one. */
  readonly certification: Certification | undefined;
  /** Where the charts of drift stand; empty where nothing was charted under this certification. */
  readonly charts: readonly ChartStanding[];
  /** Drift signals that are not settled. */
  readonly signals: readonly DriftSignalId[];
}

/** One side of a chart, and at which value it raises an alarm. */
export interface ChartStanding {
  readonly reference: DriftReference;
  readonly side: DriftSide;
  readonly value: number;
  readonly limit: number;
}

/**
 * A page of the roster: every reviewer with figures or a certification, of one version or of all, by name or by what asks
 * for attention first; where the figure asked for is undefined, last. The caller's own are left out: after each commit
 * they would tell hidden exemplars from work. Costs as much after a million ratings as after ten.
 * @throws invalid-request for a cursor of another list; unavailable when the database fails.
 */
export async function figuresRoster(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  {
    order,
    achievementVersion,
    ...request
  }: PageRequest & {
    readonly order: FiguresOrder;
    readonly achievementVersion?: string | undefined;
  },
): Promise<Page<ReviewerRow>> {
  const all = await standings(ports, actor, achievementVersion);
  const sorted = all
    .filter(({ reviewer }) => reviewer !== actor.member)
    .map((standing) => ({ standing, rank: rankOf(order, standing) }))
    .sort((a, b) => a.rank - b.rank || compare(a.standing, b.standing))
    .map(({ standing }) => standing);
  const list = `figures/${achievementVersion ?? ''}/${order}`;
  const begin = request.cursor === undefined ? 0 : placeAfter(sorted, decodeCursor(list, request.cursor));
  const shown = sorted.slice(begin, begin + request.limit);
  const { qualification } = await policyAt(ports.calibration, actor.district);
  const items = await Promise.all(
    shown.map((standing) => rowOf(ports, standing, qualification.designEffect)),
  );
  const end = begin + shown.length;
  const last = shown.at(-1);
  return end < sorted.length && last !== undefined
    ? { items, next: encodeCursor(list, end, last.figures.id) }
    : { items };
}

/** After the row that a page ended with; where it is gone, after as many as there were. */
function placeAfter(
  sorted: readonly ReviewerStanding[],
  { order, id }: { readonly order: string | number; readonly id: string },
): number {
  const at = sorted.findIndex(({ figures }) => figures.id === id);
  return at >= 0 ? at + 1 : Number(order);
}

/**
 * One reviewer on one version.
 * @throws not-found when there is neither a certification nor a figure, and for the caller's own.
 */
export async function reviewerFiguresOf(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  whose: { readonly reviewer: string; readonly achievementVersion: string },
): Promise<ReviewerRow & ReviewerDetail> {
  const all = await standings(ports, actor, whose.achievementVersion);
  const one = found(
    all.find(({ reviewer }) => reviewer === whose.reviewer && reviewer !== actor.member),
    'reviewer with figures on this version',
  );
  const { qualification } = await policyAt(ports.calibration, actor.district);
  const { observed } = one.figures;
  return {
    ...(await rowOf(ports, one, qualification.designEffect)),
    adjudicated: comparisonOf(observed.adjudicated, qualification.designEffect),
    qualifying: comparisonOf(observed.qualifying, qualification.designEffect),
    criteria: Object.entries(observed.seed.tables).map(([criterion, table]) => ({
      criterion,
      ...comparisonOf(
        {
          ...observed.seed,
          tables: { [criterion]: table },
          // One level in a work: they are independent.
          clusters: { levels: 0, exact: 0, exactLevels: 0, twoOff: 0, twoOffLevels: 0 },
        },
        1,
      ),
    })),
    peers: peersUse(all.filter(({ reviewer }) => reviewer !== whose.reviewer)),
  };
}

/** What only the page of one reviewer shows. */
export interface ReviewerDetail {
  readonly adjudicated: Comparison;
  readonly qualifying: Comparison;
  /** Beside the keys of seeds, criterion by criterion. */
  readonly criteria: readonly (Comparison & { readonly criterion: string })[];
  /** How often the other reviewers of the version gave each level, criterion by criterion. */
  readonly peers: { readonly [criterion: string]: readonly number[] };
}

function peersUse(others: readonly ReviewerStanding[]): ReviewerDetail['peers'] {
  const sums: { [criterion: string]: number[] } = {};
  for (const { figures } of others)
    for (const { criterion, counts } of levelUse(figures).criteria) {
      const kept = (sums[criterion] ??= counts.map(() => 0));
      counts.forEach((count, level) => (kept[level] = (kept[level] ?? 0) + count));
    }
  return sums;
}

async function standings(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  version: string | undefined,
): Promise<readonly ReviewerStanding[]> {
  const { district } = actor;
  const { store } = ports.calibration;
  const [kept, certified] = await Promise.all([
    version === undefined ? store.figuresOfDistrict(district) : store.figuresOfVersion(district, version),
    version === undefined
      ? allOf((request) => store.pageOfCertifications(district, undefined, request))
      : store.certificationsOfVersion(district, version),
  ]);
  const byId = new Map(kept.map((figures) => [figures.id, figures]));
  for (const one of certified) {
    const begun = noFigures(one satisfies FiguresOf);
    if (!byId.has(begun.id)) byId.set(begun.id, begun);
  }
  const seen = await figuresSeenBy(ports, actor, [...byId.values()]);
  const byVersion = new Map<string, ReviewerFigures[]>();
  for (const one of seen) {
    const others = byVersion.get(one.achievementVersion);
    if (others === undefined) byVersion.set(one.achievementVersion, [one]);
    else others.push(one);
  }
  const names = await namesOf(ports, district, seen);
  return [...byVersion.values()].flatMap((figures) => {
    const { basis, of } = severitiesOnSeeds(figures);
    return figures.map((one): ReviewerStanding => ({
      reviewer: one.reviewer,
      name: names.get(one.reviewer) ?? one.reviewer,
      figures: one,
      severity: of.get(one.reviewer),
      severityBasis: basis,
    }));
  });
}

async function namesOf(ports: ReviewPorts, district: string, all: readonly ReviewerFigures[]) {
  const ids = [...new Set(all.map(({ reviewer }) => reviewer))];
  const members = await Promise.all(ids.map((id) => ports.tenancy.store.member(district, id)));
  return new Map(members.flatMap((one) => (one === undefined ? [] : [[one.id, one.name] as const])));
}

/** Lower comes first. */
function rankOf(order: FiguresOrder, { figures: { work, observed }, severity }: ReviewerStanding): number {
  switch (order) {
    case 'name':
      return 0;
    case 'ratings':
      return -work.ratings;
    case 'exact': {
      const { exact, levels } = totalsOf(observed.seed);
      return levels === 0 ? 2 : exact / levels;
    }
    case 'two-off': {
      const { twoOff, levels } = totalsOf(observed.seed);
      return levels === 0 ? 1 : -twoOff / levels;
    }
    case 'decisions': {
      const { decisionsRight, observations } = observed.seed;
      return observations === 0 ? 2 : decisionsRight / observations;
    }
    case 'severity':
      return severity === undefined ? 1 : -Math.abs(severity.value);
    case 'last':
      return work.lastAt === null ? Number.MAX_VALUE : Date.parse(work.lastAt);
  }
}

function compare(a: ReviewerStanding, b: ReviewerStanding): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.figures.id < b.figures.id ? -1 : 1;
}

async function rowOf(
  ports: ReviewPorts,
  standing: ReviewerStanding,
  designEffect: number,
): Promise<ReviewerRow> {
  const { district, reviewer, achievementVersion, observed } = standing.figures;
  const { store } = ports.calibration;
  const [certifications, point, signals] = await Promise.all([
    store.certificationsFor(district, reviewer, achievementVersion),
    store.lastDriftPoint(district, reviewer, achievementVersion),
    store.driftSignalsOf(district, reviewer, achievementVersion),
  ]);
  const certification = certifications.at(-1);
  return {
    ...standing,
    seeds: comparisonOf(observed.seed, designEffect),
    doubles: comparisonOf(observed.double, designEffect),
    certification,
    charts: point !== undefined && point.certification === certification?.id ? chartsAt(point) : [],
    signals: signals.filter(({ state }) => state !== 'cleared' && state !== 'suspended').map(({ id }) => id),
  };
}

function chartsAt({ states, charts }: DriftPoint): readonly ChartStanding[] {
  return driftReferences.flatMap((reference) =>
    driftSides.map((side) => ({
      ...{ reference, side, value: states[reference][side].value },
      limit: limitOf(charts[reference], side),
    })),
  );
}
