import type { NamedStatistic } from './answer.js';

/** The statistics that estimate a model, by the name that a file of cases calls them. */
export const modelStatistics: { readonly [name: string]: NamedStatistic } = {};
