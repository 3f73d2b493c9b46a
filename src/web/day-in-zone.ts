/** Days and times of day in a district's time zone. */
export { dayIn, momentOf, startOfDay } from '../kernel/index.js';
