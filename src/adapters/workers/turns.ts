import { AppError } from '../../kernel/index.js';

/** Lets so many do something at once and so many wait for it, and no sender take the turns of the others. */
export interface Turns {
  /**
   * Resolves when it is the sender's turn, who calls what it is given when done: the turn of whoever waits and has
   * had none for longest. A sender's own come in order.
   * @throws unavailable when too many wait: to the newest of the sender who waits with most.
   */
  take(sender: string): Promise<() => void>;
  /** Refuses all who wait, and all who come. */
  close(): void;
}

export interface TurnLimits {
  readonly atOnce: number;
  /** How many of them may be one sender's. */
  readonly ofOneSender: number;
  readonly waiting: number;
}

interface Waiting {
  readonly sender: string;
  readonly begin: () => void;
  readonly refuse: (error: AppError) => void;
}

/** What is known of a sender as long as anything of theirs runs or waits. */
interface Sender {
  running: number;
  waiting: number;
  /** When their last turn began, counted in turns. */
  lastTurn: number;
}

export function turns(limits: TurnLimits): Turns {
  const senders = new Map<string, Sender>();
  let queue: readonly Waiting[] = [];
  let running = 0;
  let turn = 0;
  let closed = false;

  const known = (name: string): Sender => {
    const sender = senders.get(name) ?? { running: 0, waiting: 0, lastTurn: 0 };
    senders.set(name, sender);
    return sender;
  };
  const forgetIfGone = (name: string) => {
    const { running: theirs, waiting } = known(name);
    if (theirs === 0 && waiting === 0) senders.delete(name);
  };
  const mayBegin = (name: string) => running < limits.atOnce && known(name).running < limits.ofOneSender;
  const begin = (name: string) => {
    const sender = known(name);
    running += 1;
    sender.running += 1;
    sender.lastTurn = turn += 1;
  };
  const leave = (gone: Waiting) => {
    queue = queue.filter((one) => one !== gone);
    known(gone.sender).waiting -= 1;
  };
  const next = (): Waiting | undefined =>
    least(
      queue.filter(({ sender }) => mayBegin(sender)),
      ({ sender }) => known(sender).lastTurn,
    );

  const done = (name: string) => {
    running -= 1;
    known(name).running -= 1;
    for (let one = next(); one !== undefined; one = next()) {
      leave(one);
      begin(one.sender);
      one.begin();
    }
    forgetIfGone(name);
  };
  const onceDone = (name: string) => {
    let called = false;
    return () => {
      if (called) return;
      called = true;
      done(name);
    };
  };
  /** Makes room for one of this sender's at the cost of whoever waits with more; refuses it if nobody does. */
  const makeRoom = (name: string) => {
    if (queue.length < limits.waiting) return;
    const most = least([...senders], ([, { waiting }]) => -waiting);
    const newest =
      most === undefined || most[1].waiting <= known(name).waiting + 1
        ? undefined
        : queue.findLast(({ sender }) => sender === most[0]);
    if (newest === undefined) {
      forgetIfGone(name);
      throw tooMany();
    }
    leave(newest);
    newest.refuse(tooMany());
    forgetIfGone(newest.sender);
  };

  return {
    take: async (name) => {
      if (closed) throw stopping();
      if (mayBegin(name)) {
        begin(name);
        return onceDone(name);
      }
      makeRoom(name);
      known(name).waiting += 1;
      await new Promise<void>((begin, refuse) => (queue = [...queue, { sender: name, begin, refuse }]));
      return onceDone(name);
    },
    close: () => {
      closed = true;
      for (const { refuse } of queue) refuse(stopping());
      queue = [];
    },
  };
}

/** The first of those for which the value is smallest. */
function least<Item>(items: readonly Item[], valueOf: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best === undefined || valueOf(item) < valueOf(best) ? item : best),
    undefined,
  );
}

function tooMany(): AppError {
  return new AppError(
    'unavailable',
    'More credentials wait to be checked than can be now; try again in a few seconds.',
  );
}

/** What a caller is told while the service stops. */
export function stopping(): AppError {
  return new AppError('unavailable', 'The service is stopping; try again in a few seconds.');
}
