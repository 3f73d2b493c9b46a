import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { describeAuditChain } from './audit-chain.contract.js';

describeAuditChain('SQLite', () => openSqlite({ file: ':memory:' }));
