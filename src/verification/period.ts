/** XML Schema dateTimeStamp: a date and time with its offset. */
const dateTimeStamp = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The years 0 to 9999: what can be written as a date and time. */
const secondsFrom = -62_167_219_200;
const secondsUntil = 253_402_300_799;

/** Whether it is a date and time as a document states one (VC Data Model 2.0, section 4.9). */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && dateTimeStamp.test(value) && !Number.isNaN(Date.parse(value));
}

/** Whether it is a time as a token's claim states one, in seconds (RFC 7519, section 2, NumericDate). */
export function isClaimedTime(value: unknown): value is number {
  return typeof value === 'number' && value >= secondsFrom && value <= secondsUntil;
}
