export { openMongo, type MongoOptions } from './open-mongo.js';
