import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';

/** Connection to one database; `synchronize` stays off, the schema comes from migrations alone. */
export const createDataSource = (url: string, poolSize: number, applicationName = 'perennial'): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName,
    synchronize: false,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    extra: {
      max: poolSize,
      connectionTimeoutMillis: 10_000,
      // A connection that died with its network is noticed instead of waited for.
      keepAlive: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
    // The pool reports idle connections that the server closed; the next query opens a new one.
    poolErrorHandler: () => undefined,
  });
