import { afterAll, describe, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openMongo } from '../../src/adapters/mongo/index.js';
import { systemRandomness, randomToken } from '../../src/kernel/index.js';
import { startRelay } from '../support/relay.js';
import { describeAuditChain } from './audit-chain.contract.js';
import { describeCollections } from './collection.contract.js';

const url = process.env['TOUCHSTONE_MONGODB_URL'];

if (url === undefined || url === '') {
  console.warn('skipped: no server (TOUCHSTONE_MONGODB_URL is not set)');
  describe('collections on MongoDB', () => {
    it.skip('skipped: no server (TOUCHSTONE_MONGODB_URL is not set)', () => undefined);
  });
} else {
  const database = `touchstone_${randomToken(systemRandomness, 9).replaceAll('-', '_')}`;
  const databases = [database];
  /** Each test of the chain begins with an empty store. */
  const fresh = () => {
    const name = `${database}_${databases.length}`;
    databases.push(name);
    return name;
  };
  afterAll(async () => {
    for (const dbName of databases) {
      const connection = await mongoose.createConnection(url, { dbName }).asPromise();
      await connection.dropDatabase();
      await connection.close();
    }
  });

  describeAuditChain('MongoDB', () => openMongo({ url, database: fresh() }));
  describeCollections('MongoDB', {
    // 200 calls at once queue for connections: on a busy machine longer than a service would let them.
    open: () => openMongo({ url, database, selectionMillis: 60_000 }),
    async cutOff() {
      const { hostname, port } = new URL(url);
      const relay = await startRelay(hostname, Number(port === '' ? 27017 : port));
      const through = new URL(url);
      through.host = `127.0.0.1:${relay.port}`;
      through.searchParams.set('directConnection', 'true');
      const store = await openMongo({ url: through.href, database, selectionMillis: 1000 });
      await relay.cut();
      return { store, restore: relay.restore };
    },
  });
}
