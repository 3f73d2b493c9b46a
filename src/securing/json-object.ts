export { isJsonObject, type JsonObject } from '../kernel/index.js';
