import { pino, type Logger } from 'pino';

/** The service's log: one JSON line an event, ids only. Goes to standard error, so that standard output stays data. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, errorKey: 'error', timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
}
