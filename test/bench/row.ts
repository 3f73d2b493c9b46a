/** One line of the bench's answer: what we take and what the peer takes, in the same unit, measured in the same run. */
export interface Result {
  readonly id: string;
  readonly what: string;
  readonly ours: number | null;
  readonly peer: number | null;
  readonly unit: string;
  /** How many times better we are, or for a row that sets a limit, what its bar is about. */
  readonly ratio: number | null;
  /** The bar in words. */
  readonly bar: string;
  /** null: there is no bar, or it was not measured. */
  readonly met: boolean | null;
  /** Spread, sizes, and why something was not measured. */
  readonly reason: string;
}

/** `quick` leaves the whole bench under five minutes. */
export interface Mode {
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

/** A row: a file in `rows/`, listed in `bench.ts`. It gives one result, or one for each of its parts. */
export interface Row {
  readonly id: string;
  readonly run: (mode: Mode) => Promise<readonly Result[]>;
}
