/** A promise of the service with a bar too long for every test run: its full size is run by `npm run soak -- NAME`. */
export interface Row {
  readonly promise: string;
  /** How many, in a full run. */
  readonly bar: number;
  /**
   * Runs it. `faults` is empty when the promise was kept; `figures` is what was counted. `suites` is a directory with
   * public test suites that are no part of this repository.
   */
  run(
    size: number,
    seed: number,
    say: (line: string) => void,
    options?: { readonly suites?: string },
  ): Promise<Outcome>;
}

export interface Outcome {
  readonly figures: { readonly [name: string]: unknown };
  readonly faults: readonly unknown[];
}
